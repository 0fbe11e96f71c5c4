import { z } from 'zod';
import { passedTagPrefix, releasedTagPrefix } from './image-tags.ts';

/** Decisions of the patch watch. Each takes what was seen and says what follows; none asks AWS. */

/** An image of the repository, as the registry describes it. */
export interface KnownImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date;
}

/** What the parameter says, and the image behind it; undefined when the repository holds none of that digest. */
export interface NamedImage {
  readonly digest: string;
  readonly image: KnownImage | undefined;
}

/**
 * Whether a task that started may run the image it runs (PAT1).
 *
 * During a rolling update the new image runs before it is the one the parameter names; it has passed the gate by
 * then and carries the tag. A deploy of a stack that fails half-way brings the image of the deploy before back.
 */
export function judgeTask(
  started: KnownImage | undefined,
  named: NamedImage | undefined,
): 'expected' | 'not released' | 'moved backwards' {
  if (started === undefined || !hasTag(started, passedTagPrefix, releasedTagPrefix)) return 'not released';
  const since = started.digest === named?.digest ? undefined : named?.image?.pushedAt;
  return since !== undefined && started.pushedAt < since ? 'moved backwards' : 'expected';
}

/** Whether the parameter names an image that proved itself; the next deploy would run whatever it names. */
export function isReleased({ image }: NamedImage): boolean {
  return image !== undefined && hasTag(image, releasedTagPrefix);
}

function hasTag({ tags }: KnownImage, ...prefixes: readonly string[]): boolean {
  return tags.some((tag) => prefixes.some((prefix) => tag.startsWith(prefix)));
}

/** Whether a finding of the continuous scan is about this image, which is then judged anew. */
export function isAbout(finding: Finding, digest: string): boolean {
  return (
    finding.status === 'ACTIVE' &&
    finding.resources.some(({ details }) => details?.awsEcrContainerImage?.imageHash === digest)
  );
}

/** What a failed run says of itself in one line, for CloudFormation and for people. */
export function failureOf(run: Pick<PipelineRun, 'state' | 'additional-attributes'>): string {
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
  'execution-id': z.string(),
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
  z.object({ 'detail-type': z.literal('Parameter Store Change') }),
  z.object({ 'detail-type': z.literal('Configuration Compliance State Change') }),
  z.object({
    'detail-type': z.literal('CodePipeline Pipeline Execution State Change'),
    detail: pipelineRun,
  }),
]);
export type WatchEvent = z.output<typeof watchEvent>;
