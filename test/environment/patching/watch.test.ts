import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from 'vitest';
import { type WatchSettings, watch } from '../../../lib/environment/patching/watch.ts';
import { watchEvent } from '../../../lib/environment/patching/watch-decisions.ts';
import { AwsStub, type StubHandler } from './support/aws-stub.ts';
import { enhancedScan, scanIn } from './support/scans.ts';

const named = `sha256:${'a1'.repeat(32)}`;
const newer = `sha256:${'b2'.repeat(32)}`;
const older = `sha256:${'0c'.repeat(32)}`;
const unreleased = `sha256:${'d4'.repeat(32)}`;
const images: Record<string, { imageTags: string[]; imagePushedAt: Date }> = {
  [named]: { imageTags: ['candidate-1', 'released-1'], imagePushedAt: new Date('2026-11-16T19:20:00Z') },
  [newer]: { imageTags: ['candidate-2', 'passed-2'], imagePushedAt: new Date('2026-11-22T19:20:00Z') },
  [older]: { imageTags: ['candidate-0', 'released-0'], imagePushedAt: new Date('2026-11-09T19:20:00Z') },
  [unreleased]: { imageTags: ['candidate-3'], imagePushedAt: new Date('2026-11-22T19:20:00Z') },
};

const settings: WatchSettings = {
  repository: 'images',
  digestParameter: '/secure-shop/hana-candles/production/image-digest',
  pipeline: 'hana-candles-production-patching',
  cluster: 'hana-candles-production',
  service: 'hana-candles-production',
  container: 'shop',
  patchGroup: 'hana-candles-production',
  exceptions: [],
  runtime: 'nodejs24.x',
  signalUrl: 'https://signal.example/',
};

const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

async function seen(
  event: unknown,
  changes: {
    settings?: Partial<WatchSettings>;
    handlers?: Record<string, StubHandler>;
    /** One after the other; the last one from then on. */
    signalStatus?: number | readonly number[];
    onSignal?: (body: unknown) => void;
    onMeasure?: (values: Readonly<Record<string, number>>) => void;
  } = {},
) {
  const aws = await AwsStub.start({
    GetParameter: () => ({ Parameter: { Value: named } }),
    DescribeImages: ({ imageIds }) => {
      const [{ imageDigest }] = imageIds as [{ imageDigest: string }];
      const image = images[imageDigest];
      return image ? { imageDetails: [{ imageDigest, ...image }] } : { error: 'ImageNotFoundException' };
    },
    DescribeInstancePatchStatesForPatchGroup: () => ({ InstancePatchStates: [] }),
    StartPipelineExecution: () => ({ pipelineExecutionId: 'run-9' }),
    ListPipelineExecutions: () => ({ pipelineExecutionSummaries: [{ status: 'Succeeded' }] }),
    DescribeServices: () => service(named),
    DescribeTaskDefinition: ({ taskDefinition }) => ({
      taskDefinition: { containerDefinitions: [{ name: 'shop', image: `images@${taskDefinition}` }] },
    }),
    DescribeImageScanFindings: () => ({ ...enhancedScan() }),
    GetPipelineExecution: () => ({ pipelineExecution: { status: 'Failed' } }),
    ...changes.handlers,
  });
  stubs.push(aws);
  const metrics: Record<string, number> = {};
  const signals: { url: string; body: Record<string, string> }[] = [];
  const statuses = [changes.signalStatus ?? 200].flat();
  const said: string[] = [];
  await watch(
    watchEvent.parse(event),
    { ...settings, ...changes.settings },
    {
      ssm: new SSMClient(aws.configuration),
      ecr: new ECRClient(aws.configuration),
      ecs: new ECSClient(aws.configuration),
      codepipeline: new CodePipelineClient(aws.configuration),
      request: async (url, init) => {
        changes.onSignal?.(JSON.parse(String(init?.body)));
        signals.push({ url: String(url), body: JSON.parse(String(init?.body)) });
        return new Response('', { status: statuses.length > 1 ? statuses.shift() : statuses[0] });
      },
      now: () => new Date('2026-11-22T20:00:00Z'),
      pause: async () => {},
      say: (line) => said.push(line),
      measure: (values) => {
        changes.onMeasure?.(values);
        Object.assign(metrics, values);
      },
    },
  );
  const starts = aws.inputsOf('StartPipelineExecution');
  return { metrics, signals, said, starts, started: starts.length };
}

