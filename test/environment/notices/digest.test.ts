import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { ACMClient } from '@aws-sdk/client-acm';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { Macie2Client } from '@aws-sdk/client-macie2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../../lib/environment/notices/digest/digest.ts';
import type { DigestSettings } from '../../../lib/environment/notices/digest/settings.ts';
import { type Answers, BadAws, type Input } from '../lambda/support/bad-aws.ts';
import { digestSettings } from './digest-settings.ts';

const now = new Date();
const seconds = (days: number) => (now.getTime() + days * 86_400_000) / 1000;
const date = (days: number) => new Date(seconds(days) * 1000).toISOString().slice(0, 10);
const aws = new BadAws(() => now);

beforeAll(() => aws.listen());
afterAll(() => aws.close());

/** One day of each metric, by its name. */
const metrics =
  (values: Readonly<Record<string, number>>) =>
  ({ MetricDataQueries = [] }: Input): Input => ({
    MetricDataResults: (
      MetricDataQueries as { Id: string; MetricStat: { Metric: { MetricName: string } } }[]
    ).map(({ Id, MetricStat }) => {
      const value = values[MetricStat.Metric.MetricName];
      return value === undefined ? { Id } : { Id, Timestamps: [seconds(-3)], Values: [value] };
    }),
  });

const connection = (status: string, name: string) => ({
  message: JSON.stringify({
    'connection-log-type': 'connection-attempt',
    'connection-attempt-status': status,
    'common-name': name,
  }),
});

/** As Lambda writes what the door says. */
const doorLine = (said: object) => ({
  message: JSON.stringify({ timestamp: now.toISOString(), level: 'INFO', message: JSON.stringify(said) }),
});
const opening = (by: string, since: string) =>
  doorLine({ door: [{ do: 'associate' }], opening: { by, since, until: since } });

const connectionEvents = [
  connection('successful', 'hana'),
  connection('successful', 'hana'),
  connection('failed', 'hana'),
  connection('successful', 'http://evil.com'),
  { message: 'not a connection' },
];
const doorEvents = [
  opening('hana', '2026-11-23T00:00:00Z'),
  opening('hana', '2026-11-23T00:00:00Z'),
  opening('hana', '2026-11-24T00:00:00Z'),
  opening('http://evil.com', '2026-11-24T00:00:00Z'),
  doorLine({ stoodOpen: 'stands open' }),
  { message: 'not an opening' },
];

