import { expect } from 'vitest';
import type { Aws } from '../../../lib/review/account/aws.ts';
import type { Answered } from '../../../lib/review/account/check.ts';
import { askAll } from '../../../lib/review/account/run.ts';
import { operatedOf } from '../../../lib/review/status/operated.ts';
import type { Operated, Question } from '../../../lib/review/status/question.ts';
import { untranslated } from '../account/in-japanese.ts';
import {
  type Answers,
  awsError,
  production,
  readyAnswers,
  recordedAws,
  servers,
  shop,
  stacks,
} from '../preflight/recorded.ts';

export const now = new Date('2026-11-29T03:00:00Z');
export const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const digest = `sha256:${'ab'.repeat(32)}`;
const account = production.account;
const names = `${shop.name}-${production.name}`;
const vpn = `/secure-shop/${shop.name}/${production.name}/vpn`;
const people = production.admin.people.map(({ name }) => name);

export const secret = (Name: string, more: object = {}) => ({
  Name,
  ARN: `arn:aws:secretsmanager:${production.region}:${account}:secret:${Name}`,
  RotationEnabled: true,
  RotationLambdaARN: 'arn:aws:lambda:rotation',
  CreatedDate: daysAgo(90),
  LastRotatedDate: daysAgo(0.5),
  NextRotationDate: daysAgo(-0.5),
  SecretVersionsToStages: { one: ['AWSCURRENT'] },
  ...more,
});
export const secretNames = stacks.flatMap(({ template }) =>
  Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SecretsManager::Secret' ? String(Properties?.Name) : [],
  ),
);

export const certificateOf = (person: string, number: number, until: Date) => [
  {
    Name: `${vpn}/certificates/${person}/${number}`,
    Value: JSON.stringify({
      serial: '0a0b',
      notBefore: daysAgo(10),
      notAfter: until,
      authority: 'ab'.repeat(32),
    }),
  },
  { Name: `${vpn}/certificates/${person}/${number}/outcome`, Value: 'issued' },
];

/** The schedule that ends an opening of the VPN. */
export const opened = (until: Date) => ({
  Target: { Input: JSON.stringify({ action: 'watch', by: 'hana', since: daysAgo(2), until }) },
});

export const listedStacks =
  (age: number, status = 'UPDATE_COMPLETE') =>
  (_: unknown, region: string) => ({
    StackSummaries: stacks
      .filter((stack) => stack.region === region)
      .map(({ name }) => ({ StackName: name, StackStatus: status, CreationTime: daysAgo(age) })),
  });

export const point = (store: string, age: number) => ({
  ResourceArn: `arn:aws:${store}:${production.region}:${account}:cluster:shop`,
  Status: 'COMPLETED',
  CreationDate: daysAgo(age),
});

const [detectorFeatures = []] = stacks.flatMap(({ template }) =>
  Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::GuardDuty::Detector' ? [Properties?.Features as readonly object[]] : [],
  ),
);

