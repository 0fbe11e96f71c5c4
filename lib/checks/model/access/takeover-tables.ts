/**
 * Ways to act as another role, user or group: which call gives what. Ids are those of https://pathfinding.cloud; what
 * has none is from the Service Authorization Reference or https://cloud.hacktricks.wiki/en/pentesting-cloud/aws-security.
 */

/** Services that run code or act with a role handed to them, and the calls that hand it over. */
export const passedRoleUses: readonly {
  readonly service: string;
  readonly actions: readonly string[];
  /** Whether further calls of the service take a role, too many to list: which of them do, nobody asks. */
  readonly amongOthers?: true;
}[] = [
  // lambda-001, -002, -006
  {
    service: 'lambda.amazonaws.com',
    actions: [
      'lambda:CreateFunction',
      'lambda:UpdateFunctionConfiguration',
      'lambda:CreateCapacityProvider',
      'lambda:CreateNetworkConnector',
    ],
  },
  {
    // ecs-001 to -005
    service: 'ecs-tasks.amazonaws.com',
    actions: [
      'ecs:RunTask',
      'ecs:StartTask',
      'ecs:RegisterTaskDefinition',
      'ecs:CreateService',
      'ecs:UpdateService',
      'ecs:CreateTaskSet',
      'ecs:RegisterDaemonTaskDefinition',
      'ecs:CreateExpressGatewayService',
      'ecs:UpdateExpressGatewayService',
      'batch:RegisterJobDefinition',
    ],
  },
  {
    // ec2-001, -003
    service: 'ec2.amazonaws.com',
    actions: [
      'ec2:RunInstances',
      'ec2:RequestSpotInstances',
      'ec2:RequestSpotFleet',
      'ec2:CreateFleet',
      'ec2:AssociateIamInstanceProfile',
      'ec2:ReplaceIamInstanceProfileAssociation',
      'ec2:CreateLaunchTemplate',
      'ec2:CreateLaunchTemplateVersion',
      'autoscaling:CreateLaunchConfiguration',
      'autoscaling:CreateAutoScalingGroup',
      'iam:AddRoleToInstanceProfile',
      'elasticmapreduce:RunJobFlow',
      'ec2:ModifyFleet',
      'ec2:RunScheduledInstances',
      'autoscaling:UpdateAutoScalingGroup',
      'batch:CreateComputeEnvironment',
      'batch:UpdateComputeEnvironment',
      'ecs:CreateCapacityProvider',
      'eks:CreateNodegroup',
      'elasticbeanstalk:CreateEnvironment',
      'elasticbeanstalk:UpdateEnvironment',
      'imagebuilder:CreateInfrastructureConfiguration',
      'imagebuilder:UpdateInfrastructureConfiguration',
    ],
  },
  // codebuild-001, -004
  {
    service: 'codebuild.amazonaws.com',
    actions: ['codebuild:CreateProject', 'codebuild:UpdateProject', 'codebuild:CreateFleet'],
  },
  {
    service: 'codepipeline.amazonaws.com',
    actions: ['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline'],
  },
  {
    service: 'codedeploy.amazonaws.com',
    actions: ['codedeploy:CreateDeploymentGroup', 'codedeploy:UpdateDeploymentGroup'],
  },
  {
    service: 'states.amazonaws.com',
    actions: ['states:CreateStateMachine', 'states:UpdateStateMachine', 'states:TestState'],
  },
  {
    // glue-001, -003 to -006
    service: 'glue.amazonaws.com',
    actions: [
      'glue:CreateJob',
      'glue:UpdateJob',
      'glue:CreateDevEndpoint',
      'glue:CreateSession',
      'glue:CreateCrawler',
    ],
    amongOthers: true,
  },
  {
    // cloudformation-001, -003 to -005
    service: 'cloudformation.amazonaws.com',
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
      'cloudformation:CreateChangeSet',
      'cloudformation:CreateStackSet',
      'cloudformation:UpdateStackSet',
      'cloudformation:SetStackPolicy',
      'cloudformation:ContinueUpdateRollback',
      'cloudformation:RollbackStack',
    ],
  },
  {
    // sagemaker-001 to -003
    service: 'sagemaker.amazonaws.com',
    actions: [
      'sagemaker:CreateNotebookInstance',
      'sagemaker:CreateTrainingJob',
      'sagemaker:CreateProcessingJob',
      'sagemaker:CreateModel',
      'sagemaker:CreateUserProfile',
      'sagemaker:CreateDomain',
    ],
    amongOthers: true,
  },
  // apprunner-001
  {
    service: 'tasks.apprunner.amazonaws.com',
    actions: ['apprunner:CreateService', 'apprunner:UpdateService'],
  },
  // bedrock-001
  {
    service: 'bedrock-agentcore.amazonaws.com',
    actions: ['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:CreateAgentRuntime'],
    amongOthers: true,
  },
  // datapipeline-001
  { service: 'datapipeline.amazonaws.com', actions: ['datapipeline:CreatePipeline'] },
  {
    service: 'elasticmapreduce.amazonaws.com',
    actions: ['elasticmapreduce:RunJobFlow', 'elasticmapreduce:StartNotebookExecution'],
  },
  { service: 'emr-serverless.amazonaws.com', actions: ['emr-serverless:StartJobRun'] },
  { service: 'scheduler.amazonaws.com', actions: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'] },
  { service: 'pipes.amazonaws.com', actions: ['pipes:CreatePipe', 'pipes:UpdatePipe'] },
  {
    service: 'events.amazonaws.com',
    actions: ['events:PutTargets', 'events:CreateConnection', 'events:PutRule'],
  },
  {
    service: 'ssm.amazonaws.com',
    actions: [
      'ssm:StartAutomationExecution',
      'ssm:CreateAssociation',
      'ssm:CreateActivation',
      'config:PutRemediationConfigurations',
    ],
    amongOthers: true,
  },
  {
    service: 'iot.amazonaws.com',
    actions: ['iot:CreateTopicRule', 'iot:ReplaceTopicRule', 'iot:CreateRoleAlias', 'iot:UpdateRoleAlias'],
    amongOthers: true,
  },
  {
    service: 'batch.amazonaws.com',
    actions: ['batch:CreateComputeEnvironment', 'batch:UpdateComputeEnvironment'],
  },
  {
    service: 'backup.amazonaws.com',
    actions: ['backup:StartRestoreJob', 'backup:StartCopyJob'],
    amongOthers: true,
  },
  { service: 'export.rds.amazonaws.com', actions: ['rds:StartExportTask'] },
  { service: 's3.amazonaws.com', actions: ['s3:PutReplicationConfiguration'] },
  { service: 'batchoperations.s3.amazonaws.com', actions: ['s3:CreateJob'] },
  { service: 'datasync.amazonaws.com', actions: ['datasync:CreateLocationS3'], amongOthers: true },
  {
    service: 'firehose.amazonaws.com',
    actions: ['firehose:CreateDeliveryStream', 'firehose:UpdateDestination'],
  },
  { service: 'dms.amazonaws.com', actions: ['dms:CreateEndpoint'], amongOthers: true },
  {
    service: 'transfer.amazonaws.com',
    actions: ['transfer:CreateUser', 'transfer:UpdateUser'],
    amongOthers: true,
  },
  {
    service: 'rolesanywhere.amazonaws.com',
    actions: ['rolesanywhere:CreateProfile', 'rolesanywhere:UpdateProfile'],
  },
  { service: 'cognito-identity.amazonaws.com', actions: ['cognito-identity:SetIdentityPoolRoles'] },
  {
    service: 'imagebuilder.amazonaws.com',
    actions: ['imagebuilder:CreateImage', 'imagebuilder:CreateImagePipeline'],
    amongOthers: true,
  },
  { service: 'appsync.amazonaws.com', actions: ['appsync:CreateDataSource', 'appsync:UpdateDataSource'] },
  { service: 'apigateway.amazonaws.com', actions: ['apigateway:PUT', 'apigateway:PATCH', 'apigateway:POST'] },
  {
    service: 'pods.eks.amazonaws.com',
    actions: ['eks:CreatePodIdentityAssociation', 'eks:UpdatePodIdentityAssociation'],
  },
];

