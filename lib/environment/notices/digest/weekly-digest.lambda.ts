import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { ACMClient } from '@aws-sdk/client-acm';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { correctedTime } from '../../../cli/corrected-time.ts';
import { digestOf } from './digest.ts';
import { digestSettings } from './settings.ts';

/** Where AWS keeps what belongs to CloudFront. */
const edge = 'us-east-1';

const clients = {
  metrics: new CloudWatchClient(),
  edgeMetrics: new CloudWatchClient({ region: edge }),
  certificates: new ACMClient(),
  edgeCertificates: new ACMClient({ region: edge }),
  secrets: new SecretsManagerClient(),
  logs: new CloudWatchLogsClient(),
  backup: new BackupClient(),
  threats: new GuardDutyClient(),
  hub: new SecurityHubClient(),
  recorder: new ConfigServiceClient(),
  analyzers: new AccessAnalyzerClient(),
  weaknesses: new Inspector2Client(),
  buckets: new Macie2Client(),
};
const sns = new SNSClient();

export async function handler(): Promise<void> {
  const settings = digestSettings.parse(JSON.parse(process.env.SETTINGS ?? ''));
  // Any answer tells what time it is, a refusal too.
  await clients.secrets.send(new DescribeSecretCommand({ SecretId: settings.secrets[0] })).catch(() => {});
  const now = correctedTime([clients.secrets]);
  const { subject, message } = await digestOf({ settings, clients, now });
  await sns.send(new PublishCommand({ TopicArn: settings.topicArn, Subject: subject, Message: message }));
}
