import { App, Aspects, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { NagMessageLevel, NagPack, NagRuleCompliance } from 'cdk-nag';
import { beforeEach, describe, expect, it } from 'vitest';
import { addPacks, packNames, runPacks } from '../../../lib/checks/packs/index.ts';
import { RecordingPack } from '../../../lib/checks/packs/recording-pack.ts';
import { Recorder } from '../../../lib/checks/recorder/recorder.ts';
import type { Row } from '../../../lib/checks/recorder/row.ts';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  const stage = new Stage(app, 'production', { env: { account: '111122223333', region: 'ap-northeast-1' } });
  stack = new Stack(stage, 'Vault');
});

const reason = 'this bucket receives the access logs itself, so it cannot log to itself';

function rowsOf(rows: readonly Row[], finding: string): Row[] {
  return rows.filter((row) => row.finding === finding);
}

describe('the record of the packs', () => {
  it('says compliant, non-compliant and not applicable of the resource each rule looked at', () => {
    new s3.Bucket(stack, 'Logged', {
      enforceSSL: true,
      serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'AccessLogs', 'access-logs'),
    });
    new s3.Bucket(stack, 'Unlogged', { enforceSSL: true });
    new sqs.Queue(stack, 'Queue', { enforceSSL: true });
    const recorder = runPacks(app);

    const outcomes = rowsOf(recorder.rows, 'AwsSolutions-S1').map(({ resource, outcome }) => [
      resource.path,
      outcome,
    ]);
    expect(outcomes).toEqual([
      ['production/Vault/Logged/Resource', 'compliant'],
      ['production/Vault/Unlogged/Resource', 'non-compliant'],
    ]);

    const tally = recorder.tallies.get('AwsSolutions-S1');
    expect(tally?.notApplicable.map((index) => recorder.resources[index]?.type)).toContain('AWS::SQS::Queue');
  });

  it('accounts for every rule on every resource, in each of the four packs', () => {
    new s3.Bucket(stack, 'Bucket');
    new ec2.Vpc(stack, 'Vpc');
    const recorder = runPacks(app);
    const resources = app.node.findAll().filter((node) => CfnResource.isCfnResource(node)).length;

    expect(recorder.packsRun).toEqual(packNames.filter((name) => name !== 'SecureShop'));
    expect(recorder.resources).toHaveLength(resources);
    for (const { rule, notApplicable } of recorder.tallies.values()) {
      const told = new Set(recorder.rows.filter((row) => row.rule === rule).map(({ resource }) => resource));
      expect([rule.id, told.size + notApplicable.length]).toEqual([rule.id, resources]);
    }
  });

  it('finds exactly what cdk-nag finds when nothing is acknowledged', () => {
    new s3.Bucket(stack, 'Bucket');
    new ec2.Vpc(stack, 'Vpc');
    new ec2.SecurityGroup(stack, 'Open', {
      vpc: new ec2.Vpc(stack, 'Other'),
    }).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(22));
    const recorder = new Recorder();

    class Two extends NagPack {
      readonly name = 'Two';
      protected override packName = 'Two';
      protected override checkResource(node: CfnResource): void {
        for (const level of [NagMessageLevel.ERROR, NagMessageLevel.WARN]) {
          this.applyRule({
            ruleSuffixOverride: level,
            info: 'info',
            explanation: 'explanation',
            level,
            node,
            rule: ({ cfnResourceType }) => {
              if (cfnResourceType === 'AWS::EC2::Route') throw new Error('cannot tell');
              if (cfnResourceType === 'AWS::EC2::VPC') return ['one', 'two'];
              return cfnResourceType === 'AWS::S3::Bucket'
                ? NagRuleCompliance.NON_COMPLIANT
                : NagRuleCompliance.COMPLIANT;
            },
          });
        }
      }
    }
    const plain = new Two().validateScope(app);
    const recorded = new RecordingPack(new Two(), recorder).validateScope(app);
    const found = (violations: typeof plain.violations) =>
      violations
        .flatMap(({ ruleName, severity, violatingResources }) =>
          violatingResources.map(({ constructPath }) => `${ruleName} ${severity} ${constructPath}`),
        )
        .sort();
    expect(found(recorded.violations)).toEqual(found(plain.violations));
    expect(recorded.success).toBe(false);
  });

  it('records a rule that throws as an error, which is an open finding and no pass', () => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const group = new ec2.CfnSecurityGroup(stack, 'Group', {
      vpcId: vpc.vpcId,
      groupDescription: 'ports that are only known at the deploy',
      securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 1, toPort: 2, cidrIp: vpc.vpcCidrBlock }],
    });
    const row = rowsOf(runPacks(app).rows, 'AwsSolutions-EC23').find(
      ({ resource }) => resource.path === group.node.path,
    );
    expect(row?.outcome).toBe('error');
    expect(row?.reason).toContain('non-primitive');
  });

  it('names stage, stack, logical id, type, and the source line that made the resource', () => {
    new s3.Bucket(stack, 'Bucket');
    const [row] = rowsOf(runPacks(app).rows, 'AwsSolutions-S1');
    expect(row?.resource).toMatchObject({
      environment: 'production',
      stack: 'production-Vault',
      logicalId: 'Bucket83908E77',
      type: 'AWS::S3::Bucket',
    });
    expect(row?.resource.sources[0]?.file).toBe(import.meta.filename);
  });

  it('runs a rule that several packs share once for each resource', () => {
    let runs = 0;
    const shared = () => {
      runs += 1;
      return NagRuleCompliance.COMPLIANT;
    };
    class Sharing extends NagPack {
      readonly name: string;
      constructor(name: string) {
        super();
        this.name = name;
        this.packName = name;
      }
      protected override checkResource(node: CfnResource): void {
        const level = NagMessageLevel.ERROR;
        this.applyRule({ ruleSuffixOverride: 'R', info: '', explanation: '', level, node, rule: shared });
      }
    }
    new sqs.CfnQueue(stack, 'Queue');
    const recorder = new Recorder();
    for (const name of ['A', 'B']) new RecordingPack(new Sharing(name), recorder).validateScope(app);
    expect(runs).toBe(1);
    expect(recorder.rows.map(({ finding }) => finding)).toEqual(['A-R', 'B-R']);
  });
});

