import {
  BackupClient,
  type ListRestoreJobsCommandOutput,
  PutRestoreValidationResultCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import {
  CreateDBInstanceCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { generatePassword } from '../../../../lib/environment/credentials/rotation/password.ts';
import type {
  RestoreSettings,
  RestoreTools,
} from '../../../../lib/environment/recovery/restored/check-restores.ts';
import { adminPassword, type DatabaseServer } from '../../credentials/support/servers.ts';

export const keyArn = 'arn:aws:kms:ap-northeast-1:111122223333:key/customer-data';
export const group = 'sg-restored';
export const start = new Date('2027-01-15T18:00:00Z');

/** An account in which AWS Backup has restored a database, of which a real server plays the part. */
export class Account {
  /** Calls that changed something, in their order. */
  readonly calls: string[] = [];
  readonly told: string[] = [];
  readonly measured: { minutes: number; rows: Readonly<Record<string, number>> | undefined }[] = [];
  before: Readonly<Record<string, number>> = {};
  now = new Date(start.getTime() + 20 * 60_000);
  /** The name of the call at which the function is killed, once. */
  killedAt: string | undefined;
  key: string | undefined = keyArn;
  groups = [group];
  standing = true;
  /** How many more looks it takes until the instance is there. */
  looks = 1;
  readonly job: RestoreJobsListMember;
  private readonly server: DatabaseServer;
  private readonly kind: 'cluster' | 'db';
  private instance: string | undefined;

  constructor(server: DatabaseServer, type: 'Aurora' | 'RDS') {
    this.server = server;
    this.kind = type === 'Aurora' ? 'cluster' : 'db';
    this.instance = type === 'RDS' ? 'available' : undefined;
    this.job = {
      RestoreJobId: 'job-1',
      Status: 'COMPLETED',
      ResourceType: type,
      CreatedResourceArn: `arn:aws:rds:ap-northeast-1:111122223333:${this.kind}:awsbackup-restore-test-0123456789ab`,
      CreationDate: start,
      CompletionDate: new Date(start.getTime() + 15 * 60_000),
      RecoveryPointCreationDate: new Date('2027-01-14T18:30:00Z'),
    };
  }

  get hasInstance(): boolean {
    return this.instance !== undefined;
  }

  settings(contents: RestoreSettings['contents'], database: string): RestoreSettings {
    const resources = ['cluster', 'db'].map(
      (kind) => `arn:aws:rds:ap-northeast-1:111122223333:${kind}:awsbackup-restore-test-*`,
    );
    return { planArn: 'plan', database, contents, keyArn, group, resources, windowHours: 4 };
  }

  tools(): RestoreTools {
    const options = { region: 'ap-northeast-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
    const send = (command: object) => this.answer(command);
    return {
      backup: Object.assign(new BackupClient(options), { send }),
      rds: Object.assign(new RDSClient(options), { send }),
      connect: databasesTrusting(this.server.authority.pem).connect,
      newPassword: generatePassword,
      now: () => this.now,
      interval: 10,
      rowsBefore: async () => this.before,
      measure: (minutes, rows) => {
        this.measured.push({ minutes, rows });
      },
      tell: async (message) => {
        this.call('tell');
        this.told.push(message);
      },
    };
  }

  async putPasswordBack(): Promise<void> {
    await this.setPassword(adminPassword);
  }

  private call(name: string): void {
    if (this.killedAt === name) {
      this.killedAt = undefined;
      throw new Error(`killed at ${name}`);
    }
    this.calls.push(name);
  }

  private async answer(command: object): Promise<object> {
    if (command instanceof DescribeDBClustersCommand) {
      if (!this.standing || this.kind !== 'cluster') throw named('DBClusterNotFoundFault');
      return { DBClusters: [this.described('Status', 'available')] };
    }
    if (command instanceof DescribeDBInstancesCommand) {
      if (!this.standing || this.instance === undefined) throw named('DBInstanceNotFoundFault');
      if (this.instance === 'creating' && this.looks-- <= 0) this.instance = 'available';
      return { DBInstances: [this.described('DBInstanceStatus', this.instance)] };
    }
    if (command instanceof CreateDBInstanceCommand) {
      this.call('create');
      if (this.instance !== undefined) throw named('DBInstanceAlreadyExists');
      this.instance = 'creating';
    } else if (command instanceof ModifyDBClusterCommand || command instanceof ModifyDBInstanceCommand) {
      this.call('password');
      await this.setPassword(command.input.MasterUserPassword ?? '');
    } else if (command instanceof DeleteDBInstanceCommand) {
      this.call('delete instance');
      this.instance = this.kind === 'db' ? 'deleting' : undefined;
    } else if (command instanceof DeleteDBClusterCommand) {
      this.call('delete cluster');
      if (this.instance !== undefined) throw named('InvalidDBClusterStateFault');
      this.standing = false;
    } else if (command instanceof PutRestoreValidationResultCommand) {
      const { ValidationStatus, ValidationStatusMessage } = command.input;
      this.call(`verdict ${ValidationStatus}`);
      Object.assign(this.job, { ValidationStatus, ValidationStatusMessage });
    } else {
      const list: Omit<ListRestoreJobsCommandOutput, '$metadata'> = { RestoreJobs: [this.job] };
      return list;
    }
    return {};
  }

  private described(status: string, value: string): object {
    return {
      [status]: value,
      Engine: this.server.engine === 'postgres' ? 'aurora-postgresql' : 'aurora-mysql',
      MasterUsername: this.server.admin.username,
      Endpoint: this.kind === 'cluster' ? 'localhost' : { Address: 'localhost', Port: this.server.port },
      Port: this.server.port,
      StorageEncrypted: this.key !== undefined,
      KmsKeyId: this.key,
      VpcSecurityGroups: this.groups.map((VpcSecurityGroupId) => ({ VpcSecurityGroupId })),
    };
  }

  private async setPassword(password: string): Promise<void> {
    const root = await this.server.root();
    await root.query(
      this.server.engine === 'postgres'
        ? `ALTER ROLE rds_admin PASSWORD '${password}'`
        : `ALTER USER rds_admin@'%' IDENTIFIED BY '${password}'`,
    );
    await root.close();
  }
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
