import { describe, expect, it } from 'vitest';
import {
  allow,
  attribute,
  inline,
  type Resources,
  ref,
  resource,
  role,
  trust,
  user,
  wordOf,
} from './policies.ts';

const read = allow('secretsmanager:GetSecretValue', ref('Secret'));
const profile = { Profile: resource('AWS::IAM::InstanceProfile', { Roles: [ref('Victim')] }) };
const victim = (service: string, more: Resources = {}): Resources => ({
  Victim: role(inline(read), {}, { Service: service }),
  ...more,
});
const victimUser: Resources = { Victim: user(inline(read)) };

/** A caller with some actions on everything, beside what it takes over. */
const caller = (actions: readonly string[], properties: object = {}) =>
  role(inline(allow(actions)), properties, { Service: 'ec2.amazonaws.com' });

/** A role for whom a provider of identities vouches. */
const signedIn = (Federated: string): Resources => ({
  Victim: resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust({ Federated }, 'sts:AssumeRoleWithWebIdentity'),
    Policies: inline(read),
  }),
});

const runs = {
  lambda: { Runs: resource('AWS::Lambda::Function', { Role: attribute('Victim') }) },
  build: { Runs: resource('AWS::CodeBuild::Project', { ServiceRole: attribute('Victim') }) },
  host: { ...profile, Runs: resource('AWS::EC2::Instance', { IamInstanceProfile: ref('Profile') }) },
  template: {
    ...profile,
    Runs: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { IamInstanceProfile: { Arn: attribute('Profile') } },
    }),
  },
  endpoint: { Runs: resource('AWS::Glue::DevEndpoint', { RoleArn: attribute('Victim') }) },
  notebook: { Runs: resource('AWS::SageMaker::NotebookInstance', { RoleArn: attribute('Victim') }) },
  app: {
    Runs: resource('AWS::AppRunner::Service', {
      InstanceConfiguration: { InstanceRoleArn: attribute('Victim') },
    }),
  },
  interpreter: {
    Runs: resource('AWS::BedrockAgentCore::CodeInterpreterCustom', { ExecutionRoleArn: attribute('Victim') }),
  },
} satisfies Record<string, Resources>;

const managed = {
  Held: resource('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [allow('s3:ListAllMyBuckets')] },
    Roles: [ref('Caller')],
  }),
};
const ofVictim = {
  Held: resource('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [read] },
    Roles: [ref('Victim')],
  }),
};

