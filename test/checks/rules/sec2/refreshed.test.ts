import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../../lib/checks/check-templates.ts';

const ref = (id: string) => ({ Ref: id });
const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const task = (container: object) =>
  resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'app', Image: 'x', ...container }] });
const holding = (ValueFrom: unknown) => task({ Secrets: [{ Name: 'DB', ValueFrom }] });
const sub = (text: string) => ({ 'Fn::Sub': text });
const rotation = (SecretId: unknown) =>
  resource('AWS::SecretsManager::RotationSchedule', {
    SecretId,
    RotationRules: { AutomaticallyAfterDays: 30 },
  });
const heard = (...targets: unknown[]) =>
  resource('AWS::Events::Rule', {
    EventPattern: { source: ['aws.secretsmanager'], detail: { eventName: ['RotationSucceeded'] } },
    Targets: targets.map((Arn, index) => ({ Id: `t${index}`, Arn })),
  });
const lambda = (...Action: string[]) => ({
  Restart: resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Timeout: 900 }),
  Role: resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    },
    Policies: [
      { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
    ],
  }),
});
const Secret = resource('AWS::SecretsManager::Secret');
const login = resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', ManageMasterUserPassword: true });
const Anything = { Type: 'String' };

/** What the rule says of a secret, or of a database that keeps its login in one, of somebody else's template. */
const cases: Readonly<
  Record<string, { readonly resources: object; readonly of?: string; readonly says: string }>
> = {
  'nothing restarts the tasks': {
    resources: { Secret, Rotates: rotation(ref('Secret')), Task: holding(sub(`\${Secret}:password::`)) },
    says: 'undecided',
  },
  'a secret that nothing rotates': {
    resources: { Secret, Task: holding(ref('Secret')) },
    says: 'not-applicable',
  },
  'a rotation of a secret that a deploy names': {
    resources: { Secret, Rotates: rotation(ref('Anything')), Task: holding(ref('Secret')) },
    says: 'undecided',
  },
  'a rotation of another secret': {
    resources: { Secret, Other: Secret, Rotates: rotation(ref('Other')), Task: holding(ref('Secret')) },
    says: 'not-applicable',
  },
  'the login that RDS keeps and rotates': {
    resources: { Db: login, Task: holding(sub(`\${Db.MasterUserSecret.SecretArn}:password::`)) },
    of: 'Db',
    says: 'undecided',
  },
  'a database without such a login': {
    resources: {
      Db: resource('AWS::RDS::DBCluster', { Engine: 'aurora-mysql' }),
      Task: holding(sub(`\${Db.MasterUserSecret.SecretArn}:password::`)),
    },
    of: 'Db',
    says: 'not-applicable',
  },
  'a value that a deploy wrote into the environment of a task': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Task: task({
        Environment: [
          { Name: 'DB', Value: sub(`{{resolve:secretsmanager:\${Secret}:SecretString:password}}`) },
        ],
      }),
      Tells: heard({ 'Fn::GetAtt': ['Restart', 'Arn'] }),
      ...lambda('ecs:UpdateService'),
    },
    says: 'non-compliant',
  },
  'the same in the environment of a function': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Code: resource('AWS::Lambda::Function', {
        Environment: { Variables: { DB: sub(`{{resolve:secretsmanager:\${Secret}::password}}`) } },
      }),
    },
    says: 'non-compliant',
  },
  'a function that restarts the tasks': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Task: holding(ref('Secret')),
      Tells: heard({ 'Fn::GetAtt': ['Restart', 'Arn'] }),
      ...lambda('ecs:UpdateService'),
    },
    says: 'compliant',
  },
  'a function that may not': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Task: holding(ref('Secret')),
      Tells: heard({ 'Fn::GetAtt': ['Restart', 'Arn'] }),
      ...lambda('ecs:DescribeServices'),
    },
    says: 'non-compliant',
  },
  'a topic, which restarts nothing': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Task: holding(ref('Secret')),
      Tells: heard(ref('Topic')),
      Topic: resource('AWS::SNS::Topic'),
    },
    says: 'non-compliant',
  },
  'a state machine, which may': {
    resources: {
      Secret,
      Rotates: rotation(ref('Secret')),
      Task: holding(ref('Secret')),
      Tells: heard({ 'Fn::GetAtt': ['Machine', 'Arn'] }),
      Machine: resource('AWS::StepFunctions::StateMachine'),
    },
    says: 'undecided',
  },
};

describe('tasks that hold a secret which is rotated', () => {
  for (const [name, { resources, of = 'Secret', says }] of Object.entries(cases)) {
    it(`${name}: ${says}`, () => {
      const template = { Parameters: { Anything }, Resources: resources };
      const { rows } = checkTemplates([
        { name: 'S', template, account: '111122223333', region: 'eu-west-1' },
      ]);
      const found = rows.filter(
        ({ rule, resource }) => rule.endsWith('SEC2[Refreshed]') && resource.logicalId === of,
      );
      expect(found.map(({ outcome }) => outcome)).toEqual([says]);
    });
  }
});