/** What already runs with a role, and the calls that make it run the caller's code or open a shell in it. */
export interface Runner {
  readonly type: string;
  /** Properties that hold the role, or the instance profile with it. */
  readonly roles: readonly (readonly (string | number)[])[];
  readonly actions: readonly string[];
  readonly how: string;
  /** Kind of ARN that the call names, where it is not that of the resource itself: `ec2:instance/`. */
  readonly of?: string;
  /** Service that runs it: a role that trusts the service may run something outside the templates. */
  readonly service: string;
}

const hostCalls = [
  // ssm-001, -002, ec2-002, ec2instanceconnect-003
  'ssm:StartSession',
  'ssm:SendCommand',
  'ec2:ModifyInstanceAttribute',
  'ec2-instance-connect:SendSSHPublicKey',
  'ec2-instance-connect:OpenTunnel',
  'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
  'ssm:ResumeSession',
  'ssm:CreateAssociation',
  'ssm:UpdateAssociation',
  'ssm:StartAutomationExecution',
  'ec2:CreateReplaceRootVolumeTask',
  'ssm:RegisterTaskWithMaintenanceWindow',
  'ssm:UpdateMaintenanceWindowTask',
  'ssm-guiconnect:StartConnection',
];

export const runners: readonly Runner[] = [
  {
    // lambda-003 to -005; layers and handlers are set by the second
    type: 'AWS::Lambda::Function',
    service: 'lambda.amazonaws.com',
    roles: [['Role']],
    // The last lets whomever it names do the first.
    actions: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:AddPermission'],
    how: 'replacing the code of a function of',
  },
  {
    // codebuild-002, -003
    type: 'AWS::CodeBuild::Project',
    service: 'codebuild.amazonaws.com',
    roles: [['ServiceRole']],
    actions: [
      'codebuild:StartBuild',
      'codebuild:StartBuildBatch',
      'codebuild:UpdateProject',
      'codebuild:StartSandbox',
      'codebuild:StartCommandExecution',
    ],
    how: 'starting a build with steps of its own as',
  },
  {
    type: 'AWS::ECS::TaskDefinition',
    service: 'ecs-tasks.amazonaws.com',
    roles: [['TaskRoleArn'], ['ExecutionRoleArn']],
    actions: ['ecs:ExecuteCommand'],
    how: 'opening a shell in a task of',
    of: 'ecs:task/',
  },
  {
    type: 'AWS::EC2::Instance',
    service: 'ec2.amazonaws.com',
    roles: [['IamInstanceProfile']],
    actions: hostCalls,
    how: 'running commands on a host of',
  },
  {
    type: 'AWS::EC2::LaunchTemplate',
    service: 'ec2.amazonaws.com',
    roles: [
      ['LaunchTemplateData', 'IamInstanceProfile', 'Arn'],
      ['LaunchTemplateData', 'IamInstanceProfile', 'Name'],
    ],
    actions: hostCalls,
    how: 'running commands on a host of',
    of: 'ec2:instance/',
  },
  {
    // ec2-004
    type: 'AWS::EC2::LaunchTemplate',
    service: 'ec2.amazonaws.com',
    roles: [
      ['LaunchTemplateData', 'IamInstanceProfile', 'Arn'],
      ['LaunchTemplateData', 'IamInstanceProfile', 'Name'],
    ],
    actions: ['ec2:CreateLaunchTemplateVersion'],
    how: 'changing what hosts start with as',
  },
  {
    type: 'AWS::StepFunctions::StateMachine',
    service: 'states.amazonaws.com',
    roles: [['RoleArn']],
    actions: ['states:UpdateStateMachine'],
    how: 'rewriting a state machine of',
  },
  {
    // Starting one runs what it holds already.
    type: 'AWS::CodePipeline::Pipeline',
    service: 'codepipeline.amazonaws.com',
    roles: [['RoleArn']],
    actions: ['codepipeline:UpdatePipeline'],
    how: 'rewriting a pipeline of',
  },
  // glue-002, -005, -006
  {
    type: 'AWS::Glue::Job',
    service: 'glue.amazonaws.com',
    roles: [['Role']],
    // A run may name another script than that of the job.
    actions: ['glue:UpdateJob', 'glue:StartJobRun'],
    how: 'rewriting a job of',
  },
  {
    type: 'AWS::Glue::DevEndpoint',
    service: 'glue.amazonaws.com',
    roles: [['RoleArn']],
    actions: ['glue:UpdateDevEndpoint'],
    how: 'signing in to an endpoint of',
  },
  {
    // sagemaker-004, -005
    type: 'AWS::SageMaker::NotebookInstance',
    service: 'sagemaker.amazonaws.com',
    roles: [['RoleArn']],
    actions: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:UpdateNotebookInstance'],
    how: 'opening a notebook of',
  },
  {
    // apprunner-002
    type: 'AWS::AppRunner::Service',
    service: 'tasks.apprunner.amazonaws.com',
    roles: [['InstanceConfiguration', 'InstanceRoleArn']],
    actions: ['apprunner:UpdateService'],
    how: 'replacing the image of a service of',
  },
  {
    // bedrock-002
    type: 'AWS::BedrockAgentCore::CodeInterpreterCustom',
    service: 'bedrock-agentcore.amazonaws.com',
    roles: [['ExecutionRoleArn']],
    actions: ['bedrock-agentcore:StartCodeInterpreterSession'],
    how: 'running code in an interpreter of',
    of: 'bedrock-agentcore:code-interpreter/',
  },
  {
    type: 'AWS::AppSync::DataSource',
    service: 'appsync.amazonaws.com',
    roles: [['ServiceRoleArn']],
    actions: [
      'appsync:CreateResolver',
      'appsync:UpdateResolver',
      'appsync:CreateFunction',
      'appsync:UpdateFunction',
    ],
    how: 'writing a resolver over a source of',
    of: 'appsync:',
  },
  {
    type: 'AWS::ApiGateway::Method',
    service: 'apigateway.amazonaws.com',
    roles: [['Integration', 'Credentials']],
    actions: ['apigateway:PUT', 'apigateway:PATCH'],
    how: 'rewriting an integration that calls as',
    of: 'apigateway:/restapis/',
  },
  {
    type: 'AWS::ApiGatewayV2::Integration',
    service: 'apigateway.amazonaws.com',
    roles: [['CredentialsArn']],
    actions: ['apigateway:PATCH'],
    how: 'rewriting an integration that calls as',
    of: 'apigateway:/apis/',
  },
  {
    type: 'AWS::Batch::JobDefinition',
    service: 'ecs-tasks.amazonaws.com',
    roles: [
      ['ContainerProperties', 'JobRoleArn'],
      ['ContainerProperties', 'ExecutionRoleArn'],
    ],
    actions: ['batch:SubmitJob'],
    how: 'submitting a job with a command of its own as',
    of: 'batch:job-definition/',
  },
  {
    type: 'AWS::EMR::Cluster',
    service: 'ec2.amazonaws.com',
    roles: [['JobFlowRole']],
    actions: ['elasticmapreduce:AddJobFlowSteps'],
    how: 'adding a step to a cluster of',
    of: 'elasticmapreduce:cluster/',
  },
  {
    type: 'AWS::SageMaker::UserProfile',
    service: 'sagemaker.amazonaws.com',
    roles: [['UserSettings', 'ExecutionRole']],
    actions: ['sagemaker:CreatePresignedDomainUrl'],
    how: 'opening a studio of',
    of: 'sagemaker:user-profile/',
  },
  {
    type: 'AWS::SageMaker::Domain',
    service: 'sagemaker.amazonaws.com',
    roles: [['DefaultUserSettings', 'ExecutionRole']],
    actions: ['sagemaker:CreatePresignedDomainUrl'],
    how: 'opening a studio of',
    of: 'sagemaker:user-profile/',
  },
];

