import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from 'vitest';
import { PatchRefused } from '../../../lib/environment/patching/patch-refused.ts';
import { type ReleaseSettings, release } from '../../../lib/environment/patching/release.ts';
import type { ScanPage } from '../../../lib/environment/patching/scan-gate.ts';
import type { SmokeAnswer } from '../../../lib/environment/patching/smoke-check.ts';
import { AwsStub, type StubHandler } from './support/aws-stub.ts';
import { digest, enhancedScan, scanIn } from './support/scans.ts';

const repositoryUri = '111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/hana-candles-images';
const oldDigest = `sha256:${'0d'.repeat(32)}`;
const oldRevision = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/hana-candles-production:7';
const newRevision = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/hana-candles-production:8';

const settings: ReleaseSettings = {
  candidates: 'hana-candles-candidates',
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

const working: SmokeAnswer[] = [
  { address: '10.0.0.8', page: 'the front page', required: true, status: 200, detail: '(/) answers 200' },
];
const broken: SmokeAnswer = {
  address: '10.0.0.8',
  page: 'the front page',
  required: true,
  status: 500,
  detail: '(/) answers 500',
};
const task = (taskArn: string, taskDefinitionArn: string, value: string) => ({
  taskArn,
  taskDefinitionArn,
  lastStatus: 'RUNNING',
  attachments: [
    { type: 'ElasticNetworkInterface', details: [{ name: 'privateIPv4Address', value }] },
    { type: 'ElasticFileSystem', details: [] },
  ],
});

const layer = (pair: string) => ({ digest: `sha256:${pair.repeat(32)}` });
const manifest = { schemaVersion: 2, config: layer('c0'), layers: [layer('1a'), layer('2b'), layer('2b')] };

type Rollout = 'completes' | 'is rolled back' | 'never ends';

/** A shop in AWS: the scan of the new image, and a service that takes a new revision in its way. */
async function shopInAws(play: {
  scans?: ScanPage[];
  rollout?: Rollout;
  service?: boolean;
  smoke?: SmokeAnswer[];
  /** What the running image answers before the rollout. */
  before?: SmokeAnswer[];
  /** Instead of what AWS would answer. */
  handlers?: Record<string, StubHandler>;
  /** Which call of an operation is throttled. */
  throttle?: [operation: string, call: number];
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
      images: [{ imageManifest: JSON.stringify(manifest), imageId: { imageDigest: digest } }],
    }),
    // The first layer came with an earlier image.
    BatchCheckLayerAvailability: () => ({
      layers: [
        { layerDigest: manifest.layers[0]?.digest, layerAvailability: 'AVAILABLE' },
        { layerDigest: manifest.config.digest, layerAvailability: 'UNAVAILABLE' },
      ],
    }),
    GetDownloadUrlForLayer: ({ layerDigest }) => ({ downloadUrl: `https://layers/${layerDigest}` }),
    InitiateLayerUpload: () => ({ uploadId: 'upload', partSize: 4 }),
    UploadLayerPart: ({ partLastByte }) => ({ lastByteReceived: Number(partLastByte) }),
    CompleteLayerUpload: () => ({}),
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
    GetParameter: () => ({ Parameter: { Value: oldDigest } }),
    PutParameter: () => ({ Version: 2 }),
    // A task of each revision, on two pages.
    ListTasks: ({ nextToken }) =>
      nextToken === undefined ? { taskArns: ['task/7'], nextToken: 'more' } : { taskArns: ['task/8'] },
    DescribeTasks: () => ({
      tasks: [task('task/7', oldRevision, '10.0.0.7'), task('task/8', newRevision, '10.0.0.8')],
    }),
    ...play.handlers,
  };
  const [operation = '', call = 0] = play.throttle ?? [];
  const victim = handlers[operation];
  if (victim !== undefined) handlers[operation] = throttled(victim, call);
  const aws = await AwsStub.start(handlers);
  const asked: string[][] = [];
  const said: string[] = [];
  const tools = {
    ecr: new ECRClient(aws.configuration),
    ecs: new ECSClient(aws.configuration),
    ssm: new SSMClient(aws.configuration),
    request: async (url: string | URL | Request) => new Response(`of ${String(url).slice(-2)}`),
    askTasks: async (addresses: readonly string[]) => {
      asked.push([...addresses]);
      if (addresses.length === 0) return [];
      return addresses.includes('10.0.0.8') ? (play.smoke ?? working) : (play.before ?? working);
    },
    pause: async () => {},
    now: () => new Date('2026-11-22T19:40:00Z'),
    say: (line: string) => said.push(line),
  };
  stubs.push(aws);
  return { aws, tools, said, asked, handlers, revision: () => revision };
}

