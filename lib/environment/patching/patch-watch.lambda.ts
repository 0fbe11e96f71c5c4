import { setTimeout as pause } from 'node:timers/promises';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { correctedTime } from '../../cli/corrected-time.ts';
import { writeMetrics } from '../lambda/embedded-metrics.ts';
import { patchMetricNamespace, pipelineDimension } from './metrics.ts';
import { watch } from './watch.ts';
import { watchEvent } from './watch-decisions.ts';

const clients = {
  ssm: new SSMClient(),
  ecr: new ECRClient(),
  ecs: new ECSClient(),
  codepipeline: new CodePipelineClient(),
};

const now = () => correctedTime(Object.values(clients));

export async function handler(event: unknown): Promise<void> {
  const settings = JSON.parse(process.env.SETTINGS ?? '');
  // The function's own runtime is that of all functions of the environment.
  const runtime = (process.env.AWS_EXECUTION_ENV ?? '').replace('AWS_Lambda_', '');
  await watch(
    watchEvent.parse(event),
    { ...settings, signalUrl: process.env.SIGNAL_URL ?? '', runtime },
    {
      ...clients,
      request: fetch,
      now,
      pause: (seconds) => pause(seconds * 1000),
      say: (line) => console.log(line),
      measure: (values) =>
        writeMetrics({
          namespace: patchMetricNamespace,
          dimensions: { [pipelineDimension]: settings.pipeline },
          values,
          time: now(),
        }),
    },
  );
}
