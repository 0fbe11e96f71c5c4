import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from 'vitest';
import { PatchRefused, passGate, type ReleaseSettings, release } from '../../lib/patching/release.ts';
import type { ScanPage } from '../../lib/patching/scan-gate.ts';
import { AwsStub, type StubHandler } from './support/aws-stub.ts';
import { digest, enhancedScan, scanIn } from './support/scans.ts';

const repositoryUri = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/hana-candles-images';
const oldDigest = `sha256:${'0d'.repeat(32)}`;
const oldRevision = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/hana-candles-production:7';
const newRevision = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/hana-candles-production:8';

const settings: ReleaseSettings = {
  repository: 'hana-candles-images',
  repositoryUri,
  digestParameter: '/secure-shop/hana-candles/production/image-digest',
  cluster: 'hana-candles-production',
  service: 'hana-candles-production',
  container: 'shop',
  exceptions: [],
};

const runningDefinition = {
  taskDefinitionArn: oldRevision,
  family: 'hana-candles-production',
  revision: 7,
  status: 'ACTIVE',
  cpu: '512',
  memory: '1024',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  taskRoleArn: 'arn:aws:iam::111122223333:role/hana-candles-production-task',
  executionRoleArn: 'arn:aws:iam::111122223333:role/hana-candles-production-execution',
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth' }],
  registeredBy: 'arn:aws:sts::111122223333:assumed-role/deploy/cloudformation',
  containerDefinitions: [
    { name: 'shop', image: `${repositoryUri}@${oldDigest}`, readonlyRootFilesystem: true, user: '33:33' },
    { name: 'guard', image: 'guard@sha256:1' },
  ],
};

type Rollout = 'completes' | 'is rolled back' | 'never ends';

/** A shop in AWS: the scan of the new image, and a service that takes a new revision in its way. */
async function shopInAws(play: {
  scans?: ScanPage[];
  rollout?: Rollout;
  service?: boolean;
  smoke?: string[];
}) {
  const scans = [...(play.scans ?? [enhancedScan()])];
  let revision = oldRevision;
  let looks = 0;
  const deployment = (
    taskDefinition: string,
    rolloutState: string,
    status = 'PRIMARY',
    rolloutStateReason = '',
  ) => ({
    taskDefinition,
    rolloutState,
    status,
    rolloutStateReason,
  });
  const deployments = () => {
    if (revision === oldRevision) return [deployment(oldRevision, 'COMPLETED')];
    looks++;
    if (looks === 1 || play.rollout === 'never ends') {
      return [deployment(newRevision, 'IN_PROGRESS'), deployment(oldRevision, 'COMPLETED', 'ACTIVE')];
    }
    if (play.rollout === 'is rolled back') {
      return [
        deployment(oldRevision, 'IN_PROGRESS', 'PRIMARY', 'ECS deployment circuit breaker: rolling back'),
        deployment(
          newRevision,
          'FAILED',
          'INACTIVE',
          'ECS deployment circuit breaker: tasks failed to start.',
        ),
      ];
    }
    return [deployment(newRevision, 'COMPLETED')];
  };
  const handlers: Record<string, StubHandler> = {
    DescribeImageScanFindings: () => ({ ...((scans.length > 1 ? scans.shift() : scans[0]) ?? {}) }),
    BatchGetImage: () => ({
      images: [{ imageManifest: '{"schemaVersion":2}', imageId: { imageDigest: digest } }],
    }),
    PutImage: () => ({ image: {} }),
    DescribeServices: () =>
      play.service === false
        ? { error: 'ClusterNotFoundException' }
        : { services: [{ status: 'ACTIVE', taskDefinition: revision, deployments: deployments() }] },
    DescribeTaskDefinition: () => ({ taskDefinition: runningDefinition }),
    RegisterTaskDefinition: () => ({ taskDefinition: { taskDefinitionArn: newRevision } }),
    UpdateService: ({ taskDefinition }) => {
      revision = String(taskDefinition);
      return { service: {} };
    },
    PutParameter: () => ({ Version: 2 }),
  };
  const aws = await AwsStub.start(handlers);
  const smokes = [...(play.smoke ?? [])];
  const said: string[] = [];
  const tools = {
    ecr: new ECRClient(aws.configuration),
    ecs: new ECSClient(aws.configuration),
    ssm: new SSMClient(aws.configuration),
    smokeCheck: async () => (smokes.length > 0 ? smokes : []),
    pause: async () => {},
    now: () => new Date('2026-11-22T19:40:00Z'),
    say: (line: string) => said.push(line),
  };
  stubs.push(aws);
  return { aws, tools, said, revision: () => revision };
}

