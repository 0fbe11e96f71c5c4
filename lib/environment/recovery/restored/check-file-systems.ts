import type { RestoreJobsListMember } from '@aws-sdk/client-backup';
import { ageProblems } from './compare-files.ts';
import {
  askAfterCopies,
  type JudgeSettings,
  type JudgeTools,
  judgeRestores,
  type Outcome,
} from './judge-restores.ts';

export interface FileSystemSettings extends JudgeSettings {
  /** Id of the file system of the shop. */
  readonly fileSystem: string;
}

export interface FileSystemTools extends JudgeTools {
  /** How many bytes a file system holds, as EFS has measured lately. @returns undefined: it has not */
  bytesIn(fileSystem: string): Promise<number | undefined>;
}

const fileSystems = { types: ['EFS'], what: 'files' } as const;
/** What EFS says of a size holds when nothing was written for "a couple of hours" (API reference, FileSystemSize). */
const settles = 2 * 3_600_000;
/** Of the bytes of the shop: a copy that has less is half a backup. */
const leastKept = 0.7;
/** A file system that holds nothing has some kilobytes. */
const mebibyte = 1024 ** 2;

/**
 * Weighs each file system that a restore test made against the shop's own. No file is opened: a function could mount the
 * copy only by being reconfigured while it runs (`lambda:UpdateFunctionConfiguration`), which nothing in the shop may do
 * (DAT2[ControlEdits]), and everybody who reaches a mount target of a new file system may read and write all of it.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 *
 * @throws Error as `judgeRestores`
 */
export async function checkFileSystems(settings: FileSystemSettings, tools: FileSystemTools): Promise<void> {
  await judgeRestores({ ...fileSystems, check: (job) => check(job, settings, tools) }, settings, tools);
}

/** Once a month: tells a person when no file system was restored, and when AWS Backup could not delete one. */
export async function askAfterFileSystems(
  settings: FileSystemSettings,
  tools: FileSystemTools,
): Promise<void> {
  await askAfterCopies(fileSystems, settings, tools);
}

async function check(
  { CreatedResourceArn = '', RecoveryPointCreationDate, CreationDate, CompletionDate }: RestoreJobsListMember,
  { fileSystem }: FileSystemSettings,
  { now, bytesIn }: FileSystemTools,
): Promise<Outcome | undefined> {
  const testedAt = CreationDate ?? now();
  if (now().getTime() < (CompletionDate ?? testedAt).getTime() + settles) return undefined;
  const copy = /:file-system\/(fs-[0-9a-f]+)$/.exec(CreatedResourceArn)?.[1];
  if (copy === undefined || copy === fileSystem)
    throw new Error(`${CreatedResourceArn} is not the copy of a restore test`);
  const [has, shop] = await Promise.all([bytesIn(copy), bytesIn(fileSystem)]);
  if (has === undefined || shop === undefined) return undefined;
  const light = shop > mebibyte && has < shop * leastKept;
  return {
    problems: [
      ...ageProblems({ madeAt: RecoveryPointCreationDate ?? testedAt, testedAt }),
      ...(light
        ? [`it holds ${inMebibytes(has)} MiB, and the file system of the shop ${inMebibytes(shop)} MiB`]
        : []),
    ],
    summary: `${inMebibytes(has)} MiB of the ${inMebibytes(shop)} MiB in the shop; no file was opened`,
  };
}

function inMebibytes(bytes: number): string {
  return (bytes / mebibyte).toFixed(1);
}
