import {
  BackupClient,
  PutRestoreValidationResultCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { expect, it } from 'vitest';
import {
  askAfterFileSystems,
  checkFileSystems,
} from '../../../../lib/environment/recovery/restored/check-file-systems.ts';

const hour = 3_600_000;
const restored = new Date('2027-01-15T18:00:00Z');
const arn = (id: string) => `arn:aws:elasticfilesystem:ap-northeast-1:111122223333:file-system/${id}`;

interface Weighed {
  /** Gibibytes; undefined: EFS has not measured it. */
  readonly copy?: number | undefined;
  readonly shop?: number | undefined;
  readonly hours?: number;
  readonly job?: Partial<RestoreJobsListMember>;
}

function account(weighed: Weighed) {
  const { shop = 2, hours = 2.5, job: change = {} } = weighed;
  const copy = 'copy' in weighed ? weighed.copy : 2;
  const job: RestoreJobsListMember = {
    RestoreJobId: 'job-1',
    Status: 'COMPLETED',
    ResourceType: 'EFS',
    CreatedResourceArn: arn('fs-0c'),
    CreationDate: restored,
    CompletionDate: restored,
    RecoveryPointCreationDate: new Date(restored.getTime() - 24 * hour),
    ...change,
  };
  const told: string[] = [];
  const known = { 'fs-0c': copy, 'fs-05': shop };
  const backup = Object.assign(new BackupClient({ region: 'ap-northeast-1' }), {
    async send(command: object) {
      if (!(command instanceof PutRestoreValidationResultCommand)) return { RestoreJobs: [job] };
      const { ValidationStatus, ValidationStatusMessage } = command.input;
      Object.assign(job, { ValidationStatus, ValidationStatusMessage });
      return {};
    },
  });
  const tools = {
    backup,
    now: () => new Date(restored.getTime() + hours * hour),
    async bytesIn(id: string) {
      const size = known[id as keyof typeof known];
      return size === undefined ? undefined : size * 1024 ** 3;
    },
    async tell(message: string) {
      told.push(message);
    },
  };
  return { job, told, tools, settings: { planArn: 'plan', windowHours: 4, fileSystem: 'fs-05' } };
}

async function weigh(weighed: Weighed) {
  const { job, told, tools, settings } = account(weighed);
  await checkFileSystems(settings, tools);
  await checkFileSystems(settings, tools);
  return { verdict: job.ValidationStatus, says: job.ValidationStatusMessage, told };
}

it.each<[string, Weighed]>([
  ['as heavy as the shop', {}],
  ['somewhat lighter, as the shop has grown since', { copy: 1.8 }],
  ['heavier, as the shop deleted much since', { copy: 4 }],
  ['empty, of a shop that has no file yet', { copy: 0.00001, shop: 0.00001 }],
])('a restored file system that is %s is well, and nobody is told', async (_what, weighed) => {
  const { verdict, says, told } = await weigh(weighed);
  expect(told).toEqual([]);
  expect(verdict).toBe('SUCCESSFUL');
  expect(says).toMatch(/^read after 150 minutes: .* MiB in the shop; no file was opened$/);
});

it.each<[string, Weighed, RegExp]>([
  ['empty', { copy: 0.000006 }, /it holds 0\.0 MiB, and the file system of the shop 2048\.0 MiB/],
  ['half', { copy: 1 }, /it holds 1024\.0 MiB/],
  [
    'old',
    { job: { RecoveryPointCreationDate: new Date(restored.getTime() - 72 * hour) } },
    /it was made 3\.0 days before the test/,
  ],
])('a restored file system that is %s is told once', async (_what, weighed, message) => {
  const { verdict, told } = await weigh(weighed);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^The backup of the files \(EFS\) was restored, and is no good: /);
  expect(told[0]).toMatch(message);
  expect(verdict).toBe('FAILED');
});

it('says nothing before a size has settled, nor of what EFS has not measured', async () => {
  for (const weighed of [
    { hours: 1, copy: 1 },
    { copy: undefined, hours: 3.9 },
  ]) {
    const { verdict, told } = await weigh(weighed);
    expect(told).toEqual([]);
    expect(verdict).toBeUndefined();
  }
});

it('weighs neither the file system of the shop nor anything else as a copy', async () => {
  for (const CreatedResourceArn of [arn('fs-05'), 'arn:aws:s3:::x'])
    await expect(weigh({ job: { CreatedResourceArn } })).rejects.toThrow('is not the copy of a restore test');
});

it('asks once a month after copies that were never made, and that AWS Backup could not delete', async () => {
  const about = async (job: Partial<RestoreJobsListMember>) => {
    const { told, tools, settings } = account({ job });
    await askAfterFileSystems(settings, tools);
    return told.join();
  };
  expect(await about({ DeletionStatus: 'SUCCESSFUL' })).toBe('');
  expect(await about({ Status: 'ABORTED' })).toMatch(/no restore of the files was tested/);
  expect(await about({ DeletionStatus: 'FAILED' })).toMatch(/could not delete the copy .*fs-0c/);
});
