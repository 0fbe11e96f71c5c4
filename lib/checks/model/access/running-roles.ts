/** Ids are those of https://pathfinding.cloud. See passed-roles.ts for the sources of what has none. */

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