const backtracking = () =>
  /^(a+)+$/.test(`${'a'.repeat(60)}b`) ? NagRuleCompliance.COMPLIANT : NagRuleCompliance.NON_COMPLIANT;

it('a rule that never ends on an oversized resource is stopped, and an open finding', () => {
  class Endless extends NagPack {
    readonly name = 'Endless';
    protected override packName = 'Endless';
    protected override checkResource(node: CfnResource): void {
      const level = NagMessageLevel.ERROR;
      this.applyRule({ ruleSuffixOverride: 'R', info: '', explanation: '', level, node, rule: backtracking });
    }
  }
  for (const name of ['A', 'B', 'C']) new sqs.CfnQueue(stack, name);
  const recorder = new Recorder({ isOversized: () => true });
  new RecordingPack(new Endless(), recorder).validateScope(app);
  expect(recorder.rows.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
    'error: the rule did not come to an end within 5 seconds',
    'error: the rule did not come to an end within 5 seconds',
    'error: not tried: the rule did not come to an end on other resources of this size',
  ]);
});

describe('acknowledgements', () => {
  it('turn a finding into an acknowledged row with the reason and the line it was written on', () => {
    const bucket = new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason });
    const { rows } = runPacks(app, { packs: ['AwsSolutions'] });

    expect(rowsOf(rows, 'AwsSolutions-S1')).toMatchObject([{ outcome: 'acknowledged', reason }]);
    expect(rowsOf(rows, 'AwsSolutions-S1')[0]?.acknowledgement?.source?.file).toBe(import.meta.filename);
    expect(rows.filter(({ rule }) => rule.pack === 'Acknowledgements')).toHaveLength(4);
    expect(open(rows)).toEqual([]);
  });

  it('with a bare id are a finding of their own and accept nothing', () => {
    const bucket = new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason });
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual([
      'AwsSolutions-S1',
      'Acknowledgements-Qualified[AwsSolutions-S1]',
    ]);
  });

  it.each(['app', 'stage', 'stack'] as const)('on the %s are a finding of their own', (level) => {
    new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true });
    const scope = { app, stage: Stage.of(stack) ?? app, stack }[level];
    Validations.of(scope).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason });
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual([
      'Acknowledgements-Narrow[AwsSolutions::AwsSolutions-S1]',
    ]);
  });

  it('that no longer match a finding are a finding of their own', () => {
    const bucket = new s3.Bucket(stack, 'Media', { enforceSSL: true });
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-S1', reason },
      { id: 'AwsSolutions::AwsSolutions-S10', reason },
      { id: 'AwsSolution::AwsSolutions-S1', reason },
    );
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual([
      'Acknowledgements-Current[AwsSolutions::AwsSolutions-S10]',
      'Acknowledgements-Current[AwsSolution::AwsSolutions-S1]',
    ]);
  });

  it('of a pack that did not run are not called stale', () => {
    const bucket = new s3.Bucket(stack, 'Media', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'PCI.DSS.321::PCI.DSS.321-S3BucketLoggingEnabled', reason });
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual(['AwsSolutions-S1']);
  });

  it('without a reason are a finding of their own', () => {
    const bucket = new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'accepted' });
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual([
      'Acknowledgements-Explained[AwsSolutions::AwsSolutions-S1]',
    ]);
  });

  it('of a warning of the CDK itself are left alone', () => {
    const bucket = new s3.Bucket(stack, 'AccessLogs', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: '@aws-cdk/aws-s3:someWarning', reason });
    expect(open(runPacks(app, { packs: ['AwsSolutions'] }).rows)).toEqual(['AwsSolutions-S1']);
  });

  function open(rows: readonly Row[]): string[] {
    return rows
      .filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'error')
      .map(({ finding }) => finding);
  }
});

