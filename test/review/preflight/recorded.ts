import { ResourceNotFoundException as NoSuchSecret } from '@aws-sdk/client-secrets-manager';
import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { loadShop } from '../../../lib/config/load.ts';
import { type Aws, awsWithCredentials } from '../../../lib/review/account/aws.ts';
import type { Account, Check } from '../../../lib/review/account/check.ts';
import { askAll } from '../../../lib/review/account/run.ts';
import { readAssembly } from '../../../lib/review/templates/assembly.ts';
import { exampleAssembly } from '../../support/synthesize.ts';
import { untranslated } from '../account/in-japanese.ts';

type Input = Readonly<Record<string, unknown>>;

/** What AWS answers, by the name of the command; an error is thrown. */
export type Answers = Readonly<Record<string, object | ((input: Input, region: string) => object)>>;

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: {}, $fault: 'client' });
}

/** Clients of the SDK whose answers are written down. A command that nobody wrote down fails the test. */
export function recordedAws(answers: Answers): Aws {
  const real = awsWithCredentials();
  const recorded = Object.entries(real).map(
    ([name, make]: [string, (region: string) => { send: unknown }]) => [
      name,
      (region: string) => {
        const client = make(region ?? 'us-east-1');
        client.send = async (command: { constructor: { name: string }; input: Input }) => {
          const answer = answers[command.constructor.name];
          if (answer === undefined)
            throw new Error(`no answer is written down for ${command.constructor.name}`);
          const given = typeof answer === 'function' ? answer(command.input, region) : answer;
          if (given instanceof Error) throw given;
          return given;
        };
        return client;
      },
    ],
  );
  return Object.fromEntries(recorded) as Aws;
}

const gone = { message: 'gone', $metadata: {} };
const file = 'examples/eccube-standard.ts';
export const shop = await loadShop(file);
const environment = shop.environments.production;
if (!environment) throw new Error(`${file} has no production`);
export const servers = ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'];

export const production = environment;
export const stacks = readAssembly(exampleAssembly(file)).stacks.filter(
  (stack) => stack.environment === 'production',
);

