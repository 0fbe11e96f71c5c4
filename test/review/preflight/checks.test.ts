import { ResourceNotFoundException as NoSuchCertificate } from '@aws-sdk/client-acm';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { NoSuchHostedZone } from '@aws-sdk/client-route-53';
import { ResourceNotFoundException as NoSuchSecret } from '@aws-sdk/client-secrets-manager';
import { ParameterNotFound } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../lib/review/account/check.ts';
import { askAll } from '../../../lib/review/account/run.ts';
import { describeAnswers } from '../../../lib/review/account/show.ts';
import { account } from '../../../lib/review/preflight/checks/account.ts';
import { checks } from '../../../lib/review/preflight/checks/index.ts';
import { type Answers, asked, awsError, production, quotas, recordedAws, stacks } from './recorded.ts';

const gone = { message: 'gone', $metadata: {} };
const ownMailSecret = {
  ...production,
  mail: {
    kind: 'smtp' as const,
    host: 'smtp.mail.example.com',
    port: 587 as const,
    from: 'orders@www.midori-tea.example.jp',
    secret: `arn:aws:secretsmanager:${production.region}:${production.account}:secret:shop-mail-AbCdEf`,
  },
};
/** What a check needs to have something to ask about. */
const about = (): Readonly<
  Record<string, { readonly answers: Answers; readonly changed: Partial<Account> }>
> => ({
  'mail-secret': { answers: { DescribeSecretCommand: {} }, changed: { environment: ownMailSecret } },
  certificates: { answers: {}, changed: { environment: ownCertificate } },
  ses: { answers: {}, changed: { environment: bySes } },
  'source-connection': { answers: {}, changed: { environment: fromRepository } },
  'recorder-role': {
    answers: { GetRoleCommand: {} },
    changed: { environment: watching({ makes: ['config'] }) },
  },
});
const toSecondAccount = {
  environment: { ...production, backups: { ...production.backups, account: '222233334444' } },
};
const check = (id: string) => {
  const found = checks.find((each) => each.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};
const stackWith = (type: string) => {
  const found = stacks.find(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === type),
  );
  if (!found) throw new Error(`no stack with ${type}`);
  return found.name;
};
const listed = (StackName: string, StackStatus: string) => ({
  ListStacksCommand: { StackSummaries: [{ StackName, StackStatus }] },
});
const parameter = (Value: string) => ({ Parameter: { Value } });
const quota = (service: string, Value: number) => ({
  ListServiceQuotasCommand: ({ ServiceCode }: Record<string, unknown>) => ({
    Quotas: (quotas[String(ServiceCode)] ?? []).map((each) =>
      ServiceCode === service ? { ...each, Value } : each,
    ),
  }),
});
/** So many resources of a type, as Cloud Control lists them, a page at a time. */
const having = (type: string, count: number) => ({
  ListResourcesCommand: ({ TypeName, NextToken }: Record<string, unknown>) =>
    TypeName !== type
      ? { ResourceDescriptions: [] }
      : NextToken === undefined
        ? { ResourceDescriptions: [{}], NextToken: 'more' }
        : { ResourceDescriptions: Array(count - 1).fill({}) },
});
const ofMachine = (InstanceType: string) => ({
  environment: 'production',
  file: 'host.template.json',
  name: 'host',
  template: { Resources: { Host: { Type: 'AWS::EC2::Instance', Properties: { InstanceType } } } },
});
const taken = (type: string) => ({
  GetResourceCommand: ({ TypeName }: Record<string, unknown>) =>
    TypeName === type ? { ResourceDescription: {} } : awsError('ResourceNotFoundException'),
});
const certificateArn = `arn:aws:acm:us-east-1:${production.account}:certificate/00000000-1111-2222-3333-444444444444`;
const ownCertificate = { ...production, certificates: { edgeArn: certificateArn } };
const certificate = (changed: object) => ({
  DescribeCertificateCommand: {
    Certificate: {
      Status: 'ISSUED',
      DomainName: production.domain,
      NotAfter: new Date('2027-06-01'),
      ...changed,
    },
  },
});
const watching = (detection: Partial<typeof production.detection>) => ({
  ...production,
  detection: { ...production.detection, ...detection },
});
const bySes = { ...production, mail: { kind: 'ses' as const, from: 'shop@www.midori-tea.example.jp' } };
const connectionArn = `arn:aws:codeconnections:${production.region}:${production.account}:connection/00000000-1111-2222-3333-444444444444`;
const fromRepository = {
  ...production,
  patching: {
    ...production.patching,
    source: { connectionArn, repository: 'midori/shop', branch: 'main' },
  },
};
const dns = (nameServers: string[], issuers: string[]): Partial<Account> => ({
  dns: { nameServers: async () => nameServers, issuers: async () => issuers },
});