/** Services that keep a role with what they made: changing that needs no handing over. cloudformation-002, -004, -005 */
export const keptRoleUses: readonly { readonly service: string; readonly actions: readonly string[] }[] = [
  {
    service: 'cloudformation.amazonaws.com',
    actions: [
      'cloudformation:UpdateStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:UpdateStackSet',
      'cloudformation:CreateStackInstances',
    ],
  },
  {
    service: 'rolesanywhere.amazonaws.com',
    actions: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor'],
  },
  { service: 'pods.eks.amazonaws.com', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] },
  {
    // Documents that hosts run already, a volume put in place of theirs, and services that start hosts.
    service: 'ec2.amazonaws.com',
    actions: [
      'ssm:UpdateDocument',
      'ssm:UpdateDocumentDefaultVersion',
      'ec2:AttachVolume',
      'elasticbeanstalk:UpdateEnvironment',
      'elasticbeanstalk:CreateApplicationVersion',
      'imagebuilder:CreateImage',
      'imagebuilder:CreateImagePipeline',
      'imagebuilder:StartImagePipelineExecution',
    ],
  },
  // A host of the caller's own that joins a cluster is sent the tasks of others, with their roles.
  { service: 'ecs-tasks.amazonaws.com', actions: ['ecs:RegisterContainerInstance'] },
  { service: 'glue.amazonaws.com', actions: ['glue:RunStatement', 'glue:UpdateCrawler'] },
  { service: 'sagemaker.amazonaws.com', actions: ['sagemaker:CreateApp', 'sagemaker:StartSession'] },
  {
    service: 'bedrock-agentcore.amazonaws.com',
    actions: ['bedrock-agentcore:UpdateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeCommand'],
  },
  // Services that give out what the role may read, on the word of their own permissions.
  { service: 'access-grants.s3.amazonaws.com', actions: ['s3:GetDataAccess', 's3:CreateAccessGrant'] },
  {
    service: 'lakeformation.amazonaws.com',
    actions: ['lakeformation:GetDataAccess', 'lakeformation:GrantPermissions'],
  },
];

