import {
  DescribeImagesCommand,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { nextMaintenance } from '../maintenance-window.ts';
import { readParameter } from '../read-parameter.ts';
import type { PatchContext } from './context.ts';
import { scanPages } from './pass-gate.ts';
import { lastRunOf, type Run } from './pipeline-runs.ts';
import { dayOf, expiredExceptions, judgeScan } from './scan-gate.ts';
import { findService } from './shop-service.ts';
import { ageInDays, oldestImageDays } from './staleness.ts';

export interface PatchStatus {
  /** Digest the service runs; undefined before the first deploy. */
  readonly running: string | undefined;
  readonly ageDays: number | undefined;
  /** Open findings by severity; undefined when the scan cannot be read. */
  readonly findings: Readonly<Record<string, number>> | undefined;
  /** When the scan last ended; undefined when it cannot be read. */
  readonly scanned: Date | undefined;
  readonly lastRun: Run | undefined;
  readonly nextRun: Date;
  /** What somebody has to look at. Empty: all is well. */
  readonly attention: readonly string[];
}

/** Begins the line about a scan that these credentials may not read. */
export const unreadFindings = 'its findings cannot be read';

interface RunningImage {
  readonly digest: string;
  readonly repository: string;
}

export async function patchStatus(context: PatchContext): Promise<PatchStatus> {
  const { environment, now } = context;
  const attention: string[] = [];
  const [image, named, lastRun] = await Promise.all([
    runningImage(context, attention),
    readParameter(context.ssm, context.names.digestParameter),
    lastRunOf(context),
  ]);
  if (image !== undefined && named !== image.digest) {
    attention.push(
      `the service runs ${image.digest}, but the image that was released last is ${named ?? 'not named'}: run "secure-shop patch now"`,
    );
  }
  const known = image && (await describe(image, context, attention));
  const { exceptions } = environment.patching;
  for (const { cve, until } of expiredExceptions(exceptions, now())) {
    attention.push(`the exception for ${cve} ended on ${until}: take it out of the config, or decide again`);
  }
  if (lastRun !== undefined && !['Succeeded', 'InProgress', 'Superseded'].includes(lastRun.status)) {
    attention.push(`the last run ended as ${lastRun.status}`, ...lastRun.failures);
  }
  return {
    running: image?.digest,
    ageDays: known?.ageDays,
    findings: known?.findings,
    scanned: known?.scanned,
    lastRun,
    nextRun: nextMaintenance(environment.maintenance, now()),
    attention,
  };
}

export function formatStatus(status: PatchStatus): string[] {
  const { running, ageDays, findings, lastRun, nextRun, attention } = status;
  const counts = Object.entries(findings ?? {}).map(
    ([severity, count]) => `${count} ${severity.toLowerCase()}`,
  );
  const age = ageDays === undefined ? '' : `, ${ageDays.toFixed(1)} days old`;
  return [
    `Running   ${running ?? 'nothing yet'}${age}`,
    `Findings  ${findings === undefined ? 'unknown' : counts.join(', ') || 'none'}`,
    `Last run  ${lastRun === undefined ? 'none' : `${lastRun.status}, ${minute(lastRun.started)} (${lastRun.id})`}`,
    `Next run  ${minute(nextRun)}`,
    ...attention.map((line) => `Attention ${line}`),
  ];
}

async function describe(
  { digest, repository }: RunningImage,
  { ecr, environment, now }: PatchContext,
  attention: string[],
): Promise<Pick<PatchStatus, 'ageDays' | 'findings' | 'scanned'>> {
  const imageIds = [{ imageDigest: digest }];
  const pages = await scanPages(digest, repository, ecr).catch((error: Error) => {
    attention.push(`${unreadFindings}: ${error.name}: ${error.message}`);
    return undefined;
  });
  const details = await ecr
    .send(new DescribeImagesCommand({ repositoryName: repository, imageIds }))
    .catch((error: unknown) => {
      if (!(error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException))
        throw error;
      attention.push(
        `the image is not in the repository ${repository} any more, so that no further task can start: run "secure-shop patch now"`,
      );
      return undefined;
    });
  const pushedAt = details?.imageDetails?.[0]?.imagePushedAt;
  const ageDays = pushedAt && ageInDays(pushedAt, now());
  if (ageDays !== undefined && ageDays > oldestImageDays) {
    attention.push(`the image is ${Math.floor(ageDays)} days old, more than ${oldestImageDays}`);
  }
  if (pages === undefined) return { ageDays, findings: undefined, scanned: undefined };
  const verdict = judgeScan(digest, pages, environment.patching.exceptions, dayOf(now()));
  if (verdict.outcome === 'wait') attention.push(`its scan has no result to read (${verdict.status})`);
  if (verdict.outcome === 'stop') {
    attention.push(...verdict.reasons.map((reason) => `would not pass the gate today: ${reason}`));
  }
  const { findingSeverityCounts: findings, imageScanCompletedAt: scanned } =
    pages[0]?.imageScanFindings ?? {};
  return { ageDays, findings, scanned };
}

async function runningImage(
  { ecs, names, environment }: PatchContext,
  attention: string[],
): Promise<RunningImage | undefined> {
  const service = await findService(names, ecs);
  const taskDefinition = service?.taskDefinition;
  if (taskDefinition === undefined) {
    attention.push(`the service ${names.service} runs no image yet`);
    return undefined;
  }
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const image = described.taskDefinition?.containerDefinitions?.find(
    ({ name }) => name === names.container,
  )?.image;
  const [uri, digest] = image?.split('@') ?? [];
  if (uri === undefined || digest === undefined) {
    attention.push(
      `the service ${names.service} runs ${image ?? 'no container of the shop'}, not an image by digest: somebody else changed it; run "npx cdk deploy '${environment.name}/Storefront'"`,
    );
    return undefined;
  }
  return { digest, repository: uri.slice(uri.indexOf('/') + 1) };
}

function minute(date: Date | undefined): string {
  return date === undefined
    ? 'at an unknown time'
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