/** A service whose revision is named after the digest it runs. */
const service = (taskDefinition: string, rolloutState = 'COMPLETED') => ({
  services: [
    { status: 'ACTIVE', taskDefinition, deployments: [{ status: 'PRIMARY', rolloutState, taskDefinition }] },
  ],
});
const critical: StubHandler = () => ({ ...enhancedScan({ id: 'CVE-2026-30009', severity: 'CRITICAL' }) });

/** Events as EventBridge delivers them, shortened to what matters here and a field that does not. */
const scheduled = { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} };
const finding = (severity: string, imageHash: string) => ({
  'detail-type': 'Inspector2 Finding',
  source: 'aws.inspector2',
  detail: {
    severity,
    status: 'ACTIVE',
    type: 'PACKAGE_VULNERABILITY',
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        details: { awsEcrContainerImage: { repositoryName: 'images', imageHash, platform: 'DEBIAN_12' } },
      },
    ],
  },
});
const task = (imageDigest: string) => ({
  'detail-type': 'ECS Task State Change',
  source: 'aws.ecs',
  detail: { lastStatus: 'RUNNING', containers: [{ name: 'shop', imageDigest }, { name: 'guard' }] },
});
const run = (state: string, extra: object = {}) => ({
  'detail-type': 'CodePipeline Pipeline Execution State Change',
  source: 'aws.codepipeline',
  detail: { pipeline: 'hana-candles-production-patching', state, 'execution-id': 'run-1', ...extra },
});

