import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { type Answers, BadAws, type Input } from './support/bad-aws.ts';

/** The clock of AWS. */
const awsTime = new Date('2026-11-24T12:00:00Z');
const seconds = (hours: number) => (awsTime.getTime() + hours * 3_600_000) / 1000;
const aws = new BadAws(() => awsTime);
const digest = `sha256:${'a1'.repeat(32)}`;
const definition = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/shop:7';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

interface Seen {
  /** What the handler returned, each time. */
  readonly results: readonly unknown[];
  /** Lines on its standard output that are metrics. */
  readonly metrics: readonly Input[];
}

interface Row {
  readonly environment?: () => Readonly<Record<string, string>>;
  readonly event: () => unknown;
  /** AWS with a state of its own; lists are answered in pages, and what matters stands on the last. */
  readonly answers: () => Answers;
  /** That the work was done and told, whatever happened on the way. */
  readonly right: (seen: Seen) => void;
  /** That nothing was done twice by two events at once and one later. */
  readonly once: (seen: Seen) => void;
  /** When AWS never answers. */
  readonly givesUp: (failed: unknown, seen: Seen) => void;
  /** Milliseconds of a function that asks until its time is over. @default 46,000 */
  readonly patience?: number;
}

const request = (properties: Input, type = 'Create') => ({
  RequestType: type,
  ResponseURL: `${aws.url}/answer`,
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Resource',
  PhysicalResourceId: 'physical',
  ResourceProperties: { ServiceToken: 'arn', ...properties },
});
const succeeded = () => expect(aws.told.map(({ Status }) => Status)).toContain('SUCCESS');
const allSucceeded = () =>
  expect(aws.told.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
/** CloudFormation is told, and Lambda sees no error that it would send on with the address in it. */
function tells(failed: unknown): void {
  expect(failed).toBeUndefined();
  expect(aws.told).toMatchObject([{ Status: 'FAILED' }]);
}
const throws = (failed: unknown) => expect(failed).toBeInstanceOf(Error);

const secretOf = (id: string) => `arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:${id}-AbCdEf`;

/** Every function of an environment, by the name of its file. */
const rows: Readonly<Record<string, Row>> = {
  'client-connect': {
    environment: () => ({
      RULES: JSON.stringify({ people: [{ name: 'hana' }], timeZone: 'Asia/Tokyo', singleSignOn: false }),
      REGISTER: '/shop/certificates',
    }),
    event: () => ({ 'common-name': 'hana.1', username: '' }),
    answers: () => ({
      GetParametersByPath: ({ NextToken }) =>
        NextToken === undefined
          ? {
              Parameters: [
                {
                  Name: '/shop/certificates/hana/1',
                  Value: JSON.stringify({
                    serial: '01',
                    notBefore: '2026-10-01T00:00:00Z',
                    notAfter: '2027-10-01T00:00:00Z',
                    authority: 'ab'.repeat(32),
                  }),
                },
              ],
              NextToken: 'more',
            }
          : { Parameters: [{ Name: '/shop/certificates/hana/1/outcome', Value: 'issued' }] },
    }),
    right: ({ results }) => expect(results[0]).toMatchObject({ allow: true }),
    once: ({ results }) => expect(results).toMatchObject([{ allow: true }, { allow: true }, { allow: true }]),
    givesUp: (_failed, { results }) => expect(results[0]).toMatchObject({ allow: false }),
  },
  'default-group': {
    event: () => request({ DefaultSecurityGroupId: 'sg-1' }),
    answers() {
      const rules = new Set(['sgr-in', 'sgr-out']);
      const item = (id: string) =>
        rules.has(id)
          ? `<item><securityGroupRuleId>${id}</securityGroupRuleId><isEgress>${id === 'sgr-out'}</isEgress></item>`
          : '';
      const revoke = (input: Input) => {
        rules.delete(String(input['SecurityGroupRuleId.1']));
        return '<Response><return>true</return></Response>';
      };
      return {
        DescribeSecurityGroupRules: ({ NextToken }) =>
          NextToken === undefined
            ? `<Response><securityGroupRuleSet>${item('sgr-in')}</securityGroupRuleSet><nextToken>more</nextToken></Response>`
            : `<Response><securityGroupRuleSet>${item('sgr-out')}</securityGroupRuleSet></Response>`,
        RevokeSecurityGroupIngress: revoke,
        RevokeSecurityGroupEgress: revoke,
      };
    },
    right() {
      succeeded();
      expect(aws.inputsOf('RevokeSecurityGroupEgress')).toMatchObject([
        { 'SecurityGroupRuleId.1': 'sgr-out' },
      ]);
    },
    once: allSucceeded,
    givesUp: tells,
  },
  'first-rotation': {
    event: () => request({ Secrets: [secretOf('shop')] }),
    answers: () => ({ DescribeSecret: () => ({ LastRotatedDate: seconds(-1) }) }),
    right: succeeded,
    once: allSucceeded,
    givesUp: tells,
  },
  refresh: {
    environment: () => ({ CLUSTER: 'shop', SERVICE: 'web' }),
    event: () => ({ time: awsTime.toISOString(), detail: { additionalEventData: { SecretId: 'shop' } } }),
    answers() {
      let started = 0;
      const deployment = () => ({
        id: `ecs-svc/${started}`,
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        createdAt: seconds(started === 0 ? -24 : started),
      });
      return {
        DescribeServices: () => ({ services: [{ status: 'ACTIVE', deployments: [deployment()] }] }),
        UpdateService: () => {
          started++;
          return { service: { deployments: [deployment()] } };
        },
      };
    },
    right: () => expect(aws.inputsOf('UpdateService')).toMatchObject([{ forceNewDeployment: true }]),
    // Two at the very same moment may both see none; the later one finds theirs.
    once: () => expect(aws.inputsOf('UpdateService').length).toBeLessThan(3),
    givesUp: throws,
  },
  // Of a copy that is somebody else's: whether one is read well is seen on real databases, in test/environment/recovery.
  'restore-reader': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        environment: 'shop-production',
        planArn: 'arn:aws:backup:ap-northeast-1:111122223333:restore-testing-plan:shop',
        database: 'shop',
        contents: { tables: [], orders: [], newestOrderDays: 1 },
        keyArn: 'arn:aws:kms:ap-northeast-1:111122223333:key/ours',
        group: 'sg-copies',
        resources: ['arn:aws:rds:ap-northeast-1:111122223333:db:awsbackup-restore-test-*'],
        windowHours: 4,
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
      }),
    }),
    event: () => ({}),
    answers() {
      let verdict: Input = { ValidationStatus: 'VALIDATING' };
      const name = 'awsbackup-restore-test-1';
      return {
        ListRestoreJobs: ({ nextToken }) =>
          nextToken === undefined
            ? { RestoreJobs: [], NextToken: 'more' }
            : {
                RestoreJobs: [
                  {
                    RestoreJobId: 'job-1',
                    ResourceType: 'RDS',
                    Status: 'COMPLETED',
                    CreationDate: seconds(-1),
                    CompletionDate: seconds(-0.5),
                    CreatedResourceArn: `arn:aws:rds:ap-northeast-1:111122223333:db:${name}`,
                    ...verdict,
                  },
                ],
              },
        DescribeDBInstances: ({ Marker }) =>
          Marker === undefined
            ? '<R><DescribeDBInstancesResult><Marker>more</Marker></DescribeDBInstancesResult></R>'
            : `<R><DescribeDBInstancesResult><DBInstances><DBInstance>
                 <DBInstanceIdentifier>${name}</DBInstanceIdentifier><Engine>mariadb</Engine>
                 <StorageEncrypted>true</StorageEncrypted><KmsKeyId>theirs</KmsKeyId>
                 <VpcSecurityGroups><VpcSecurityGroupMembership>
                   <VpcSecurityGroupId>sg-copies</VpcSecurityGroupId>
                 </VpcSecurityGroupMembership></VpcSecurityGroups>
               </DBInstance></DBInstances></DescribeDBInstancesResult></R>`,
        Publish: () =>
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
        PutRestoreValidationResult(input) {
          verdict = { ...input, DeletionStatus: 'SUCCESSFUL' };
          return {};
        },
      };
    },
    right() {
      expect(aws.inputsOf('Publish')).toMatchObject([{ Message: expect.stringContaining('theirs') }]);
      expect(aws.inputsOf('PutRestoreValidationResult')).toMatchObject([{ ValidationStatus: 'FAILED' }]);
    },
    // Two at the very same moment may both tell; the later one finds the verdict.
    once: () => expect(aws.inputsOf('Publish').length).toBeLessThan(3),
    givesUp: throws,
  },
  'rotation-watch': {
    environment: () => ({
      SECRETS: JSON.stringify({ late: secretOf('late'), shop: secretOf('shop') }),
      LONGEST_GAP_HOURS: '200',
    }),
    event: () => ({}),
    answers: () => ({
      DescribeSecret: ({ SecretId }) => ({
        LastRotatedDate: seconds(String(SecretId).includes('late') ? -210 : -190),
      }),
    }),
    right: ({ metrics }) =>
      expect(metrics.map(({ Secret, Overdue }) => [Secret, Overdue])).toEqual([
        ['late', 1],
        ['shop', 0],
      ]),
    once: ({ metrics }) => expect(metrics).toHaveLength(6),
    givesUp: throws,
  },
  rotation: {
    event: () => ({ SecretId: secretOf('keys'), ClientRequestToken: 'token', Step: 'createSecret' }),
    answers() {
      let pending: string | undefined;
      return {
        DescribeSecret: () => ({
          RotationEnabled: true,
          VersionIdsToStages: { before: ['AWSCURRENT'], token: ['AWSPENDING'] },
        }),
        GetSecretValue: ({ VersionStage }) =>
          VersionStage === 'AWSPENDING'
            ? { VersionId: 'token', SecretString: pending }
            : { VersionId: 'before', SecretString: '{"scheme":"generated","names":["SALT"],"SALT":"old"}' },
        PutSecretValue: ({ SecretString }) => {
          if (pending !== undefined) return { __type: 'ResourceExistsException' };
          pending = String(SecretString);
          return { VersionId: 'token' };
        },
      };
    },
    right() {
      const [written] = aws.inputsOf('PutSecretValue');
      expect(JSON.parse(String(written?.SecretString)).SALT).toMatch(/^[A-Za-z0-9]{64}$/);
    },
    once: ({ results }) => expect(results).toEqual([undefined, undefined, undefined]),
    givesUp: throws,
    patience: 4000,
  },
  'smoke-check': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        port: aws.port,
        host: 'shop.example.jp',
        adminHost: 'admin.shop.example.jp',
        pages: [{ name: 'the front page', path: '/front', required: true }],
      }),
    }),
    event: () => ({ addresses: ['127.0.0.1'] }),
    answers: () => ({}),
    // Whether a page that fails once is asked again is the release's decision: it is told, and nothing throws.
    right: ({ results }) => {
      const [[answer]] = results as [[{ status: number; detail: string }]];
      expect(answer.status).toBe(aws.trouble === undefined ? 200 : pageStatus(aws.trouble.status));
    },
    once: ({ results }) => expect(results).toHaveLength(3),
    givesUp: (failed, { results }) => {
      expect(failed).toBeUndefined();
      expect(results[0]).toMatchObject([{ status: 503 }]);
    },
  },
  'patch-watch': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        repository: 'images',
        digestParameter: '/shop/image-digest',
        pipeline: 'shop-patching',
        cluster: 'shop',
        service: 'web',
        container: 'shop',
        patchGroup: 'shop',
        exceptions: [],
      }),
      SIGNAL_URL: `${aws.url}/signal`,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    }),
    event: () => ({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }),
    answers: () => ({
      GetParameter: () => ({ Parameter: { Value: digest } }),
      DescribeImages: () => ({
        imageDetails: [{ imageDigest: digest, imageTags: ['released-1'], imagePushedAt: seconds(-48) }],
      }),
      DescribeImageScanFindings: ({ nextToken }) => ({
        imageId: { imageDigest: digest },
        imageScanStatus: { status: 'ACTIVE' },
        imageScanFindings: {
          imageScanCompletedAt: seconds(-1),
          findingSeverityCounts: { CRITICAL: 1 },
          enhancedFindings:
            nextToken === undefined
              ? []
              : [
                  {
                    severity: 'CRITICAL',
                    status: 'ACTIVE',
                    packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-30001' },
                  },
                ],
        },
        ...(nextToken === undefined && { nextToken: 'more' }),
      }),
      ListPipelineExecutions: () => ({ pipelineExecutionSummaries: [{ status: 'Succeeded' }] }),
      DescribeServices: () => ({
        services: [
          {
            status: 'ACTIVE',
            taskDefinition: definition,
            deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: definition }],
          },
        ],
      }),
      DescribeTaskDefinition: () => ({
        taskDefinition: { containerDefinitions: [{ name: 'shop', image: `images@${digest}` }] },
      }),
      DescribeInstancePatchStatesForPatchGroup: ({ NextToken }) =>
        NextToken === undefined
          ? { InstancePatchStates: [], NextToken: 'more' }
          : { InstancePatchStates: [{ InstanceId: 'i-1', PatchGroup: 'shop', MissingCount: 1 }] },
      StartPipelineExecution: () => ({ pipelineExecutionId: 'run' }),
    }),
    right({ metrics }) {
      expect(Object.assign({}, ...metrics)).toMatchObject({
        FailsGate: 1,
        LastRunFailed: 0,
        PatchCompliancePercent: 0,
        UnexpectedImage: 0,
      });
      expect(aws.inputsOf('StartPipelineExecution')).toMatchObject([{ name: 'shop-patching' }]);
    },
    // CodePipeline takes one token for one run, however often it comes.
    once: () =>
      expect(
        new Set(aws.inputsOf('StartPipelineExecution').map(({ clientRequestToken }) => clientRequestToken))
          .size,
      ).toBe(1),
    givesUp: throws,
  },
  'vpc-origin-group': {
    event: () => request({ VpcId: 'vpc-1' }),
    answers: () => ({
      DescribeSecurityGroups: ({ NextToken }) =>
        NextToken === undefined
          ? '<Response><securityGroupInfo/><nextToken>more</nextToken></Response>'
          : '<Response><securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo></Response>',
    }),
    right: () => expect(aws.told).toMatchObject([{ Status: 'SUCCESS', Data: { GroupId: 'sg-1' } }]),
    once: allSucceeded,
    givesUp: tells,
  },
  teardown: {
    event: () =>
      request(
        {
          Leftover: JSON.stringify({
            kind: 'names',
            name: 'names',
            names: { parameterPath: '/shop', secret: 'authority', logGroup: '/insights' },
          }),
        },
        'Delete',
      ),
    answers() {
      let parameters = ['/shop/image-digest'];
      let secret = true;
      return {
        DescribeStacks: () =>
          '<R><DescribeStacksResult><Stacks><member><StackName>s</StackName><StackStatus>DELETE_IN_PROGRESS</StackStatus></member></Stacks></DescribeStacksResult></R>',
        DescribeParameters: ({ NextToken }) =>
          NextToken === undefined
            ? { Parameters: [], NextToken: 'more' }
            : { Parameters: parameters.map((Name) => ({ Name })) },
        DeleteParameters: () => {
          parameters = [];
          return { DeletedParameters: [], InvalidParameters: [] };
        },
        DeleteSecret: () => {
          if (!secret) return { __type: 'ResourceNotFoundException' };
          secret = false;
          return {};
        },
        DeleteLogGroup: () => ({ __type: 'ResourceNotFoundException' }),
      };
    },
    right() {
      succeeded();
      expect(aws.inputsOf('DeleteParameters')).toEqual([{ Names: ['/shop/image-digest'] }]);
      expect(aws.inputsOf('DeleteSecret')).toHaveLength(1);
    },
    once: allSucceeded,
    givesUp: tells,
  },
  'vpn-door': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        endpointId: 'cvpn-endpoint-1',
        subnetIds: ['subnet-a'],
        vpcId: 'vpc-1',
        securityGroupId: 'sg-clients',
        schedule: 'shop-vpn-door',
        scheduleRoleArn: 'arn:aws:iam::111122223333:role/schedule',
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
        environment: 'shop production',
        opens: 'on-demand',
        timeZone: 'Asia/Tokyo',
      }),
    }),
    event: () => ({ action: 'open', hours: 3, by: 'hana' }),
    answers() {
      const attached: string[] = [];
      let schedule: Input | undefined;
      const missing = { __type: 'ResourceNotFoundException' };
      const write = (input: Input) => {
        schedule = input;
        return { ScheduleArn: 'arn' };
      };
      return {
        DescribeClientVpnTargetNetworks({ NextToken }) {
          if (NextToken === undefined) return '<Response><nextToken>more</nextToken></Response>';
          const items = attached.map(
            (subnet) =>
              `<item><associationId>a</associationId><targetNetworkId>${subnet}</targetNetworkId><status><code>associating</code></status></item>`,
          );
          return `<Response><clientVpnTargetNetworks>${items.join('')}</clientVpnTargetNetworks></Response>`;
        },
        AssociateClientVpnTargetNetwork({ SubnetId }) {
          if (!attached.includes(String(SubnetId))) attached.push(String(SubnetId));
          return '<Response><associationId>a</associationId></Response>';
        },
        GetSchedule: () => schedule ?? missing,
        CreateSchedule: write,
        UpdateSchedule: (input) => (schedule === undefined ? missing : write(input)),
        Publish: () =>
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
      };
    },
    right({ results }) {
      expect(results[0]).toMatchObject({ state: 'opening', by: 'hana' });
      expect(results[0]).toMatchObject({ until: expect.stringMatching(/^2026-11-24T15:0[01]:/) });
      expect(aws.inputsOf('AssociateClientVpnTargetNetwork')).toHaveLength(1);
      expect(aws.inputsOf('Publish')).toHaveLength(1);
    },
    once({ results }) {
      for (const result of results)
        expect(result).toMatchObject({ until: expect.stringMatching(/^2026-11-24T15:0[01]:/) });
      expect(aws.inputsOf('CreateSchedule').length).toBeGreaterThan(0);
    },
    givesUp: throws,
  },
};