/**
 * Services whose changes name the role again, so that whoever makes one hands the role over (`iam:PassRole`).
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html
 * https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_UpdatePipe.html
 */
export const handedAnew: readonly string[] = ['scheduler.amazonaws.com', 'pipes.amazonaws.com'];

/** Where the code stands that something runs with a role: what holds it, by type, and the property that names that. */
export const codeSources: readonly {
  readonly type: string;
  readonly roles: Runner['roles'];
  readonly heldBy: keyof typeof codeHolders;
  /** A list, and the property in each item; or the property itself. */
  readonly at: readonly string[];
}[] = [
  {
    type: 'AWS::ECS::TaskDefinition',
    roles: [['TaskRoleArn'], ['ExecutionRoleArn']],
    heldBy: 'AWS::ECR::Repository',
    at: ['ContainerDefinitions', 'Image'],
  },
  {
    type: 'AWS::Lambda::Function',
    roles: [['Role']],
    heldBy: 'AWS::ECR::Repository',
    at: ['Code', 'ImageUri'],
  },
  {
    type: 'AWS::CodeBuild::Project',
    roles: [['ServiceRole']],
    heldBy: 'AWS::ECR::Repository',
    at: ['Environment', 'Image'],
  },
  {
    type: 'AWS::CodeBuild::Project',
    roles: [['ServiceRole']],
    heldBy: 'AWS::S3::Bucket',
    at: ['Source', 'Location'],
  },
  {
    type: 'AWS::CodeBuild::Project',
    roles: [['ServiceRole']],
    heldBy: 'AWS::CodeCommit::Repository',
    at: ['Source', 'Location'],
  },
  {
    type: 'AWS::Glue::Job',
    roles: [['Role']],
    heldBy: 'AWS::S3::Bucket',
    at: ['Command', 'ScriptLocation'],
  },
  {
    type: 'AWS::MWAA::Environment',
    roles: [['ExecutionRoleArn']],
    heldBy: 'AWS::S3::Bucket',
    at: ['SourceBucketArn'],
  },
];

