import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SSMClient } from '@aws-sdk/client-ssm';
import { correctedTime } from '../../cli/corrected-time.ts';
import { candidateOf } from './candidate.ts';
import { setting } from './codebuild-settings.ts';
import { invokeSmokeCheck } from './invoke-smoke-check.ts';
import { passGate } from './pass-gate.ts';
import { PatchRefused } from './patch-refused.ts';
import { type ReleaseSettings, release } from './release.ts';

/** Runs in CodeBuild: the `gate` and the `release` step of the patch pipeline. */

const settings: ReleaseSettings = {
  candidates: setting('CANDIDATES'),
  repository: setting('REPOSITORY'),
  repositoryUri: setting('REPOSITORY_URI'),
  digestParameter: setting('DIGEST_PARAMETER'),
  cluster: setting('CLUSTER'),
  service: setting('SERVICE'),
  container: setting('CONTAINER'),
  exceptions: JSON.parse(setting('EXCEPTIONS')),
};
// A rolling update is not to be taken back because one of many looks at it was throttled.
const client = { maxAttempts: 8 };
const step = setting('STEP') === 'gate' ? passGate : release;
const ecr = new ECRClient(client);
try {
  const digest = await candidateOf(setting('PIPELINE_RUN'), settings, ecr);
  await step(digest, settings, {
    ecr,
    ecs: new ECSClient(client),
    ssm: new SSMClient(client),
    request: fetch,
    askTasks: (addresses) => invokeSmokeCheck(new LambdaClient(client), setting('SMOKE_CHECK'), addresses),
    pause: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    now: () => correctedTime([ecr]),
    say: (line) => console.log(line),
  });
} catch (error) {
  // Expected refusals read as a sentence in the build log; anything else keeps its stack trace.
  console.error(error instanceof PatchRefused ? error.message : error);
  process.exitCode = 1;
}
