import {
  BackupClient,
  DescribeBackupVaultCommand,
  DescribeRestoreJobCommand,
  ListRecoveryPointsByBackupVaultCommand,
  type RecoveryPointByBackupVault,
  StartRestoreJobCommand,
} from '@aws-sdk/client-backup';
import {
  CreateDBInstanceCommand,
  type DBCluster,
  type DBInstance,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';

export const vaultKey = 'arn:aws:kms:ap-northeast-1:111122223333:key/customer-data';
const arn = 'arn:aws:rds:ap-northeast-1:111122223333';

/** RDS and AWS Backup of one region: what is restored takes two looks to come up. */
export class Region {
  readonly changes: object[] = [];
  readonly said: string[] = [];
  /** Beside it. */
  readonly told: string[] = [];
  readonly clusters = new Map<string, DBCluster>();
  readonly instances = new Map<string, DBInstance>();
  points: RecoveryPointByBackupVault[] = [];
  now = new Date('2026-11-29T06:00:00Z');
  /** What RDS makes of what it was asked for. */
  twist: (made: DBCluster | DBInstance) => void = () => {};
  /** How the restore of files ends. */
  jobEnds = 'COMPLETED';
  /** Stops the process at this many changes, once. */
  cutAfter = Number.POSITIVE_INFINITY;
  private readonly jobs = new Map<string, string>();

  withCluster(identifier: string, members: readonly string[] = [`${identifier}-writer`]): this {
    this.clusters.set(identifier, {
      DBClusterIdentifier: identifier,
      Engine: 'aurora-postgresql',
      Status: 'available',
      KmsKeyId: vaultKey,
      Port: 15432,
      DBSubnetGroup: 'data',
      DBClusterParameterGroup: 'tls-only',
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-database' }],
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 },
      DBClusterMembers: members.map((name, index) => ({
        DBInstanceIdentifier: name,
        IsClusterWriter: index === 0,
      })),
      EarliestRestorableTime: new Date('2026-10-25T00:00:00Z'),
      LatestRestorableTime: new Date('2026-11-29T05:55:00Z'),
    });
    return this;
  }

  withInstance(identifier: string): this {
    this.instances.set(identifier, {
      DBInstanceIdentifier: identifier,
      Engine: 'mysql',
      DBInstanceStatus: 'available',
      DBInstanceClass: 'db.t4g.micro',
      KmsKeyId: vaultKey,
      Endpoint: { Address: 'localhost', Port: 15432 },
      DBSubnetGroup: { DBSubnetGroupName: 'data' },
      DBParameterGroups: [{ DBParameterGroupName: 'tls-only' }],
      OptionGroupMemberships: [{ OptionGroupName: 'audit' }],
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-database' }],
      BackupRetentionPeriod: 35,
      InstanceCreateTime: new Date('2026-01-01T00:00:00Z'),
      LatestRestorableTime: new Date('2026-11-29T05:55:00Z'),
    });
    return this;
  }

  /** A good backup of each day until the day before, unless something of it is said. */
  withBackups(type: 'Aurora' | 'RDS' | 'EFS' | 'S3', ...last: Partial<RecoveryPointByBackupVault>[]): this {
    const store = {
      Aurora: `${arn}:cluster:shop-production`,
      RDS: `${arn}:db:shop-production`,
      EFS: 'arn:aws:elasticfilesystem:ap-northeast-1:111122223333:file-system/fs-1',
      S3: 'arn:aws:s3:::shop-production-media-111122223333',
    }[type];
    const days = [28, 27, 26, 25];
    this.points.push(
      ...days.map((day, index) => ({
        RecoveryPointArn: `${arn}:snapshot:awsbackup-${type}-${day}`,
        ResourceArn: store,
        ResourceType: type,
        CreationDate: new Date(`2026-11-${day}T18:00:00Z`),
        Status: 'COMPLETED' as const,
        BackupSizeInBytes: type === 'Aurora' ? 0 : 1000 + day,
        EncryptionKeyArn: vaultKey,
        IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
        ...last[index],
      })),
    );
    return this;
  }

  tools() {
    const options = { region: 'ap-northeast-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
    const send = async (command: object) => this.answer(command);
    return {
      backup: Object.assign(new BackupClient(options), { send }),
      rds: Object.assign(new RDSClient(options), { send }),
      now: () => this.now,
      pause: async (seconds: number) => {
        this.now = new Date(this.now.getTime() + seconds * 1000);
      },
      print: (line: string) => {
        this.said.push(line);
      },
      progress: (line: string) => {
        this.told.push(line);
      },
      printJson: (document: object) => {
        this.said.push(JSON.stringify(document));
      },
    };
  }

  private change(command: { readonly input: object }): void {
    if (this.changes.length >= this.cutAfter) {
      this.cutAfter = Number.POSITIVE_INFINITY;
      throw new Error('the laptop was closed');
    }
    this.changes.push({ [command.constructor.name]: command.input });
  }

  private answer(command: object): object {
    if (command instanceof DescribeBackupVaultCommand) return { EncryptionKeyArn: vaultKey };
    if (command instanceof ListRecoveryPointsByBackupVaultCommand) return { RecoveryPoints: this.points };
    if (command instanceof DescribeDBClustersCommand) {
      const found = this.clusters.get(command.input.DBClusterIdentifier ?? '');
      if (!found) throw named('DBClusterNotFoundFault');
      return { DBClusters: [this.grown(found, 'Status')] };
    }
    if (command instanceof DescribeDBInstancesCommand) {
      const found = this.instances.get(command.input.DBInstanceIdentifier ?? '');
      if (!found) throw named('DBInstanceNotFoundFault');
      return { DBInstances: [this.grown(found, 'DBInstanceStatus')] };
    }
    if (command instanceof StartRestoreJobCommand) {
      const token = command.input.IdempotencyToken ?? '';
      if (!this.jobs.has(token)) {
        this.change(command);
        this.jobs.set(token, `job-${this.jobs.size + 1}`);
      }
      return { RestoreJobId: this.jobs.get(token) };
    }
    if (command instanceof DescribeRestoreJobCommand)
      return { Status: this.jobEnds, StatusMessage: 'Access to the key was denied' };
    return this.make(command);
  }

  private make(command: object): object {
    if (
      command instanceof RestoreDBClusterToPointInTimeCommand ||
      command instanceof RestoreDBClusterFromSnapshotCommand
    ) {
      this.change(command);
      const { DBClusterIdentifier: name = '', VpcSecurityGroupIds = [], DeletionProtection } = command.input;
      if (this.clusters.has(name)) throw named('DBClusterAlreadyExistsFault');
      this.clusters.set(
        name,
        this.made(
          { DeletionProtection, Engine: 'aurora-postgresql', Status: 'creating' },
          VpcSecurityGroupIds,
        ),
      );
      return {};
    }
    if (command instanceof CreateDBInstanceCommand) {
      this.change(command);
      this.instances.set(
        command.input.DBInstanceIdentifier ?? '',
        this.made({ DBInstanceStatus: 'creating' }, []),
      );
      return {};
    }
    if (
      command instanceof RestoreDBInstanceToPointInTimeCommand ||
      command instanceof RestoreDBInstanceFromDBSnapshotCommand
    ) {
      this.change(command);
      const { input } = command;
      const name = 'TargetDBInstanceIdentifier' in input ? input.TargetDBInstanceIdentifier : undefined;
      const other = 'DBInstanceIdentifier' in input ? input.DBInstanceIdentifier : undefined;
      this.instances.set(
        name ?? other ?? '',
        this.made({ DBInstanceStatus: 'creating' }, input.VpcSecurityGroupIds ?? []),
      );
      return {};
    }
    throw new Error(`nothing else may be asked: ${command.constructor.name}`);
  }

  private made<T extends DBCluster | DBInstance>(made: T, groups: readonly string[]): T {
    Object.assign(made, {
      KmsKeyId: vaultKey,
      VpcSecurityGroups: groups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId })),
    });
    this.twist(made);
    return made;
  }

  private grown<T extends DBCluster | DBInstance>(found: T, status: string): T {
    const before = { ...found };
    const known = found as Record<string, unknown>;
    if (known[status] === 'creating') known[status] = 'available';
    return before;
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
