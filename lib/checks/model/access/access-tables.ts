export const attachedPolicies = [
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

/** Calls that change what an identity may do, or who may use it, and the keys of users. */
export const identityEdits = [
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
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
  'AWS::SQS::QueueInlinePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::SNS::TopicInlinePolicy': ['PolicyDocument'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::ECR::RegistryPolicy': ['PolicyText'],
  'AWS::Backup::BackupVault': ['AccessPolicy'],
  'AWS::Backup::LogicallyAirGappedBackupVault': ['AccessPolicy'],
  'AWS::Events::EventBusPolicy': ['Statement'],
  'AWS::DynamoDB::Table': ['ResourcePolicy', 'PolicyDocument'],
  // One for each copy: see `resource-policies.ts`.
  'AWS::DynamoDB::GlobalTable': [],
  'AWS::DSQL::Cluster': ['PolicyDocument'],
  'AWS::S3Tables::TablePolicy': ['ResourcePolicy'],
  'AWS::S3::MultiRegionAccessPointPolicy': ['Policy'],
  'AWS::S3Express::AccessPoint': ['Policy'],
  'AWS::Logs::ResourcePolicy': ['PolicyDocument'],
  'AWS::OpenSearchService::Domain': ['AccessPolicies'],
  'AWS::Elasticsearch::Domain': ['AccessPolicies'],
  'AWS::S3Express::BucketPolicy': ['PolicyDocument'],
  'AWS::S3Tables::TableBucketPolicy': ['ResourcePolicy'],
  'AWS::EC2::VPCEndpoint': ['PolicyDocument'],
  'AWS::ApiGateway::RestApi': ['Policy'],
  'AWS::S3::AccessPoint': ['Policy'],
  'AWS::Kinesis::ResourcePolicy': ['ResourcePolicy'],
  'AWS::MSK::ClusterPolicy': ['Policy'],
};
