import { analyzersOf, macieOf, recorderOf } from '../../environment/notices/account-watch.ts';
import { type Answer, problem, ready } from '../account/check.ts';
import { existingResource } from '../account/existing-resource.ts';
import { ownResources } from './own-resources.ts';
import { isMeant, minute, type Question } from './question.ts';

/** Whoever watches and was stopped is as silent as one who sees nothing wrong. */
const whoStoppedIt = 'and find out who stopped it: docs/first-hour.md.';

/** AWS Config writes down what changes, where the config has it. */
export const recorder: Question = {
  id: 'recorder',
  title: 'Recorder of AWS Config',
  source: 'https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorderStatus.html',
  async ask(operated) {
    if (!isMeant(operated, 'config')) return [];
    const { environment, aws } = operated;
    const about = 'AWS Config';
    const found = await recorderOf(aws.changes(environment.region));
    switch (found.state) {
      case 'none':
        return [problem(about, 'has no recorder', ['Deploy the detection stack again.'])];
      case 'stopped':
        return [
          problem(about, `records nothing${found.since ? ` since ${minute(found.since)}` : ''}`, [
            `Start it again, ${whoStoppedIt}`,
            `aws configservice start-configuration-recorder --region ${environment.region} --configuration-recorder-name ${found.name}`,
          ]),
        ];
      case 'failing':
        return [
          problem(about, `cannot record: ${found.error}`, [
            'Most often its role or its bucket was changed: deploy the detection stack again.',
          ]),
        ];
      case 'records':
        return [ready(about, 'records what changes')];
    }
  },
};

/** Whether something is shared outside the account is looked at. */
export const analyzer: Question = {
  id: 'analyzer',
  title: 'Access Analyzer',
  source: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html',
  async ask(operated) {
    if (!isMeant(operated, 'access-analyzer')) return [];
    const { environment, aws } = operated;
    const { active, idle } = await analyzersOf(aws.analyzers(environment.region));
    return [
      active.length > 0
        ? ready('Access Analyzer', 'is active')
        : problem('Access Analyzer', idle ? `is not active (${idle})` : 'is not on', [
            `Deploy the detection stack again, ${whoStoppedIt}`,
          ]),
    ];
  },
};

/** Macie looks into buckets, where the config has it. */
export const macie: Question = {
  id: 'macie',
  title: 'Macie',
  source: 'https://docs.aws.amazon.com/macie/latest/APIReference/macie.html',
  async ask(operated) {
    if (!isMeant(operated, 'macie')) return [];
    const { environment, aws } = operated;
    switch (await macieOf(aws.macie(environment.region))) {
      case 'on':
        return [ready('Macie', 'is active')];
      case 'suspended':
        return [
          problem('Macie', 'is suspended: it sees nothing', [
            `Start it again, ${whoStoppedIt}`,
            `aws macie2 update-macie-session --region ${environment.region} --status ENABLED`,
          ]),
        ];
      case 'off':
        return [problem('Macie', 'is not on', [`Deploy the detection stack again, ${whoStoppedIt}`])];
    }
  },
};

/** Every call to AWS is written down. */
export const trail: Question = {
  id: 'trail',
  title: 'CloudTrail',
  source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html',
  async ask(operated) {
    const type = 'AWS::CloudTrail::Trail';
    const trails = await ownResources(operated, type);
    return Promise.all(
      trails.map(async ({ id, region }): Promise<Answer> => {
        const about = `trail ${id}`;
        const found = await existingResource(operated, region, type, id);
        if (found.kind === 'unseen') {
          return {
            standing: 'hidden',
            about,
            says: 'these credentials are not allowed to see it',
            todo: 'Allow cloudformation:GetResource, cloudtrail:GetTrail and cloudtrail:GetTrailStatus, or let an administrator run this.',
          };
        }
        if (found.kind === 'missing') {
          return problem(about, 'is gone', ['Find out who deleted it: docs/first-hour.md; then deploy.']);
        }
        return found.properties.IsLogging === false
          ? problem(about, 'does not log: nobody would know who did what', [
              `Start it again, ${whoStoppedIt}`,
              `aws cloudtrail start-logging --region ${region} --name ${id}`,
            ])
          : ready(about, 'logs every call');
      }),
    );
  },
};
