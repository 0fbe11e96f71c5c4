import { createHash } from 'node:crypto';
import { type BackupClient, DescribeRestoreJobCommand, StartRestoreJobCommand } from '@aws-sdk/client-backup';
import {
  CreateDBInstanceCommand,
  type DBCluster,
  type DBInstance,
  type RDSClient,
  RestoreDBClusterFromSnapshotCommand,
  RestoreDBClusterToPointInTimeCommand,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { inLanguage } from '../../../cli/output.ts';
import { UserError } from '../../../cli/user-error.ts';
import type { DatabasePlace } from './inventory.ts';
import { memberNames, type RestorePlan, type Step } from './plan-restore.ts';
import { clusterNamed, instanceNamed } from './read-inventory.ts';
import { sayStep } from './say-plan.ts';

export interface RestoreContext {
  readonly backup: BackupClient;
  readonly rds: RDSClient;
  readonly now: () => Date;
  readonly pause: (seconds: number) => Promise<void>;
  /** Tells the operator, one line at a time. */
  readonly say: (line: string) => void;
}

type DatabaseStep = Exclude<Step, { kind: 'files' }>;

const pollSeconds = 30;
/** A terabyte takes hours; a restore that stands still for longer has failed. */
const longestSeconds = 12 * 60 * 60;

/**
 * Makes each copy and waits for it. What is there already is taken up: whoever was interrupted asks for the same again.
 *
 * @returns minutes that each step took, in the order of the steps
 * @throws UserError when a copy does not come up, or not as it was asked for
 */
export async function runRestore({ steps }: RestorePlan, context: RestoreContext): Promise<number[]> {
  const minutes: number[] = [];
  for (const step of steps) {
    const began = context.now().getTime();
    context.say(`${inLanguage(sayStep(step))} …`);
    if (step.kind === 'files') await restoreFiles(step, context);
    else await restoreDatabase(step, context);
    const took = Math.ceil((context.now().getTime() - began) / 60_000);
    minutes.push(took);
    context.say(`done after ${took} minutes`);
  }
  return minutes;
}

async function restoreDatabase(step: DatabaseStep, context: RestoreContext): Promise<void> {
  const { isCluster, members } = shapeOf(step);
  await (isCluster ? restoreCluster(step, members, context) : restoreInstance(step, context));
}

/** Of a copy whose original is gone as of one that runs. */
function shapeOf(step: DatabaseStep): { readonly isCluster: boolean; readonly members: number } {
  return step.kind === 'database-to-moment'
    ? { isCluster: step.from.kind === 'cluster', members: Math.max(1, step.from.members.length) }
    : { isCluster: step.point.type === 'Aurora', members: 1 };
}

async function restoreCluster(step: DatabaseStep, members: number, context: RestoreContext): Promise<void> {
  const { rds } = context;
  const place = step.kind === 'database-to-moment' ? step.from.place : step.place;
  if (!(await clusterNamed(step.to, rds))) {
    const common = {
      DBClusterIdentifier: step.to,
      ...placed(place),
      DBClusterParameterGroupName: place.parameterGroup,
      ServerlessV2ScalingConfiguration: place.scaling && {
        MinCapacity: place.scaling.min,
        MaxCapacity: place.scaling.max,
      },
    };
    if (step.kind === 'database-to-moment')
      await rds.send(
        new RestoreDBClusterToPointInTimeCommand({
          ...common,
          SourceDBClusterIdentifier: step.from.identifier,
          RestoreToTime: step.at,
        }),
      );
    else
      await rds.send(
        new RestoreDBClusterFromSnapshotCommand({
          ...common,
          SnapshotIdentifier: step.point.arn,
          Engine: step.engine,
        }),
      );
  }
  const cluster = await available(step.to, 'Status', () => clusterNamed(step.to, rds), context);
  for (const instance of memberNames(step.to, members)) {
    if (await instanceNamed(instance, rds)) continue;
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: instance,
        DBClusterIdentifier: step.to,
        DBInstanceClass: place.instanceClass,
        Engine: cluster.Engine,
        PubliclyAccessible: false,
      }),
    );
  }
  for (const name of memberNames(step.to, members)) {
    const instance = await available(name, 'DBInstanceStatus', () => instanceNamed(name, rds), context);
    assertPlaced(step, cluster, instance.PubliclyAccessible === true);
  }
}

