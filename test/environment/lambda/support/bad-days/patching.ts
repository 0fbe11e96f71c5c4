import { expect } from 'vitest';
import type { Answers, Trouble } from '../bad-aws.ts';
import { aws, type Row, seconds, throws } from '../bad-day.ts';

const digest = `sha256:${'a1'.repeat(32)}`;
const definition = 'arn:aws:ecs:ap-northeast-1:111122223333:task-definition/shop:7';

const watchEnvironment = () => ({
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
});

/** An image that runs, and has got a critical finding since. */
const watchAnswers = (): Answers => ({
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
});

/** CodePipeline takes one token for one run, however often it comes. */
function startedRuns(): number {
  const tokens = aws.inputsOf('StartPipelineExecution').map(({ clientRequestToken }) => clientRequestToken);
  return new Set(tokens).size;
}

/** A task knows no throttling of AWS. */
function pageStatus(trouble: Trouble | undefined): number {
  if (trouble === undefined) return 200;
  if (typeof trouble === 'string') return 0;
  return trouble.status === 400 ? 503 : trouble.status;
}

export const patchingRows: Readonly<Record<string, Row>> = {
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
      expect(answer.status).toBe(pageStatus(aws.trouble));
    },
    once: ({ results }) => expect(results).toHaveLength(3),
    givesUp: (failed, { results }) => {
      expect(failed).toBeUndefined();
      expect(results[0]).toMatchObject([{ status: 503 }]);
    },
  },
  'patch-watch': {
    environment: watchEnvironment,
    event: () => ({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }),
    answers: watchAnswers,
    right({ metrics }) {
      expect(Object.assign({}, ...metrics)).toMatchObject({
        FailsGate: 1,
        LastRunFailed: 0,
        PatchCompliancePercent: 0,
        UnexpectedImage: 0,
      });
      expect(aws.inputsOf('StartPipelineExecution')).toMatchObject([{ name: 'shop-patching' }]);
    },
    once: () => expect(startedRuns()).toBe(1),
    again({ metrics }) {
      expect(Object.assign({}, ...metrics)).toMatchObject({ FailsGate: 1, UnexpectedImage: 0 });
      expect(startedRuns()).toBe(1);
    },
    givesUp: throws,
  },
  'patch-watch when the first image was named': {
    environment: watchEnvironment,
    event: () => ({ source: 'aws.ssm', 'detail-type': 'Parameter Store Change', detail: {} }),
    answers: watchAnswers,
    right({ metrics }) {
      expect(Object.assign({}, ...metrics)).toMatchObject({ ImageAgeDays: 2, UnexpectedImage: 0 });
      expect(aws.told).toContainEqual(
        expect.objectContaining({ Status: 'SUCCESS', UniqueId: 'first-image' }),
      );
    },
    // CloudFormation takes signals of one name for one.
    once: () => expect(new Set(aws.told.map(({ UniqueId }) => UniqueId))).toEqual(new Set(['first-image'])),
    givesUp: throws,
  },
};
