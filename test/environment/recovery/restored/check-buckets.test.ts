import {
  BackupClient,
  PutRestoreValidationResultCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from '../../../../lib/environment/credentials/rotation/deadline.ts';
import {
  askAfterBuckets,
  checkBuckets,
} from '../../../../lib/environment/recovery/restored/check-buckets.ts';
import { mostRead } from '../../../../lib/environment/recovery/restored/compare-files.ts';
import { program } from '../../../support/programs.ts';
import { LoopbackAws } from '../../admin/support/aws.ts';

const moto = program('moto_server');
const ours = 'arn:aws:kms:ap-northeast-1:111122223333:key/ours';
const hour = 3_600_000;

type Files = Readonly<Record<string, string | Buffer>>;

/** Photos that begin as photos do, and texts. */
const shop: Files = {
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, n) => [
      `photos/写真 ${n}.jpg`,
      Buffer.from(`\xff\xd8\xff photo ${n}`, 'latin1'),
    ]),
  ),
  'terms.txt': 'our terms',
  'empty.txt': '',
};

/** The same files with some of them changed; undefined takes one away. */
function changed(by: (name: string, n: number) => string | Buffer | undefined | null): Files {
  const entries = Object.entries(shop).map(
    ([name, body], n) => [name, by(name, n) ?? body, by(name, n)] as const,
  );
  return Object.fromEntries(
    entries.flatMap(([name, body, change]) => (change === null ? [] : [[name, body]])),
  );
}