/** A task knows no throttling of AWS. */
function pageStatus(status: number): number {
  return status === 400 ? 503 : status;
}

const files = readdirSync(join(packageRoot, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.lambda.ts'),
);
const fileOf = (name: string) => files.find((file) => basename(file) === `${name}.lambda.ts`) ?? '';

const before = { ...process.env };
let metrics: Input[];

beforeAll(() => aws.listen());
afterAll(() => aws.close());

beforeEach(() => {
  metrics = [];
  vi.useFakeTimers({ toFake: ['Date'], now: awsTime });
  vi.resetModules();
  for (const level of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(() => {});
  const write = process.stdout.write.bind(process.stdout);
  vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    if (!String(text).startsWith('{"_aws"')) return write(text, ...(rest as []));
    metrics.push(JSON.parse(String(text)));
    return true;
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.env = { ...before };
});

async function load(name: string): Promise<Handler> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    ...rows[name]?.environment?.(),
  });
  return ((await import(join(packageRoot, 'lib', fileOf(name)))) as { handler: Handler }).handler;
}

/** Lambda's; a minute is what is left of its time. */
function context(milliseconds = 60_000) {
  const end = performance.now() + milliseconds;
  return {
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => end - performance.now(),
  };
}

it('every function has a row in the table of bad days', () => {
  expect(Object.keys(rows).sort()).toEqual(
    files.map((file) => basename(file).replace('.lambda.ts', '')).sort(),
  );
});

