import { expect, it } from 'vitest';
import { allow, attribute, inline, type Resources, ref, resource, role, user, wordOf } from './policies.ts';

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