const full: Answers = {
  ListDetectors: () => ({ detectorIds: ['detector'] }),
  GetDetector: () => ({ status: 'ENABLED' }),
  ListFindings: () => ({ findingIds: ['one', 'two', 'three'] }),
  'AccessAnalyzer:ListFindings': () => ({ findings: [{ id: 'one' }, { id: 'two' }] }),
  'Inspector2:ListFindings': () => ({ findings: [{ findingArn: 'one' }] }),
  ListAnalyzers: () => ({
    analyzers: [
      { arn: 'arn:aws:access-analyzer:x:1:analyzer/one', type: 'ACCOUNT', status: 'ACTIVE' },
      { arn: 'arn:aws:access-analyzer:x:1:analyzer/unused', type: 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE' },
    ],
  }),
  BatchGetAccountStatus: () => ({ accounts: [{ state: { status: 'ENABLED' } }] }),
  GetMacieSession: () => ({ status: 'ENABLED' }),
  GetFindingStatistics: () => ({
    countsByGroup: [
      { groupKey: 'High', count: 4 },
      { groupKey: 'Low', count: 50 },
    ],
  }),
  DescribeConfigurationRecorderStatus: () => ({
    ConfigurationRecordersStatus: [{ name: 'default', recording: false, lastStopTime: seconds(-3) }],
  }),
  GetEnabledStandards: () => ({
    StandardsSubscriptions: [{ StandardsStatus: 'READY' }, { StandardsStatus: 'FAILED' }],
  }),
  ListCopyJobs: ({ destinationVaultArn }) => ({
    CopyJobs: String(destinationVaultArn).includes('222233334444')
      ? [{ State: 'COMPLETED' }, { State: 'FAILED' }, { State: 'RUNNING' }]
      : [{ State: 'COMPLETED' }, { State: 'COMPLETED' }],
  }),
  GetFindings: () => ({ Findings: [{ Id: 'one' }] }),
  GetMetricData: metrics({
    BlockedRequests: 1234,
    AllowedRequests: 5678,
    ImageAgeDays: 5.5,
    FailsGate: 1,
    PatchCompliancePercent: 50,
    NumberOfBackupJobsCompleted: 14,
    NumberOfBackupJobsFailed: 1,
    MinutesUntilRead: 42,
  }),
  ListCertificates: () => ({
    CertificateSummaryList: [
      { DomainName: 'shop.example.jp', NotAfter: seconds(10), InUse: true },
      { DomainName: 'admin.shop.example.jp', NotAfter: seconds(90), InUse: true },
      { DomainName: 'somebody.else', NotAfter: seconds(1), InUse: true },
    ],
  }),
  DescribeSecret: ({ SecretId }) => ({
    RotationEnabled: true,
    LastRotatedDate: seconds(String(SecretId).includes('export') ? -9 : -2),
  }),
  FilterLogEvents: ({ logGroupName }) => ({
    events: logGroupName === 'vpn-door' ? doorEvents : connectionEvents,
  }),
};

const empty: Answers = Object.fromEntries(Object.keys(full).map((operation) => [operation, () => ({})]));

async function digest(answers: Answers, settings: Partial<DigestSettings> = {}) {
  aws.play(answers);
  const config = {
    endpoint: aws.url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return digestOf({
    settings: { ...digestSettings, ends: [{ what: 'CVE-2026-1111', until: date(5) }], ...settings },
    clients: {
      metrics: new CloudWatchClient(config),
      edgeMetrics: new CloudWatchClient({ ...config, region: 'us-east-1' }),
      certificates: new ACMClient(config),
      edgeCertificates: new ACMClient({ ...config, region: 'us-east-1' }),
      secrets: new SecretsManagerClient(config),
      logs: new CloudWatchLogsClient(config),
      threats: new GuardDutyClient(config),
      hub: new SecurityHubClient(config),
      backup: new BackupClient(config),
      recorder: new ConfigServiceClient(config),
      analyzers: new AccessAnalyzerClient(config),
      weaknesses: new Inspector2Client(config),
      buckets: new Macie2Client(config),
    },
    now,
  });
}

/** Each line, with its operation, when AWS has something to say, and when not. */
const lines = [
  ['BLOCKED', 'GetMetricData', 'at the edge 1,234 of 6,912 requests', 'at the edge no request was seen'],
  ['BLOCKED', 'GetMetricData', 'at the load balancer 1,234 of 6,912', 'at the load balancer no request'],
  [
    'ROTATED',
    'DescribeSecret',
    'hana/production/database: 2 days ago',
    'hana/production/database: rotation is off',
  ],
  ['DUE', 'DescribeSecret', 'hana/production/export-passphrase is older than its schedule', undefined],
  ['PATCHED', 'GetMetricData', 'the image of the shop is 5 days old', 'nobody measured how old the image is'],
  ['PATCHED', 'GetMetricData', 'would not pass the scan gate', undefined],
  ['PATCHED', 'GetMetricData', '50 % of hosts', 'nobody measured the patches'],
  ['BACKED UP', 'GetMetricData', '14 backups made, 1 failed', 'no backup was made'],
  [
    'TESTED',
    'GetMetricData',
    'backup of the database was restored and read 3 days ago; it took 42 minutes',
    'no restored backup of the database was read',
  ],
  [
    'TESTED',
    'GetMetricData',
    'backup of the files was restored and read 3 days ago; it took 42 minutes',
    'no restored backup of the files was read',
  ],
  ['CONNECTED', 'FilterLogEvents', 'hana: 2 times, and 1 refused', 'nobody, by VPN'],
  ['DUE', 'ListCertificates', `certificate shop.example.jp ends on ${date(10)}`, undefined],
  ['OPEN FINDINGS', 'GetDetector', 'GuardDuty: 3', undefined],
  ['OPEN FINDINGS', 'ListFindings', 'GuardDuty: 3', 'GuardDuty is not on'],
  [
    'OPEN FINDINGS',
    'GetFindings',
    'Security Hub, high or critical: 1',
    'Security Hub, high or critical: none',
  ],
  ['OPEN FINDINGS', 'AccessAnalyzer:ListFindings', 'IAM Access Analyzer: 2', undefined],
  ['OPEN FINDINGS', 'ListAnalyzers', 'IAM Access Analyzer: 2', 'IAM Access Analyzer is not on'],
  ['OPEN FINDINGS', 'Inspector2:ListFindings', 'Inspector, high or critical: 1', undefined],
  ['OPEN FINDINGS', 'BatchGetAccountStatus', 'Inspector, high or critical: 1', 'Inspector is not on'],
  ['OPEN FINDINGS', 'GetFindingStatistics', 'Macie: 4', undefined],
  ['OPEN FINDINGS', 'GetMacieSession', 'Macie: 4', 'Macie is not on'],
  [
    'OPEN FINDINGS',
    'DescribeConfigurationRecorderStatus',
    `AWS Config records nothing since ${date(-3)}`,
    'AWS Config has no recorder',
  ],
  [
    'OPEN FINDINGS',
    'GetEnabledStandards',
    'Security Hub checks by 1 of 2 standards',
    'Security Hub checks by 0 of 2 standards',
  ],
  [
    'BACKED UP',
    'ListCopyJobs',
    'in the other region 2 copies made, 0 failed',
    'no copy reached the other region',
  ],
  [
    'BACKED UP',
    'ListCopyJobs',
    'in the second account 1 copies made, 1 failed',
    'no copy reached the second account',
  ],
  ['CONNECTED', 'FilterLogEvents', 'hana opened the VPN 2 times', 'nobody opened the VPN'],
  ['CONNECTED', 'FilterLogEvents', 'the VPN stood open 1 times though nobody asked', undefined],
] as const;

function section(message: string, title: string): string {
  return message.split('\n\n').find((part) => part.startsWith(title)) ?? '';
}

describe('the weekly digest', () => {
  it('tells each line of a week in which something happened', async () => {
    const { subject, message } = await digest(full);
    expect(subject).toMatch(/^hana-production: the week until \d{4}-\d\d-\d\d$/);
    for (const [title, , said] of lines) expect(section(message, title), said).toContain(said);
    expect(section(message, 'DUE')).toContain(`CVE-2026-1111 ends on ${date(5)}`);
    expect(message).not.toContain('could not be read');
    expect(message).not.toMatch(/somebody\.else|evil\.com|:\/\//);
  });

  it('tells each line of a week in which AWS knows of nothing', async () => {
    const { message } = await digest(empty, { ends: [] });
    for (const [title, , , said] of lines)
      if (said !== undefined) expect(section(message, title), said).toContain(said);
    expect(section(message, 'DUE')).toContain('nothing within 30 days');
  });

  it.each([...new Set(lines.map(([, operation]) => operation))])(
    'says what could not be read when %s is refused, and all the rest',
    async (refused) => {
      const { [refused]: _, ...others } = full;
      const { message } = await digest(others);
      for (const [title, operation, said] of lines) {
        // What a service holds open needs both its answers.
        const alsoNeeds = lines.some((each) => each[1] === refused && each[2] === said);
        if (operation !== refused && !alsoNeeds) expect(section(message, title)).toContain(said);
        else expect(section(message, title)).toContain('could not be read (AccessDeniedException)');
      }
    },
  );

  it('is told when every source refuses, and stays a mail', async () => {
    const { message } = await digest({});
    for (const title of new Set(lines.map(([name]) => name)))
      expect(section(message, title)).toContain('could not be read');
  });

  it('knows an account without Security Hub, a shop without VPN, and one whose restores are not tested', async () => {
    const { message } = await digest(
      { ...full, GetFindings: () => ({ __type: 'InvalidAccessException' }) },
      { connections: undefined, door: undefined, tested: [], hosts: false },
    );
    for (const said of ['Security Hub is not on', 'there is no VPN yet', 'no restores are tested'])
      expect(message).toContain(said);
    expect(message).not.toContain('of hosts');
  });

  it('says nothing of services that the config does not ask for, and of copies that nobody makes', async () => {
    const { message } = await digest(full, {
      watchers: { config: false, macie: false, standards: 0 },
      copies: [],
    });
    expect(message).not.toMatch(/AWS Config|Macie|standards|copies|could not be read/);
  });

  it('never says of a service that sleeps, or is off, that it found nothing', async () => {
    const { message } = await digest({
      ...full,
      GetDetector: () => ({ status: 'DISABLED' }),
      GetMacieSession: () => ({ __type: 'AccessDeniedException', message: 'Macie is not enabled.' }),
      ListAnalyzers: () => ({ analyzers: [{ arn: 'analyzer', type: 'ACCOUNT', status: 'FAILED' }] }),
    });
    for (const service of ['GuardDuty', 'Macie', 'IAM Access Analyzer'])
      expect(message).toContain(`${service} is not on`);
  });

  it('is silent about a recorder and a hub that work', async () => {
    const { message } = await digest({
      ...full,
      DescribeConfigurationRecorderStatus: () => ({
        ConfigurationRecordersStatus: [{ recording: true, lastStatus: 'SUCCESS' }],
      }),
      GetEnabledStandards: () => ({ StandardsSubscriptions: [{}, {}] }),
    });
    expect(message).not.toMatch(/AWS Config|standards/);
  });

  it('says the same in Japanese', async () => {
    for (const answers of [full, empty, {}]) {
      const { subject, message } = await digest(answers, { language: 'ja' });
      expect(subject).toMatch(/^[\x20-\x7e]+$/);
      for (const line of message.split('\n'))
        expect(line, line).toMatch(/^$|[\u3040-\u30ff\u4e00-\u9fff]|^- (hana|http)/);
    }
  });

  it('stays below sixty lines when everything is long', async () => {
    const { message } = await digest(
      {
        ...full,
        FilterLogEvents: () => ({
          events: Array.from({ length: 200 }, (_, n) => connection('successful', `person-${n}`)),
        }),
      },
      {
        secrets: Array.from({ length: 60 }, (_, n) => `hana/production/export-passphrase-${n}`),
        ends: Array.from({ length: 80 }, (_, n) => ({ what: `CVE-2026-${n}`, until: date(3) })),
      },
    );
    expect(message.split('\n').length).toBeLessThanOrEqual(60);
    expect(message).toMatch(/and \d+ more/);
  });
});
