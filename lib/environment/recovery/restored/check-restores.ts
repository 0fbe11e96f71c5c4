import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import type { RDSClient } from '@aws-sdk/client-rds';
import type { Connect } from '../../credentials/rotation/database.ts';
import { type Deadline, pause } from '../../credentials/rotation/deadline.ts';
import { asFault, type Fault } from '../../credentials/rotation/errors.ts';
import { type Contents, type Found, problemsOf } from './contents.ts';
import { type Copy, restoredCopy } from './copy.ts';
import {
  type Judge,
  type JudgeSettings,
  type JudgeTools,
  judgeRestores,
  missRestoresOf,
  type NotYet,
  type Outcome,
} from './judge-restores.ts';
import { readDatabase } from './read-database.ts';

export interface RestoreSettings extends JudgeSettings {
  /** Name of the shop's database. */
  readonly database: string;
  readonly contents: Contents;
  /** What a copy must be encrypted with. */
  readonly keyArn: string;
  /** The one security group a copy must have. */
  readonly group: string;
  /** What the function may touch, as ARNs with a `*` at the end: copies of restore tests. */
  readonly resources: readonly string[];
}

export interface RestoreTools extends JudgeTools {
  readonly rds: RDSClient;
  readonly connect: Connect;
  readonly newPassword: () => string;
  /** Between two tries to log in, in milliseconds. */
  readonly interval: number;
  /** How many rows each table had when a test last went well. */
  rowsBefore(tables: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** @param rows only of a test that went well: what it is compared with next time */
  measure(minutes: number, rows: Readonly<Record<string, number>> | undefined): void;
}

const databases = { types: ['Aurora', 'RDS'], what: 'database' } as const;
/** AWS Backup deletes a copy within hours of its verdict. */
const mostForDeletion = 12 * 3_600_000;

/**
 * Looks into each database that a restore test brought up.
 *
 * @throws Error as `judgeRestores`
 */
export async function checkRestores(
  settings: RestoreSettings,
  tools: RestoreTools,
  deadline: Deadline,
): Promise<void> {
  const judge: Judge = {
    ...databases,
    check: (job) => check(job, settings, tools, deadline),
    makeSureItGoes: (job) => makeSureItGoes(job, settings, tools),
  };
  await judgeRestores(judge, settings, tools);
}

/** Tells a person when no database was restored this month. */
export async function missRestores(settings: RestoreSettings, tools: RestoreTools): Promise<void> {
  await missRestoresOf(databases, settings, tools);
}

async function check(
  job: RestoreJobsListMember,
  settings: RestoreSettings,
  tools: RestoreTools,
  deadline: Deadline,
): Promise<Outcome | NotYet> {
  const copy = await restoredCopy(job.CreatedResourceArn ?? '', settings.resources, tools.rds);
  if (!copy) return { problems: ['its copy was gone before it was read'] };
  const release = () => copy.removeInstance();
  const misplaced = placeProblems(copy, settings);
  if (misplaced.length > 0) return { problems: misplaced, release };
  if (!copy.hasInstance) {
    await copy.addInstance();
    return { waitsFor: 'it has no instance to connect to', release };
  }
  if (!copy.available) return { waitsFor: 'it does not become available', release };

  const read = await readWithNewPassword(copy, settings, tools, deadline);
  if ('fault' in read)
    return isPassing(read.fault)
      ? { waitsFor: read.fault.message, release }
      : { problems: [`it cannot be read: ${read.fault.message}`], release };
  const { found } = read;
  const before = await tools.rowsBefore(Object.keys(found.rows));
  return {
    problems: problemsOf(found, settings.contents, job.RecoveryPointCreationDate ?? tools.now(), before),
    summary: summaryOf(found),
    measure: (minutes, well) => tools.measure(minutes, well ? found.rows : undefined),
    release,
  };
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

function summaryOf(found: Found): string {
  const rows = Object.entries(found.rows).slice(0, 10);
  return [
    `${found.tables.length} tables`,
    ...rows.map(([table, count]) => `${table} ${count}`),
    ...(found.newestOrder ? [`newest order ${found.newestOrder.toISOString()}`] : []),
  ].join(', ');
}

/** One that AWS Backup leaves standing is deleted here, and a person hears of it. */
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