/** The same handler, but its given call is throttled. */
function throttled(handler: StubHandler, call: number): StubHandler {
  let calls = 0;
  return (input) => (++calls === call ? { error: 'ThrottlingException' } : handler(input));
}

const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

describe('a release', () => {
  it('changes nothing of the running task but the image, and then names it as the one that runs', async () => {
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
    // The first tag says that it may run, the second that it does.
    expect(
      aws.calls
        .filter(({ operation }) => ['PutImage', 'UpdateService', 'PutParameter'].includes(operation))
        .map(({ operation, input }) => String(input.imageTag ?? operation)),
    ).toEqual(['passed-20261122T194000Z', 'UpdateService', 'released-20261122T194000Z', 'PutParameter']);
  });

  it('asks the running tasks before, and then the new ones for what those answered', async () => {
    const cart = { ...broken, page: 'the cart', required: false, detail: '(/cart) answers 404', status: 404 };
    const worse = await shopInAws({ before: [{ ...cart, status: 200 }], smoke: [...working, cart] });
    await expect(release(digest, settings, worse.tools)).rejects.toThrow('the cart of the task 10.0.0.8');
    expect(worse.revision()).toBe(oldRevision);
    expect(worse.asked[0]).toEqual(['10.0.0.7']);
    expect(worse.asked.slice(1)).toEqual(Array.from({ length: 5 }, () => ['10.0.0.8']));

    const alike = await shopInAws({ before: [cart], smoke: [...working, cart] });
    await release(digest, settings, alike.tools);
    expect(alike.revision()).toBe(newRevision);
  });

  it('of an image whose tasks cannot be found is taken back: nobody asked them', async () => {
    const { tools, revision } = await shopInAws({
      handlers: { ListTasks: () => ({ taskArns: [] }) },
      smoke: [],
    });
    await expect(release(digest, settings, tools)).rejects.toThrow('no task of the new image runs');
    expect(revision()).toBe(oldRevision);
  });

  it('that cannot ask the running shop changes nothing', async () => {
    const { aws, tools } = await shopInAws({});
    const askTasks = async () => {
      throw new Error('Function not found');
    };
    await expect(release(digest, settings, { ...tools, askTasks })).rejects.toThrow('Function not found');
    expect(aws.inputsOf('UpdateService')).toEqual([]);
  });

  it('leaves the service to a deploy that came in the seconds between look and update', async () => {
    const deployed = oldRevision.replace(/7$/, '9');
    const given: string[] = [];
    const UpdateService: StubHandler = ({ taskDefinition }) => {
      given.push(String(taskDefinition));
      return {
        service: {
          deployments: [
            { id: 'ecs-svc/3', status: 'PRIMARY', taskDefinition: String(taskDefinition) },
            {
              id: 'ecs-svc/2',
              status: 'ACTIVE',
              taskDefinition: deployed,
              createdAt: new Date('2026-11-22T19:40:00Z'),
            },
            { id: 'ecs-svc/1', status: 'ACTIVE', taskDefinition: oldRevision },
          ],
        },
      };
    };
    const { aws, tools } = await shopInAws({ handlers: { UpdateService } });
    await expect(release(digest, settings, tools)).rejects.toThrow(`a deploy gave the service ${deployed}`);
    expect(given).toEqual([newRevision, deployed]);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  it('does not take a service for the first deploy that ECS only fails to find', async () => {
    const MISSING: StubHandler = () => ({ services: [], failures: [{ arn: 'x', reason: 'MISSING' }] });
    const lost = await shopInAws({
      handlers: { DescribeServices: MISSING, GetParameter: () => ({ Parameter: { Value: oldDigest } }) },
    });
    await expect(release(digest, settings, lost.tools)).rejects.toThrow(
      'deploy the environment, then run again',
    );
    expect(lost.aws.inputsOf('PutParameter')).toEqual([]);

    let looks = 0;
    const late = await shopInAws({});
    const { DescribeServices } = late.handlers;
    late.handlers.DescribeServices = (input) =>
      ++looks === 1 ? MISSING(input) : (DescribeServices?.(input) ?? {});
    await release(digest, settings, late.tools);
    expect(late.revision()).toBe(newRevision);

    const first = await shopInAws({
      handlers: { DescribeServices: MISSING, GetParameter: () => ({ error: 'ParameterNotFound' }) },
    });
    await release(digest, settings, first.tools);
    expect(first.aws.inputsOf('PutParameter')).toHaveLength(1);
  });

  it.each(['AccessDeniedException', 'ThrottlingException'])(
    'cannot tell whether it is the first when the parameter answers %s, and names nothing',
    async (error) => {
      const { aws, tools } = await shopInAws({
        handlers: { DescribeServices: () => ({ services: [] }), GetParameter: () => ({ error }) },
      });
      await expect(release(digest, settings, tools)).rejects.toThrow();
      expect(aws.inputsOf('PutParameter')).toEqual([]);
    },
  );

  it('of the first image names it without a service, so that the service can be made', async () => {
    const { aws, tools } = await shopInAws({ service: false });
    await release(digest, settings, tools);
    expect(aws.inputsOf('PutParameter')).toHaveLength(1);
    expect(aws.inputsOf('UpdateService')).toEqual([]);
  });

  it.each([
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

  it('that ECS rolls back leaves the previous digest in place and says why', async () => {
    const { aws, tools } = await shopInAws({ rollout: 'is rolled back' });
    await expect(release(digest, settings, tools)).rejects.toThrow(
      `ECS went back to ${oldRevision}: ECS deployment circuit breaker: tasks failed to start.`,
    );
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  it('that does not end in time brings the previous revision back', async () => {
    const { aws, tools, revision } = await shopInAws({ rollout: 'never ends' });
    await expect(release(digest, settings, tools)).rejects.toThrow('did not finish in 30 minutes');
    expect(revision()).toBe(oldRevision);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  it('after which customers see errors brings the previous revision back', async () => {
    const { aws, tools, said, revision } = await shopInAws({
      rollout: 'completes',
      smoke: [broken],
    });
    await expect(release(digest, settings, tools)).rejects.toThrow(
      'the front page of the task 10.0.0.8 (/) answers 500',
    );
    expect(revision()).toBe(oldRevision);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
    expect(said.filter((line) => line.startsWith('smoke check'))).toHaveLength(5);
  });

  it.each<[string, [string, number]]>([
    ['the parameter cannot be written', ['PutParameter', 1]],
    ['the image cannot be tagged', ['PutImage', 2]],
    ['the service cannot be looked at', ['DescribeServices', 3]],
  ])(
    'after which %s brings the previous revision back: service and parameter agree',
    async (_what, throttle) => {
      const { aws, tools, said, revision } = await shopInAws({ rollout: 'completes', throttle });
      await expect(release(digest, settings, tools)).rejects.toThrow();
      expect(revision()).toBe(oldRevision);
      expect(said).toContain(`${oldRevision} is brought back`);
      expect(aws.inputsOf('UpdateService')).toHaveLength(2);
    },
  );

  it('that cannot be taken back says so, with the reason of both', async () => {
    let updates = 0;
    const UpdateService: StubHandler = () =>
      ++updates === 1 ? { service: {} } : { error: 'AccessDeniedException', message: 'not allowed' };
    const DescribeServices: StubHandler = () => ({
      services: [
        {
          status: 'ACTIVE',
          taskDefinition: updates === 0 ? oldRevision : newRevision,
          deployments: [
            {
              status: 'PRIMARY',
              rolloutState: 'COMPLETED',
              taskDefinition: updates === 0 ? oldRevision : newRevision,
            },
          ],
        },
      ],
    });
    const { tools } = await shopInAws({
      smoke: [broken],
      handlers: { UpdateService, DescribeServices },
    });
    await expect(release(digest, settings, tools)).rejects.toThrow(
      /answers 500[\s\S]*could not be brought back, do so by hand: .*not allowed/,
    );
  });

  it('waits for a deploy of the stack that is under way, and builds on what that brought', async () => {
    const deployed = oldRevision.replace(/7$/, '70');
    let looks = 0;
    const DescribeServices: StubHandler = () => {
      looks++;
      const taskDefinition = looks < 4 ? deployed : updated;
      const rolloutState = looks < 3 ? 'IN_PROGRESS' : 'COMPLETED';
      return {
        services: [
          {
            status: 'ACTIVE',
            taskDefinition,
            deployments: [{ status: 'PRIMARY', rolloutState, taskDefinition }],
          },
        ],
      };
    };
    let updated = deployed;
    const UpdateService: StubHandler = ({ taskDefinition }) => {
      updated = String(taskDefinition);
      return { service: {} };
    };
    const { aws, tools, said } = await shopInAws({ handlers: { DescribeServices, UpdateService } });
    await release(digest, settings, tools);
    expect(said).toContain('another deployment of the service is under way: waiting for its end');
    expect(aws.inputsOf('DescribeTaskDefinition')).toEqual([{ taskDefinition: deployed }]);
  });

  it('gives up when a deploy of the stack never ends, and has changed nothing', async () => {
    const DescribeServices: StubHandler = () => ({
      services: [
        {
          status: 'ACTIVE',
          deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinition: '7' }],
        },
      ],
    });
    const { aws, tools } = await shopInAws({ handlers: { DescribeServices } });
    await expect(release(digest, settings, tools)).rejects.toThrow('did not end in 30 minutes');
    expect([...aws.inputsOf('UpdateService'), ...aws.inputsOf('PutParameter')]).toEqual([]);
  });

  it('leaves a service alone that a deploy of the stack took over meanwhile', async () => {
    const deployed = oldRevision.replace(/7$/, '9');
    let taken = false;
    const DescribeServices: StubHandler = () => {
      const taskDefinition = taken ? deployed : oldRevision;
      return {
        services: [
          {
            status: 'ACTIVE',
            taskDefinition,
            deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition }],
          },
        ],
      };
    };
    const UpdateService: StubHandler = () => {
      taken = true;
      return { service: {} };
    };
    const { aws, tools } = await shopInAws({ handlers: { DescribeServices, UpdateService } });
    await expect(release(digest, settings, tools)).rejects.toThrow('another deployment took its place');
    expect(aws.inputsOf('UpdateService')).toHaveLength(1);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  it.each([
    [
      'an index of OCI',
      { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] },
    ],
    [
      'a manifest list',
      { schemaVersion: 2, manifests: [{ digest: oldDigest, platform: { architecture: 'arm64' } }] },
    ],
  ])('of %s is refused: what would run is an image nobody judged', async (_what, manifest) => {
    const BatchGetImage: StubHandler = () => ({ images: [{ imageManifest: JSON.stringify(manifest) }] });
    const { aws, tools } = await shopInAws({ handlers: { BatchGetImage } });
    await expect(release(digest, settings, tools)).rejects.toThrow('is a list of images');
    expect(aws.inputsOf('PutImage')).toEqual([]);
  });

  it('copies what lacks of the image, part by part, before it gives it a name', async () => {
    const { aws, tools } = await shopInAws({});
    await release(digest, settings, tools);
    // The layer that is there is left out, and the one that stands in the manifest twice comes once.
    expect(aws.inputsOf('GetDownloadUrlForLayer')).toEqual(
      ['c0', '2b'].map((pair) => ({
        repositoryName: settings.candidates,
        layerDigest: layer(pair).digest,
      })),
    );
    expect(
      aws
        .inputsOf('UploadLayerPart')
        .map(({ partFirstByte, partLastByte, layerPartBlob }) => [
          partFirstByte,
          partLastByte,
          Buffer.from(String(layerPartBlob), 'base64').toString(),
        ]),
    ).toEqual([
      [0, 3, 'of c'],
      [4, 4, '0'],
      [0, 3, 'of 2'],
      [4, 4, 'b'],
    ]);
    const written = ['InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload', 'PutImage'];
    const calls = aws.calls.filter(({ operation }) => written.includes(operation));
    expect(new Set(calls.map(({ input }) => input.repositoryName))).toEqual(new Set([settings.repository]));
    expect(calls.findIndex(({ operation }) => operation === 'PutImage')).toBeGreaterThan(
      calls.findLastIndex(({ operation }) => operation === 'CompleteLayerUpload'),
    );
    const [named] = aws.inputsOf('PutImage');
    expect(named).toMatchObject({ imageManifest: JSON.stringify(manifest), imageDigest: digest });
  });

  it.each<[string, Parameters<typeof shopInAws>[0]]>([
    ['is throttled once', { throttle: ['UploadLayerPart', 2] }],
    ['breaks off once', { throttle: ['CompleteLayerUpload', 1] }],
    [
      'was finished by another run',
      { handlers: { CompleteLayerUpload: () => ({ error: 'LayerAlreadyExistsException' }) } },
    ],
  ])('goes on where the copy of a layer %s', async (_how, play) => {
    const { tools, revision } = await shopInAws(play);
    await release(digest, settings, tools);
    expect(revision()).toBe(newRevision);
  });

  it.each<[string, Record<string, StubHandler>, string]>([
    [
      'arrives as other bytes',
      { CompleteLayerUpload: () => ({ error: 'InvalidLayerException', message: 'digest differs' }) },
      'digest differs',
    ],
    [
      'cannot be fetched',
      { GetDownloadUrlForLayer: () => ({ error: 'LayerInaccessibleException', message: 'no such layer' }) },
      'no such layer',
    ],
    [
      'is not what the manifest says',
      { PutImage: () => ({ error: 'ImageDigestDoesNotMatchException', message: 'another image' }) },
      'another image',
    ],
  ])('of an image of which a part %s changes nothing in the shop', async (_how, handlers, message) => {
    const { aws, tools } = await shopInAws({ handlers });
    await expect(release(digest, settings, tools)).rejects.toThrow(message);
    expect(aws.inputsOf('UpdateService')).toEqual([]);
    expect(aws.inputsOf('PutParameter')).toEqual([]);
  });

  it('tells no signed address when the registry does not hand a layer out', async () => {
    const { tools } = await shopInAws({});
    const request = async () => new Response(null, { status: 403 });
    const failed = await release(digest, settings, { ...tools, request }).catch(String);
    expect(failed).toContain('the registry answers 403');
    expect(failed).not.toContain('https://');
  });

  it('of an image that was deleted after its scan is refused', async () => {
    const BatchGetImage: StubHandler = () => ({ images: [], failures: [{ failureCode: 'ImageNotFound' }] });
    const { tools } = await shopInAws({ handlers: { BatchGetImage } });
    await expect(release(digest, settings, tools)).rejects.toThrow('is not in the repository');
  });

  it.each(['', 'latest', '#{Image.IMAGE_DIGEST}', `${digest} `])(
    'of what is no digest ("%s") asks AWS nothing at all',
    async (named) => {
      const { aws, tools } = await shopInAws({});
      await expect(release(named, settings, tools)).rejects.toThrow('the build named no image');
      expect(aws.calls).toEqual([]);
    },
  );

  it('refuses to touch a service that runs an image of somebody else', async () => {
    const { aws, tools } = await shopInAws({});
    await expect(release(digest, { ...settings, repositoryUri: 'other/repository' }, tools)).rejects.toThrow(
      'which is not an image of other/repository',
    );
    expect(aws.inputsOf('UpdateService')).toEqual([]);
  });
});
