import {
  type BackupClient,
  paginateListRestoreJobs,
  paginateListRestoreTestingPlans,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { look, problem, ready } from '../account/check.ts';
import { ageOf, days, daysSince, designed, minute, type Question } from './question.ts';

/** One runs in the middle of each month and has a day to start. */
const oldestDays = 33;

/** The newest backup was restored, within a month. */
export const restoreTest: Question = {
  id: 'restore-test',
  title: 'Restore test',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
  async ask(operated) {
    const about = 'restore test';
    const todo = ['docs/runbooks/restore-test.md'] as const;
    const [plan] = designed(operated, 'AWS::Backup::RestoreTestingPlan');
    if (!plan) return [ready(about, 'is not planned for this environment')];
    const client = operated.aws.backup(plan.region);
    const name = String(plan.properties.RestoreTestingPlanName);
    const arn = await arnOf(name, client);
    if (arn === undefined) return [problem(about, `there is no plan ${name}`, todo)];
    const jobs = await everyPage(
      paginateListRestoreJobs({ client }, { ByRestoreTestingPlanArn: arn }),
      ({ RestoreJobs }) => RestoreJobs,
    );
    const newest = newestByType(jobs);
    if (newest.length === 0) {
      const says = 'none was made yet';
      return [
        (await ageOf(operated)) > oldestDays
          ? problem(about, says, todo)
          : look(about, `${says}: on the 15th`, todo),
      ];
    }
    return newest.map((job) => {
      const { ResourceType: type = '', Status: status = '', CreationDate: made } = job;
      const age = daysSince(made, operated.now);
      const says = `${type} ${status.toLowerCase()}, ${made ? minute(made) : 'at an unknown time'}`;
      if (status === 'PENDING' || status === 'RUNNING') return look(about, says, ['Look again in an hour.']);
      if (status !== 'COMPLETED') return problem(about, says, todo);
      const read = reading(job);
      if (read.bad) return problem(about, `${says}, and ${read.says}`, todo);
      if (age > oldestDays) return problem(about, `${says}, ${days(age)} ago`, todo);
      return ready(about, `${says}${read.says}`);
    });
  },
};

/** What the functions that open what was restored found; AWS Backup says it is out of time where nobody judged. */
function reading({ ResourceType, ValidationStatus, ValidationStatusMessage }: RestoreJobsListMember): {
  readonly bad: boolean;
  readonly says: string;
} {
  switch (ValidationStatus) {
    case 'SUCCESSFUL':
      return { bad: false, says: `, ${ValidationStatusMessage}` };
    case 'FAILED':
      return { bad: true, says: `no good: ${ValidationStatusMessage}` };
    case 'VALIDATING':
      return { bad: false, says: ', being read' };
    case 'TIMED_OUT':
      // Of a file system that EFS did not measure in time nothing is said.
      return ResourceType === 'EFS' ? { bad: false, says: '' } : { bad: true, says: 'was not read in time' };
    default:
      return { bad: false, says: '' };
  }
}

async function arnOf(name: string, client: BackupClient): Promise<string | undefined> {
  const plans = await everyPage(
    paginateListRestoreTestingPlans({ client }, {}),
    ({ RestoreTestingPlans }) => RestoreTestingPlans,
  );
  return plans.find(({ RestoreTestingPlanName }) => RestoreTestingPlanName === name)?.RestoreTestingPlanArn;
}

function newestByType(jobs: readonly RestoreJobsListMember[]): RestoreJobsListMember[] {
  const newest = new Map<string, RestoreJobsListMember>();
  for (const job of jobs) {
    const known = newest.get(job.ResourceType ?? '');
    if (!known || (job.CreationDate ?? 0) > (known.CreationDate ?? 0))
      newest.set(job.ResourceType ?? '', job);
  }
  return [...newest.values()];
}