/** An environment of three months on which everything is as it should be. */
export const healthy: Answers = {
  ...readyAnswers,
  ListStacksCommand: listedStacks(90),
  DescribeServicesCommand: {
    services: [
      {
        status: 'ACTIVE',
        desiredCount: 2,
        runningCount: 2,
        taskDefinition: 'shop:7',
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: 'shop:7' }],
      },
    ],
  },
  DescribeTaskDefinitionCommand: {
    taskDefinition: { containerDefinitions: [{ name: 'shop', image: `1.dkr.ecr/team/images@${digest}` }] },
  },
  DescribeImagesCommand: { imageDetails: [{ imagePushedAt: daysAgo(2) }] },
  DescribeImageScanFindingsCommand: {
    imageId: { imageDigest: digest },
    imageScanStatus: { status: 'ACTIVE' },
    imageScanFindings: {
      imageScanCompletedAt: daysAgo(0.5),
      findingSeverityCounts: { MEDIUM: 1 },
      enhancedFindings: [],
    },
  },
  ListPipelineExecutionsCommand: {
    pipelineExecutionSummaries: [
      { pipelineExecutionId: 'run-7', status: 'Succeeded', startTime: daysAgo(2) },
    ],
  },
  GetParameterCommand: ({ Name }) => ({
    Parameter: { Value: String(Name).endsWith('image-digest') ? digest : 'cvpn-endpoint-1' },
  }),
  GetParametersByPathCommand: {
    Parameters: people.flatMap((person) => certificateOf(person, 1, daysAgo(-60))),
  },
  DescribeClientVpnEndpointsCommand: {
    ClientVpnEndpoints: [{ DnsName: '*.cvpn.example.com', AuthenticationOptions: [] }],
  },
  ExportClientVpnClientCertificateRevocationListCommand: {},
  DescribeClientVpnTargetNetworksCommand: { ClientVpnTargetNetworks: [] },
  GetScheduleCommand: opened(daysAgo(1)),
  DescribeInstancePatchStatesForPatchGroupCommand: { InstancePatchStates: [] },
  ListSecretsCommand: { SecretList: secretNames.map((name) => secret(name)) },
  GetFunctionConfigurationCommand: { FunctionName: 'rotation' },
  FilterLogEventsCommand: { events: [] },
  ListStackResourcesCommand: ({ StackName }) => ({
    StackResourceSummaries: [
      {
        ResourceType: 'AWS::CertificateManager::Certificate',
        PhysicalResourceId: `arn:aws:acm:${production.region}:${account}:certificate/${StackName}`,
      },
      {
        ResourceType: 'AWS::SNS::Topic',
        PhysicalResourceId: `arn:aws:sns:${production.region}:${account}:alarms`,
      },
      { ResourceType: 'AWS::Backup::BackupPlan', PhysicalResourceId: 'plan-1' },
      { ResourceType: 'AWS::CloudTrail::Trail', PhysicalResourceId: 'shop-trail' },
    ],
  }),
  DescribeCertificateCommand: {
    Certificate: {
      DomainName: 'shop.example',
      Status: 'ISSUED',
      Type: 'AMAZON_ISSUED',
      NotAfter: daysAgo(-200),
    },
  },
  ListRecoveryPointsByBackupVaultCommand: {
    RecoveryPoints: [point('rds', 0.5), point('elasticfilesystem', 0.5)],
  },
  ListBackupPlansCommand: {
    BackupPlansList: [{ BackupPlanId: 'plan-1', LastExecutionDate: daysAgo(0.5) }],
  },
  ListBackupJobsCommand: {
    BackupJobs: [
      { ResourceArn: point('rds', 0).ResourceArn, State: 'COMPLETED', CreationDate: daysAgo(0.5) },
    ],
  },
  GetResourceCommand: ({ TypeName }) => ({
    ResourceDescription: {
      Properties:
        TypeName === 'AWS::CloudTrail::Trail' ? '{"IsLogging":true}' : '{"ConnectionStatus":"AVAILABLE"}',
    },
  }),
  ListRestoreTestingPlansCommand: {
    RestoreTestingPlans: [
      { RestoreTestingPlanName: `${names}-backups`.replaceAll('-', '_'), RestoreTestingPlanArn: 'arn:plan' },
    ],
  },
  ListRestoreJobsCommand: {
    RestoreJobs: ['Aurora', 'EFS'].map((ResourceType) => ({
      ResourceType,
      Status: 'COMPLETED',
      CreationDate: daysAgo(14),
      ...(ResourceType === 'Aurora' && {
        ValidationStatus: 'SUCCESSFUL',
        ValidationStatusMessage: 'read after 34 minutes: 83 tables, dtb_order 1204',
      }),
    })),
  },
  GetMetricDataCommand: {
    MetricDataResults: [
      { Id: 'blocked', Values: [120, 3] },
      { Id: 'allowed', Values: [4877] },
    ],
  },
  ListDetectorsCommand: { DetectorIds: ['detector'] },
  GetDetectorCommand: { Status: 'ENABLED', Features: detectorFeatures },
  ListAnalyzersCommand: { analyzers: [{ arn: 'arn:analyzer', type: 'ACCOUNT', status: 'ACTIVE' }] },
  DescribeConfigurationRecorderStatusCommand: {
    ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'Success' }],
  },
  GetMacieSessionCommand: { status: 'ENABLED' },
  GetEnabledStandardsCommand: { StandardsSubscriptions: [{ StandardsStatus: 'READY' }] },
  ListFindingsCommand: { FindingIds: [] },
  // Of GuardDuty and of Security Hub.
  GetFindingsCommand: (input) =>
    'DetectorId' in input ? { Findings: [] } : awsError('InvalidAccessException', 'not subscribed'),
  DescribeAlarmsCommand: { MetricAlarms: [], CompositeAlarms: [] },
  ListSubscriptionsByTopicCommand: {
    Subscriptions: production.alarms.emails.map((Endpoint) => ({
      Endpoint,
      SubscriptionArn: 'arn:aws:sns:1',
    })),
  },
  GetTemplateCommand: ({ StackName }) => ({
    TemplateBody: JSON.stringify(stacks.find(({ name }) => name === StackName)?.template),
  }),
  DetectStackDriftCommand: { StackDriftDetectionId: 'one' },
  DescribeStackDriftDetectionStatusCommand: { DetectionStatus: 'DETECTION_COMPLETE' },
  DescribeStackResourceDriftsCommand: { StackResourceDrifts: [] },
};

export function environmentOn(aws: Aws, changed: Partial<Operated> = {}): Operated {
  const dns = { nameServers: async () => servers, issuers: async () => [] };
  const account = { shop, environment: production, stacks, aws, dns, now, ...changed };
  return { ...operatedOf(account, async () => {}), ...changed };
}

/** Answers of questions; each can be said in Japanese. */
export async function answersTo(
  questions: readonly Question[],
  answers: Answers = {},
  changed: Partial<Operated> = {},
): Promise<Answered[]> {
  const operated = environmentOn(recordedAws({ ...healthy, ...answers }), changed);
  const found = await askAll(questions, operated, () => {});
  expect(untranslated(found)).toEqual([]);
  return found;
}
/** `standing about: says` */
export const inWords = ({ standing, about, says }: Answered) => `${standing} ${about}: ${says}`;