describe.each(Object.entries(rows))('the function %s', (name, row) => {
  it.each([
    [400, 'ThrottlingException'],
    [429, 'TooManyRequestsException'],
    [503, 'ServiceUnavailable'],
  ])('does its work when each call is first answered %d %s', async (status, code) => {
    const handler = await load(name);
    aws.play(row.answers(), { status, code });
    const result = await handler(row.event(), context());
    row.right({ results: [result], metrics });
  });

  it('does its work once when the event comes twice at a time, and again later', async () => {
    const handler = await load(name);
    aws.play(row.answers());
    const results = await Promise.all([handler(row.event(), context()), handler(row.event(), context())]);
    results.push(await handler(row.event(), context()));
    row.once({ results, metrics });
  });

  it.each([
    ['late', -2],
    ['early', 2],
    ['right', 0],
  ])('does its work by a clock that is %s', async (_how, hours) => {
    vi.setSystemTime(awsTime.getTime() + hours * 3_600_000);
    const handler = await load(name);
    aws.play(row.answers());
    const result = await handler(row.event(), context());
    row.right({ results: [result], metrics });
  });

  it('ends in its time, and says so, when AWS answers nothing but errors', async () => {
    const handler = await load(name);
    aws.play(row.answers(), { status: 503, code: 'ServiceUnavailable' }, true);
    const results: unknown[] = [];
    const failed = await handler(row.event(), context(row.patience ?? 46_000)).then(
      (result) => {
        results.push(result);
        return undefined;
      },
      (error: unknown) => error,
    );
    row.givesUp(failed, { results, metrics });
  });
});