describe('an account that is ready', () => {
  it.each(checks.map((each) => [each.id, each] as const))('is ready by %s', async (_, each) => {
    const answers = await asked(each, about()[each.id]?.answers, about()[each.id]?.changed);
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => !answer.startsWith('ready '))).toEqual([]);
  });
});

describe('what these credentials may not see', () => {
  it.each(checks.map((each) => [each.id, each] as const))(
    'is an answer of its own of %s',
    async (_, each) => {
      const message = 'User: arn is not authorized to perform: some:Action on resource: *';
      const denied = awsError('AccessDenied', message);
      const aws = recordedAws(new Proxy({}, { get: () => denied }) as Answers);
      const noDns = Object.assign(new Error('no answer'), { code: 'ETIMEOUT' });
      const unreached = { nameServers: () => Promise.reject(noDns), issuers: () => Promise.reject(noDns) };
      const [answer] = await asked(each, {}, { ...about()[each.id]?.changed, aws, dns: unreached });
      expect(answer).toMatch(/^hidden .*(not allowed to see it|public resolvers gave no answer)/);
    },
  );

  it('is told with the action to allow', async () => {
    const aws = recordedAws({
      GetCallerIdentityCommand: awsError('AccessDenied', 'x perform: sts:Get on y'),
    });
    const [answer] = await askAll([account], { environment: production, aws } as Account, () => {});
    expect(answer?.todo).toContain('Allow sts:Get');
  });
});

/** What is said of it, which check finds it, what AWS answers, what else is different, and what is answered. */
type Case = [string, string, Answers, Partial<Account>, RegExp];

