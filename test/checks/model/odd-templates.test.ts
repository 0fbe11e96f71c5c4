import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { rules } from '../../../lib/checks/rules/index.ts';

const types = [...new Set(rules.flatMap((rule) => rule.appliesTo))];

const shopOf = { 'secure-shop:environment': { shop: 'a', environment: 'b', disposable: false } };

const names = [
  ...['PolicyDocument', 'Statement', 'Principal', 'Action', 'NotAction', 'Resource', 'Condition', 'Policies'],
  ...['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::If', 'Fn::Join', 'Fn::FindInMap', 'Fn::Select', 'Fn::Split'],
  ...['SecurityGroupIngress', 'CidrIp', 'KmsKeyId', 'KeyPolicy', 'Tags', 'Key', 'Value', 'Name', 'Port'],
  ...['DistributionConfig', 'Origins', 'DefaultCacheBehavior', 'ViewerCertificate', 'Rules', 'DefaultAction'],
  ...['ContainerDefinitions', 'Secrets', 'Environment', 'AlarmActions', 'Threshold', 'ScheduleExpression'],
  ...['BackupPlan', 'BackupPlanRule', 'Stages', 'Actions', 'FirewallRules', 'Domains', 'RotationRules'],
  '__proto__',
];

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      443,
      1e308,
      '',
      '*',
      'A',
      'B',
      'arn:aws:s3:::x',
      '0.0.0.0/0',
      'rate(1 day)',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }),
  ),
}));

const resource = fc.record({
  Type: fc.oneof(fc.constantFrom(...types), value),
  Properties: fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 }),
  Metadata: value,
  DependsOn: value,
  Condition: value,
});

const template = fc.record({
  Resources: fc.oneof(fc.record({ A: resource, B: resource, C: resource }), value),
  Conditions: value,
  Mappings: value,
  Parameters: value,
  Outputs: value,
  Metadata: fc.oneof(value, fc.constant(shopOf)),
});

it('judges whatever a template holds, and no rule of ours stumbles over it', () => {
  fc.assert(
    fc.property(fc.array(template, { minLength: 1, maxLength: 3 }), (contents) => {
      const review = checkTemplates(
        contents.map((content, index) => ({ name: `stack-${index}`, template: content })),
      );
      expect(review.rows.filter(({ reason }) => reason.startsWith('the rule failed'))).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

it.each([
  ['AWS::ECS::TaskDefinition', { RequiresCompatibilities: [{ a: 'b' }] }],
  ['AWS::ECS::Service', { LaunchType: { a: 'b' } }],
])('says of %s what it holds, whatever that is', (Type, Properties) => {
  const { rows } = checkTemplates([
    { name: 'stack', template: { Metadata: shopOf, Resources: { Odd: { Type, Properties } } } },
  ]);
  expect(rows.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('{"a":"b"}'));
});

it('asks nothing of other people that only a shop promises, and calls a parameter what it is', () => {
  const database = { Engine: 'mysql', MasterUserPassword: { Ref: 'Password' } };
  const recorder = { RecordingGroup: { ResourceTypes: ['AWS::EC2::Instance'] } };
  const template = {
    Parameters: { Password: { Type: 'String', NoEcho: true } },
    Resources: {
      Database: { Type: 'AWS::RDS::DBInstance', Properties: database },
      Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: recorder },
      Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: {} },
    },
  };
  const said = checkTemplates([{ name: 'stack', template }])
    .rows.filter(
      ({ rule, outcome }) => outcome === 'non-compliant' && /MasterSecret|ConfigRecorder/.test(rule),
    )
    .map(({ reason }) => reason);
  expect(said).toEqual([
    expect.stringMatching(/^MasterUserPassword is \$\{parameter Password\}, which somebody knows/),
  ]);
});