describe.skipIf(moto.missing)(
  `files that a restore test brought back, in S3 as moto (${moto.install})`,
  () => {
    let aws: LoopbackAws;
    let s3: S3Client;
    let buckets = 0;
    /** When the live bucket had its files, and nobody had changed any since. */
    let filled: Date;
    const live = 'shop-production-media';
    const changing = 'shop-changing-media';

    beforeAll(async () => {
      aws = await LoopbackAws.start(moto.path ?? '');
      s3 = new S3Client({
        region: 'ap-northeast-1',
        credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
        forcePathStyle: true,
      });
      await fill(live, shop);
      await fill(changing, shop);
      await pause(1100);
      filled = new Date();
      await pause(1100);
      await put(changing, 'photos/写真 1.jpg', 'another photo', ours);
      await put(changing, 'new.jpg', 'a new one', ours);
    });
    afterAll(async () => {
      s3.destroy();
      await aws.stop();
    });

    async function put(
      Bucket: string,
      Key: string,
      Body: string | Buffer,
      SSEKMSKeyId: string,
    ): Promise<void> {
      await s3.send(
        new PutObjectCommand({ Bucket, Key, Body, ServerSideEncryption: 'aws:kms', SSEKMSKeyId }),
      );
    }

    async function fill(bucket: string, files: Files, key = ours): Promise<void> {
      await s3.send(
        new CreateBucketCommand({
          Bucket: bucket,
          CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' },
        }),
      );
      await Promise.all(Object.entries(files).map(([name, body]) => put(bucket, name, body, key)));
    }

    interface Restored {
      readonly files?: Files;
      readonly key?: string;
      readonly bucket?: string;
      readonly job?: Partial<RestoreJobsListMember>;
      /** At which call the function is killed, once. */
      readonly killedAt?: 'tell' | 'verdict';
      readonly hoursLater?: number;
    }

    async function restore({ files = shop, key = ours, bucket = live, hoursLater = 0.5, ...more }: Restored) {
      const name = `awsbackup-restore-test-${++buckets}`;
      await fill(name, files, key);
      return runOn({
        ...more,
        bucket,
        hoursLater,
        job: { CreatedResourceArn: `arn:aws:s3:::${name}`, ...more.job },
      });
    }

    function runOn({ bucket = live, hoursLater = 0.5, killedAt, job: change = {} }: Restored) {
      // One hour before it is what may or may not be in a backup.
      const madeAt = new Date(filled.getTime() + hour);
      const testedAt = new Date(madeAt.getTime() + 20 * hour);
      const job: RestoreJobsListMember = {
        RestoreJobId: 'job-1',
        Status: 'COMPLETED',
        ResourceType: 'S3',
        CreationDate: testedAt,
        CompletionDate: testedAt,
        RecoveryPointCreationDate: madeAt,
        ...change,
      };
      const told: string[] = [];
      const measured: unknown[] = [];
      let kill = killedAt;
      const call = (name: Restored['killedAt']) => {
        if (kill !== name) return;
        kill = undefined;
        throw new Error(`killed at ${name}`);
      };
      const backup = Object.assign(new BackupClient({ region: 'ap-northeast-1' }), {
        async send(command: object) {
          if (!(command instanceof PutRestoreValidationResultCommand)) return { RestoreJobs: [job] };
          call('verdict');
          const { ValidationStatus, ValidationStatusMessage } = command.input;
          Object.assign(job, { ValidationStatus, ValidationStatusMessage });
          return {};
        },
      });
      const settings = { planArn: 'plan', bucket, keyArn: ours, windowHours: 4 };
      const tools = {
        backup,
        s3,
        now: () => new Date(testedAt.getTime() + hoursLater * hour),
        measure: (...what: unknown[]) => void measured.push(what),
        async tell(message: string) {
          call('tell');
          told.push(message);
        },
      };
      return { job, told, measured, settings, tools, check: () => checkBuckets(settings, tools) };
    }

    it('says nothing of a good one, whatever was changed since in the shop', async () => {
      for (const bucket of [live, changing]) {
        const { job, told, measured, check } = await restore({ bucket });
        await check();
        await check();
        expect(told).toEqual([]);
        expect(job.ValidationStatus).toBe('SUCCESSFUL');
        expect(job.ValidationStatusMessage).toMatch(
          /^read after 30 minutes: 8 files, [78] opened and as in the shop$/,
        );
        expect(measured).toEqual([[30, 8]]);
      }
    });

    it('says nothing when files were deleted in the shop since, and one picture is none', async () => {
      const odd = { 'photos/写真 3.jpg': 'no photo at all' };
      await fill('shop-odd', { ...shop, ...odd });
      await pause(1100);
      const made = new Date(Date.now() + hour);
      const { told, job, check } = await restore({
        bucket: 'shop-odd',
        files: { ...shop, ...odd, 'deleted.jpg': 'x' },
        job: { RecoveryPointCreationDate: made },
      });
      await check();
      expect(told).toEqual([]);
      expect(job.ValidationStatus).toBe('SUCCESSFUL');
    });

    it.each<[string, Restored, RegExp]>([
      ['is empty', { files: {} }, /it is empty, and the shop has 8 files that are older than it/],
      [
        'is half',
        { files: changed((_, n) => (n % 2 === 0 ? null : undefined)) },
        /it has 4 files, and the shop has 8 .*; 4 of 8 files that were opened are missing/,
      ],
      [
        'lacks some, and has as many others',
        { files: { ...changed((_, n) => (n < 3 ? null : undefined)), a: 'a', b: 'b', c: 'c' } },
        /no good: 3 of 8 files that were opened are missing\. /,
      ],
      [
        'holds something else in one file',
        { files: changed((name) => (name === 'terms.txt' ? 'OUR terms' : undefined)) },
        /no good: 1 of 8 files that were opened hold something else than in the shop/,
      ],
      [
        'is encrypted with the key of somebody else',
        { key: 'arn:aws:kms:ap-northeast-1:999999999999:key/theirs' },
        /8 of 8 files that were opened cannot be read: encrypted with arn:aws:kms:ap-northeast-1:999999999999:key\/theirs/,
      ],
      [
        'was encrypted file by file, with other names',
        { files: Object.fromEntries(Object.keys(shop).map((name) => [`${name}.locked`, 'scrambled'])) },
        /8 of 8 files that were opened are missing/,
      ],
      [
        'is old',
        { job: { RecoveryPointCreationDate: new Date(Date.now() - 5 * 24 * hour) } },
        /it was made \d\.\d days before the test/,
      ],
      [
        'is gone',
        { job: { CreatedResourceArn: 'arn:aws:s3:::awsbackup-restore-test-gone' } },
        /was gone before it was read/,
      ],
    ])('tells once of one that %s', async (_what, restored, says) => {
      const { job, told, measured, check } = await restore(restored);
      await check();
      await check();
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(says);
      expect(told[0]).toMatch(
        /^The backup of the files \(S3\) was restored, and is no good: .*docs\/runbooks\/restore-test.md$/,
      );
      expect(told[0]).not.toMatch(/写真|terms/);
      expect(job.ValidationStatus).toBe('FAILED');
      expect(measured.flat()).not.toContain(8);
    });

    it('tells of files that were scrambled in the shop before they were backed up', async () => {
      const scrambled = changed((name) => (name.endsWith('.jpg') ? `scrambled ${name}` : undefined));
      await fill('shop-scrambled', scrambled);
      await pause(1100);
      const { told, check } = await restore({
        bucket: 'shop-scrambled',
        files: scrambled,
        job: { RecoveryPointCreationDate: new Date(Date.now() + hour) },
      });
      await check();
      expect(told[0]).toMatch(/6 of 6 pictures that were opened are none/);
    });

    it('tells of a long file that is cut off, though it reads no more than its beginning', async () => {
      const long = Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(mostRead)]);
      await fill('shop-long', { 'long.jpg': long });
      await pause(1100);
      const { told, check } = await restore({
        bucket: 'shop-long',
        files: { 'long.jpg': long.subarray(0, -1) },
        job: { RecoveryPointCreationDate: new Date(Date.now() + hour) },
      });
      await check();
      expect(told[0]).toMatch(/no good: 1 of 1 files that were opened hold something else/);
    });

    it('tells when the shop has no file that is as old as the backup', async () => {
      const { told, check } = await restore({
        job: { RecoveryPointCreationDate: new Date(filled.getTime() - 20 * hour) },
      });
      await check();
      expect(told[0]).toMatch(/nothing could be compared: it has 8 files/);
    });

    it.each(['tell', 'verdict'] as const)(
      'comes to the same verdict when it is killed at the %s',
      async (killedAt) => {
        const { told, job, check } = await restore({ files: {}, killedAt });
        await expect(check()).rejects.toThrow('killed');
        expect(job.ValidationStatus).toBeUndefined();
        await check();
        expect(job.ValidationStatus).toBe('FAILED');
        expect(told.length).toBeGreaterThan(0);
      },
    );

    it('gives up what does not answer before AWS Backup deletes it, and not earlier', async () => {
      for (const [hoursLater, verdict] of [
        [1, undefined],
        [3.9, 'FAILED'],
      ] as const) {
        const { told, job, check } = runOn({
          bucket: 'no-such-bucket',
          hoursLater,
          job: { CreatedResourceArn: 'arn:aws:s3:::awsbackup-restore-test-1' },
        });
        await check().catch(() => {});
        expect(job.ValidationStatus).toBe(verdict);
        expect(told.join()).toMatch(verdict ? /could not be read within 4 hours/ : /^$/);
      }
    });

    it('reads no bucket that AWS Backup did not name after a restore test', async () => {
      const { check } = runOn({ job: { CreatedResourceArn: `arn:aws:s3:::${live}` } });
      await expect(check()).rejects.toThrow('is not the copy of a restore test');
    });

    it('asks once a month after copies that were never made, and that AWS Backup could not delete', async () => {
      const about = async (job: Partial<RestoreJobsListMember>) => {
        const { told, settings, tools } = runOn({ job });
        await askAfterBuckets(settings, tools);
        return told.join();
      };
      expect(await about({ ValidationStatus: 'SUCCESSFUL', DeletionStatus: 'DELETING' })).toBe('');
      expect(await about({ Status: 'FAILED' })).toMatch(/no restore of the files was tested/);
      expect(await about({ DeletionStatus: 'FAILED', CreatedResourceArn: 'arn:aws:s3:::copy' })).toMatch(
        /could not delete the copy .*arn:aws:s3:::copy/,
      );
    });
  },
);
