import { CopyJobState, paginateListCopyJobs } from '@aws-sdk/client-backup';
import { everyPage } from '../../lambda/every-page.ts';
import { type Asked, day, number, week } from './asked.ts';
import { measured, sum } from './metrics.ts';
import type { DigestWords } from './words.ts';

export async function askBackups({ settings, clients, now }: Asked, words: DigestWords): Promise<string[]> {
  const of = (metric: string) => ({
    namespace: 'AWS/Backup',
    metric,
    dimensions: { BackupVaultName: settings.vault },
    statistic: 'Sum' as const,
  });
  const { made, failed } = await measured(
    clients.metrics,
    { made: of('NumberOfBackupJobsCompleted'), failed: of('NumberOfBackupJobsFailed') },
    week,
    now,
  );
  return [
    ...(sum(made) === 0 ? [words.noBackups] : []),
    ...(sum(made) + sum(failed) > 0 ? [words.backups(number(sum(made)), number(sum(failed)))] : []),
  ];
}

const copyFailures: readonly string[] = [CopyJobState.FAILED, CopyJobState.PARTIAL];

/** A copy that is still on its way counts next week. */
export async function askCopies(
  { settings, clients, now }: Asked,
  words: DigestWords,
): Promise<readonly string[]> {
  const lines = await Promise.all(
    settings.copies.map(async ({ where, vaultArn }) => {
      const jobs = await everyPage(
        paginateListCopyJobs(
          { client: clients.backup },
          { ByDestinationVaultArn: vaultArn, ByCreatedAfter: new Date(now.getTime() - week * day) },
        ),
        ({ CopyJobs }) => CopyJobs,
      );
      const made = jobs.filter(({ State }) => State === CopyJobState.COMPLETED).length;
      const failed = jobs.filter(({ State = '' }) => copyFailures.includes(State)).length;
      return [
        ...(made === 0 ? [words.noCopies(where)] : []),
        ...(made + failed > 0 ? [words.copies(where, number(made), number(failed))] : []),
      ];
    }),
  );
  return lines.flat();
}
