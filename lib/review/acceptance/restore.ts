import {
  type BackupClient,
  CreateRestoreTestingPlanCommand,
  CreateRestoreTestingSelectionCommand,
  DeleteRestoreTestingPlanCommand,
  DeleteRestoreTestingSelectionCommand,
  DescribeBackupJobCommand,
  GetBackupSelectionCommand,
  paginateListBackupSelections,
  paginateListRestoreJobs,
  paginateListRestoreTestingPlans,
  type RestoreJobsListMember,
  StartBackupJobCommand,
} from '@aws-sdk/client-backup';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { ownResources } from '../status/own-resources.ts';
import { designed, type Operated } from '../status/question.ts';
import { type Ground, StepFailed } from './ground.ts';

/** A database as AWS Backup names its kind, and the part of its ARN that tells. */
const databaseKinds = [
  { type: 'Aurora', arn: /:rds:[^:]+:\d+:cluster:/ },
  { type: 'RDS', arn: /:rds:[^:]+:\d+:db:/ },
] as const;

interface Store {
  readonly arn: string;
  readonly role: string;
  readonly type: (typeof databaseKinds)[number]['type'];
}

const secondsBetweenLooks = 30;
/** Three hours: the test begins within one, restores in about half, and deletes what it made. */
const mostLooks = 360;
const minutesUntilTest = 5;

/**
 * Backs the database up now, and lets AWS Backup restore it into the environment's own network and delete it again: a
 * restore test, which a disposable environment has not by itself.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export function restore(ground: Ground): Promise<string> {
  return ground.read(async ({ operated }) => {
    const client = operated.aws.backup(operated.environment.region);
    const store = await databaseOf(operated, client);
    await backUp(store, operated, client, ground);
    const job = await testRestore(store, operated, client, ground);
    return `${store.type} was backed up and restored (${job.RestoreJobId}), and what was restored is deleted`;
  });
}

async function databaseOf(operated: Operated, client: BackupClient): Promise<Store> {
  for (const { id: BackupPlanId } of await ownResources(operated, 'AWS::Backup::BackupPlan')) {
    const pages = paginateListBackupSelections({ client }, { BackupPlanId });
    for (const { SelectionId } of await everyPage(
      pages,
      ({ BackupSelectionsList }) => BackupSelectionsList,
    )) {
      const { BackupSelection } = await client.send(
        new GetBackupSelectionCommand({ BackupPlanId, SelectionId }),
      );
      const { Resources = [], IamRoleArn: role } = BackupSelection ?? {};
      for (const { type, arn: pattern } of databaseKinds) {
        const arn = Resources.find((each) => pattern.test(each));
        if (arn !== undefined && role !== undefined) return { arn, role, type };
      }
    }
  }
  throw new StepFailed('no database is selected for backups');
}

async function backUp(
  { arn, role }: Store,
  operated: Operated,
  client: BackupClient,
  { launch: { pause, say }, state, save }: Ground,
): Promise<void> {
  if (state.notes.backupJob === undefined) {
    const { region } = operated.environment;
    const vault = designed(operated, 'AWS::Backup::BackupVault').find((each) => each.region === region);
    const { BackupJobId } = await client.send(
      new StartBackupJobCommand({
        BackupVaultName: String(vault?.properties.BackupVaultName),
        ResourceArn: arn,
        IamRoleArn: role,
      }),
    );
    if (BackupJobId === undefined) throw new StepFailed('AWS Backup started a job without an id');
    state.notes.backupJob = BackupJobId;
    save();
  }
  for (let look = 0; look < mostLooks; look += 1) {
    const { State, StatusMessage } = await client.send(
      new DescribeBackupJobCommand({ BackupJobId: state.notes.backupJob }),
    );
    if (State === 'COMPLETED') return;
    if (State === 'FAILED' || State === 'ABORTED' || State === 'EXPIRED') {
      delete state.notes.backupJob;
      save();
      throw new StepFailed(`the backup is ${State}: ${StatusMessage ?? 'no reason given'}`);
    }
    if (look % 10 === 0) say(`  the backup is ${String(State).toLowerCase()} ...`);
    await pause(secondsBetweenLooks);
  }
  throw new StepFailed('the backup does not end');
}

/** Letters, digits and underscores only. */
function planName({ shop, environment }: Pick<Operated, 'shop' | 'environment'>): string {
  return `${shop.name}_${environment.name}_once`.replaceAll('-', '_').slice(0, 50);
}

