import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { everyPage } from '../../environment/lambda/every-page.ts';
import { type Answer, problem, ready, regionsOf } from '../account/check.ts';
import { ownResources } from './own-resources.ts';
import { minute, type Operated, type Question } from './question.ts';

/** Alarms that ring. CloudFormation names each after its stack, which carries the names of shop and environment. */
export const alarms: Question = {
  id: 'alarms',
  title: 'Alarms',
  source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  async ask(operated) {
    const ringing = (
      await Promise.all(regionsOf(operated).map((region) => ringingIn(operated, region)))
    ).flat();
    return ringing.length > 0 ? ringing : [ready('alarms', 'none rings')];
  },
};

async function ringingIn({ shop, environment, aws }: Operated, region: string): Promise<Answer[]> {
  const pages = paginateDescribeAlarms(
    { client: aws.metrics(region) },
    {
      StateValue: 'ALARM',
      AlarmNamePrefix: `${shop.name}-${environment.name}-`,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
    },
  );
  const found = await everyPage(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) => [
    ...MetricAlarms,
    ...CompositeAlarms,
  ]);
  return found.map(({ AlarmName = '', AlarmDescription = '', StateUpdatedTimestamp: since }) => {
    const runbook = /docs\/[\w/-]+\.md/.exec(AlarmDescription)?.[0] ?? 'docs/first-hour.md';
    const text = AlarmDescription.split(/ (?:Runbook|What to do):/)[0] ?? '';
    return problem(AlarmName, `rings${since ? ` since ${minute(since)}` : ''}: ${text}`, [runbook]);
  });
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
