import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../lib/cli/user-error.ts';
import type { Environment, Shop } from '../../../../lib/config/index.ts';
import { type RestoreOptions, restore } from '../../../../lib/environment/recovery/restore/restore.ts';
import { Region } from './stand-in.ts';

const production = { name: 'production', region: 'ap-northeast-1', disposable: false };
const rescue = { name: 'rescue', region: 'ap-northeast-3', disposable: false };

function ask(region: Region, options: RestoreOptions, environments: object = { production }): Promise<void> {
  const shop = { name: 'shop', environments } as unknown as Shop;
  return restore(shop, production as Environment, options, () => region.tools());
}

async function refusal(asked: Promise<void>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).problems.join('\n');
}

const at = '2026-11-29T10:00+09:00';
const stores = () => new Region().withCluster('shop-production').withBackups('Aurora').withBackups('EFS');
const namesOf = (region: Region) => region.changes.flatMap((change) => Object.keys(change));

describe('secure-shop restore', () => {
  it('without a moment shows what there is, and does nothing', async () => {
    const region = stores();
    await ask(region, {});
    const said = region.said.join('\n');
    expect(said).toContain('any second from 2026-10-25T00:00Z to 2026-11-29T05:55Z');
    expect(said).toContain('Aurora in shop-production-backups (ap-northeast-1): 4 backups');
    expect(said).toContain('2026-11-28T18:00Z');
    expect(region.changes).toEqual([]);
  });

  it('makes database and files of a moment beside what runs, in the same place', async () => {
    const region = stores();
    await ask(region, { at });
    expect(region.changes).toEqual([
      {
        RestoreDBClusterToPointInTimeCommand: expect.objectContaining({
          SourceDBClusterIdentifier: 'shop-production',
          DBClusterIdentifier: 'shop-production-r202611290100',
          RestoreToTime: new Date(at),
          DBSubnetGroupName: 'data',
          DBClusterParameterGroupName: 'tls-only',
          VpcSecurityGroupIds: ['sg-database'],
          ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 },
          EnableIAMDatabaseAuthentication: true,
          DeletionProtection: true,
        }),
      },
      {
        CreateDBInstanceCommand: expect.objectContaining({
          DBInstanceIdentifier: 'shop-production-r202611290100-1',
          DBInstanceClass: 'db.serverless',
          PubliclyAccessible: false,
        }),
      },
      {
        StartRestoreJobCommand: expect.objectContaining({
          ResourceType: 'EFS',
          Metadata: { 'file-system-id': 'fs-1', newFileSystem: 'false', Encrypted: 'true' },
        }),
      },
    ]);
    const said = region.said.join('\n');
    expect(said).toContain('the backup of the files is of 2026-11-28T18:00Z');
    expect(said).toContain(
      '--db-cluster-identifier shop-production --new-db-cluster-identifier shop-production-old',
    );
    expect(said).toContain(
      '--db-instance-identifier shop-production-r202611290100-1 --new-db-instance-identifier shop-production-writer',
    );
    expect(said.indexOf('shop-production-old')).toBeLessThan(said.indexOf('rotate database'));
  });

  it('says what it would do, and does nothing, when it is asked to', async () => {
    const region = stores();
    await ask(region, { at, dryRun: true });
    expect(region.said.join('\n')).toContain('make shop-production-r202611290100 beside shop-production');
    expect(region.changes).toEqual([]);
  });

  it.each([1, 2])(
    'goes on where it was cut off after %d changes, and makes nothing twice',
    async (cutAfter) => {
      const region = stores();
      region.cutAfter = cutAfter;
      await expect(ask(region, { at })).rejects.toThrow('closed');
      await ask(region, { at });
      expect(namesOf(region)).toEqual([
        'RestoreDBClusterToPointInTimeCommand',
        'CreateDBInstanceCommand',
        'StartRestoreJobCommand',
      ]);
      await ask(region, { at });
      expect(region.changes).toHaveLength(3);
    },
  );

  it('brings an instance back with its class, its audit and its parameters', async () => {
    const region = new Region().withInstance('shop-production').withBackups('RDS');
    await ask(region, { at, what: 'database' });
    expect(region.changes).toEqual([
      {
        RestoreDBInstanceToPointInTimeCommand: expect.objectContaining({
          SourceDBInstanceIdentifier: 'shop-production',
          DBInstanceClass: 'db.t4g.micro',
          DBParameterGroupName: 'tls-only',
          OptionGroupName: 'audit',
          PubliclyAccessible: false,
        }),
      },
    ]);
  });

  it('takes the last backup before a moment that RDS no longer knows', async () => {
    const region = stores();
    const earliest = new Date('2026-11-28T23:00:00Z');
    Object.assign(region.clusters.get('shop-production') ?? {}, { EarliestRestorableTime: earliest });
    await ask(region, { at: '2026-11-27T20:00Z', what: 'database' });
    expect(region.changes[0]).toEqual({
      RestoreDBClusterFromSnapshotCommand: expect.objectContaining({
        SnapshotIdentifier: expect.stringContaining('Aurora-27'),
      }),
    });
    expect(region.said.join('\n')).toContain('what came in the 2.0 hours after it is not in it');
  });

  it('writes the objects of a bucket into a new one', async () => {
    const region = new Region().withCluster('shop-production').withBackups('S3');
    await ask(region, { at, what: 'files' });
    expect(region.changes).toEqual([
      {
        StartRestoreJobCommand: expect.objectContaining({
          Metadata: expect.objectContaining({
            NewBucket: 'true',
            DestinationBucketName: 'shop-production-r202611290100-111122223333',
            EncryptionType: 'SSE-KMS',
          }),
        }),
      },
    ]);
  });

  it('gives the new bucket a name that S3 takes, of the longest shop as well', async () => {
    const [name, long] = ['shop-with-a-long-nam', { ...production, name: 'environment-long' }];
    const region = new Region().withCluster(`${name}-${long.name}`).withBackups('S3');
    const shop = { name, environments: { [long.name]: long } } as unknown as Shop;
    await restore(shop, long as Environment, { at, what: 'files' }, () => region.tools());
    const written = /"DestinationBucketName":"([^"]*)"/.exec(JSON.stringify(region.changes))?.[1];
    expect(written).toBe('shop-with-a-long-nam-environment-lon-r202611290100-111122223333');
    expect(written).toHaveLength(63);
  });

  it('keeps JSON free of progress', async () => {
    const region = stores();
    await ask(region, { at, json: true });
    expect(region.said).toHaveLength(1);
    expect(region.told.join('\n')).toContain('goes on where it was');
    expect(JSON.parse(region.said[0] ?? '')).toMatchObject({
      inventory: { region: 'ap-northeast-1' },
      plan: { steps: [expect.any(Object), expect.any(Object)] },
      minutes: [expect.any(Number), 0],
      next: expect.any(Array),
    });
  });
});

