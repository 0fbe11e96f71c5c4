import { paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { DescribeGlobalSettingsCommand, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { paginateListDetectors } from '@aws-sdk/client-guardduty';
import { BatchGetAccountStatusCommand } from '@aws-sdk/client-inspector2';
import type { AccountService } from '../../../config/environment.ts';
import { everyPage } from '../../../environment/lambda/every-page.ts';
import { type Account, type Answer, type Check, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';

/** GuardDuty and the analyzer exist once per account: the config says whether this environment makes them. */
export const accountServices: Check = {
  id: 'account-services',
  title: 'GuardDuty and Access Analyzer',
  source: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html',
  async ask(account) {
    const { environment, aws, stacks } = account;
    const detectors = await countDetectors(account);
    const analyzers = await countAnalyzers(account);
    const statuses = await stackStatuses(aws.stacks(environment.region));
    const own = (type: string) =>
      stacks.some(
        ({ name, template }) =>
          isComplete(statuses.get(name)) &&
          Object.values(template.Resources).some(({ Type }) => Type === type),
      );
    const { existing } = environment.detection;
    return [
      standing('GuardDuty', 'guardduty', detectors, existing, own('AWS::GuardDuty::Detector')),
      standing(
        'Access Analyzer',
        'access-analyzer',
        analyzers,
        existing,
        own('AWS::AccessAnalyzer::Analyzer'),
      ),
    ];
  },
};

function standing(
  about: string,
  service: AccountService,
  found: number,
  existing: readonly AccountService[],
  own: boolean,
): Answer {
  const creates = !existing.includes(service);
  if (own) return ready(about, 'is deployed with this environment');
  if (creates && found > 0) {
    return problem(about, 'is on in this account already, and the deploy would make a second one', [
      `Write detection: { existing: ['${service}'] } into the environment, or accountServices: 'existing' for all.`,
    ]);
  }
  if (!creates && found === 0) {
    return problem(about, 'is not on, and the config says that the account has it', [
      `Switch it on, or take '${service}' out of detection.existing, or write accountServices: 'create' into it.`,
    ]);
  }
  return ready(about, creates ? 'is not on yet; the deploy switches it on' : 'is on in this account');
}

export async function countDetectors({
  environment,
  aws,
}: Pick<Account, 'environment' | 'aws'>): Promise<number> {
  const pages = paginateListDetectors({ client: aws.detectors(environment.region) }, {});
  return (await everyPage(pages, ({ DetectorIds }) => DetectorIds)).length;
}

async function countAnalyzers({ environment, aws }: Account): Promise<number> {
  const pages = paginateListAnalyzers({ client: aws.analyzers(environment.region) }, { type: 'ACCOUNT' });
  return (await everyPage(pages, ({ analyzers }) => analyzers)).length;
}

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