async function restoreInstance(step: DatabaseStep, context: RestoreContext): Promise<void> {
  const { rds } = context;
  const place = step.kind === 'database-to-moment' ? step.from.place : step.place;
  if (!(await instanceNamed(step.to, rds))) {
    const common = {
      ...placed(place),
      DBInstanceClass: place.instanceClass,
      DBParameterGroupName: place.parameterGroup,
      OptionGroupName: place.optionGroup,
      PubliclyAccessible: false,
    };
    if (step.kind === 'database-to-moment')
      await rds.send(
        new RestoreDBInstanceToPointInTimeCommand({
          ...common,
          TargetDBInstanceIdentifier: step.to,
          SourceDBInstanceIdentifier: step.from.identifier,
          RestoreTime: step.at,
        }),
      );
    else
      await rds.send(
        new RestoreDBInstanceFromDBSnapshotCommand({
          ...common,
          DBInstanceIdentifier: step.to,
          DBSnapshotIdentifier: step.point.arn,
        }),
      );
  }
  const instance = await available(step.to, 'DBInstanceStatus', () => instanceNamed(step.to, rds), context);
  assertPlaced(step, instance, instance.PubliclyAccessible === true);
}

/** As RDS takes it for every kind; left out, each of these would be a default of the account. */
function placed({ subnetGroup, groups, port }: DatabasePlace) {
  return {
    DBSubnetGroupName: subnetGroup,
    VpcSecurityGroupIds: [...groups],
    Port: port,
    EnableIAMDatabaseAuthentication: true,
    CopyTagsToSnapshot: true,
    DeletionProtection: true,
  };
}

/** A copy holds customers' data: one that stands elsewhere, or under another key, is not used. */
function assertPlaced(step: DatabaseStep, copy: DBCluster | DBInstance, isPublic: boolean): void {
  const { groups } = step.kind === 'database-to-moment' ? step.from.place : step.place;
  const expectedKey = step.kind === 'database-to-moment' ? step.from.keyArn : step.point.keyArn;
  const found = (copy.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []);
  const problems = [
    ...(copy.KmsKeyId === expectedKey
      ? []
      : [`is encrypted with ${copy.KmsKeyId ?? 'no key'} instead of ${expectedKey}`]),
    ...(found.toSorted().join() === groups.toSorted().join()
      ? []
      : [`has the security groups ${found.join(', ') || '(none)'} instead of ${groups.join(', ')}`]),
    ...(isPublic ? ['has a public address'] : []),
  ];
  if (problems.length > 0)
    throw new UserError(
      problems.map((each) => `the copy ${step.to} ${each}: do not switch to it; delete it in RDS`),
    );
}

async function available<Status extends string, T extends { readonly [key in Status]?: string | undefined }>(
  name: string,
  status: Status,
  look: () => Promise<T | undefined>,
  { pause, say }: RestoreContext,
): Promise<T> {
  let told = '';
  for (let waited = 0; waited < longestSeconds; waited += pollSeconds) {
    const found = await look();
    const state: string = found?.[status] ?? 'not there yet';
    if (found && state === 'available') return found;
    if (/failed|incompatible|inaccessible/.test(state))
      throw new UserError([
        `${name} is ${state}: RDS, "Events", names the cause. "inaccessible-encryption-credentials" means that its key is not ours to use`,
      ]);
    if (state !== told) say(`  ${name}: ${state}`);
    told = state;
    await pause(pollSeconds);
  }
  throw new UserError([`${name} is still ${told} after 12 hours: see RDS, "Events"`]);
}

async function restoreFiles(
  { point, metadata }: Extract<Step, { kind: 'files' }>,
  { backup, pause, say }: RestoreContext,
): Promise<void> {
  // The same token is the same job, however often it is asked for.
  const token = createHash('sha256')
    .update(JSON.stringify([point.arn, metadata]))
    .digest('hex');
  const { RestoreJobId } = await backup.send(
    new StartRestoreJobCommand({
      RecoveryPointArn: point.arn,
      IamRoleArn: point.roleArn,
      ResourceType: point.type,
      Metadata: { ...metadata },
      IdempotencyToken: token,
    }),
  );
  let told = '';
  for (let waited = 0; waited < longestSeconds; waited += pollSeconds) {
    const job = await backup.send(new DescribeRestoreJobCommand({ RestoreJobId }));
    const { Status = 'PENDING', PercentDone = '', StatusMessage = '' } = job;
    if (Status === 'COMPLETED') return;
    if (Status === 'ABORTED' || Status === 'FAILED')
      throw new UserError([
        `AWS Backup did not restore the files (${Status}): ${StatusMessage || 'it names no cause'}`,
      ]);
    const state = `${Status.toLowerCase()} ${PercentDone}`.trim();
    if (state !== told) say(`  files: ${state}`);
    told = state;
    await pause(pollSeconds);
  }
  throw new UserError([`AWS Backup is still restoring files after 12 hours: job ${RestoreJobId}`]);
}