/** Every path of https://pathfinding.cloud, as of November 2026: its id, the calls it needs, and who stands beside the caller. */
const paths: readonly (readonly [id: string, actions: readonly string[], others: Resources])[] = [
  ['apprunner-001', ['iam:PassRole', 'apprunner:CreateService'], victim('tasks.apprunner.amazonaws.com')],
  ['apprunner-002', ['apprunner:UpdateService'], victim('tasks.apprunner.amazonaws.com', runs.app)],
  [
    'bedrock-001',
    [
      'iam:PassRole',
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
    ],
    victim('bedrock-agentcore.amazonaws.com'),
  ],
  [
    'bedrock-002',
    ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    victim('bedrock-agentcore.amazonaws.com', runs.interpreter),
  ],
  [
    'cloudformation-001',
    ['iam:PassRole', 'cloudformation:CreateStack'],
    victim('cloudformation.amazonaws.com'),
  ],
  ['cloudformation-002', ['cloudformation:UpdateStack'], victim('cloudformation.amazonaws.com')],
  [
    'cloudformation-003',
    ['iam:PassRole', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
    victim('cloudformation.amazonaws.com'),
  ],
  [
    'cloudformation-004',
    ['iam:PassRole', 'cloudformation:UpdateStackSet'],
    victim('cloudformation.amazonaws.com'),
  ],
  [
    'cloudformation-005',
    ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    victim('cloudformation.amazonaws.com'),
  ],
  [
    'codebuild-001',
    ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'],
    victim('codebuild.amazonaws.com'),
  ],
  ['codebuild-002', ['codebuild:StartBuild'], victim('codebuild.amazonaws.com', runs.build)],
  ['codebuild-003', ['codebuild:StartBuildBatch'], victim('codebuild.amazonaws.com', runs.build)],
  [
    'codebuild-004',
    ['iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'],
    victim('codebuild.amazonaws.com'),
  ],
  [
    'datapipeline-001',
    ['iam:PassRole', 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition'],
    victim('datapipeline.amazonaws.com'),
  ],
  [
    'ec2instanceconnect-003',
    ['ec2-instance-connect:SendSSHPublicKey'],
    victim('ec2.amazonaws.com', runs.host),
  ],
  ['ec2-001', ['iam:PassRole', 'ec2:RunInstances'], victim('ec2.amazonaws.com')],
  [
    'ec2-002',
    ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'],
    victim('ec2.amazonaws.com', runs.host),
  ],
  ['ec2-003', ['iam:PassRole', 'ec2:RequestSpotInstances'], victim('ec2.amazonaws.com')],
  [
    'ec2-004',
    ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'],
    victim('ec2.amazonaws.com', runs.template),
  ],
  [
    'ecs-001',
    ['iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    victim('ecs-tasks.amazonaws.com'),
  ],
  [
    'ecs-002',
    ['iam:PassRole', 'ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    victim('ecs-tasks.amazonaws.com'),
  ],
  [
    'ecs-003',
    ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    victim('ecs-tasks.amazonaws.com'),
  ],
  [
    'ecs-004',
    ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
    victim('ecs-tasks.amazonaws.com'),
  ],
  [
    'ecs-005',
    ['iam:PassRole', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'],
    victim('ecs-tasks.amazonaws.com'),
  ],
  ['glue-001', ['iam:PassRole', 'glue:CreateDevEndpoint'], victim('glue.amazonaws.com')],
  ['glue-002', ['glue:UpdateDevEndpoint'], victim('glue.amazonaws.com', runs.endpoint)],
  ['glue-003', ['iam:PassRole', 'glue:CreateJob', 'glue:StartJobRun'], victim('glue.amazonaws.com')],
  ['glue-004', ['iam:PassRole', 'glue:CreateJob', 'glue:CreateTrigger'], victim('glue.amazonaws.com')],
  ['glue-005', ['iam:PassRole', 'glue:UpdateJob', 'glue:StartJobRun'], victim('glue.amazonaws.com')],
  ['glue-006', ['iam:PassRole', 'glue:UpdateJob', 'glue:CreateTrigger'], victim('glue.amazonaws.com')],
  ['iam-001', ['iam:CreatePolicyVersion'], managed],
  ['iam-002', ['iam:CreateAccessKey'], victimUser],
  ['iam-003', ['iam:CreateAccessKey', 'iam:DeleteAccessKey'], victimUser],
  ['iam-004', ['iam:CreateLoginProfile'], victimUser],
  ['iam-005', ['iam:PutRolePolicy'], {}],
  ['iam-006', ['iam:UpdateLoginProfile'], victimUser],
  ['iam-007', ['iam:PutUserPolicy'], { Caller: user(inline(allow('iam:PutUserPolicy'))) }],
  ['iam-008', ['iam:AttachUserPolicy'], { Caller: user(inline(allow('iam:AttachUserPolicy'))) }],
  ['iam-009', ['iam:AttachRolePolicy'], {}],
  [
    'iam-010',
    ['iam:AttachGroupPolicy'],
    {
      Team: resource('AWS::IAM::Group'),
      Caller: user(inline(allow('iam:AttachGroupPolicy')), { Groups: [ref('Team')] }),
    },
  ],
  [
    'iam-011',
    ['iam:PutGroupPolicy'],
    {
      Team: resource('AWS::IAM::Group'),
      Caller: user(inline(allow('iam:PutGroupPolicy')), { Groups: [ref('Team')] }),
    },
  ],
  ['iam-012', ['iam:UpdateAssumeRolePolicy'], victim('lambda.amazonaws.com')],
  [
    'iam-013',
    ['iam:AddUserToGroup'],
    {
      Victim: resource('AWS::IAM::Group', { Policies: inline(read) }),
      Caller: user(inline(allow('iam:AddUserToGroup'))),
    },
  ],
  ['iam-014', ['iam:AttachRolePolicy', 'sts:AssumeRole'], victim('lambda.amazonaws.com')],
  ['iam-015', ['iam:AttachUserPolicy', 'iam:CreateAccessKey'], { Victim: user() }],
  [
    'iam-016',
    ['iam:CreatePolicyVersion', 'sts:AssumeRole'],
    { ...victim('lambda.amazonaws.com'), ...ofVictim },
  ],
  ['iam-017', ['iam:PutRolePolicy', 'sts:AssumeRole'], victim('lambda.amazonaws.com')],
  ['iam-018', ['iam:PutUserPolicy', 'iam:CreateAccessKey'], { Victim: user() }],
  ['iam-019', ['iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'], victim('lambda.amazonaws.com')],
  [
    'iam-020',
    ['iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'],
    { ...victim('lambda.amazonaws.com'), ...ofVictim },
  ],
  ['iam-021', ['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], victim('lambda.amazonaws.com')],
  [
    'lambda-001',
    ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
    victim('lambda.amazonaws.com'),
  ],
  [
    'lambda-002',
    ['iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
    victim('lambda.amazonaws.com'),
  ],
  ['lambda-003', ['lambda:UpdateFunctionCode'], victim('lambda.amazonaws.com', runs.lambda)],
  [
    'lambda-004',
    ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    victim('lambda.amazonaws.com', runs.lambda),
  ],
  [
    'lambda-005',
    ['lambda:UpdateFunctionCode', 'lambda:AddPermission'],
    victim('lambda.amazonaws.com', runs.lambda),
  ],
  [
    'lambda-006',
    ['iam:PassRole', 'lambda:CreateFunction', 'lambda:AddPermission'],
    victim('lambda.amazonaws.com'),
  ],
  ['sagemaker-001', ['iam:PassRole', 'sagemaker:CreateNotebookInstance'], victim('sagemaker.amazonaws.com')],
  ['sagemaker-002', ['iam:PassRole', 'sagemaker:CreateTrainingJob'], victim('sagemaker.amazonaws.com')],
  ['sagemaker-003', ['iam:PassRole', 'sagemaker:CreateProcessingJob'], victim('sagemaker.amazonaws.com')],
  [
    'sagemaker-004',
    ['sagemaker:CreatePresignedNotebookInstanceUrl'],
    victim('sagemaker.amazonaws.com', runs.notebook),
  ],
  [
    'sagemaker-005',
    [
      'sagemaker:CreateNotebookInstanceLifecycleConfig',
      'sagemaker:StopNotebookInstance',
      'sagemaker:UpdateNotebookInstance',
      'sagemaker:StartNotebookInstance',
    ],
    victim('sagemaker.amazonaws.com', runs.notebook),
  ],
  ['ssm-001', ['ssm:StartSession'], victim('ec2.amazonaws.com', runs.host)],
  ['ssm-002', ['ssm:SendCommand'], victim('ec2.amazonaws.com', runs.host)],
  [
    'sts-001',
    ['sts:AssumeRole'],
    { Victim: role(inline(read), {}, { AWS: 'arn:aws:iam::111122223333:root' }) },
  ],
];

it('knows every path of pathfinding.cloud', () => {
  expect(paths).toHaveLength(65);
});

it.each(paths)('%s leads to what the other reads', (id, actions, others) => {
  const Resources: Resources = {
    Secret: resource('AWS::SecretsManager::Secret', { Name: 'shop/db' }),
    Caller: caller(actions),
    ...others,
  };
  // Two paths give the user taken over a policy first: it then reads what the caller wants.
  const reads = ['iam-015', 'iam-018'].includes(id) ? { Victim: user(inline(read)) } : {};
  const template = { Resources: { ...Resources, ...reads } };
  expect(wordOf({ template, principal: 'Caller', target: 'Secret' })).not.toBe('cannot');
});

it.each(paths.filter(([, actions]) => actions.includes('iam:PassRole')))(
  '%s leads nowhere without handing a role over, or for a role that another service has',
  (_, actions, others) => {
    const Secret = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
    const Victim = role(inline(read), {}, { Service: 'cloudtrail.amazonaws.com' });
    const Caller = caller(actions.filter((action) => action !== 'iam:PassRole'));
    const template = { Resources: { Secret, ...others, Victim, Caller } };
    expect(wordOf({ template, principal: 'Caller', target: 'Secret' })).toBe('cannot');
  },
);

/** Ways that the list does not have; https://cloud.hacktricks.wiki/en/pentesting-cloud/aws-security tells of most. */
it.each<readonly [string, readonly string[], Resources]>([
  ['a schedule', ['iam:PassRole', 'scheduler:CreateSchedule'], victim('scheduler.amazonaws.com')],
  ['a pipe', ['iam:PassRole', 'pipes:CreatePipe'], victim('pipes.amazonaws.com')],
  ['a target of a rule', ['iam:PassRole', 'events:PutTargets'], victim('events.amazonaws.com')],
  [
    'a step of a state machine under test',
    ['iam:PassRole', 'states:TestState'],
    victim('states.amazonaws.com'),
  ],
  ['a service that no table knows', ['iam:PassRole', 'braket:CreateJob'], victim('braket.amazonaws.com')],
  ['a pod', ['iam:PassRole', 'eks:CreatePodIdentityAssociation'], victim('pods.eks.amazonaws.com')],
  ['a profile of Roles Anywhere', ['rolesanywhere:CreateTrustAnchor'], victim('rolesanywhere.amazonaws.com')],
  ['an automation on hosts', ['ssm:CreateAssociation'], victim('ec2.amazonaws.com', runs.host)],
  ['a function outside the templates', ['lambda:UpdateFunctionCode'], victim('lambda.amazonaws.com')],
  ['a host outside the templates', ['ssm:StartSession'], victim('ec2.amazonaws.com', profile)],
  [
    'a resolver',
    ['appsync:UpdateResolver'],
    victim('appsync.amazonaws.com', {
      Runs: resource('AWS::AppSync::DataSource', { ServiceRoleArn: attribute('Victim') }),
    }),
  ],
  [
    'an integration of an API',
    ['apigateway:PATCH'],
    victim('apigateway.amazonaws.com', {
      Runs: resource('AWS::ApiGateway::Method', { Integration: { Credentials: attribute('Victim') } }),
    }),
  ],
  [
    'a job',
    ['batch:SubmitJob'],
    victim('ecs-tasks.amazonaws.com', {
      Runs: resource('AWS::Batch::JobDefinition', {
        ContainerProperties: { JobRoleArn: attribute('Victim') },
      }),
    }),
  ],
  [
    'a shell in a task',
    ['ecs:ExecuteCommand'],
    victim('ecs-tasks.amazonaws.com', {
      Runs: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: attribute('Victim') }),
    }),
  ],
  [
    'a pushed image',
    ['ecr:PutImage'],
    victim('ecs-tasks.amazonaws.com', {
      Images: resource('AWS::ECR::Repository', { RepositoryName: 'shop' }),
      Runs: resource('AWS::ECS::TaskDefinition', {
        TaskRoleArn: attribute('Victim'),
        ContainerDefinitions: [{ Image: '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/shop:latest' }],
      }),
    }),
  ],
  ['sandboxes of builds', ['codebuild:StartSandbox'], victim('codebuild.amazonaws.com', runs.build)],
  [
    'a run with another script',
    ['glue:StartJobRun'],
    victim('glue.amazonaws.com', { Runs: resource('AWS::Glue::Job', { Role: attribute('Victim') }) }),
  ],
  ['a statement in a session', ['glue:RunStatement'], victim('glue.amazonaws.com')],
  [
    'a learning job of any kind',
    ['iam:PassRole', 'sagemaker:CreateAutoMLJob'],
    victim('sagemaker.amazonaws.com'),
  ],
  ['a cluster for learning', ['iam:PassRole', 'sagemaker:CreateCluster'], victim('sagemaker.amazonaws.com')],
  [
    'an application of a studio',
    ['sagemaker:CreateApp'],
    victim('sagemaker.amazonaws.com', {
      Runs: resource('AWS::SageMaker::Domain', {
        DefaultUserSettings: { ExecutionRole: attribute('Victim') },
      }),
    }),
  ],
  [
    'a browser of agents',
    ['iam:PassRole', 'bedrock-agentcore:CreateBrowser'],
    victim('bedrock-agentcore.amazonaws.com'),
  ],
  ['an agent that runs', ['bedrock-agentcore:UpdateAgentRuntime'], victim('bedrock-agentcore.amazonaws.com')],
  ['servers of games', ['iam:PassRole', 'gamelift:CreateFleet'], victim('gamelift.amazonaws.com')],
  ['an app of Amplify', ['iam:PassRole', 'amplify:CreateApp'], victim('amplify.amazonaws.com')],
  ['a deployment of Amplify', ['amplify:StartDeployment'], victim('amplify.amazonaws.com')],
  ['the shell of Airflow', ['airflow:CreateCliToken'], victim('airflow-env.amazonaws.com')],
  [
    'a builder of images',
    ['iam:PassRole', 'imagebuilder:CreateInfrastructureConfiguration'],
    victim('ec2.amazonaws.com'),
  ],
  ['an image that is built', ['imagebuilder:CreateImage'], victim('ec2.amazonaws.com', profile)],
  [
    'an environment of Beanstalk',
    ['iam:PassRole', 'elasticbeanstalk:CreateEnvironment'],
    victim('ec2.amazonaws.com'),
  ],
  ['a host that joins a cluster', ['ecs:RegisterContainerInstance'], victim('ecs-tasks.amazonaws.com')],
  [
    'a schedule that is there',
    ['iam:PassRole', 'scheduler:UpdateSchedule'],
    victim('scheduler.amazonaws.com'),
  ],
  [
    'a schedule of the template',
    ['iam:PassRole', 'scheduler:UpdateSchedule'],
    victim('scheduler.amazonaws.com', {
      Runs: resource('AWS::Scheduler::Schedule', { Target: { RoleArn: attribute('Victim') } }),
    }),
  ],
  ['a pipe that is there', ['iam:PassRole', 'pipes:UpdatePipe'], victim('pipes.amazonaws.com')],
  [
    'a pipeline that is there',
    ['codepipeline:UpdatePipeline'],
    victim('codepipeline.amazonaws.com', {
      Runs: resource('AWS::CodePipeline::Pipeline', { RoleArn: attribute('Victim') }),
    }),
  ],
  ['a deployment', ['codedeploy:CreateDeployment'], victim('codedeploy.amazonaws.com')],
  [
    'a definition of a pipeline of data',
    ['datapipeline:PutPipelineDefinition'],
    victim('datapipeline.amazonaws.com'),
  ],
  ['a document that hosts run', ['ssm:UpdateDocument'], victim('ec2.amazonaws.com', runs.host)],
  [
    'a window for maintenance',
    ['ssm:RegisterTaskWithMaintenanceWindow'],
    victim('ec2.amazonaws.com', runs.host),
  ],
  ['a disk put in', ['ec2:AttachVolume'], victim('ec2.amazonaws.com', runs.host)],
  ['a remediation', ['iam:PassRole', 'config:PutRemediationConfigurations'], victim('ssm.amazonaws.com')],
  ['access grants of S3', ['s3:GetDataAccess'], victim('access-grants.s3.amazonaws.com')],
  ['Lake Formation', ['lakeformation:GetDataAccess'], victim('lakeformation.amazonaws.com')],
  ['a load of a warehouse', ['redshift-data:ExecuteStatement'], victim('redshift.amazonaws.com')],
  [
    'a queue of renderings',
    ['deadline:AssumeQueueRoleForUser'],
    victim('credentials.deadline.amazonaws.com'),
  ],
  ['a desktop', ['appstream:CreateStreamingURL'], victim('appstream.amazonaws.com')],
  ['a key for transfers', ['transfer:ImportSshPublicKey'], victim('transfer.amazonaws.com')],
  [
    'a service that no table knows, and a change of it',
    ['braket:UpdateThing'],
    victim('braket.amazonaws.com'),
  ],
  ['the policy of a function', ['lambda:AddPermission'], victim('lambda.amazonaws.com', runs.lambda)],
  [
    'the policy of a repository',
    ['ecr:SetRepositoryPolicy'],
    victim('ecs-tasks.amazonaws.com', {
      Images: resource('AWS::ECR::Repository', { RepositoryName: 'shop' }),
      Runs: resource('AWS::ECS::TaskDefinition', {
        TaskRoleArn: attribute('Victim'),
        ContainerDefinitions: [{ Image: '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/shop:latest' }],
      }),
    }),
  ],
  ...[
    [
      'a script in a bucket',
      'AWS::Glue::Job',
      'glue',
      {
        Role: attribute('Victim'),
        Command: { ScriptLocation: { 'Fn::Join': ['', ['s3://', ref('Code'), '/job.py']] } },
      },
    ],
    [
      'graphs in a bucket',
      'AWS::MWAA::Environment',
      'airflow-env',
      { ExecutionRoleArn: attribute('Victim'), SourceBucketArn: attribute('Code') },
    ],
    [
      'a source in a bucket',
      'AWS::CodeBuild::Project',
      'codebuild',
      { ServiceRole: attribute('Victim'), Source: { Location: 'code-of-shop/source.zip' } },
    ],
  ].map(([name, type, service, properties]): readonly [string, readonly string[], Resources] => [
    String(name),
    ['s3:PutObject'],
    victim(`${String(service)}.amazonaws.com`, {
      Runs: resource(String(type), Object(properties)),
      Code: resource('AWS::S3::Bucket', { BucketName: 'code-of-shop' }),
    }),
  ]),
  [
    'a source in a repository',
    ['codecommit:GitPush'],
    victim('codebuild.amazonaws.com', {
      Runs: resource('AWS::CodeBuild::Project', {
        ServiceRole: attribute('Victim'),
        Source: { Location: attribute('Code', 'CloneUrlHttp') },
      }),
      Code: resource('AWS::CodeCommit::Repository', { RepositoryName: 'shop' }),
    }),
  ],
  [
    'pods of a cluster',
    ['eks:CreateAccessEntry'],
    signedIn('arn:aws:iam::111122223333:oidc-provider/oidc.eks.ap-northeast-1.amazonaws.com/id/X'),
  ],
  ['an identity pool', ['cognito-identity:SetIdentityPoolRoles'], signedIn('cognito-identity.amazonaws.com')],
  [
    'an assignment of a permission set',
    ['sso:CreateAccountAssignment'],
    { Victim: resource('AWS::SSO::PermissionSet', { Name: 'Ops', InlinePolicy: { Statement: [read] } }) },
  ],
  [
    'a provider of identities',
    ['iam:UpdateSAMLProvider'],
    {
      Victim: resource('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithSAML',
              Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/x' },
            },
          ],
        },
        Policies: inline(read),
      }),
    },
  ],
])('%s leads to what the other reads', (_, actions, others) => {
  const Resources = {
    Secret: resource('AWS::SecretsManager::Secret', { Name: 'shop/db' }),
    Caller: caller(actions),
    ...others,
  };
  expect(wordOf({ template: { Resources }, principal: 'Caller', target: 'Secret' })).not.toBe('cannot');
});

/** Whom the policy of a function, or of a repository, lets change what runs. */
describe('resource policies of what runs', () => {
  const Secret = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const permission = (Action: string, Principal: unknown) =>
    resource('AWS::Lambda::Permission', { FunctionName: ref('Runs'), Action, Principal });
  const ask = (others: Resources, principal: string) =>
    wordOf({ template: { Resources: { Secret, ...others } }, principal, target: 'Secret' });
  it('may let a role of the templates, or another account, replace its code', () => {
    const on = (more: Resources) => ({ ...victim('lambda.amazonaws.com', runs.lambda), ...more });
    const Reader = role([]);
    const inside = on({ Reader, Let: permission('lambda:UpdateFunctionCode', attribute('Reader')) });
    expect(ask(inside, 'Reader')).toBe('can');
    expect(ask(on({ Let: permission('lambda:*', '999988887777') }), 'account 999988887777')).toBe('can');
    const calling = on({ Reader, Let: permission('lambda:InvokeFunction', '999988887777') });
    expect(ask(calling, 'account 999988887777')).toBe('cannot');
    expect(ask(calling, 'Reader')).toBe('cannot');
  });
  it('may let another account push its image', () => {
    const Images = resource('AWS::ECR::Repository', {
      RepositoryPolicyText: {
        Statement: [{ Effect: 'Allow', Action: 'ecr:*', Principal: { AWS: '999988887777' } }],
      },
    });
    const Runs = resource('AWS::ECS::TaskDefinition', {
      TaskRoleArn: attribute('Victim'),
      ContainerDefinitions: [
        { Image: { 'Fn::Join': ['', [attribute('Images', 'RepositoryUri'), ':latest']] } },
      ],
    });
    expect(ask(victim('ecs-tasks.amazonaws.com', { Images, Runs }), 'account 999988887777')).toBe('can');
  });
});

/** What is done with a service leads nowhere where it hands over nothing and changes nothing that has the role. */
it.each<readonly [string, readonly string[], Resources]>([
  ['reads of a service', ['braket:GetJob', 'braket:ListJobs', 'iam:GetRole'], victim('braket.amazonaws.com')],
  ['changes of another service', ['glue:UpdateJob', 'ecs:UpdateService'], victim('braket.amazonaws.com')],
  ['a call of a function', ['lambda:InvokeFunction'], victim('lambda.amazonaws.com', runs.lambda)],
  ['a schedule without its role', ['scheduler:UpdateSchedule'], victim('scheduler.amazonaws.com')],
  ['a pipe without its role', ['pipes:UpdatePipe'], victim('pipes.amazonaws.com')],
  ['a result that is reported', ['backup:PutRestoreValidationResult'], victim('backup.amazonaws.com')],
  ['a function without its role', ['lambda:CreateFunction'], victim('lambda.amazonaws.com', runs.lambda)],
  [
    'a start of a pipeline',
    ['codepipeline:StartPipelineExecution'],
    victim('codepipeline.amazonaws.com', {
      Runs: resource('AWS::CodePipeline::Pipeline', { RoleArn: attribute('Victim') }),
    }),
  ],
  [
    'another bucket than that of a script',
    ['s3:PutBucketTagging'],
    victim('glue.amazonaws.com', {
      Runs: resource('AWS::Glue::Job', {
        Role: attribute('Victim'),
        Command: { ScriptLocation: 's3://code-of-shop/job.py' },
      }),
      Code: resource('AWS::S3::Bucket', { BucketName: 'code-of-shop' }),
    }),
  ],
])('%s leads nowhere', (_, actions, others) => {
  const Secret = resource('AWS::SecretsManager::Secret', { Name: 'shop/db' });
  const Resources = { Secret, Caller: caller(actions), ...others };
  expect(wordOf({ template: { Resources }, principal: 'Caller', target: 'Secret' })).toBe('cannot');
});