describe('twice a day the watch measures', () => {
  it('how old the running image is, and how long the functions’ runtime is supported', async () => {
    const { metrics } = await seen(scheduled);
    expect(metrics.ImageAgeDays).toBeCloseTo(6.03, 1);
    expect(metrics.ExpiredExceptions).toBe(0);
    expect(metrics.RuntimeSupportDays).toBeGreaterThan(400);
  });

  it('exceptions past their date, and names them', async () => {
    const exceptions = [
      { cve: 'CVE-2026-30001', until: '2026-11-21' },
      { cve: 'CVE-2026-30002', until: '2026-11-22' },
    ];
    const { metrics, said } = await seen(scheduled, { settings: { exceptions } });
    expect(metrics.ExpiredExceptions).toBe(1);
    expect(said).toEqual([expect.stringContaining('CVE-2026-30001')]);
  });

  it('a runtime it does not know as one without support', async () => {
    expect((await seen(scheduled, { settings: { runtime: 'nodejs19.x' } })).metrics.RuntimeSupportDays).toBe(
      -1,
    );
  });

  it('nothing of an image before the first one', async () => {
    const handlers = { GetParameter: () => ({ error: 'ParameterNotFound' }) };
    expect((await seen(scheduled, { handlers })).metrics).toEqual({
      PatchCompliancePercent: 100,
      LastRunFailed: 0,
    });
  });

  it('the running image by the rules of the gate, whatever events were lost', async () => {
    expect((await seen(scheduled)).metrics.FailsGate).toBe(0);
    const failing = await seen(scheduled, { handlers: { DescribeImageScanFindings: critical } });
    expect({ ...failing.metrics, started: failing.started }).toMatchObject({ FailsGate: 1, started: 1 });
    expect(failing.said.join()).toContain('CVE-2026-30009');
    const unread = () => ({ ...scanIn('PENDING') });
    expect(
      (await seen(scheduled, { handlers: { DescribeImageScanFindings: unread } })).metrics,
    ).not.toHaveProperty('FailsGate');
  });

  it('what a release that was killed half-way left behind', async () => {
    const left = await seen(scheduled, { handlers: { DescribeServices: () => service(newer) } });
    expect({ ...left.metrics, started: left.started }).toMatchObject({ UnexpectedImage: 1, started: 1 });
    expect(left.said.join()).toContain(`the service runs ${newer}`);
  });

  it.each<[string, Record<string, StubHandler>]>([
    [
      'a run that is under way',
      { ListPipelineExecutions: () => ({ pipelineExecutionSummaries: [{ status: 'InProgress' }] }) },
    ],
    ['a deployment that is under way', { DescribeServices: () => service(newer, 'IN_PROGRESS') }],
    [
      'a service that does not exist yet',
      { DescribeServices: () => ({ error: 'ClusterNotFoundException' }) },
    ],
  ])('and takes %s for no fault', async (_what, handlers) => {
    const { metrics, started } = await seen(scheduled, {
      handlers: { DescribeServices: () => service(newer), ...handlers },
    });
    expect({ UnexpectedImage: metrics.UnexpectedImage, started }).toEqual({ UnexpectedImage: 0, started: 0 });
  });

  it.each([
    ['Failed', 1],
    ['Stopped', 1],
    ['Cancelled', 1],
    ['Succeeded', 0],
    ['Superseded', 0],
  ])('how the last run ended: %s', async (status, failed) => {
    const handlers = { ListPipelineExecutions: () => ({ pipelineExecutionSummaries: [{ status }] }) };
    expect((await seen(scheduled, { handlers })).metrics.LastRunFailed).toBe(failed);
  });

  it('everything it can, when one look fails, and the failure is told', async () => {
    const metrics: Record<string, number> = {};
    const failing = seen(scheduled, {
      handlers: { DescribeImageScanFindings: () => ({ error: 'ThrottlingException' }) },
      onMeasure: (values) => Object.assign(metrics, values),
    });
    await expect(failing).rejects.toThrow('ThrottlingException');
    expect(metrics).toMatchObject({ LastRunFailed: 0, PatchCompliancePercent: 100 });
  });
});

describe('the shop is rebuilt at once', () => {
  const handlers = { DescribeImageScanFindings: critical };

  it('after a critical finding on the image that runs', async () => {
    expect((await seen(finding('CRITICAL', named), { handlers })).started).toBe(1);
  });

  it('after a run during which something critical was found in the image that it released', async () => {
    expect((await seen(run('SUCCEEDED'), { handlers })).started).toBe(1);
    expect((await seen(run('SUCCEEDED'))).started).toBe(0);
  });

  it.each<[string, unknown, object]>([
    ['a finding that is closed by now', finding('CRITICAL', named), { handlers: {} }],
    ['a critical finding on an image that does not run', finding('CRITICAL', older), { handlers }],
    [
      'a finding that a valid exception covers',
      finding('CRITICAL', named),
      { handlers, settings: { exceptions: [{ cve: 'CVE-2026-30009', until: '2026-12-01' }] } },
    ],
  ])('but not after %s', async (_what, event, changes) => {
    expect((await seen(event, changes)).started).toBe(0);
  });
});

describe('a task that starts', () => {
  it.each([
    ['the released image', named],
    ['the image of a rolling update under way', newer],
  ])('with %s is expected', async (_what, digest) => {
    const { metrics, started } = await seen(task(digest));
    expect({ ...metrics, started }).toEqual({ UnexpectedImage: 0, started: 0 });
  });

  it.each([
    ['an image that never passed the gate', unreleased, 'not released'],
    ['an image the repository does not know', `sha256:${'ff'.repeat(32)}`, 'not released'],
    ['an older image than the released one', older, 'moved backwards'],
  ])('with %s raises the alarm and starts the pipeline', async (_what, digest, verdict) => {
    const { metrics, started, said } = await seen(task(digest));
    expect({ ...metrics, started }).toEqual({ UnexpectedImage: 1, started: 1 });
    expect(said.join('\n')).toContain(verdict);
  });
});

