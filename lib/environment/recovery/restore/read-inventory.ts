import {
  type BackupClient,
  DescribeBackupVaultCommand,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import {
  type DBCluster,
  type DBInstance,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { UserError } from '../../../cli/user-error.ts';
import { everyPage } from '../../lambda/every-page.ts';
import type { DatabasePlace, Inventory, LiveDatabase, Point, StoreType } from './inventory.ts';

export interface Asked {
  readonly region: string;
  readonly vault: string;
  /** Identifier of the database whose place is taken; undefined when no environment stands in the region. */
  readonly database: string | undefined;
}

const types: readonly string[] = ['Aurora', 'RDS', 'EFS', 'S3'] satisfies StoreType[];
const day = 86_400_000;

/**
 * What there is to restore from in one region, and where to.
 *
 * @throws UserError when the vault does not exist
 */
export async function readInventory(
  { region, vault, database }: Asked,
  { backup, rds, now }: { backup: BackupClient; rds: RDSClient; now: () => Date },
): Promise<Inventory> {
  const described = await unlessNamed(/^ResourceNotFoundException$|^AccessDeniedException$/, () =>
    backup.send(new DescribeBackupVaultCommand({ BackupVaultName: vault })),
  );
  if (!described)
    throw new UserError([
      `found no vault ${vault} in ${region}: choose another --environment or --region, or sign in to the account of the shop`,
    ]);
  const pages = paginateListRecoveryPointsByBackupVault({ client: backup }, { BackupVaultName: vault });
  const points = await everyPage(pages, ({ RecoveryPoints }) => RecoveryPoints);
  return {
    region,
    vault,
    vaultKeyArn: described.EncryptionKeyArn,
    points: points.flatMap((point): Point[] =>
      point.ResourceType !== undefined && types.includes(point.ResourceType) && point.CreationDate
        ? [
            {
              arn: point.RecoveryPointArn ?? '',
              store: point.ResourceArn ?? '',
              type: point.ResourceType as StoreType,
              made: point.CreationDate,
              status: point.Status ?? 'UNKNOWN',
              bytes: point.BackupSizeInBytes,
              keyArn: point.EncryptionKeyArn,
              roleArn: point.IamRoleArn ?? '',
            },
          ]
        : [],
    ),
    database: database === undefined ? undefined : await liveDatabase(database, rds, now()),
  };
}

async function liveDatabase(
  identifier: string,
  client: RDSClient,
  now: Date,
): Promise<LiveDatabase | undefined> {
  const cluster = await clusterNamed(identifier, client);
  if (cluster) {
    const members = (cluster.DBClusterMembers ?? []).toSorted(
      (a, b) => Number(b.IsClusterWriter ?? false) - Number(a.IsClusterWriter ?? false),
    );
    const { MinCapacity: min = 0, MaxCapacity: max = 0 } = cluster.ServerlessV2ScalingConfiguration ?? {};
    return {
      kind: 'cluster',
      identifier,
      engine: cluster.Engine ?? '',
      keyArn: cluster.KmsKeyId,
      members: members.flatMap(({ DBInstanceIdentifier }) => DBInstanceIdentifier ?? []),
      place: {
        ...placeOf(cluster),
        subnetGroup: cluster.DBSubnetGroup ?? '',
        parameterGroup: cluster.DBClusterParameterGroup,
        instanceClass: 'db.serverless',
        scaling: max > 0 ? { min, max } : undefined,
        port: cluster.Port ?? 0,
      },
      earliest: cluster.EarliestRestorableTime ?? now,
      latest: cluster.LatestRestorableTime ?? now,
    };
  }
  const instance = await instanceNamed(identifier, client);
  if (!instance) return undefined;
  const kept = now.getTime() - (instance.BackupRetentionPeriod ?? 0) * day;
  return {
    kind: 'db',
    identifier,
    engine: instance.Engine ?? '',
    keyArn: instance.KmsKeyId,
    members: [],
    place: {
      ...placeOf(instance),
      subnetGroup: instance.DBSubnetGroup?.DBSubnetGroupName ?? '',
      parameterGroup: instance.DBParameterGroups?.[0]?.DBParameterGroupName,
      optionGroup: instance.OptionGroupMemberships?.[0]?.OptionGroupName,
      instanceClass: instance.DBInstanceClass ?? '',
      scaling: undefined,
      port: instance.DbInstancePort || (instance.Endpoint?.Port ?? 0),
    },
    // RDS says only how far the end of the window is: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
    earliest: new Date(Math.max(kept, instance.InstanceCreateTime?.getTime() ?? kept)),
    latest: instance.LatestRestorableTime ?? now,
  };
}

function placeOf({ VpcSecurityGroups = [] }: DBCluster | DBInstance): Pick<DatabasePlace, 'groups'> {
  return { groups: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []) };
}

export async function clusterNamed(identifier: string, client: RDSClient): Promise<DBCluster | undefined> {
  return await unlessNamed(/^DBClusterNotFound/, async () => {
    const pages = paginateDescribeDBClusters({ client }, { DBClusterIdentifier: identifier });
    return (await everyPage(pages, ({ DBClusters }) => DBClusters))[0];
  });
}

export async function instanceNamed(identifier: string, client: RDSClient): Promise<DBInstance | undefined> {
  return await unlessNamed(/^DBInstanceNotFound/, async () => {
    const pages = paginateDescribeDBInstances({ client }, { DBInstanceIdentifier: identifier });
    return (await everyPage(pages, ({ DBInstances }) => DBInstances))[0];
  });
}

async function unlessNamed<T>(missing: RegExp, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && missing.test(error.name)) return undefined;
    throw error;
  }
}
