import {
  CreateDBInstanceCommand,
  type DBCluster,
  type DBInstance,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { everyPage } from '../../lambda/every-page.ts';

/** Not serverless: the capacity of a cluster does not come back with its snapshot. The smallest both engines take. */
const readerClass = 'db.t4g.medium';

/** A restored database as it stands now. */
export interface Copy {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly username: string | undefined;
  readonly engine: 'postgres' | 'mysql';
  readonly keyArn: string | undefined;
  readonly groups: readonly string[];
  readonly public: boolean;
  /** Whether it takes connections. */
  readonly available: boolean;
  /** Whether it is being deleted. */
  readonly leaving: boolean;
  /** Of Aurora: whether the cluster has an instance. */
  readonly hasInstance: boolean;
  /** Sets the password of the administrator of this copy; it takes effect within minutes. */
  setPassword(password: string): Promise<void>;
  /** Of Aurora, which is restored without an instance: makes one that can be connected to. */
  addInstance(): Promise<void>;
  /**
   * Takes that instance away: AWS Backup deletes what carries its tag, which this one does not, and no cluster that has one.
   * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSServiceRolePolicyForBackupRestoreTesting.html
   */
  removeInstance(): Promise<void>;
  /** Deletes it as a whole. */
  remove(): Promise<void>;
}

/**
 * @param arn as AWS Backup says it
 * @param own what the function may touch, as ARNs with a `*` at the end
 * @returns undefined when it does not exist (any more)
 * @throws Error for an ARN that no restore test made
 */
export async function restoredCopy(
  arn: string,
  own: readonly string[],
  client: RDSClient,
): Promise<Copy | undefined> {
  const [, , , , , kind, identifier = ''] = arn.split(':');
  const isOwn = own.some((pattern) => pattern.endsWith('*') && arn.startsWith(pattern.slice(0, -1)));
  if (!isOwn || (kind !== 'cluster' && kind !== 'db'))
    throw new Error(`${arn} is not the copy of a restore test`);
  return kind === 'cluster' ? await clusterCopy(identifier, client) : await instanceCopy(identifier, client);
}

async function instanceCopy(identifier: string, client: RDSClient): Promise<Copy | undefined> {
  const found = await instanceNamed(identifier, client);
  if (!found) return undefined;
  return {
    ...placeOf(found),
    host: found.Endpoint?.Address,
    port: found.Endpoint?.Port,
    public: found.PubliclyAccessible === true,
    available: isAvailable(found),
    leaving: found.DBInstanceStatus === 'deleting',
    hasInstance: true,
    async setPassword(MasterUserPassword) {
      await client.send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier: identifier,
          MasterUserPassword,
          ApplyImmediately: true,
        }),
      );
    },
    async addInstance() {},
    async removeInstance() {},
    async remove() {
      await client.send(deletion(identifier));
    },
  };
}

async function clusterCopy(identifier: string, client: RDSClient): Promise<Copy | undefined> {
  const found = await unlessGone(async () => {
    const pages = paginateDescribeDBClusters({ client }, { DBClusterIdentifier: identifier });
    return (await everyPage(pages, ({ DBClusters }) => DBClusters))[0];
  });
  if (!found) return undefined;
  // At most 63 characters, and no two hyphens in a row.
  const reader = `${identifier.slice(0, 57).replace(/-$/, '')}-read`;
  const instance = await instanceNamed(reader, client);
  const remove = async () => {
    if (instance && instance.DBInstanceStatus !== 'deleting') await client.send(deletion(reader));
  };
  return {
    ...placeOf(found),
    host: found.Endpoint,
    port: found.Port,
    public: instance?.PubliclyAccessible === true,
    available: found.Status === 'available' && instance !== undefined && isAvailable(instance),
    leaving: found.Status === 'deleting',
    hasInstance: instance !== undefined,
    async setPassword(MasterUserPassword) {
      await client.send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: identifier,
          MasterUserPassword,
          ApplyImmediately: true,
        }),
      );
    },
    async addInstance() {
      await client.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: reader,
          DBClusterIdentifier: identifier,
          DBInstanceClass: readerClass,
          Engine: found.Engine,
          PubliclyAccessible: false,
        }),
      );
    },
    removeInstance: remove,
    async remove() {
      await remove();
      await client.send(
        new DeleteDBClusterCommand({ DBClusterIdentifier: identifier, SkipFinalSnapshot: true }),
      );
    },
  };
}

function placeOf({
  Engine,
  MasterUsername,
  KmsKeyId,
  StorageEncrypted,
  VpcSecurityGroups,
}: DBCluster | DBInstance): Pick<Copy, 'engine' | 'username' | 'keyArn' | 'groups'> {
  return {
    engine: Engine?.includes('postgres') ? 'postgres' : 'mysql',
    username: MasterUsername,
    keyArn: StorageEncrypted ? KmsKeyId : undefined,
    groups: (VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
  };
}

function isAvailable({ DBInstanceStatus, PendingModifiedValues }: DBInstance): boolean {
  return DBInstanceStatus === 'available' && PendingModifiedValues?.MasterUserPassword === undefined;
}

function deletion(identifier: string): DeleteDBInstanceCommand {
  return new DeleteDBInstanceCommand({
    DBInstanceIdentifier: identifier,
    SkipFinalSnapshot: true,
    DeleteAutomatedBackups: true,
  });
}

async function instanceNamed(identifier: string, client: RDSClient): Promise<DBInstance | undefined> {
  return await unlessGone(async () => {
    const pages = paginateDescribeDBInstances({ client }, { DBInstanceIdentifier: identifier });
    return (await everyPage(pages, ({ DBInstances }) => DBInstances))[0];
  });
}

async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /^DB(Cluster|Instance)NotFound/.test(error.name)) return undefined;
    throw error;
  }
}