describe('an image nobody released', () => {
  const written = {
    'detail-type': 'Parameter Store Change',
    source: 'aws.ssm',
    detail: { operation: 'Update' },
  };

  it.each([
    ['a candidate the gate never judged', unreleased],
    ['one that passed the gate, but did not prove itself', newer],
    ['one the repository does not hold', `sha256:${'ff'.repeat(32)}`],
    ['what is no digest at all', 'latest'],
  ])('in the parameter (%s) raises the alarm before any deploy runs it', async (_what, value) => {
    const GetParameter = () => ({ Parameter: { Value: value } });
    const { metrics, started, said } = await seen(written, { handlers: { GetParameter } });
    expect({ UnexpectedImage: metrics.UnexpectedImage, started }).toEqual({ UnexpectedImage: 1, started: 1 });
    expect(said.join()).toContain(`names ${value}, which the pipeline did not release`);
  });

  it('rings the alarm also when no run can be started', async () => {
    const metrics: Record<string, number> = {};
    const failing = seen(written, {
      handlers: {
        GetParameter: () => ({ Parameter: { Value: unreleased } }),
        StartPipelineExecution: () => ({ error: 'ThrottlingException' }),
      },
      onMeasure: (values) => Object.assign(metrics, values),
    });
    await expect(failing).rejects.toThrow();
    expect(metrics.UnexpectedImage).toBe(1);
  });

  it('that a task runs is noticed although the parameter names it, or is gone', async () => {
    const value = { Parameter: { Value: unreleased } };
    const same = await seen(task(unreleased), { handlers: { GetParameter: () => value } });
    expect(same.metrics.UnexpectedImage).toBe(1);
    const gone = await seen(task(unreleased), {
      handlers: { GetParameter: () => ({ error: 'ParameterNotFound' }) },
    });
    expect(gone.metrics.UnexpectedImage).toBe(1);
  });

  it('is not what the pipeline writes', async () => {
    const { metrics, started } = await seen(written);
    expect({ UnexpectedImage: metrics.UnexpectedImage, started }).toEqual({ UnexpectedImage: 0, started: 0 });
  });

  it('starts one run an hour, whatever the reasons and however many events', async () => {
    const [first] = (await seen(task(unreleased))).starts;
    const [second] = (await seen(task(unreleased))).starts;
    const [other] = (
      await seen(finding('CRITICAL', named), { handlers: { DescribeImageScanFindings: critical } })
    ).starts;
    expect(first?.clientRequestToken).toMatch(/^[A-Za-z0-9-]{20,128}$/);
    expect(second?.clientRequestToken).toBe(first?.clientRequestToken);
    expect(other?.clientRequestToken).toBe(first?.clientRequestToken);
  });
});