async function testRestore(
  { arn, role, type }: Store,
  operated: Operated,
  client: BackupClient,
  ground: Ground,
): Promise<RestoreJobsListMember> {
  const { pause, say } = ground.launch;
  const name = planName(operated);
  // Of an interrupted run: its schedule may have passed.
  await deleteRestorePlan(operated);
  const at = new Date(ground.now().getTime() + minutesUntilTest * 60_000);
  const { RestoreTestingPlanArn } = await client.send(
    new CreateRestoreTestingPlanCommand({
      RestoreTestingPlan: {
        RestoreTestingPlanName: name,
        ScheduleExpression: `cron(${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} * ? *)`,
        ScheduleExpressionTimezone: 'UTC',
        StartWindowHours: 1,
        RecoveryPointSelection: {
          Algorithm: 'LATEST_WITHIN_WINDOW',
          IncludeVaults: ['*'],
          RecoveryPointTypes: ['SNAPSHOT'],
          SelectionWindowDays: 1,
        },
      },
    }),
  );
  await client.send(
    new CreateRestoreTestingSelectionCommand({
      RestoreTestingPlanName: name,
      RestoreTestingSelection: {
        RestoreTestingSelectionName: selectionName,
        ProtectedResourceType: type,
        ProtectedResourceArns: [arn],
        IamRoleArn: role,
        RestoreMetadataOverrides: await placeOf(operated),
        ValidationWindowHours: 0,
      },
    }),
  );
  for (let look = 0; look < mostLooks; look += 1) {
    const jobs = await everyPage(
      paginateListRestoreJobs({ client }, { ByRestoreTestingPlanArn: RestoreTestingPlanArn }),
      ({ RestoreJobs }) => RestoreJobs,
    );
    const [job] = jobs;
    if (job && (job.Status === 'FAILED' || job.Status === 'ABORTED'))
      throw new StepFailed(`the restore is ${job.Status}: ${job.StatusMessage ?? 'no reason given'}`);
    if (job?.Status === 'COMPLETED' && job.DeletionStatus === 'SUCCESSFUL') {
      await deleteRestorePlan(operated);
      return job;
    }
    if (job?.DeletionStatus === 'FAILED')
      throw new StepFailed(`what was restored could not be deleted: ${job.CreatedResourceArn}`);
    if (look % 10 === 0)
      say(
        job ? `  the restore is ${String(job.Status).toLowerCase()} ...` : '  the restore has not begun ...',
      );
    await pause(secondsBetweenLooks);
  }
  throw new StepFailed('the restore does not end');
}

const selectionName = 'database';

/** Where a restored database stands: the subnets of the environment's own, and a group that lets nothing in. */
async function placeOf(operated: Operated): Promise<Record<string, string>> {
  const [subnets] = await ownResources(operated, 'AWS::RDS::DBSubnetGroup');
  const groups = await ownResources(operated, 'AWS::EC2::SecurityGroup', /^Restored/);
  return {
    ...(subnets && { dbSubnetGroupName: subnets.id }),
    ...(groups[0] && { vpcSecurityGroupIds: JSON.stringify([groups[0].id]) }),
  };
}

/** Takes the plan away again that a test was made with; what it restored AWS Backup deletes. */
export async function deleteRestorePlan(
  operated: Pick<Operated, 'shop' | 'environment' | 'aws'>,
): Promise<void> {
  const client = operated.aws.backup(operated.environment.region);
  const name = planName(operated);
  const plans = await everyPage(
    paginateListRestoreTestingPlans({ client }, {}),
    ({ RestoreTestingPlans }) => RestoreTestingPlans,
  );
  if (!plans.some(({ RestoreTestingPlanName }) => RestoreTestingPlanName === name)) return;
  await client
    .send(
      new DeleteRestoreTestingSelectionCommand({
        RestoreTestingPlanName: name,
        RestoreTestingSelectionName: selectionName,
      }),
    )
    .catch((error: Error) => {
      if (error.name !== 'ResourceNotFoundException') throw error;
    });
  await client.send(new DeleteRestoreTestingPlanCommand({ RestoreTestingPlanName: name }));
}
