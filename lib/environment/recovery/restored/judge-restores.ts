import {
  type BackupClient,
  PutRestoreValidationResultCommand,
  paginateListRestoreJobs,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { everyPage } from '../../lambda/every-page.ts';

export interface JudgeSettings {
  readonly planArn: string;
  /** How long AWS Backup keeps a copy that nobody has judged. */
  readonly windowHours: number;
}

export interface JudgeTools {
  readonly backup: BackupClient;
  readonly now: () => Date;
  /** Tells a person. */
  tell(message: string): Promise<void>;
}

/** How one kind of store is looked into. */
export interface Judge {
  /** As AWS Backup names the stores of the kind. */
  readonly types: readonly string[];
  /** In a sentence: `database`. */
  readonly what: string;
  /**
   * @returns undefined: nothing can be said of it, now or ever; AWS Backup then notes that nobody judged it
   * @throws Error when a step failed for another reason than what is in the copy
   */
  check(job: RestoreJobsListMember): Promise<Outcome | NotYet | undefined>;
  /**
   * A copy holds what the store holds: one that AWS Backup leaves standing is seen to once it was judged.
   *
   * @default `askAfterCopies` asks once a month
   */
  makeSureItGoes?(job: RestoreJobsListMember): Promise<void>;
}

export interface Outcome {
  /** Each as a person can read it; none: it is as it should be. */
  readonly problems: readonly string[];
  /** What was read, in a line. @default it was not read */
  readonly summary?: string;
  /** Writes down how long it took until it was read. @default it was not read */
  measure?(minutes: number, well: boolean): void;
  /** Takes away what the function made to read it. @default nothing was made */
  release?(): Promise<void>;
}

/** The next run looks again, until the time of the copy is over. */
export interface NotYet {
  readonly waitsFor: string;
  release?(): Promise<void>;
}

const hour = 3_600_000;
/** For how long a restore is looked after, from its start. */
const lookBack = 3 * 24 * hour;
/** What could not be read this long before AWS Backup deletes the copy is given up. */
const lastWord = hour / 2;

/**
 * Does the next step for each store of a kind that a restore test brought up. It remembers nothing: what it finds tells
 * what is to be done, so that a run that was killed, or two at a time, change nothing of the result.
 *
 * @throws Error when a step failed for another reason than what is in the copy; the next run takes it up again
 */
export async function judgeRestores(judge: Judge, settings: JudgeSettings, tools: JudgeTools): Promise<void> {
  const failed: string[] = [];
  for (const job of await recentRestores(judge, settings, tools)) {
    try {
      if (isJudged(job)) await judge.makeSureItGoes?.(job);
      else await judgeOne(job, judge, settings, tools);
    } catch (error) {
      failed.push(`${job.RestoreJobId}: ${messageOf(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(failed.join('; '));
}

/**
 * Tells a person when no restore test was made at all: what never starts cannot fail.
 *
 * @returns those that were made
 */
export async function missRestoresOf(
  kind: Pick<Judge, 'types' | 'what'>,
  settings: JudgeSettings,
  tools: JudgeTools,
): Promise<readonly RestoreJobsListMember[]> {
  const jobs = await recentRestores(kind, settings, tools);
  if (jobs.length === 0)
    await tools.tell(`This month no restore of the ${kind.what} was tested: AWS Backup completed none.`);
  return jobs;
}

/** Once a month, of what AWS Backup alone takes away: when no copy was made, and when one could not be deleted. */
export async function askAfterCopies(
  kind: Pick<Judge, 'types' | 'what'>,
  settings: JudgeSettings,
  tools: JudgeTools,
): Promise<void> {
  for (const { DeletionStatus, CreatedResourceArn } of await missRestoresOf(kind, settings, tools))
    if (DeletionStatus === 'FAILED')
      await tools.tell(
        `AWS Backup could not delete the copy of a restore test; delete it by hand: ${CreatedResourceArn}. Runbook: docs/runbooks/restore-test.md`,
      );
}

/** Of a kind, completed, and of this month's test. */
async function recentRestores(
  { types }: Pick<Judge, 'types'>,
  { planArn }: JudgeSettings,
  { backup, now }: JudgeTools,
): Promise<RestoreJobsListMember[]> {
  const ByCreatedAfter = new Date(now().getTime() - lookBack);
  const jobs = await everyPage(
    paginateListRestoreJobs({ client: backup }, { ByRestoreTestingPlanArn: planArn, ByCreatedAfter }),
    ({ RestoreJobs }) => RestoreJobs,
  );
  return jobs.filter(
    ({ Status, ResourceType }) => Status === 'COMPLETED' && types.includes(ResourceType ?? ''),
  );
}

function isJudged({ ValidationStatus }: RestoreJobsListMember): boolean {
  return ValidationStatus !== undefined && ValidationStatus !== 'VALIDATING';
}

async function judgeOne(
  job: RestoreJobsListMember,
  judge: Judge,
  { windowHours }: JudgeSettings,
  tools: JudgeTools,
): Promise<void> {
  const ends = (job.CompletionDate ?? tools.now()).getTime() + windowHours * hour;
  const isLate = () => tools.now().getTime() > ends - lastWord;
  let result: Outcome | NotYet | undefined;
  try {
    result = await judge.check(job);
  } catch (error) {
    if (!isLate()) throw error;
    result = { waitsFor: messageOf(error) };
  }
  if (result === undefined) return;
  if (!('waitsFor' in result)) await conclude(job, judge, tools, result);
  else if (isLate()) {
    const problem = `it could not be read within ${windowHours} hours: ${result.waitsFor}`;
    await conclude(job, judge, tools, { ...result, problems: [problem] });
  }
}

/** In this order: whoever is killed in between says it again, and AWS Backup hears of it last, as it then deletes. */
async function conclude(
  { RestoreJobId, CreationDate, ResourceType }: RestoreJobsListMember,
  { what }: Judge,
  { backup, tell, now }: JudgeTools,
  { problems, summary, ...outcome }: Outcome,
): Promise<void> {
  const well = problems.length === 0;
  const minutes = Math.ceil((now().getTime() - (CreationDate ?? now()).getTime()) / 60_000);
  if (!well)
    await tell(
      `The backup of the ${what} (${ResourceType}) was restored, and is no good: ${problems.join('; ')}. Runbook: docs/runbooks/restore-test.md`,
    );
  outcome.measure?.(minutes, well);
  await outcome.release?.();
  const says = well ? `read after ${minutes} minutes: ${summary ?? 'nothing'}` : problems.join('; ');
  await backup.send(
    new PutRestoreValidationResultCommand({
      RestoreJobId,
      ValidationStatus: well ? 'SUCCESSFUL' : 'FAILED',
      ValidationStatusMessage: says.slice(0, 1000),
    }),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
