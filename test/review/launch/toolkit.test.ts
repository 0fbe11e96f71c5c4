import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, CfnResource, LegacyStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cdkDeployer, progressOf } from '../../../lib/review/launch/toolkit.ts';
import { DeployFailed, type Progress } from '../../../lib/review/launch/tools.ts';
import { LoopbackAws } from '../../environment/admin/support/aws.ts';
import { program } from '../../support/programs.ts';

const moto = program('moto_server');
const env = { account: '123456789012', region: 'ap-northeast-1' };

/** Two stacks, the second after the first, as `cdk synth` leaves them behind. */
function assemblyOf(type: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-launch-'));
  const app = new App({ outdir: folder, analyticsReporting: false });
  const stage = new Stage(app, 'production', { env });
  const stacks = ['first', 'second'].map(
    (name) =>
      new Stack(stage, name, {
        stackName: `shop-production-${name}`,
        synthesizer: new LegacyStackSynthesizer(),
      }),
  );
  for (const stack of stacks) new CfnResource(stack, 'Topic', { type });
  if (stacks[0]) stacks[1]?.addStackDependency(stacks[0]);
  app.synth();
  return folder;
}

describe.skipIf(moto.missing)(
  `the CDK's own toolkit, on AWS on loopback (needs moto: ${moto.install})`,
  () => {
    let aws: LoopbackAws;
    const folders: string[] = [];
    beforeAll(async () => {
      aws = await LoopbackAws.start(moto.path ?? '');
    });
    afterAll(async () => {
      await aws.stop();
      for (const folder of folders) rmSync(folder, { recursive: true });
    });

    it('deploys an environment stack by stack and tells where it stands; again, it has nothing to do', async () => {
      const folder = assemblyOf('AWS::SNS::Topic');
      folders.push(folder);
      const told: Progress[] = [];
      await cdkDeployer(() => {}).deploy(folder, 'production', (progress) => told.push(progress));
      expect(told).toEqual([
        { kind: 'stack', name: 'shop-production-first', number: 1, of: 2 },
        { kind: 'complete', name: 'shop-production-first' },
        { kind: 'stack', name: 'shop-production-second', number: 2, of: 2 },
        { kind: 'complete', name: 'shop-production-second' },
      ]);
      const { Stacks = [] } = await new CloudFormationClient({ region: env.region }).send(
        new DescribeStacksCommand({ StackName: 'shop-production-second' }),
      );
      expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
    });

    const places = ['ap-northeast-1', 'us-east-1'].map((region) => `aws://${env.account}/${region}`);
    const versions = () =>
      Promise.all(
        ['ap-northeast-1', 'us-east-1'].map(async (region) => {
          const name = { Name: '/cdk-bootstrap/hnb659fds/version' };
          const found = await new SSMClient({ region })
            .send(new GetParameterCommand(name))
            .catch(() => undefined);
          return Number(found?.Parameter?.Value ?? 0);
        }),
      );

    // Half of a stack, which the toolkit deletes and makes anew, is more than moto does.
    it('goes on with a bootstrap that was cut off, and has nothing to do where it was done', async () => {
      aws.interruption = { at: 'CreateChangeSet', carriedOut: false };
      await expect(cdkDeployer(() => {}).bootstrap(places)).rejects.toThrow('the test pulled the plug');
      expect(await versions()).toContain(0);
      aws.interruption = undefined;
      await cdkDeployer(() => {}).bootstrap(places);
      expect((await versions()).every((version) => version > 27)).toBe(true);
      const calls = aws.calls.length;
      await cdkDeployer(() => {}).bootstrap(places);
      expect(aws.calls.slice(calls).map(({ action }) => action)).not.toContain('CreateChangeSet');
    });

    it('says that a deploy failed, without a stack trace', async () => {
      const folder = assemblyOf('AWS::SNS::Topic');
      folders.push(folder);
      await expect(cdkDeployer(() => {}).deploy(folder, 'nothing', () => {})).rejects.toThrow(DeployFailed);
    });
  },
);

it('an event of a resource that failed is told with its reason', () => {
  const event = {
    StackName: 'shop-production-data',
    LogicalResourceId: 'Database',
    ResourceType: 'AWS::RDS::DBCluster',
    ResourceStatus: 'CREATE_FAILED',
    ResourceStatusReason: 'no',
  };
  const message = {
    time: new Date(),
    level: 'info',
    action: 'deploy',
    message: '',
    data: { event },
  } as const;
  expect(progressOf({ ...message, code: 'CDK_TOOLKIT_I5502' })).toEqual({
    kind: 'failed',
    says: 'shop-production-data/Database (AWS::RDS::DBCluster): no',
  });
  const complete = { event: { ...event, ResourceStatus: 'CREATE_COMPLETE' } };
  expect(progressOf({ ...message, code: 'CDK_TOOLKIT_I5502', data: complete })).toBeUndefined();
});
