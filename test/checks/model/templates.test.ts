// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders this way
import { describe, expect, it } from 'vitest';
import { checkTemplates } from '../../../lib/checks/check-templates.ts';
import { EnvironmentGraph } from '../../../lib/checks/model/templates.ts';
import { display, isUnknown } from '../../../lib/checks/model/values.ts';

const queue = (name: unknown) => ({
  Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } } },
});
const nameIn = (template: object) =>
  new EnvironmentGraph([{ name: 'S', template }]).get('S', 'Q')?.properties.QueueName;

describe('an environment read from its templates', () => {
  it.each([
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'P' }]] }, 'a-x'],
    ['Fn::Sub', { 'Fn::Sub': ['${P}-${v}-${!literal}', { v: 1 }] }, 'x-1-${literal}'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['Yes', 'one', 'other'] }, 'one'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', 'k', 'v'] }, 'mapped'],
  ])('resolves %s', (_, written, expected) => {
    const template = {
      ...queue(written),
      Parameters: { P: { Type: 'String', Default: 'x' } },
      Mappings: { M: { k: { v: 'mapped' } } },
      Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    };
    expect(nameIn(template)).toBe(expected);
  });

  it('follows exports, outputs of stacks and references across regions to the resource itself', () => {
    const graph = new EnvironmentGraph([
      {
        name: 'Producer',
        template: {
          Resources: {
            Key: { Type: 'AWS::KMS::Key', Properties: {} },
            Writer: {
              Type: 'Custom::CrossRegionExportWriter',
              Properties: {
                WriterProps: { exports: { '/cdk/exports/key': { 'Fn::GetAtt': ['Key', 'Arn'] } } },
              },
            },
          },
          Outputs: { Out: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'the-key' } } },
        },
      },
      {
        name: 'Consumer',
        template: {
          Resources: {
            Reader: { Type: 'Custom::CrossRegionExportReader', Properties: {} },
            A: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'the-key' } } },
            B: {
              Type: 'AWS::SQS::Queue',
              Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Reader', '/cdk/exports/key'] } },
            },
            C: {
              Type: 'AWS::SQS::Queue',
              Properties: {
                KmsMasterKeyId: { 'Fn::GetStackOutput': { StackName: 'deployed-as', OutputName: 'Out' } },
              },
            },
          },
        },
      },
    ]);
    for (const id of ['A', 'B', 'C']) {
      const value = graph.get('Consumer', id)?.properties.KmsMasterKeyId;
      expect(graph.target(value, 'AWS::KMS::Key')?.logicalId, id).toBe('Key');
    }
  });

  it('keeps a value unknown that only a deploy can know', () => {
    const value = nameIn({ ...queue({ Ref: 'P' }), Parameters: { P: { Type: 'String' } } });
    expect(isUnknown(value)).toBe(true);
    expect(display(value)).toBe('${parameter P}');
  });

  it('names what refers to a resource that is not there', () => {
    const { rows } = checkTemplates([{ name: 'S', template: queue({ Ref: 'Gone' }) }]);
    expect(rows).toContainEqual(
      expect.objectContaining({
        rule: 'SecureShop-ALM1[DanglingReference]',
        outcome: 'non-compliant',
        reason: expect.stringContaining('Gone'),
      }),
    );
  });

  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no resources', {}],
    ['resources that are a list', { Resources: [] }],
    ['a resource that is text', { Resources: { A: 'x' } }],
    ['a resource without a type', { Resources: { A: {} } }],
    ['properties that are a list', { Resources: { A: { Type: 'AWS::S3::Bucket', Properties: [] } } }],
    ['a reference to itself', queue({ 'Fn::ImportValue': { 'Fn::Sub': '${Q}' } })],
    [
      'conditions in a circle',
      { ...queue({ 'Fn::If': ['A', 1, 2] }), Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } },
    ],
    ['deep nesting', queue(deep)],
    ['functions without arguments', queue({ 'Fn::Join': null })],
    ['a forged token', queue('\uE000S\uE001Q\uE001Arn\uE002')],
    [
      'names from the prototype',
      { Resources: { __proto__: { Type: 'x' }, constructor: { Type: 'AWS::KMS::Key' } } },
    ],
    [
      'policies of the wrong shape',
      {
        Resources: {
          K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: 'not json' } },
          R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: 7, Policies: { a: 1 } } },
          P: {
            Type: 'AWS::IAM::Policy',
            Properties: { PolicyDocument: { Statement: [null, 3, { Action: {} }] } },
          },
          D: {
            Type: 'AWS::CloudFront::Distribution',
            Properties: { DistributionConfig: { CacheBehaviors: 'x', Origins: {} } },
          },
          T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: 'x', Volumes: 3 } },
          G: {
            Type: 'AWS::EC2::SecurityGroup',
            Properties: { SecurityGroupIngress: [[]], SecurityGroupEgress: 'x' },
          },
        },
      },
    ],
  ])('survives %s', (_, template) => {
    const review = checkTemplates([
      { name: 'S', template },
      { name: 'S', template },
    ]);
    expect(review.rows.every((row) => !/the rule failed/.test(row.reason))).toBe(true);
  });
});
