import {
  type BackupClient,
  PutRestoreValidationResultCommand,
  paginateListRestoreJobs,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { Connect } from '../../credentials/rotation/database.ts';
import { type Deadline, pause } from '../../credentials/rotation/deadline.ts';
import { asFault, type Fault } from '../../credentials/rotation/errors.ts';
import { everyPage } from '../../lambda/every-page.ts';
import { type Contents, type Found, problemsOf } from './contents.ts';
import { type Copy, restoredCopy } from './copy.ts';
import { readDatabase } from './read-database.ts';

export interface RestoreSettings {
  readonly planArn: string;
  /** Name of the shop's database. */
  readonly database: string;
  readonly contents: Contents;
  /** What a copy must be encrypted with. */
  readonly keyArn: string;
  /** The one security group a copy must have. */
  readonly group: string;
  /** What the function may touch, as ARNs with a `*` at the end: copies of restore tests. */
  readonly resources: readonly string[];
  /** How long AWS Backup keeps a copy that nobody has judged. */
  readonly windowHours: number;
}

export interface RestoreTools {
  readonly backup: BackupClient;
  readonly rds: RDSClient;
  readonly connect: Connect;
  readonly newPassword: () => string;
  readonly now: () => Date;
  /** Between two tries to log in, in milliseconds. */
  readonly interval: number;
  /** How many rows each table had when a test last went well. */
  rowsBefore(tables: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** @param rows only of a test that went well: what it is compared with next time */
  measure(minutes: number, rows: Readonly<Record<string, number>> | undefined): void;
  /** Tells a person. */
  tell(message: string): Promise<void>;
}

const hour = 3_600_000;
/** For how long a restore is looked after, from its start. */
const lookBack = 3 * 24 * hour;
/** AWS Backup deletes a copy within hours of its verdict. */
const mostForDeletion = 12 * hour;
/** What could not be read this long before AWS Backup deletes the copy is given up. */
const lastWord = hour / 2;

/**
 * Does the next step for each database that a restore test brought up. It remembers nothing: what it finds tells what is
 * to be done, so that a run that was killed, or two at a time, change nothing of the result.
 *
 * @throws Error when a step failed for another reason than what is in the copy; the next run takes it up again
 */
export async function checkRestores(
  settings: RestoreSettings,
  tools: RestoreTools,
  deadline: Deadline,
): Promise<void> {
  const failed: string[] = [];
  for (const job of await recentJobs(settings, tools)) {
    try {
      if (isJudged(job)) await makeSureItGoes(job, settings, tools);
      else await check(job, settings, tools, deadline);
    } catch (error) {
      failed.push(`${job.RestoreJobId}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed.length > 0) throw new Error(failed.join('; '));
}

/** Tells a person when no restore test was made at all: what never starts cannot fail. */
export async function missRestores(settings: RestoreSettings, tools: RestoreTools): Promise<void> {
  const jobs = await recentJobs(settings, tools);
  if (jobs.length === 0)
    await tools.tell('This month no restore of the database was tested: AWS Backup completed none.');
}

async function recentJobs(
  { planArn }: RestoreSettings,
  { backup, now }: RestoreTools,
): Promise<RestoreJobsListMember[]> {
  const ByCreatedAfter = new Date(now().getTime() - lookBack);
  const jobs = await everyPage(
    paginateListRestoreJobs({ client: backup }, { ByRestoreTestingPlanArn: planArn, ByCreatedAfter }),
    ({ RestoreJobs }) => RestoreJobs,
  );
  return jobs.filter(
    ({ Status, ResourceType }) =>
      Status === 'COMPLETED' && (ResourceType === 'Aurora' || ResourceType === 'RDS'),
  );
}

function isJudged({ ValidationStatus }: RestoreJobsListMember): boolean {
  return ValidationStatus !== undefined && ValidationStatus !== 'VALIDATING';
}

async function check(
  job: RestoreJobsListMember,
  settings: RestoreSettings,
  tools: RestoreTools,
  deadline: Deadline,
): Promise<void> {
  const copy = await restoredCopy(job.CreatedResourceArn ?? '', settings.resources, tools.rds);
  if (!copy) return await conclude(job, tools, { problems: ['its copy was gone before it was read'] });
  const misplaced = placeProblems(copy, settings);
  if (misplaced.length > 0) return await conclude(job, tools, { copy, problems: misplaced });

  let reason = copy.hasInstance ? 'it does not become available' : 'it has no instance to connect to';
  if (!copy.hasInstance) await copy.addInstance();
  else if (copy.available) {
    const read = await readWithNewPassword(copy, settings, tools, deadline);
    if ('found' in read) {
      const { found } = read;
      const before = await tools.rowsBefore(Object.keys(found.rows));
      const problems = problemsOf(
        found,
        settings.contents,
        job.RecoveryPointCreationDate ?? tools.now(),
        before,
      );
      return await conclude(job, tools, { copy, problems, found });
    }
    if (!isPassing(read.fault))
      return await conclude(job, tools, { copy, problems: [`it cannot be read: ${read.fault.message}`] });
    reason = read.fault.message;
  }
  const ends = (job.CompletionDate ?? tools.now()).getTime() + settings.windowHours * hour;
  if (tools.now().getTime() > ends - lastWord)
    await conclude(job, tools, {
      copy,
      problems: [`it could not be read within ${settings.windowHours} hours: ${reason}`],
    });
}

/** Where it stands and with which key: AWS Backup was told, and another key is somebody else's. */
function placeProblems(copy: Copy, { keyArn, group }: RestoreSettings): string[] {
  return [
    ...(copy.keyArn === keyArn
      ? []
      : [`it is encrypted with ${copy.keyArn ?? 'no key'} instead of the key of customer data`]),
    ...(copy.groups.length === 1 && copy.groups[0] === group
      ? []
      : [`it has the security groups ${copy.groups.join(', ') || '(none)'} instead of ${group} alone`]),
    ...(copy.public ? ['it has a public address'] : []),
  ];
}

/**
 * The administrator's password is of the day of the backup, and nobody should keep old ones: the copy gets a new one,
 * which lives in this function's memory alone.
 */
async function readWithNewPassword(
  copy: Copy,
  { database, contents }: RestoreSettings,
  { connect, newPassword, interval }: RestoreTools,
  deadline: Deadline,
): Promise<{ readonly found: Found } | { readonly fault: Fault }> {
  const password = newPassword();
  await copy.setPassword(password);
  const { engine, host = '', port = 0, username = '' } = copy;
  const login = { engine, host, port, username, password, database };
  while (true) {
    try {
      return { found: await readDatabase(connect, login, contents, deadline) };
    } catch (thrown) {
      const fault = asFault(thrown);
      if (!isPassing(fault) || deadline.remaining <= interval) return { fault };
      await pause(interval);
    }
  }
}

/** A new password takes minutes to be known, and a server that was just restored its time to answer. */
function isPassing({ transient, category }: Fault): boolean {
  return transient || category === 'authentication';
}

interface Outcome {
  /** Undefined: it is gone. */
  readonly copy?: Copy;
  readonly problems: readonly string[];
  /** Undefined: it was not read. */
  readonly found?: Found;
}

/** In this order: whoever is killed in between says it again, and AWS Backup hears of it last, as it then deletes. */
async function conclude(
  { RestoreJobId, CreationDate, ResourceType }: RestoreJobsListMember,
  { backup, measure, tell, now }: RestoreTools,
  { copy, problems, found }: Outcome,
): Promise<void> {
  const well = problems.length === 0;
  const minutes = Math.ceil((now().getTime() - (CreationDate ?? now()).getTime()) / 60_000);
  if (!well)
    await tell(
      `The backup of the database (${ResourceType}) was restored, and is no good: ${problems.join('; ')}. Runbook: docs/runbooks/restore-test.md`,
    );
  if (found) measure(minutes, well ? found.rows : undefined);
  await copy?.removeInstance();
  const says = well ? `read after ${minutes} minutes: ${summary(found)}` : problems.join('; ');
  await backup.send(
    new PutRestoreValidationResultCommand({
      RestoreJobId,
      ValidationStatus: well ? 'SUCCESSFUL' : 'FAILED',
      ValidationStatusMessage: says.slice(0, 1000),
    }),
  );
}

function summary(found: Found | undefined): string {
  if (!found) return 'nothing';
  const rows = Object.entries(found.rows).slice(0, 10);
  return [
    `${found.tables.length} tables`,
    ...rows.map(([table, count]) => `${table} ${count}`),
    ...(found.newestOrder ? [`newest order ${found.newestOrder.toISOString()}`] : []),
  ].join(', ');
}

/** A copy holds what the database holds: one that AWS Backup leaves standing is deleted here, and a person hears of it. */
async function makeSureItGoes(
  job: RestoreJobsListMember,
  { resources }: RestoreSettings,
  { rds, tell, now }: RestoreTools,
): Promise<void> {
  if (job.DeletionStatus === 'SUCCESSFUL') return;
  const age = now().getTime() - (job.CompletionDate ?? now()).getTime();
  if (job.DeletionStatus !== 'FAILED' && age < mostForDeletion) return;
  const arn = job.CreatedResourceArn ?? '';
  const copy = await restoredCopy(arn, resources, rds);
  if (!copy || copy.leaving) return;
  await copy.remove();
  await tell(
    `AWS Backup left the copy of a restore test standing, and it is being deleted now: ${arn}. Runbook: docs/runbooks/restore-test.md`,
  );
}