const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

describe('a release', () => {
  test('changes nothing of the running task but the image, and then names it as the one that runs', async () => {
    const { aws, tools } = await shopInAws({ rollout: 'completes' });
    await release(digest, settings, tools);

    const [registered] = aws.inputsOf('RegisterTaskDefinition');
    const {
      taskDefinitionArn: _a,
      revision: _r,
      status: _s,
      requiresAttributes: _q,
      registeredBy: _b,
      ...kept
    } = runningDefinition;
    expect(registered).toEqual({
      ...kept,
      containerDefinitions: [
        { ...kept.containerDefinitions[0], image: `${repositoryUri}@${digest}` },
        kept.containerDefinitions[1],
      ],
    });
    expect(aws.inputsOf('PutParameter')).toEqual([
      { Name: settings.digestParameter, Value: digest, Type: 'String', Overwrite: true },
    ]);
    expect(aws.calls.at(-1)?.operation).toBe('PutParameter');
    expect(aws.inputsOf('PutImage')).toEqual([
      expect.objectContaining({ imageTag: 'released-20261122T194000Z' }),
    ]);
  });

  test('of the first image names it without a service, so that the service can be made', async () => {
    const { aws, tools } = await shopInAws({ service: false });
    await release(digest, settings, tools);
    expect(aws.inputsOf('PutParameter')).toHaveLength(1);
    expect(aws.inputsOf('UpdateService')).toEqual([]);
  });

  test.each([
    ['is stopped at the gate', [enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' })]],
    ['was never scanned', [scanIn('UNSUPPORTED_IMAGE')]],
    ['is being scanned for ever', [scanIn('PENDING')]],
  ])('of an image that %s touches neither tag, service nor parameter', async (_how, scans) => {
    const { aws, tools } = await shopInAws({ scans });
    await expect(release(digest, settings, tools)).rejects.toThrow(PatchRefused);
    expect(new Set(aws.calls.map(({ operation }) => operation))).toEqual(
      new Set(['DescribeImageScanFindings']),
    );
  });

  test('that ECS rolls back leaves the previous digest in place and says why', async () => {
    const { aws, tools } = await shopInAws({ rollout: 'is rolled back' });
    await expect(release(digest, settings, tools)).rejects.toThrow(
      `ECS went back to ${oldRevision}: ECS deployment circuit breaker: tasks failed to start.`,
    );
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  test('that does not end in time brings the previous revision back', async () => {
    const { aws, tools, revision } = await shopInAws({ rollout: 'never ends' });
    await expect(release(digest, settings, tools)).rejects.toThrow('did not finish in 30 minutes');
    expect(revision()).toBe(oldRevision);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  test('after which customers see errors brings the previous revision back', async () => {
    const { aws, tools, said, revision } = await shopInAws({
      rollout: 'completes',
      smoke: ['https://shop.example.jp/ answers 500'],
    });
    await expect(release(digest, settings, tools)).rejects.toThrow('https://shop.example.jp/ answers 500');
    expect(revision()).toBe(oldRevision);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
    expect(said.filter((line) => line.startsWith('smoke check'))).toHaveLength(5);
  });

  test('refuses to touch a service that runs an image of somebody else', async () => {
    const { aws, tools } = await shopInAws({});
    await expect(release(digest, { ...settings, repositoryUri: 'other/repository' }, tools)).rejects.toThrow(
      'which is not an image of other/repository',
    );
    expect(aws.inputsOf('UpdateService')).toEqual([]);
  });
});

describe('the gate', () => {
  test('waits until the scan has ended, then judges it', async () => {
    const { aws, tools } = await shopInAws({ scans: [scanIn('PENDING'), scanIn('ACTIVE'), enhancedScan()] });
    await passGate(digest, settings, tools);
    expect(aws.inputsOf('DescribeImageScanFindings')).toHaveLength(3);
  });

  test('reads every page of the findings', async () => {
    const { tools } = await shopInAws({
      scans: [
        { ...enhancedScan(), nextToken: 'page-2' },
        enhancedScan({ id: 'CVE-2026-30001', severity: 'CRITICAL' }),
      ],
    });
    await expect(passGate(digest, settings, tools)).rejects.toThrow('CVE-2026-30001');
  });

  test('gives up on a scan that does not finish', async () => {
    const { tools } = await shopInAws({ scans: [scanIn('IN_PROGRESS')] });
    await expect(passGate(digest, settings, tools)).rejects.toThrow(
      'did not finish in 20 minutes (IN_PROGRESS): an unscanned image never runs',
    );
  });
});
