import { type CompositeAlarm, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, problem, ready, regionsOf } from '../account/check.ts';
import { ownResources } from './own-resources.ts';
import { minute, type Operated, type Question } from './question.ts';

/** Alarms that ring, and those that would tell nobody. CloudFormation names each after its stack, which carries the names of shop and environment. */
export const alarms: Question = {
  id: 'alarms',
  title: 'Alarms',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  async ask(operated) {
    const open = (await Promise.all(regionsOf(operated).map((region) => askRegion(operated, region)))).flat();
    return open.length > 0 ? open : [ready('alarms', 'none rings')];
  },
};

async function askRegion({ shop, environment, aws }: Operated, region: string): Promise<Answer[]> {
  const pages = paginateDescribeAlarms(
    { client: aws.metrics(region) },
    {
      AlarmNamePrefix: `${shop.name}-${environment.name}-`,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    },
  );
  const all = await everyPage(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) => [
    ...MetricAlarms,
    ...CompositeAlarms,
  ]);
  const mute = all
    .filter(({ ActionsEnabled }) => ActionsEnabled === false)
    .map(({ AlarmName: name = '' }) =>
      problem(name, 'would tell nobody: its actions are switched off', [
        'Switch them on again, and find out who switched them off: docs/first-hour.md.',
        `aws cloudwatch enable-alarm-actions --region ${region} --alarm-names ${name}`,
      ]),
    );
  const ringing = all.filter(({ StateValue }) => StateValue === 'ALARM').map(rings);
  return [...ringing, ...mute];
}

function rings({
  AlarmName = '',
  AlarmDescription = '',
  StateUpdatedTimestamp: since,
}: MetricAlarm | CompositeAlarm): Answer {
  const runbook = /docs\/[\w/-]+\.md/.exec(AlarmDescription)?.[0] ?? 'docs/first-hour.md';
  const text = AlarmDescription.split(/ (?:Runbook|What to do):/)[0] ?? '';
  return problem(AlarmName, `rings${since ? ` since ${minute(since)}` : ''}: ${text}`, [runbook]);
}

/** Every address of the config gets the alarms, and has said so to AWS. */
export const mails: Question = {
  id: 'alarm-mails',
  title: 'Alarm mails',
  source: 'https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html',
  async ask(operated) {
    const topics = await ownResources(operated, 'AWS::SNS::Topic');
    const subscribed = await Promise.all(
      topics.map(({ id, region }) =>
        everyPage(
          paginateListSubscriptionsByTopic({ client: operated.aws.topics(region) }, { TopicArn: id }),
          ({ Subscriptions }) => Subscriptions,
        ),
      ),
    );
    return operated.environment.alarms.emails.map((mail) => {
      const arns = subscribed
        .flat()
        .flatMap(({ Endpoint, SubscriptionArn: arn = '' }) => (Endpoint === mail ? arn : []));
      const about = `alarms to ${mail}`;
      if (arns.some((arn) => arn.startsWith('arn:'))) return ready(about, 'are confirmed');
      return arns.includes('PendingConfirmation')
        ? problem(about, 'wait for the confirmation', [
            'Click the link in the mail "AWS Notification - Subscription Confirmation"; none came: docs/first-deploy.md, step 6.',
          ])
        : problem(about, 'are not subscribed', ['Deploy the detection stack again.']);
    });
  },
};