/** How the code in a holder is replaced. */
export const codeHolders = {
  'AWS::ECR::Repository': {
    actions: ['ecr:PutImage', 'ecr:SetRepositoryPolicy'],
    below: '',
    /** Whether the call surely replaces what runs, rather than something beside it. */
    sure: 'yes',
    how: 'pushing the image of',
  },
  'AWS::S3::Bucket': { actions: ['s3:PutObject'], below: '/', sure: 'unknown', how: 'storing the code of' },
  'AWS::CodeCommit::Repository': {
    actions: ['codecommit:GitPush', 'codecommit:PutFile', 'codecommit:CreateCommit'],
    below: '',
    sure: 'unknown',
    how: 'committing the code of',
  },
} as const;

/** Calls that make an identity the caller's, or give it what the caller wants. iam-002 to -006, -012, -014 to -021 */
export const identityTakeovers: Readonly<
  Record<string, readonly { readonly actions: readonly string[]; readonly how: string }[]>
> = {
  'AWS::IAM::Role': [
    {
      actions: ['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'],
      how: 'rewriting the policies of',
    },
  ],
  'AWS::IAM::User': [
    {
      actions: [
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'iam:UpdateLoginProfile',
        'iam:CreateServiceSpecificCredential',
      ],
      how: 'making credentials of',
    },
  ],
  'AWS::SSO::PermissionSet': [
    { actions: ['sso:CreateAccountAssignment'], how: 'assigning' },
    { actions: ['identitystore:CreateGroupMembership'], how: 'joining a group that is assigned' },
  ],
  // iam-013
  'AWS::IAM::Group': [{ actions: ['iam:AddUserToGroup'], how: 'joining' }],
};

