import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { exampleEnvironment, exampleFiles, resourcesOfType, templateOf } from '../../support/synthesize.ts';

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