describe('hosts', () => {
  const scanned = { OperationEndTime: new Date('2026-11-22T03:00:00Z') };
  const host = (InstanceId: string, state: object = {}) => ({
    InstanceId,
    PatchGroup: 'hana-candles-production',
    BaselineId: 'pb-1',
    Operation: 'Scan',
    MissingCount: 0,
    FailedCount: 0,
    InstalledCount: 212,
    NotApplicableCount: 730,
    ...scanned,
    ...state,
  });
  const measured = (...hosts: object[]) =>
    seen(scheduled, {
      handlers: { DescribeInstancePatchStatesForPatchGroup: () => ({ InstancePatchStates: hosts }) },
    });

  it.each([
    ['none at all', 100, []],
    ['all patched', 100, [host('i-1'), host('i-2')]],
    ['one that misses a patch', 50, [host('i-1'), host('i-2', { MissingCount: 3 })]],
    ['one that could not install a patch', 0, [host('i-1', { FailedCount: 1 })]],
    ['one that waits for its restart', 0, [host('i-1', { InstalledPendingRebootCount: 1 })]],
    [
      'one that has not been scanned for days',
      0,
      [host('i-1', { OperationEndTime: new Date('2026-11-15T03:00:00Z') })],
    ],
    ['one that was never scanned', 0, [host('i-1', { OperationEndTime: undefined })]],
  ])('of which there is %s: compliance %i %', async (_what, percent, hosts) => {
    expect((await measured(...hosts)).metrics.PatchCompliancePercent).toBe(percent);
  });

  it('are all asked for, page by page, and named when they are not patched', async () => {
    const DescribeInstancePatchStatesForPatchGroup: StubHandler = ({ NextToken }) =>
      NextToken === undefined
        ? { InstancePatchStates: [host('i-1')], NextToken: 'more' }
        : { InstancePatchStates: [host('i-2', { MissingCount: 1 })] };
    const { metrics, said } = await seen(scheduled, {
      handlers: { DescribeInstancePatchStatesForPatchGroup },
    });
    expect(metrics.PatchCompliancePercent).toBe(50);
    expect(said.join()).toContain('the host i-2 misses a patch');
  });

  it('are measured as soon as one of them changes', async () => {
    const changed = { 'detail-type': 'Configuration Compliance State Change', source: 'aws.ssm', detail: {} };
    expect((await seen(changed)).metrics).toEqual({ PatchCompliancePercent: 100 });
  });
});

describe('the first deploy', () => {
  it('goes on when the first run succeeded', async () => {
    const { signals, metrics } = await seen(run('SUCCEEDED'));
    expect(signals).toEqual([
      { url: 'https://signal.example/', body: expect.objectContaining({ Status: 'SUCCESS' }) },
    ]);
    expect(metrics.ImageAgeDays).toBeGreaterThan(0);
  });

  it('fails with the step that failed and its reason', async () => {
    const failed = run('FAILED', {
      'additional-attributes': {
        failedActionCount: 1,
        failedActions: [{ action: 'Scan', additionalInformation: 'Build terminated with state: FAILED' }],
      },
    });
    const { signals } = await seen(failed);
    expect(signals[0]?.body).toMatchObject({
      Status: 'FAILURE',
      Reason: expect.stringContaining('Scan: Build terminated with state: FAILED'),
    });
  });

  it('is not given up while CodePipeline repeats the step that failed', async () => {
    const states = ['Failed', 'InProgress'];
    const { signals } = await seen(run('FAILED'), {
      handlers: { GetPipelineExecution: () => ({ pipelineExecution: { status: states.shift() } }) },
    });
    expect(signals).toEqual([]);
  });

  it('of long ago is no longer waiting, which is no error', async () => {
    const { said } = await seen(run('SUCCEEDED'), { signalStatus: 403 });
    expect(said).toContain('no deploy is waiting for the first image any more');
  });

  it('goes on also when the image could not be measured, and the failure is told', async () => {
    const signals: unknown[] = [];
    const failing = seen(run('SUCCEEDED'), {
      handlers: { DescribeImages: () => ({ error: 'ThrottlingException' }) },
      onSignal: (body) => signals.push(body),
    });
    await expect(failing).rejects.toThrow();
    expect(signals).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  });

  it('is told again when CloudFormation could not take the signal', async () => {
    const { signals } = await seen(run('SUCCEEDED'), { signalStatus: [503, 429, 200] });
    expect(signals).toHaveLength(3);
    await expect(seen(run('SUCCEEDED'), { signalStatus: 503 })).rejects.toThrow('503');
  });

  it('is told by the parameter, too, should the event that the run ended be lost', async () => {
    const { signals } = await seen({ 'detail-type': 'Parameter Store Change' });
    expect(signals.map(({ body }) => body.Status)).toEqual(['SUCCESS']);
  });
});
