import { paginateListRecoveryPointsByBackupVault } from '@aws-sdk/client-backup';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, look, problem, ready } from '../account/check.ts';
import { ageOf, days, daysSince, designed, minute, type Operated, type Question } from './question.ts';

/** A backup is made every day; a job may end after midnight, and its copy later. */
export const oldestDays = 2;

/** Each vault holds a backup of every store that is not old. */
export const backups: Question = {
  id: 'backups',
  title: 'Backups and copies',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html',
  async ask(operated) {
    const vaults = designed(operated, 'AWS::Backup::BackupVault').map(({ region, properties }) => ({
      region,
      name: String(properties.BackupVaultName),
    }));
    const answers = await Promise.all(vaults.map(({ name, region }) => askVault(operated, name, region)));
    return answers.flat();
  },
};

async function askVault(operated: Operated, vault: string, region: string): Promise<Answer[]> {
  const { aws, now } = operated;
  const pages = paginateListRecoveryPointsByBackupVault(
    { client: aws.backup(region) },
    { BackupVaultName: vault },
  );
  const points = await everyPage(pages, ({ RecoveryPoints }) => RecoveryPoints);
  const newest = new Map<string, Date>();
  for (const { ResourceArn: store = '', CreationDate: made, Status } of points) {
    // A copy carries the ARN of what was backed up, whichever region it lies in.
    const known = newest.get(store);
    if (Status === 'COMPLETED' && made && (!known || known < made)) newest.set(store, made);
  }
  const wanted = designed(operated, 'AWS::Backup::BackupSelection').length;
  const missing = wanted - newest.size;
  const late = missing > 0 && (await ageOf(operated)) > oldestDays ? problem : look;
  return [
    ...[...newest].map(([store, made]) => {
      const age = daysSince(made, now);
      const about = `${vault}: ${kindOf(store)}`;
      const says = `newest of ${minute(made)}`;
      return age > oldestDays
        ? problem(about, `${says}, ${days(age)} old`, ['docs/runbooks/backups.md'])
        : ready(about, says);
    }),
    ...(missing > 0
      ? [
          late(vault, `holds backups of ${newest.size} of ${wanted} stores`, [
            'The first are made in the night after the deploy: docs/runbooks/backups.md',
          ]),
        ]
      : []),
  ];
}

/** Such as `rds cluster` of `arn:aws:rds:ap-northeast-1:111122223333:cluster:shop`. */
export function kindOf(arn: string): string {
  const [, , service = '', , , resource = ''] = arn.split(':');
  return `${service} ${resource.split('/')[0] ?? ''}`.trim();
}