describe('a synth with the packs', () => {
  it('stops on an open finding and names it', () => {
    new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    addPacks(app, { packs: ['AwsSolutions'] });
    expect(() => app.synth()).toThrow(/AwsSolutions-S1/);
  });

  it('passes when each finding is acknowledged, and keeps those in the record', () => {
    const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason });
    const recorder = addPacks(app, { packs: ['AwsSolutions'] });
    app.synth();
    expect(rowsOf(recorder.rows, 'AwsSolutions-S1')).toMatchObject([{ outcome: 'acknowledged' }]);
  });

  it('stops on a stale acknowledgement, and nobody can acknowledge that', () => {
    const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    const stale = 'AwsSolutions::AwsSolutions-S10';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-S1', reason },
      { id: stale, reason },
      { id: `Acknowledgements::Acknowledgements-Current[${stale}]`, reason },
    );
    addPacks(app, { packs: ['AwsSolutions'] });
    expect(() => app.synth()).toThrow(/Acknowledgements-Current\[AwsSolutions::AwsSolutions-S10\]/);
  });

  it('sees what an aspect changed', () => {
    const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    Aspects.of(bucket).add({
      visit: (node) => {
        if (node instanceof s3.CfnBucket) node.loggingConfiguration = { destinationBucketName: 'logs' };
      },
    });
    const recorder = addPacks(app, { packs: ['AwsSolutions'] });
    app.synth();
    expect(rowsOf(recorder.rows, 'AwsSolutions-S1')).toMatchObject([{ outcome: 'compliant' }]);
  });
});
