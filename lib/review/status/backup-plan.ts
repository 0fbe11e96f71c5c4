import { paginateListBackupJobs, paginateListBackupPlans } from '@aws-sdk/client-backup';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { kindOf, oldestDays } from './backups.ts';
import { ownResources } from './own-resources.ts';
import { ageOf, days, daysSince, minute, type Operated, type Question } from './question.ts';

const runbook = 'docs/runbooks/backups.md';
const failed = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];

/** The plan begins its jobs, and they end well: known days before the newest backup is too old. */
export const backupPlan: Question = {
  id: 'backup-plan',
  title: 'Backup plan',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlansListMember.html',
  async ask(operated) {
    const plans = await ownResources(operated, 'AWS::Backup::BackupPlan');
    const answers = await Promise.all(
      plans.map(async ({ id, region }) => [
        await askPlan(operated, id, region),
        ...(await failedJobs(operated, region)),
      ]),
    );
    return answers.flat();
  },
};

async function askPlan(operated: Operated, id: string, region: string): Promise<Answer> {
  const { aws, now } = operated;
  const about = 'backup plan';
  const plans = await everyPage(
    paginateListBackupPlans({ client: aws.backup(region) }, {}),
    ({ BackupPlansList }) => BackupPlansList,
  );
  const plan = plans.find(({ BackupPlanId }) => BackupPlanId === id);
  if (!plan) return problem(about, 'is gone', ['Find out who deleted it: docs/first-hour.md; then deploy.']);
  const { LastExecutionDate: last } = plan;
  if (!last) {
    const young = (await ageOf(operated)) <= oldestDays;
    return young
      ? look(about, 'has not run yet', ['It runs in the night after the deploy.'])
      : problem(about, 'has never run', [runbook]);
  }
  const age = daysSince(last, now);
  return age > oldestDays
    ? problem(about, `ran last ${minute(last)}, ${days(age)} ago`, [runbook])
    : ready(about, `ran last ${minute(last)}`);
}

/** Of each store the newest job, when it did not end well. */
async function failedJobs({ aws, now }: Operated, region: string): Promise<Answer[]> {
  const ByCreatedAfter = new Date(now.getTime() - oldestDays * 86_400_000);
  const jobs = await everyPage(
    paginateListBackupJobs({ client: aws.backup(region) }, { ByCreatedAfter }),
    ({ BackupJobs }) => BackupJobs,
  );
  const newest = new Map<string, (typeof jobs)[number]>();
  for (const job of jobs) {
    const known = newest.get(job.ResourceArn ?? '');
    if (!known || (known.CreationDate ?? 0) < (job.CreationDate ?? 0)) newest.set(job.ResourceArn ?? '', job);
  }
  return [...newest].flatMap(([store, { State: state = '', StatusMessage: why }]) =>
    failed.includes(state)
      ? [
          problem(
            `backup of ${kindOf(store)}`,
            `last job ${state.toLowerCase()}: ${why ?? 'no reason is given'}`,
            [runbook],
          ),
        ]
      : [],
  );
}