describe('an account that is not ready', () => {
  it.each<Case>([
    [
      'is another one',
      'account',
      { GetCallerIdentityCommand: { Account: '999999999999', Arn: 'arn' } },
      {},
      /the credentials are of account 999999999999/,
    ],
    [
      'is worked on by root',
      'account',
      { GetCallerIdentityCommand: { Account: production.account, Arn: 'arn:aws:iam::1:root' } },
      {},
      /the root user/,
    ],
    [
      'has a region that was never bootstrapped',
      'bootstrap',
      {
        GetParameterCommand: (_: unknown, at: string) =>
          at === 'us-east-1' ? new ParameterNotFound(gone) : parameter('28'),
      },
      {},
      /us-east-1: is not bootstrapped/,
    ],
    [
      'was bootstrapped long ago',
      'bootstrap',
      { GetParameterCommand: parameter('5') },
      {},
      /is bootstrapped with version 5; the templates need 6/,
    ],
    [
      'has no such zone',
      'hosted-zone',
      { GetHostedZoneCommand: new NoSuchHostedZone(gone) },
      {},
      /has no zone Z/,
    ],
    [
      'has a private zone',
      'hosted-zone',
      {
        GetHostedZoneCommand: {
          HostedZone: { Name: `${production.hostedZone.name}.`, Config: { PrivateZone: true } },
        },
      },
      {},
      /is private/,
    ],
    [
      'has the zone of another name',
      'hosted-zone',
      {
        GetHostedZoneCommand: {
          HostedZone: { Name: 'other.example.' },
          DelegationSet: { NameServers: ['a'] },
        },
      },
      dns(['a'], []),
      /is the zone of other\.example/,
    ],
    ['has a zone nobody asks', 'hosted-zone', {}, dns([], []), /the world asks no name server for it/],
    [
      'has a zone at another provider',
      'hosted-zone',
      {},
      dns(['ns.old.example'], []),
      /asks ns\.old\.example for it/,
    ],
    ['forbids Amazon', 'caa', {}, dns([], ['letsencrypt.org']), /allows letsencrypt\.org alone/],
    [
      'has an old shop under the name',
      'records',
      {
        ListResourceRecordSetsCommand: ({ StartRecordName }: Record<string, unknown>) => ({
          ResourceRecordSets: [{ Name: `${StartRecordName}.`, Type: 'A' }],
        }),
      },
      {},
      /has A already/,
    ],
    [
      'may run no function more',
      'quotas',
      quota('lambda', 10),
      {},
      /Lambda: concurrent executions: needs \d+, of 10/,
    ],
    ['may run no task', 'quotas', quota('fargate', 1), {}, /Fargate: vCPUs: needs \d+, of 1$/m],
    ['may build nothing', 'quotas', quota('codebuild', 0), {}, /CodeBuild: builds on \S+: needs 1, of 0/],
    [
      'has no address left',
      'quotas',
      { DescribeAddressesCommand: { Addresses: Array(5).fill({}) } },
      {},
      /Elastic IPs: needs 2, 5 in use, of 5/,
    ],
    [
      'has no room for a VPC',
      'quotas',
      having('AWS::EC2::VPC', 5),
      {},
      /VPCs in ap-northeast-1: needs 1, 5 in use, of 5/,
    ],
    [
      'lacks a zone',
      'zones',
      { DescribeAvailabilityZonesCommand: { AvailabilityZones: [] } },
      {},
      /is no zone of this account/,
    ],
    [
      'has a zone that VPC origins do not reach',
      'zones',
      {
        DescribeAvailabilityZonesCommand: {
          AvailabilityZones: production.network.subnetZones.map((ZoneName) => ({
            ZoneName,
            ZoneId: 'apne1-az3',
          })),
        },
      },
      {},
      /is apne1-az3, which CloudFront's VPC origins do not reach/,
    ],
    [
      'has a zone without a secure browser',
      'zones',
      {
        DescribeAvailabilityZonesCommand: {
          AvailabilityZones: production.network.subnetZones.map((ZoneName, index) => ({
            ZoneName,
            ZoneId: index === 0 ? 'apne1-az9' : 'apne1-az1',
          })),
        },
      },
      {},
      /is apne1-az9, where there is no secure browser/,
    ],
    [
      'has GuardDuty already',
      'account-services',
      { ListDetectorsCommand: { DetectorIds: ['one'] } },
      {},
      /GuardDuty: is on in this account already/,
    ],
    [
      'has an analyzer already',
      'account-services',
      { ListAnalyzersCommand: { analyzers: [{}] } },
      {},
      /Access Analyzer: is on in this account already/,
    ],
    [
      'is in an organization that allows no copies to the second account',
      'backup',
      { DescribeGlobalSettingsCommand: { GlobalSettings: { isCrossAccountBackupEnabled: 'false' } } },
      toSecondAccount,
      /copies to 222233334444: are not allowed by the organization: each would fail$/m,
    ],
    [
      'is in an organization that was never asked about copies',
      'backup',
      { DescribeGlobalSettingsCommand: {} },
      toSecondAccount,
      /copies to 222233334444: are not allowed by the organization/,
    ],
    [
      'is in no organization, and copies to a second account',
      'backup',
      { DescribeGlobalSettingsCommand: awsError('InvalidRequestException') },
      toSecondAccount,
      /copies to 222233334444: would fail: this account belongs to no organization$/m,
    ],
    [
      'lacks what the config says it has',
      'account-services',
      {},
      {
        environment: {
          ...production,
          detection: { ...production.detection, makes: [], existing: ['guardduty', 'access-analyzer'] },
        },
      },
      /GuardDuty: is not on, and the config says/,
    ],
    ...(
      [
        ['Security Hub', 'security-hub', { DescribeHubCommand: {} }],
        [
          'AWS Config',
          'config',
          { DescribeConfigurationRecordersCommand: { ConfigurationRecorders: [{ name: 'default' }] } },
        ],
        ['Macie', 'macie', { GetMacieSessionCommand: { status: 'ENABLED' } }],
      ] as const
    ).flatMap(([name, service, on]): Case[] => [
      [
        `has ${name} already`,
        'account-services',
        on,
        { environment: watching({ makes: [service] }) },
        new RegExp(`^problem ${name}: is on in this account already`, 'm'),
      ],
      [
        `has no ${name}, which the config says it has`,
        'account-services',
        {},
        { environment: watching({ existing: [service] }) },
        new RegExp(`${name}: is not on, and the config says`),
      ],
    ]),
    [
      'has no role for the recorder',
      'recorder-role',
      { GetRoleCommand: new NoSuchEntityException(gone) },
      { environment: watching({ makes: ['config'] }) },
      /AWS Config: has no role AWSServiceRoleForConfig/,
    ],
    [
      'scans no images',
      'inspector',
      { BatchGetAccountStatusCommand: { accounts: [] } },
      {},
      /does not scan images/,
    ],
    [
      'backs up no database',
      'backup',
      {
        DescribeRegionSettingsCommand: {
          ResourceTypeOptInPreference: { Aurora: false, EFS: true, S3: true },
        },
      },
      {},
      /AWS Backup: Aurora: is not covered/,
    ],
    [
      'has a VPN certificate near its end',
      'vpn-certificate',
      { DescribeCertificateCommand: { Certificate: { NotAfter: new Date('2026-12-10') } } },
      {},
      /ends in 12 days/,
    ],
    [
      'has a VPN certificate that has ended',
      'vpn-certificate',
      { DescribeCertificateCommand: { Certificate: { NotAfter: new Date('2026-11-10') } } },
      {},
      /has ended/,
    ],
    [
      'has no such VPN certificate',
      'vpn-certificate',
      { DescribeCertificateCommand: new NoSuchCertificate(gone) },
      {},
      /does not exist/,
    ],
    [
      'has no such mail secret',
      'mail-secret',
      { DescribeSecretCommand: new NoSuchSecret(gone) },
      { environment: ownMailSecret },
      /Mail secret: .*shop-mail.* does not exist/,
    ],
    [
      'deletes the mail secret',
      'mail-secret',
      { DescribeSecretCommand: { DeletedDate: new Date('2026-11-20') } },
      { environment: ownMailSecret },
      /Mail secret: is to be deleted/,
    ],
    [
      'has a stack that is stuck',
      'leftovers',
      listed(stackWith('AWS::EC2::VPC'), 'UPDATE_ROLLBACK_FAILED'),
      {},
      /takes no update \(UPDATE_ROLLBACK_FAILED\)/,
    ],
    [
      'is being deployed to',
      'leftovers',
      listed(stackWith('AWS::EC2::VPC'), 'UPDATE_IN_PROGRESS'),
      {},
      /is being worked on/,
    ],
    [
      'has a secret of an earlier try',
      'leftovers',
      { DescribeSecretCommand: {} },
      {},
      /is a secret that exists already/,
    ],
    [
      'has a secret that waits for its deletion',
      'leftovers',
      { DescribeSecretCommand: { DeletedDate: new Date() } },
      {},
      /waits for its deletion/,
    ],
    [
      'has a log group of an earlier try',
      'leftovers',
      {
        DescribeLogGroupsCommand: ({ logGroupNamePrefix }: Record<string, unknown>) => ({
          logGroups: [{ logGroupName: logGroupNamePrefix }],
        }),
      },
      {},
      /is a log group that exists already/,
    ],
    [
      'has a vault of an earlier try',
      'leftovers',
      { DescribeBackupVaultCommand: {} },
      {},
      /is a backup vault that exists/,
    ],
    [
      'has lost the image',
      'image-parameter',
      listed(stackWith('AWS::CodePipeline::Pipeline'), 'CREATE_COMPLETE'),
      {},
      /is gone: the storefront cannot be deployed/,
    ],
    [
      'was bootstrapped, and has lost the bucket',
      'bootstrap',
      { GetResourceCommand: awsError('ResourceNotFoundException') },
      {},
      /us-east-1: is bootstrapped, but its bucket cdk-hnb659fds-assets-\d+-us-east-1 is gone/,
    ],
    [
      'has the bucket of a bootstrap that failed',
      'bootstrap',
      { GetParameterCommand: new ParameterNotFound(gone) },
      {},
      /is not bootstrapped, and an earlier try has left the bucket/,
    ],
    [
      'never ended its registration',
      'quotas',
      { ListServiceQuotasCommand: awsError('SubscriptionRequiredException') },
      {},
      /Quotas: this account may not use the service yet/,
    ],
    [
      'has another distribution of the name',
      'cloudfront',
      {
        ListDistributionsCommand: {
          DistributionList: { Items: [{ Id: 'E9', Aliases: { Items: [production.domain.toUpperCase()] } }] },
        },
      },
      {},
      /belongs to the distribution E9 already/,
    ],
    [
      'has as many trails as it may',
      'quotas',
      having('AWS::CloudTrail::Trail', 5),
      {},
      /CloudTrail: trails in ap-northeast-1: needs 1, 5 in use, of 5, the default/,
    ],
    [
      'has regex sets of other shops at the edge',
      'quotas',
      having('AWS::WAFv2::RegexPatternSet', 10),
      {},
      /AWS WAF: regex sets \((cloudfront|regional)\) in \S+: needs \d, 10 in use, of 10$/m,
    ],
    [
      'may start no machine',
      'quotas',
      quota('ec2', 1),
      { stacks: [ofMachine('t4g.2xlarge')] },
      /EC2: vCPUs: needs 8, of 1/,
    ],
    [
      'may put one name into a certificate',
      'quotas',
      quota('acm', 1),
      {},
      /ACM: names in a certificate: needs [2-9], of 1/,
    ],
    ['may write few rules', 'quotas', quota('vpc', 1), {}, /Rules of a security group: needs \d+, of 1/],
    [
      'has no such certificate',
      'certificates',
      { DescribeCertificateCommand: new NoSuchCertificate(gone) },
      { environment: ownCertificate },
      /certificates\.edgeArn: .* does not exist/,
    ],
    [
      'has a certificate that was never proved',
      'certificates',
      certificate({ Status: 'PENDING_VALIDATION' }),
      { environment: ownCertificate },
      /is not issued \(PENDING_VALIDATION\)/,
    ],
    [
      'has a certificate of other names',
      'certificates',
      certificate({ DomainName: '*.jp', SubjectAlternativeNames: ['other.example.jp'] }),
      { environment: ownCertificate },
      /does not hold \S+midori/,
    ],
    [
      'has a certificate near its end',
      'certificates',
      certificate({ SubjectAlternativeNames: production.hosts, NotAfter: new Date('2026-12-10') }),
      { environment: ownCertificate },
      /certificates\.edgeArn: ends in 12 days/,
    ],
    [
      'may send no mail',
      'ses',
      { GetAccountCommand: { SendingEnabled: false, EnforcementStatus: 'SHUTDOWN' } },
      { environment: bySes },
      /SES: sends nothing for this account \(SHUTDOWN\)/,
    ],
    [
      'has a connection that nobody confirmed',
      'source-connection',
      { GetResourceCommand: { ResourceDescription: { Properties: '{"ConnectionStatus":"PENDING"}' } } },
      { environment: fromRepository },
      /is not available \(PENDING\)/,
    ],
    [
      'has no such connection',
      'source-connection',
      { GetResourceCommand: awsError('ResourceNotFoundException') },
      { environment: fromRepository },
      /Connection to the repository: .* does not exist/,
    ],
    [
      'has a stack whose update failed and was left so',
      'leftovers',
      listed(stackWith('AWS::EC2::VPC'), 'UPDATE_FAILED'),
      {},
      /takes no update \(UPDATE_FAILED\)/,
    ],
    [
      'has a parameter of an earlier try',
      'leftovers',
      taken('AWS::SSM::Parameter'),
      {},
      /is taken already \(AWS::SSM::Parameter\)/,
    ],
    [
      'has the image of an earlier try',
      'image-parameter',
      { GetParameterCommand: parameter(`sha256:${'0'.repeat(64)}`) },
      {},
      /was left by an earlier try/,
    ],
    [
      'names no image',
      'image-parameter',
      { GetParameterCommand: parameter('latest') },
      {},
      /holds no digest/,
    ],
  ])('%s', async (_, id, answers, changed, says) => {
    const found = await asked(check(id), answers, changed);
    expect(found.filter((answer) => answer.startsWith('problem ')).join('\n')).toMatch(says);
  });

  it.each<Case>([
    ['the first distribution', 'cloudfront', { ListDistributionsCommand: {} }, {}, /^look CloudFront/],
    [
      'mails in the sandbox',
      'ses',
      { GetAccountCommand: { SendingEnabled: true, ProductionAccessEnabled: false } },
      { environment: bySes },
      /^look SES: sends to confirmed addresses only/,
    ],
    [
      'mails that customers complain about',
      'ses',
      { GetAccountCommand: { SendingEnabled: true, EnforcementStatus: 'PROBATION' } },
      { environment: bySes },
      /^look SES: watches this account/,
    ],
    [
      'a shop without VPN',
      'vpn-certificate',
      {},
      {
        environment: {
          ...production,
          admin: {
            ...production.admin,
            vpn: { ...production.admin.vpn, certificateArn: undefined },
            secureBrowser: undefined,
          },
        },
      },
      /^look VPN certificate/,
    ],
    [
      'a mail secret with a key of its own',
      'mail-secret',
      { DescribeSecretCommand: { KmsKeyId: 'arn:aws:kms:ap-northeast-1:333344445555:key/1' } },
      { environment: ownMailSecret },
      /^look Mail secret: is encrypted with arn:aws:kms.*key\/1/,
    ],
    ['a quota of another name', 'quotas', { ListServiceQuotasCommand: { Quotas: [] } }, {}, /^look Lambda/],
  ])('asks a person to look at %s', async (_, id, answers, changed, says) => {
    expect((await asked(check(id), answers, changed))[0]).toMatch(says);
  });

  it('asks about copies to a second account where the config names one, and never of others', async () => {
    const allowed = {
      DescribeGlobalSettingsCommand: { GlobalSettings: { isCrossAccountBackupEnabled: 'true' } },
    };
    const about = 'ready AWS Backup: copies to 222233334444: are allowed by the organization';
    expect(await asked(check('backup'), allowed, toSecondAccount)).toContain(about);
    expect((await asked(check('backup'))).join()).not.toContain('copies');
  });

  it('is ready with what its own stacks hold', async () => {
    const detection = listed(stackWith('AWS::GuardDuty::Detector'), 'UPDATE_COMPLETE');
    const on = { ListDetectorsCommand: { DetectorIds: ['one'] }, ListAnalyzersCommand: { analyzers: [{}] } };
    expect((await asked(check('account-services'), { ...detection, ...on })).join()).not.toMatch(/problem/);
    const complete = {
      ListStacksCommand: {
        StackSummaries: stacks.map(({ name }) => ({ StackName: name, StackStatus: 'CREATE_COMPLETE' })),
      },
    };
    const own = {
      ...complete,
      DescribeSecretCommand: {},
      DescribeBackupVaultCommand: {},
      ...having('AWS::EC2::VPC', 5),
    };
    expect(await asked(check('leftovers'), own)).toEqual([
      'ready names and stacks: nothing stands in the way',
    ]);
    expect((await asked(check('quotas'), own)).join()).not.toMatch(/problem/);
  });

  it('asks only about services that the config makes or says to be there', async () => {
    const services = ['GuardDuty', 'Access Analyzer'].map(
      (name) => `ready ${name}: is not on yet; the deploy switches it on`,
    );
    expect(await asked(check('account-services'))).toEqual(services);
    const none = { environment: watching({ makes: [], existing: [] }) };
    expect(await asked(check('account-services'), {}, none)).toEqual([]);
  });

  it('says which quotas it could not see the use of, and judges by the need alone', async () => {
    const found = await asked(check('quotas'), { ListResourcesCommand: awsError('AccessDeniedException') });
    expect(found.join('\n')).toMatch(/^hidden Quotas: how many are in use .* VPCs in ap-northeast-1/m);
    expect(found.join('\n')).not.toMatch(/^problem/m);
  });

  it('says which quotas nobody names, and passes none of them in silence', async () => {
    const [stack] = stacks;
    const template = { Resources: { Page: { Type: 'AWS::Synthetics::Canary', Properties: {} } } };
    const watched = { stacks: [{ ...stack, region: 'ap-northeast-1', template }] } as Partial<Account>;
    const unnamed = { ListServiceQuotasCommand: { Quotas: [] } };
    expect((await asked(check('quotas'), unnamed, watched)).join('\n')).toMatch(
      /^hidden Quotas that are not known: .*: CloudWatch: canaries in ap-northeast-1 \(1, 0 in use\)$/m,
    );
    expect((await asked(check('quotas'), {}, watched)).join('\n')).toMatch(/needs 1, of 100/);
  });

  it('counts a NAT gateway in each zone apart, and leaves many to a person', async () => {
    const found = await asked(check('quotas'), having('AWS::EC2::NatGateway', 6));
    expect(found.join('\n')).toMatch(/^look NAT gateways in ap-northeast-1: needs 1, 6 in use, of 5$/m);
  });

  it('takes a change set that nobody executed for no work', async () => {
    const waiting = listed(stackWith('AWS::EC2::VPC'), 'REVIEW_IN_PROGRESS');
    expect((await asked(check('leftovers'), waiting)).join()).not.toContain('problem');
  });

  it('asks nothing more of another account', async () => {
    const aws = recordedAws({ GetCallerIdentityCommand: { Account: '999999999999', Arn: 'arn' } });
    const found = await askAll(checks, { environment: production, aws } as Account, () => {});
    expect(found.map(({ check: id }) => id)).toEqual(['account']);
  });
});

it('the table says what to do, in order, and is no more than text', async () => {
  const aws = recordedAws({ GetCallerIdentityCommand: { Account: '9\u001b[31m', Arn: 'arn' } });
  const lines = describeAnswers(
    await askAll([account], { environment: production, aws } as Account, () => {}),
    { problem: 'in the way of a deploy', none: 'ready' },
  );
  expect(lines.at(-1)).toBe('1 in the way of a deploy.');
  expect(lines[1]).toMatch(/^ {6}Sign in to /);
  expect(lines.join('')).not.toContain('\u001b');
});
