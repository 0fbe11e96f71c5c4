/** What reading means, by type, and the part of the ARN it is asked for. */
export const readActions: Readonly<
  Record<string, { readonly actions: readonly string[]; readonly suffix: string }>
> = {
  'AWS::SecretsManager::Secret': { actions: ['secretsmanager:GetSecretValue'], suffix: '' },
  'AWS::KMS::Key': { actions: ['kms:Decrypt', 'kms:ReEncryptFrom'], suffix: '' },
  'AWS::S3::Bucket': { actions: ['s3:GetObject', 's3:GetObjectVersion'], suffix: '/object' },
  'AWS::EFS::FileSystem': { actions: ['elasticfilesystem:ClientMount'], suffix: '' },
  'AWS::DynamoDB::Table': { actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], suffix: '' },
  'AWS::DynamoDB::GlobalTable': {
    actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    suffix: '',
  },
  'AWS::SQS::Queue': { actions: ['sqs:ReceiveMessage'], suffix: '' },
  'AWS::RDS::DBCluster': {
    actions: [
      'rds-data:ExecuteStatement',
      'rds:ModifyDBCluster',
      'rds:CopyDBClusterSnapshot',
      'rds:StartExportTask',
    ],
    suffix: '',
  },
  'AWS::RDS::DBInstance': {
    actions: ['rds:ModifyDBInstance', 'rds:CopyDBSnapshot', 'rds:StartExportTask'],
    suffix: '',
  },
};

/** Actions that let a principal grant itself the rest. */
export const selfGrantActions: Readonly<Record<string, readonly string[]>> = {
  'AWS::SecretsManager::Secret': ['secretsmanager:PutResourcePolicy'],
  'AWS::KMS::Key': ['kms:PutKeyPolicy', 'kms:CreateGrant'],
  'AWS::S3::Bucket': ['s3:PutBucketPolicy'],
  'AWS::EFS::FileSystem': ['elasticfilesystem:PutFileSystemPolicy'],
  'AWS::SQS::Queue': ['sqs:AddPermission', 'sqs:SetQueueAttributes'],
};

/** Services that run code or act with a role handed to them, and the call that hands it over. */
export const passedRoleUses: readonly { readonly service: string; readonly actions: readonly string[] }[] = [
  { service: 'lambda.amazonaws.com', actions: ['lambda:CreateFunction'] },
  {
    service: 'ecs-tasks.amazonaws.com',
    actions: ['ecs:RunTask', 'ecs:StartTask', 'ecs:RegisterTaskDefinition'],
  },
  { service: 'ec2.amazonaws.com', actions: ['ec2:RunInstances'] },
  { service: 'codebuild.amazonaws.com', actions: ['codebuild:CreateProject', 'codebuild:UpdateProject'] },
  {
    service: 'codepipeline.amazonaws.com',
    actions: ['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline'],
  },
  { service: 'states.amazonaws.com', actions: ['states:CreateStateMachine', 'states:UpdateStateMachine'] },
  { service: 'glue.amazonaws.com', actions: ['glue:CreateJob', 'glue:CreateDevEndpoint'] },
  {
    service: 'cloudformation.amazonaws.com',
    actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
  },
  { service: 'sagemaker.amazonaws.com', actions: ['sagemaker:CreateNotebookInstance'] },
];

export const attachedPolicies = [
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

/** Calls that change what a role may do, or who may use it. */
export const roleEdits = [
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
] as const;

/** The same for every identity, and the keys of users. */
export const identityEdits = [
  ...roleEdits,
  'iam:CreateAccessKey',
  'iam:PutUserPolicy',
  'iam:AttachUserPolicy',
] as const;

/** Where each type keeps a resource policy inside itself, or what it is when it is one. */
export const policyProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::KMS::ReplicaKey': ['KeyPolicy'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
  'AWS::EFS::FileSystem': ['FileSystemPolicy'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::ECR::RegistryPolicy': ['PolicyText'],
  'AWS::Backup::BackupVault': ['AccessPolicy'],
  'AWS::Backup::LogicallyAirGappedBackupVault': ['AccessPolicy'],
  'AWS::Events::EventBusPolicy': ['Statement'],
  'AWS::DynamoDB::Table': ['ResourcePolicy', 'PolicyDocument'],
  'AWS::Logs::ResourcePolicy': ['PolicyDocument'],
  'AWS::OpenSearchService::Domain': ['AccessPolicies'],
  'AWS::EC2::VPCEndpoint': ['PolicyDocument'],
  'AWS::ApiGateway::RestApi': ['Policy'],
};