describe('a restore into the second region', () => {
  it('stands where the environment of that region stands', async () => {
    const region = new Region().withCluster('shop-rescue').withBackups('Aurora').withBackups('EFS');
    await ask(region, { at, region: 'ap-northeast-3' }, { production, rescue });
    expect(namesOf(region)).toEqual([
      'RestoreDBClusterFromSnapshotCommand',
      'CreateDBInstanceCommand',
      'StartRestoreJobCommand',
    ]);
    expect(JSON.stringify(region.changes)).toContain('"newFileSystem":"true"');
  });

  it('says what has to stand there first', async () => {
    const region = new Region().withBackups('Aurora');
    expect(await refusal(ask(region, { at, region: 'ap-northeast-3' }))).toContain(
      'nothing of the shop stands in ap-northeast-3',
    );
  });

  it('names the regions that have backups', async () => {
    expect(await refusal(ask(new Region(), { region: 'us-east-1' }))).toContain(
      'backups are in ap-northeast-1 and ap-northeast-3',
    );
  });
});

describe('a backup that is no good', () => {
  it.each([
    ['empty', { BackupSizeInBytes: 0 }, 'it is empty'],
    [
      'half',
      { BackupSizeInBytes: 500 },
      'it has 500 bytes, where others of the store have 1026: it may be half',
    ],
    ['unfinished', { Status: 'PARTIAL' as const }, 'its status is PARTIAL'],
    ['not encrypted', { EncryptionKeyArn: undefined }, 'it is not encrypted'],
    [
      'encrypted by somebody else',
      { EncryptionKeyArn: 'arn:aws:kms:ap-northeast-1:999999999999:key/theirs' },
      'it is encrypted with arn:aws:kms:ap-northeast-1:999999999999:key/theirs',
    ],
  ])('because it is %s is told, and the one before it is taken', async (_, last, says) => {
    const region = new Region().withCluster('shop-production').withBackups('EFS', last);
    await ask(region, { at, what: 'files' });
    const said = region.said.join('\n');
    expect(said).toContain(`the backup of 2026-11-28T18:00Z is passed over: ${says}`);
    expect(JSON.stringify(region.changes)).toContain('EFS-27');
    expect(said).toContain('there should have been a later one');
  });

  it('of small differences from day to day is taken', async () => {
    const region = new Region().withCluster('shop-production').withBackups('EFS', { BackupSizeInBytes: 900 });
    await ask(region, { at, what: 'files' });
    expect(JSON.stringify(region.changes)).toContain('EFS-28');
  });

  it('leaves nothing when there is no other', async () => {
    const region = new Region()
      .withCluster('shop-production')
      .withBackups('EFS', ...Array.from({ length: 4 }, () => ({ Status: 'EXPIRED' as const })));
    const says = await refusal(ask(region, { at, what: 'files' }));
    expect(says).toContain('there is no good backup of the files');
    expect(region.changes).toEqual([]);
  });

  it.each([
    [{ KmsKeyId: 'theirs' }, 'is encrypted with theirs instead of'],
    [{ VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-default' }] }, 'has the security groups sg-default'],
  ])('shows at the copy: %j', async (twisted, says) => {
    const region = stores();
    region.twist = (made) => Object.assign(made, twisted);
    expect(await refusal(ask(region, { at, what: 'database' }))).toContain(says);
  });

  it('shows by a copy that RDS cannot open', async () => {
    const region = stores();
    region.twist = (made) => {
      if ('Status' in made) made.Status = 'inaccessible-encryption-credentials';
    };
    expect(await refusal(ask(region, { at, what: 'database' }))).toContain('its key is not ours to use');
  });

  it('is told by the job that could not read it', async () => {
    const region = stores();
    region.jobEnds = 'FAILED';
    expect(await refusal(ask(region, { at, what: 'files' }))).toContain('Access to the key was denied');
  });
});

describe('what is typed', () => {
  it.each([
    [{ at: '2026-11-29 03:00' }, 'with its time zone'],
    [{ at: 'yesterday' }, 'with its time zone'],
    [{ at: '2026-13-29T03:00Z' }, 'with its time zone'],
    [{ at: '2027-01-01T00:00Z' }, 'has not come yet'],
    [{ at, what: 'everything' }, 'write one of database, files, both'],
  ])('wrong, as %j, is refused in words', async (options, says) => {
    const region = stores();
    expect(await refusal(ask(region, options))).toContain(says);
    expect(region.changes).toEqual([]);
  });
});
