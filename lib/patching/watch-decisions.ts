import { z } from 'zod';
import { releasedTagPrefix } from './image-tags.ts';
import { isExpired, type PatchException } from './scan-gate.ts';

/** Decisions of the patch watch. Each takes what was seen and says what follows; none asks AWS. */

/** An image of the repository, as the registry describes it. */
export interface KnownImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date;
}

export interface Staleness {
  readonly imageAgeDays: number;
  readonly expiredExceptions: readonly PatchException[];
}

const day = 24 * 60 * 60 * 1000;

export function staleness(running: KnownImage, exceptions: readonly PatchException[], now: Date): Staleness {
  return {
    imageAgeDays: (now.getTime() - running.pushedAt.getTime()) / day,
    expiredExceptions: exceptions.filter((exception) => isExpired(exception, now.toISOString().slice(0, 10))),
  };
}

/**
 * Whether a task that started may run the image it runs (PAT1).
 *
 * During a rolling update the new image runs before it is the one the parameter names; it has passed the gate by
 * then and carries the tag. A deploy of a stack that fails half-way brings the image of the deploy before back.
 */
export function judgeTask(
  started: KnownImage | undefined,
  named: KnownImage,
): 'expected' | 'not released' | 'moved backwards' {
  if (started === undefined) return 'not released';
  if (started.digest === named.digest) return 'expected';
  if (!started.tags.some((tag) => tag.startsWith(releasedTagPrefix))) return 'not released';
  return started.pushedAt < named.pushedAt ? 'moved backwards' : 'expected';
}

/** Whether a finding of the continuous scan is reason to rebuild at once: a critical one on the running image. */
export function callsForRebuild(finding: Finding, runningDigest: string): boolean {
  return (
    finding.severity === 'CRITICAL' &&
    finding.status === 'ACTIVE' &&
    finding.resources.some(({ details }) => details?.awsEcrContainerImage?.imageHash === runningDigest)
  );
}

/** What a failed run says of itself in one line, for CloudFormation and for people. */
export function failureOf(run: PipelineRun): string {
  const failed = run['additional-attributes']?.failedActions ?? [];
  const actions = failed.map(
    ({ action, additionalInformation }) => `${action}: ${additionalInformation ?? 'no details'}`,
  );
  const what = actions.length > 0 ? actions.join('; ') : `ended as ${run.state}`;
  return `The patch pipeline made no image the shop may run. ${what}. See docs/runbooks/patching.md`;
}

// The parts of the events that are read. EventBridge adds fields over time, so unknown ones are let pass.
const finding = z.object({
  severity: z.string(),
  status: z.string(),
  resources: z.array(
    z.object({
      details: z.object({ awsEcrContainerImage: z.object({ imageHash: z.string() }).optional() }).optional(),
    }),
  ),
});
const pipelineRun = z.object({
  state: z.string(),
  'additional-attributes': z
    .object({
      failedActions: z
        .array(z.object({ action: z.string(), additionalInformation: z.string().optional() }))
        .optional(),
    })
    .optional(),
});
const task = z.object({
  containers: z.array(z.object({ name: z.string(), imageDigest: z.string().optional() })),
});
export type Finding = z.output<typeof finding>;
export type PipelineRun = z.output<typeof pipelineRun>;

export const watchEvent = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('Scheduled Event') }),
  z.object({ 'detail-type': z.literal('Inspector2 Finding'), detail: finding }),
  z.object({ 'detail-type': z.literal('ECS Task State Change'), detail: task }),
  z.object({
    'detail-type': z.literal('CodePipeline Pipeline Execution State Change'),
    detail: pipelineRun,
  }),
]);
export type WatchEvent = z.output<typeof watchEvent>;
