import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach } from 'vitest';
import type { PatchContext } from '../../../../lib/environment/patching/context.ts';
import { deploymentNames } from '../../../../lib/environment/patching/names.ts';
import { AwsStub, type StubHandler } from './aws-stub.ts';
import { digest, enhancedScan } from './scans.ts';

const now = new Date('2026-11-22T08:00:00Z');
const image = `111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/team/images@${digest}`;

const healthy: Record<string, StubHandler> = {
  GetParameter: () => ({ Parameter: { Value: digest } }),
  DescribeServices: () => ({ services: [{ status: 'ACTIVE', taskDefinition: 'shop:8' }] }),
  DescribeTaskDefinition: () => ({ taskDefinition: { containerDefinitions: [{ name: 'shop', image }] } }),
  DescribeImages: ({ repositoryName }) =>
    repositoryName === 'team/images'
      ? { imageDetails: [{ imagePushedAt: new Date('2026-11-20T08:00:00Z') }] }
      : { error: 'RepositoryNotFoundException' },
  DescribeImageScanFindings: () => ({ ...enhancedScan({ id: 'CVE-2026-30002', severity: 'MEDIUM' }) }),
  ListPipelineExecutions: () => ({
    pipelineExecutionSummaries: [
      { pipelineExecutionId: 'run-7', status: 'Succeeded', startTime: new Date('2026-11-20T07:40:00Z') },
    ],
  }),
};

/** The actions of a run that the scan gate stopped. */
export const failedGate = {
  actionExecutionDetails: [
    {
      stageName: 'Gate',
      actionName: 'Scan',
      status: 'Failed',
      output: {
        executionResult: {
          errorDetails: { code: 'JobFailed', message: 'Build terminated with state: FAILED' },
          externalExecutionUrl: 'https://console.aws.amazon.com/codebuild/run-8',
        },
      },
    },
    { stageName: 'Build', actionName: 'Image', status: 'Succeeded' },
  ],
};

const stubs: AwsStub[] = [];
afterEach(async () => {
  await Promise.all(stubs.splice(0).map((stub) => stub.stop()));
});

/** A shop that is as it should be, but for what the handlers answer. */
export async function contextOn(
  handlers: Record<string, StubHandler>,
  exceptions: PatchContext['environment']['patching']['exceptions'] = [],
): Promise<PatchContext & { readonly said: string[] }> {
  const aws = await AwsStub.start({ ...healthy, ...handlers });
  stubs.push(aws);
  const said: string[] = [];
  return {
    names: deploymentNames('hana-candles', 'production'),
    environment: {
      name: 'production',
      maintenance: { day: 'monday', start: '19:00' },
      patching: { exceptions, operationsHost: false },
    },
    ssm: new SSMClient(aws.configuration),
    ecs: new ECSClient(aws.configuration),
    ecr: new ECRClient(aws.configuration),
    codepipeline: new CodePipelineClient(aws.configuration),
    now: () => now,
    pause: async () => {},
    say: (line) => said.push(line),
    said,
  };
}
