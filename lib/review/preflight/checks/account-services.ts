import { paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { paginateListDetectors } from '@aws-sdk/client-guardduty';
import { GetRoleCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import { BatchGetAccountStatusCommand } from '@aws-sdk/client-inspector2';
import { DescribeHubCommand } from '@aws-sdk/client-securityhub';
import type { AccountService } from '../../../config/environment.ts';
import { accountServiceTypes } from '../../../environment/detection/account-services.ts';
import { everyPage } from '../../../environment/lambda/every-page.ts';
import { macieOf } from '../../../environment/notices/account-watch.ts';
import { type Account, type Answer, type Check, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';

type Asked = Pick<Account, 'environment' | 'aws'>;

interface Service {
  readonly about: string;
  readonly isOn: (account: Asked) => Promise<boolean>;
}

const services: Readonly<Record<AccountService, Service>> = {
  guardduty: { about: 'GuardDuty', isOn: async (account) => (await countDetectors(account)) > 0 },
  'access-analyzer': {
    about: 'Access Analyzer',
    isOn: async (account) => (await countAnalyzers(account)) > 0,
  },
  'security-hub': { about: 'Security Hub', isOn: hasHub },
  config: { about: 'AWS Config', isOn: async (account) => (await countRecorders(account)) > 0 },
  macie: {
    about: 'Macie',
    isOn: async ({ environment, aws }) => (await macieOf(aws.macie(environment.region))) !== 'off',
  },
};

/** What exists once per account and region: the config says whether this environment makes it. */
export const accountServices: Check = {
  id: 'account-services',
  title: 'Services of which an account has one',
  source: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html',
  async ask(account) {
    const { environment, aws, stacks } = account;
    const statuses = await stackStatuses(aws.stacks(environment.region));
    const own = (service: AccountService) =>
      stacks.some(
        ({ name, template }) =>
          isComplete(statuses.get(name)) &&
          Object.values(template.Resources).some(({ Type }) => Type === accountServiceTypes[service]),
      );
    const { makes, existing } = environment.detection;
    const asked = (Object.keys(services) as AccountService[]).filter((service) =>
      [...makes, ...existing].includes(service),
    );
    return Promise.all(
      asked.map(async (service) =>
        standing(service, await services[service].isOn(account), makes.includes(service), own(service)),
      ),
    );
  },
};

function standing(service: AccountService, isOn: boolean, creates: boolean, own: boolean): Answer {
  const { about } = services[service];
  if (own) return ready(about, 'is deployed with this environment');
  if (creates && isOn) {
    return problem(about, 'is on in this account already, and the deploy would make a second one', [
      `Write detection: { existing: ['${service}'] } into the environment, or accountServices: 'existing' for all.`,
    ]);
  }
  if (!creates && !isOn) {
    return problem(about, 'is not on, and the config says that the account has it', [
      `Switch it on, or take '${service}' out of detection.existing, or write accountServices: 'create' into it.`,
    ]);
  }
  return ready(about, creates ? 'is not on yet; the deploy switches it on' : 'is on in this account');
}

export async function countDetectors({ environment, aws }: Asked): Promise<number> {
  const pages = paginateListDetectors({ client: aws.detectors(environment.region) }, {});
  return (await everyPage(pages, ({ DetectorIds }) => DetectorIds)).length;
}

async function countAnalyzers({ environment, aws }: Asked): Promise<number> {
  const pages = paginateListAnalyzers({ client: aws.analyzers(environment.region) }, { type: 'ACCOUNT' });
  return (await everyPage(pages, ({ analyzers }) => analyzers)).length;
}

/** Recorders that a service of AWS keeps for itself are not among them. */
async function countRecorders({ environment, aws }: Asked): Promise<number> {
  const { ConfigurationRecorders = [] } = await aws
    .changes(environment.region)
    .send(new DescribeConfigurationRecordersCommand({}));
  return ConfigurationRecorders.length;
}

async function hasHub({ environment, aws }: Asked): Promise<boolean> {
  try {
    await aws.hub(environment.region).send(new DescribeHubCommand({}));
    return true;
  } catch (error) {
    // So it says of an account that has not switched it on, and of one whose hub is gone.
    // https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html
    if (!/^(InvalidAccess|ResourceNotFound)Exception$/.test((error as Error).name)) throw error;
    return false;
  }
}

const configRole = 'AWSServiceRoleForConfig';

/** The recorder works with a role that AWS makes for it when it is asked to, and that no stack may make twice. */
export const recorderRole: Check = {
  id: 'recorder-role',
  title: 'Role of AWS Config',
  source: 'https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html',
  async ask({ environment, aws }) {
    if (!environment.detection.makes.includes('config')) return [];
    try {
      await aws.roles().send(new GetRoleCommand({ RoleName: configRole }));
      return [ready('AWS Config', `has its role ${configRole}`)];
    } catch (error) {
      if (!(error instanceof NoSuchEntityException)) throw error;
      return [
        problem('AWS Config', `has no role ${configRole}, with which the recorder looks`, [
          'Make it, once for the account.',
          'aws iam create-service-linked-role --aws-service-name config.amazonaws.com',
        ]),
      ];
    }
  },
};

/** Images are scanned: an image that nobody scanned never runs. */
export const inspector: Check = {
  id: 'inspector',
  title: 'Inspector',
  source: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
  async ask({ environment, aws }) {
    const { accounts = [] } = await aws
      .inspector(environment.region)
      .send(new BatchGetAccountStatusCommand({ accountIds: [environment.account] }));
    const status = accounts[0]?.resourceState?.ecr?.status ?? 'DISABLED';
    return [
      status === 'ENABLED'
        ? ready('Inspector', 'scans images')
        : problem('Inspector', `does not scan images (${status})`, [
            'Switch it on; minutes.',
            `aws inspector2 enable --region ${environment.region} --resource-types ECR`,
          ]),
    ];
  },
};

/** Stores by type, and what AWS Backup calls them. */
const backedUp: Readonly<Record<string, string>> = {
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::RDS::DBInstance': 'RDS',
  'AWS::EFS::FileSystem': 'EFS',
};

/** AWS Backup covers what the environment backs up. */
export const backups: Check = {
  id: 'backup',
  title: 'AWS Backup',
  source: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/service-opt-in.html',
  async ask(account) {
    const { environment, aws } = account;
    const { ResourceTypeOptInPreference: chosen = {} } = await aws
      .backup(environment.region)
      .send(new DescribeRegionSettingsCommand({}));
    const stores = storesOf(account).map((store) =>
      chosen[store] === true
        ? ready(`AWS Backup: ${store}`, 'is covered')
        : problem(`AWS Backup: ${store}`, 'is not covered: its backups would not be made', [
            'Opt in; at once.',
            `aws backup update-region-settings --region ${environment.region} --resource-type-opt-in-preference ${store}=true`,
          ]),
    );
    return [...stores, ...(await secondAccount(account))];
  },
};

/** Only the organization's management account turns it on; each of its accounts sees whether it is. */
async function secondAccount({ environment, aws }: Account): Promise<Answer[]> {
  const { backups: wished, region } = environment;
  if (wished.account === undefined) return [];
  const about = `AWS Backup: copies to ${wished.account}`;
  const allow = [
    'Put both accounts into one organization; its management account then allows copies between accounts (docs/backup-account.md).',
    'aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=true',
  ] as const;
  try {
    const { GlobalSettings } = await aws.backup(region).send(new DescribeGlobalSettingsCommand({}));
    return GlobalSettings?.isCrossAccountBackupEnabled === 'true'
      ? [ready(about, 'are allowed by the organization')]
      : [problem(about, 'are not allowed by the organization: each would fail', [...allow])];
  } catch (error) {
    // So it says of an account without an organization: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeGlobalSettings.html
    if ((error as Error).name !== 'InvalidRequestException') throw error;
    return [problem(about, 'would fail: this account belongs to no organization', [...allow])];
  }
}

function storesOf({ shop, stacks }: Account): string[] {
  const types = new Set(
    stacks.flatMap(({ template }) =>
      Object.values(template.Resources).flatMap(({ Type, Properties }) =>
        // An instance of a cluster is backed up with it.
        Type === 'AWS::RDS::DBInstance' && Properties?.DBClusterIdentifier !== undefined ? [] : Type,
      ),
    ),
  );
  const named = Object.entries(backedUp).flatMap(([type, name]) => (types.has(type) ? name : []));
  return shop.platform.media.kind === 'bucket' ? [...named, 'S3'] : named;
}
