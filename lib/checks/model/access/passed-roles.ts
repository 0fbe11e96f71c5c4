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
