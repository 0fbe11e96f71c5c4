/**
 * Ways to act as another role, user or group: which call gives what. Ids are those of https://pathfinding.cloud; what
 * has none is from the Service Authorization Reference or https://cloud.hacktricks.wiki/en/pentesting-cloud/aws-security.
 */

/** Services that run code or act with a role handed to them, and the calls that hand it over. */
export const passedRoleUses: readonly { readonly service: string; readonly actions: readonly string[] }[] = [
  // lambda-001, -002, -006
  {
    service: 'lambda.amazonaws.com',
    actions: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
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
    ],
  },
  // codebuild-001, -004
  { service: 'codebuild.amazonaws.com', actions: ['codebuild:CreateProject', 'codebuild:UpdateProject'] },
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
  },
  // datapipeline-001
  { service: 'datapipeline.amazonaws.com', actions: ['datapipeline:CreatePipeline'] },
  { service: 'elasticmapreduce.amazonaws.com', actions: ['elasticmapreduce:RunJobFlow'] },
  { service: 'emr-serverless.amazonaws.com', actions: ['emr-serverless:StartJobRun'] },
  { service: 'scheduler.amazonaws.com', actions: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'] },
  { service: 'pipes.amazonaws.com', actions: ['pipes:CreatePipe', 'pipes:UpdatePipe'] },
  {
    service: 'events.amazonaws.com',
    actions: ['events:PutTargets', 'events:CreateConnection', 'events:PutRule'],
  },
  {
    service: 'ssm.amazonaws.com',
    actions: ['ssm:StartAutomationExecution', 'ssm:CreateAssociation', 'ssm:CreateActivation'],
  },
  {
    service: 'iot.amazonaws.com',
    actions: ['iot:CreateTopicRule', 'iot:ReplaceTopicRule', 'iot:CreateRoleAlias', 'iot:UpdateRoleAlias'],
  },
  { service: 'batch.amazonaws.com', actions: ['batch:CreateComputeEnvironment'] },
  { service: 'backup.amazonaws.com', actions: ['backup:StartRestoreJob', 'backup:StartCopyJob'] },
  { service: 'export.rds.amazonaws.com', actions: ['rds:StartExportTask'] },
  { service: 's3.amazonaws.com', actions: ['s3:PutReplicationConfiguration'] },
  { service: 'batchoperations.s3.amazonaws.com', actions: ['s3:CreateJob'] },
  { service: 'datasync.amazonaws.com', actions: ['datasync:CreateLocationS3'] },
  {
    service: 'firehose.amazonaws.com',
    actions: ['firehose:CreateDeliveryStream', 'firehose:UpdateDestination'],
  },
  { service: 'dms.amazonaws.com', actions: ['dms:CreateEndpoint'] },
  { service: 'transfer.amazonaws.com', actions: ['transfer:CreateUser', 'transfer:UpdateUser'] },
  {
    service: 'rolesanywhere.amazonaws.com',
    actions: ['rolesanywhere:CreateProfile', 'rolesanywhere:UpdateProfile'],
  },
  { service: 'cognito-identity.amazonaws.com', actions: ['cognito-identity:SetIdentityPoolRoles'] },
  { service: 'imagebuilder.amazonaws.com', actions: ['imagebuilder:CreateInfrastructureConfiguration'] },
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
];

export const runners: readonly Runner[] = [
  {
    // lambda-003 to -005; layers and handlers are set by the second
    type: 'AWS::Lambda::Function',
    service: 'lambda.amazonaws.com',
    roles: [['Role']],
    actions: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
    how: 'replacing the code of a function of',
  },
  {
    // codebuild-002, -003
    type: 'AWS::CodeBuild::Project',
    service: 'codebuild.amazonaws.com',
    roles: [['ServiceRole']],
    actions: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'],
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
  // glue-002, -005, -006
  {
    type: 'AWS::Glue::Job',
    service: 'glue.amazonaws.com',
    roles: [['Role']],
    actions: ['glue:UpdateJob'],
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
];

/** Where the image stands that something runs, by type. */
export const imageUsers: readonly {
  readonly type: string;
  readonly roles: Runner['roles'];
  /** A list, and the property in each item; or the property itself. */
  readonly images: readonly (readonly string[])[];
}[] = [
  {
    type: 'AWS::ECS::TaskDefinition',
    roles: [['TaskRoleArn'], ['ExecutionRoleArn']],
    images: [['ContainerDefinitions', 'Image']],
  },
  { type: 'AWS::Lambda::Function', roles: [['Role']], images: [['Code', 'ImageUri']] },
  { type: 'AWS::CodeBuild::Project', roles: [['ServiceRole']], images: [['Environment', 'Image']] },
];

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

/** Calls by which an identity gives itself more, asked for on itself. iam-005, -007 to -011 */
export const selfEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  'AWS::IAM::User': ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  'AWS::IAM::Group': ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy'],
};

/** The same on a managed policy that the identity holds. iam-001 */
export const policyEdits = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** Calls that take or replace the boundary of an identity. */
export const boundaryEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
  'AWS::IAM::User': ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
};

/** Calls that let in whomever the caller wants through an identity provider that a role trusts. */
export const providerEdits = [
  'iam:UpdateSAMLProvider',
  'iam:UpdateOpenIDConnectProviderThumbprint',
  'iam:AddClientIDToOpenIDConnectProvider',
];