/** An account that is ready for the first deploy of the example. */
export const readyAnswers: Answers = {
  GetCallerIdentityCommand: {
    Account: production.account,
    Arn: `arn:aws:sts::${production.account}:assumed-role/admin/hana`,
  },
  GetParameterCommand: ({ Name }) =>
    String(Name).startsWith('/cdk-bootstrap') ? { Parameter: { Value: '28' } } : new ParameterNotFound(gone),
  GetHostedZoneCommand: {
    HostedZone: { Name: `${production.hostedZone.name}.`, Config: { PrivateZone: false } },
    DelegationSet: { NameServers: servers },
  },
  ListResourceRecordSetsCommand: { ResourceRecordSets: [] },
  ListStacksCommand: { StackSummaries: [] },
  ListServiceQuotasCommand: ({ ServiceCode }) => ({ Quotas: quotas[String(ServiceCode)] ?? [] }),
  DescribeAddressesCommand: { Addresses: [] },
  ListResourcesCommand: ({ TypeName }) => ({
    ResourceDescriptions: TypeName === 'AWS::EC2::VPC' ? [{}] : [],
  }),
  // Of what the templates name nothing is there yet; of what \`cdk bootstrap\` makes, the bucket.
  GetResourceCommand: ({ TypeName, Identifier }) =>
    TypeName === 'AWS::S3::Bucket' && String(Identifier).startsWith('cdk-')
      ? { ResourceDescription: { Properties: '{}' } }
      : TypeName === 'AWS::CodeConnections::Connection'
        ? { ResourceDescription: { Properties: '{"ConnectionStatus":"AVAILABLE"}' } }
        : awsError('ResourceNotFoundException'),
  GetAccountCommand: { SendingEnabled: true, ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY' },
  DescribeHubCommand: () => awsError('InvalidAccessException'),
  DescribeAvailabilityZonesCommand: {
    AvailabilityZones: production.network.subnetZones.map((ZoneName, index) => ({
      ZoneName,
      ZoneId: `apne1-az${[4, 1, 2][index]}`,
    })),
  },
  ListDistributionsCommand: { DistributionList: { Quantity: 1, Items: [{ Id: 'E1' }] } },
  DescribeConfigurationRecordersCommand: { ConfigurationRecorders: [] },
  GetMacieSessionCommand: () => awsError('AccessDeniedException', 'Macie is not enabled'),
  ListDetectorsCommand: { DetectorIds: [] },
  ListAnalyzersCommand: { analyzers: [] },
  BatchGetAccountStatusCommand: { accounts: [{ resourceState: { ecr: { status: 'ENABLED' } } }] },
  DescribeRegionSettingsCommand: { ResourceTypeOptInPreference: { Aurora: true, EFS: true, S3: true } },
  DescribeCertificateCommand: {
    Certificate: {
      Status: 'ISSUED',
      DomainName: `*.${production.hostedZone.name}`,
      SubjectAlternativeNames: [...production.hosts, production.admin.host],
      NotAfter: new Date('2027-11-28'),
    },
  },
  DescribeSecretCommand: () => new NoSuchSecret(gone),
  DescribeLogGroupsCommand: { logGroups: [] },
  DescribeBackupVaultCommand: () => awsError('AccessDeniedException'),
};

export const quotas: Record<string, { QuotaName: string; QuotaCode: string; Value: number }[]> = {
  lambda: [{ QuotaName: 'Concurrent executions', QuotaCode: 'L-B99A9384', Value: 1000 }],
  fargate: [{ QuotaName: 'Fargate On-Demand vCPU resource count', QuotaCode: 'L-3032A538', Value: 140 }],
  codebuild: ['ARM/Small', 'Linux/Small', 'Linux/Medium'].map((size) => ({
    QuotaName: `Concurrently running builds for ${size} environment`,
    QuotaCode: `L-${size}`,
    Value: 1,
  })),
  ec2: [
    { QuotaName: 'EC2-VPC Elastic IPs', QuotaCode: 'L-0263D0A3', Value: 5 },
    {
      QuotaName: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
      QuotaCode: 'L-1216C47A',
      Value: 5,
    },
    { QuotaName: 'Client VPN endpoints per Region', QuotaCode: 'L-8EA77D34', Value: 5 },
  ],
  vpc: [
    { QuotaName: 'VPCs per Region', QuotaCode: 'L-F678F1CE', Value: 5 },
    { QuotaName: 'Internet gateways per Region', QuotaCode: 'L-A4707A72', Value: 5 },
    { QuotaName: 'NAT gateways per Availability Zone', QuotaCode: 'L-FE5A380F', Value: 5 },
    { QuotaName: 'Inbound or outbound rules per security group', QuotaCode: 'L-0EA8095F', Value: 60 },
  ],
  'workspaces-web': [
    {
      QuotaName: 'Maximum concurrent sessions for the standard.regular instance type in the specified region',
      QuotaCode: 'L-1B5A496A',
      Value: 25,
    },
    { QuotaName: 'Number of SessionLoggers', QuotaCode: 'L-21C7999E', Value: 3 },
  ],
  monitoring: [{ QuotaName: 'Canary limit', QuotaCode: 'L-C1FE0F5C', Value: 100 }],
  acm: [{ QuotaName: 'Domain names per ACM certificate', QuotaCode: 'L-FB94F0B0', Value: 10 }],
  wafv2: ['cloudfront', 'regional'].map((scope) => ({
    QuotaName: `Maximum regex pattern sets per account in WAF for ${scope}`,
    QuotaCode: `L-${scope}`,
    Value: 10,
  })),
  cloudfront: [{ QuotaName: 'VPC origins per account', QuotaCode: 'L-VPC', Value: 25 }],
};

/** The answers of one check, `standing about: says`; each can be said in Japanese. */
export async function asked(
  check: Check,
  answers: Answers = {},
  account: Partial<Account> = {},
): Promise<string[]> {
  const found = await askAll(
    [check],
    {
      shop,
      environment: production,
      stacks,
      aws: recordedAws({ ...readyAnswers, ...answers }),
      dns: { nameServers: async () => servers, issuers: async () => [] },
      now: new Date('2026-11-28'),
      ...account,
    },
    () => {},
  );
  expect(untranslated(found)).toEqual([]);
  return found.map(({ standing, about, says }) => `${standing} ${about}: ${says}`);
}
