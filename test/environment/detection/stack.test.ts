import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseShop } from '../../../lib/config/index.ts';
import { smallShop } from '../../support/shops.ts';
import { exampleEnvironment, exampleFiles, resourcesOfType, templateOf } from '../../support/synthesize.ts';
import { detectionStack } from './detection-stack.ts';

describe.each(exampleFiles)('detection of %s', (file) => {
  it('records who did what, everywhere, in a way that shows tampering (LOG1)', async () => {
    const environment = await exampleEnvironment(file);
    templateOf(environment, 'Detection').hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: Match.anyValue(),
      CloudWatchLogsLogGroupArn: Match.anyValue(),
    });
  });

  it('sends every alarm to the topic, and the topic to every address (ALM1)', async () => {
    const environment = await exampleEnvironment(file);
    const alarms = Object.entries(resourcesOfType(environment, 'AWS::CloudWatch::Alarm'));
    expect(alarms.length).toBeGreaterThan(10);
    for (const [id, { Properties }] of alarms) {
      expect(JSON.stringify(Properties.AlarmActions), id).toContain('AlarmTopic');
      expect(Properties.AlarmDescription, id).toMatch(/docs\/runbooks\/[a-z-]+\.md/);
    }
    const subscriptions = Object.values(resourcesOfType(environment, 'AWS::SNS::Subscription'));
    expect(subscriptions.length).toBeGreaterThan(0);
    for (const { Properties } of subscriptions) expect(Properties.Protocol).toBe('email');
  });
});

it('leaves out what the account has only one of, where another environment already made it', async () => {
  const staging = await exampleEnvironment('examples/eccube-standard.ts', 'staging');
  expect(resourcesOfType(staging, 'AWS::GuardDuty::Detector')).toEqual({});
  const production = await exampleEnvironment('examples/eccube-standard.ts', 'production');
  expect(Object.keys(resourcesOfType(production, 'AWS::GuardDuty::Detector'))).toHaveLength(1);
});

it('loses no finding: what cannot be told lies in a queue of its own, and what waits rings an alarm', () => {
  const template = detectionTemplate({});
  template.hasResourceProperties('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 86_400,
    RedrivePolicy: { deadLetterTargetArn: queueArn(/Untold/), maxReceiveCount: 5 },
  });
  for (const [metric, queue] of [
    ['ApproximateNumberOfMessagesVisible', /Untold/],
    ['ApproximateAgeOfOldestMessage', /Findings/],
  ] as const)
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SQS',
      MetricName: metric,
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp(queue.source), 'QueueName'] } },
      ],
      AlarmActions: [Match.anyValue()],
    });
});

it('one environment of an account and region tells, also when the account has all services', () => {
  const { production } = smallShop().environments;
  const existing = { detection: { accountServices: 'existing' } };
  const tells = (environments: Record<string, object>) =>
    Object.values(parseShop({ ...smallShop(), environments }).environments).map(
      ({ detection }) => detection.tells,
    );
  expect(tells({ production: { ...production, ...existing } })).toEqual([true]);
  const staging = {
    ...production,
    domain: `staging.${production.domain}`,
    admin: { ...production.admin, vpn: { ...production.admin.vpn, clientCidr: '10.201.0.0/22' } },
  };
  expect(tells({ production, staging })).toEqual([true, false]);
  expect(tells({ production: { ...production, ...existing }, staging })).toEqual([false, true]);
});

it('tells at once of spending that is unlike the weeks before, where the config names the monitor of the account', () => {
  const anomalyMonitorArn = 'arn:aws:ce::111122223333:anomalymonitor/01234567-89ab-cdef-0123-456789abcdef';
  const template = detectionTemplate({ budget: { monthly: 300, anomalyMonitorArn } });
  template.hasResourceProperties('AWS::CE::AnomalySubscription', {
    Frequency: 'IMMEDIATE',
    MonitorArnList: [anomalyMonitorArn],
    Subscribers: [{ Type: 'SNS', Address: Match.anyValue() }],
    ThresholdExpression: Match.stringLikeRegexp('"Values":\\["30"\\]'),
  });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Principal: { Service: 'costalerts.amazonaws.com' }, Action: 'sns:Publish' }),
      ]),
    },
  });
  const without = detectionTemplate({});
  without.resourceCountIs('AWS::CE::AnomalySubscription', 0);
  expect(JSON.stringify(without.toJSON())).not.toContain('costalerts');
});

function queueArn(id: RegExp): object {
  return { 'Fn::GetAtt': [Match.stringLikeRegexp(id.source), 'Arn'] };
}

function detectionTemplate(settings: object): Template {
  return Template.fromStack(detectionStack(new App(), settings));
}