/** Identities that a caller makes, gives policies and then is: the calls of each step, any of which will do. */
export const freshIdentities: readonly {
  readonly kind: 'role' | 'user';
  readonly steps: readonly (readonly string[])[];
}[] = [
  // A new role trusts whom its maker names, and one account needs no more than that.
  { kind: 'role', steps: [['iam:CreateRole'], ['iam:PutRolePolicy', 'iam:AttachRolePolicy']] },
  {
    kind: 'user',
    steps: [
      ['iam:CreateUser'],
      ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
      ['iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    ],
  },
];

/** Calls by which an identity gives itself more, asked for on itself. iam-005, -007 to -011 */
export const selfEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  'AWS::IAM::User': ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  'AWS::IAM::Group': ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy'],
  'AWS::SSO::PermissionSet': [
    'sso:PutInlinePolicyToPermissionSet',
    'sso:AttachManagedPolicyToPermissionSet',
    'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  ],
};

/** Calls by which an identity loses policies, and what they refuse. */
export const refusalEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
  'AWS::IAM::User': ['iam:DeleteUserPolicy', 'iam:DetachUserPolicy'],
  'AWS::IAM::Group': ['iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy', 'iam:RemoveUserFromGroup'],
  'AWS::SSO::PermissionSet': [
    'sso:DeleteInlinePolicyFromPermissionSet',
    'sso:DetachManagedPolicyFromPermissionSet',
  ],
};

/** The same on a managed policy that the identity holds. iam-001 */
export const policyEdits = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** Calls that take or replace the boundary of an identity. */
export const boundaryEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
  'AWS::IAM::User': ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
  'AWS::SSO::PermissionSet': [
    'sso:DeletePermissionsBoundaryFromPermissionSet',
    'sso:PutPermissionsBoundaryToPermissionSet',
  ],
};

/** Calls that let in whomever the caller wants through an identity provider that a role trusts, by the provider. */
export const providerEdits: readonly { readonly provider: RegExp; readonly actions: readonly string[] }[] = [
  {
    provider: /./s,
    actions: [
      'iam:UpdateSAMLProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      'iam:AddClientIDToOpenIDConnectProvider',
    ],
  },
  // Whoever may do everything in a cluster also runs as what its pods are.
  { provider: /oidc\.eks/, actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] },
  {
    provider: /cognito/,
    actions: ['cognito-identity:UpdateIdentityPool', 'cognito-identity:SetIdentityPoolRoles'],
  },
];
