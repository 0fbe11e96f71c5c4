import { CfnResource } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { withoutServerless } from '../../../lib/checks/model/serverless/expand.ts';
import { runPacks } from '../../../lib/checks/packs/index.ts';
import type { CloudFormationTemplate } from '../../../lib/review/templates/template-file.ts';
import { templateTree } from '../../../lib/review/templates/template-tree.ts';

function reviewed(Resources: Record<string, unknown>, packs = ['AwsSolutions']) {
  const template = { Resources } as CloudFormationTemplate;
  const tree = templateTree([{ environment: '', name: 'Shop', template, file: 'shop.json' }]);
  const { rows } = runPacks(tree.app, { packs, ...tree.recorder, acknowledgements: [] });
  const outcomes = (rule: string) =>
    Object.fromEntries(
      rows
        .filter(({ finding }) => finding === rule)
        .map(({ resource, outcome }) => [resource.logicalId, outcome]),
    );
  return { ...tree, rows, outcomes };
}

const group = (SecurityGroupIngress: unknown) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'a group of the shop', SecurityGroupIngress },
});
const open = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }];
const closed = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' }];

describe('nag packs on a template', () => {
  it('tell an open group from a closed one, under the names of the template', () => {
    const { rows, outcomes } = reviewed({ Open: group(open), Closed: group(closed) });
    expect(outcomes('AwsSolutions-EC23')).toEqual({ Open: 'non-compliant', Closed: 'compliant' });
    expect(rows.find(({ resource }) => resource.logicalId === 'Open')?.resource).toMatchObject({
      stack: 'Shop',
      type: 'AWS::EC2::SecurityGroup',
      path: 'Shop/Open',
    });
  });

  it('show the construct path where the template tells it', () => {
    const { rows } = reviewed({
      Open: { ...group(open), Metadata: { 'aws:cdk:path': 'Prod/Net/Group/Resource' } },
    });
    expect(rows[0]?.resource.path).toBe('Prod/Net/Group/Resource');
  });

  it('work around references that lead nowhere, and say so', () => {
    const { outcomes, remarks } = reviewed({
      Open: group([
        ...open,
        { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: { Ref: 'Gone' } },
      ]),
      Named: {
        Type: 'AWS::S3::Bucket',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours
        Properties: { BucketName: { 'Fn::Sub': 'x-${Missing.Arn}' } },
        DependsOn: 'Gone',
      },
      Other: group({ 'Fn::If': ['NoSuchCondition', closed, open] }),
    });
    expect(outcomes('AwsSolutions-EC23')).toMatchObject({ Open: 'non-compliant', Other: 'compliant' });
    expect(remarks.map(({ en }) => en)).toEqual([
      'Shop refers to what its template does not hold: Gone, Missing, the condition NoSuchCondition',
      'Shop chooses 1 of its values by conditions: the stock packs see the first branch of each only.',
    ]);
  });

  it('cope with resources that refer to each other in a circle', () => {
    const to = (Ref: string) => [
      ...open,
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: { Ref } },
    ];
    const { outcomes } = reviewed({ A: group(to('B')), B: group(to('C')), C: group(to('A')) });
    expect(outcomes('AwsSolutions-EC23')).toEqual({
      A: 'non-compliant',
      B: 'non-compliant',
      C: 'non-compliant',
    });
  });

  it('cope with a chain of references through a whole template', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [
        `G${n}`,
        group([
          ...open,
          { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: { Ref: `G${n + 1}` } },
        ]),
      ]),
    );
    const { outcomes } = reviewed({ ...chain, G400: group(closed) });
    expect(Object.keys(outcomes('AwsSolutions-EC23'))).toHaveLength(401);
  });

  it('name a resource whose properties have the wrong shape, and review the others', () => {
    const { outcomes, unreadable } = reviewed({
      Open: group(open),
      Broken: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: [1], VpcId: { a: 1 } } },
    });
    expect(outcomes('AwsSolutions-EC23')).toEqual({ Open: 'non-compliant' });
    expect(unreadable.map(({ resource }) => resource.logicalId)).toEqual(['Broken']);
  });

  it('do not pass what becomes something else at the deploy', () => {
    const { unreadable } = reviewed({
      Api: { Type: 'AWS::Serverless::Function', Properties: {} },
      Part: { Type: 'My::Firm::Bucket::MODULE' },
      Nested: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'https://example.com/a.json' },
      },
      Bucket: { Type: 'AWS::S3::Bucket' },
    });
    expect(unreadable.map(({ resource, outcome }) => [resource.logicalId, outcome])).toEqual([
      ['Api', 'error'],
      ['Part', 'error'],
      ['Nested', 'undecided'],
    ]);
  });

  it('say what of a resource of the Serverless Application Model they have not seen', () => {
    const written = { A: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'p', Domain: {} } } };
    const { Resources } = withoutServerless({ Resources: written }) as unknown as CloudFormationTemplate;
    const { unreadable } = reviewed(Resources);
    expect(unreadable.map(({ resource, outcome, cause }) => [resource.logicalId, outcome, cause])).toEqual([
      ['A', 'undecided', expect.stringMatching(/^Domain: /)],
    ]);
  });

  it('take text that looks like a placeholder of the CDK for text', () => {
    const { outcomes } = reviewed({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the attack
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: '${Token[TOKEN.1]}' } },
    });
    expect(outcomes('AwsSolutions-S1')).toEqual({ Bucket: 'non-compliant' });
  });

  it('never follow references inside metadata', () => {
    const { remarks } = reviewed({
      Bucket: { Type: 'AWS::S3::Bucket', Metadata: { note: { Ref: 'Nothing' }, list: [{ 'Fn::Oops': 1 }] } },
    });
    expect(remarks).toEqual([]);
  });

  it('get through five megabytes of policy', () => {
    const Statement = Array.from({ length: 20_000 }, (_, n) => ({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::bucket-${n}/${'x'.repeat(150)}`,
    }));
    const { outcomes } = reviewed({
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement } } },
      Open: group(open),
    });
    expect(outcomes('AwsSolutions-EC23')).toEqual({ Open: 'non-compliant' });
  });

  it('know a resource too large for rules to be trusted with', () => {
    const policy = (letters: number) => ({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Description: 'x'.repeat(letters), PolicyDocument: { Statement: [] } },
    });
    const { app, recorder } = reviewed({ Small: policy(1000), Large: policy(50_000) });
    const oversized = app.node
      .findAll()
      .filter((node) => CfnResource.isCfnResource(node))
      .filter((node) => recorder.isOversized?.(node))
      .map((node) => node.node.id);
    expect(oversized).toEqual(['Large']);
  });
});
