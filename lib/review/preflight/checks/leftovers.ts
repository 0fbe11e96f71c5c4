import { DescribeBackupVaultCommand } from '@aws-sdk/client-backup';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSecretCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { type Account, type Answer, type Check, problem, ready, regionsOf } from '../../account/check.ts';
import { existingResource } from '../../account/existing-resource.ts';
import { isEmpty, stackStatuses } from '../../account/stack-statuses.ts';
import { resourceType } from '../../deploys/model/resource-types.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';

const statusCommands: readonly {
  readonly status: RegExp;
  readonly says: string;
  readonly command?: string;
}[] = [
  { status: /^UPDATE_ROLLBACK_FAILED$/, says: 'takes no update', command: 'continue-update-rollback' },
  { status: /^(DELETE|ROLLBACK|CREATE)_FAILED$/, says: 'takes no update', command: 'delete-stack' },
  { status: /^UPDATE_FAILED$/, says: 'takes no update', command: 'rollback-stack' },
  { status: /^IMPORT_ROLLBACK_FAILED$/, says: 'could not take back what was imported' },
  // A change set that nobody executed is no work: the next deploy makes another.
  { status: /^(?!REVIEW_).*_IN_PROGRESS$/, says: 'is being worked on' },
];

/** No stack is stuck, and no name of the templates belongs to something that an earlier try left. */
export const leftovers: Check = {
  id: 'leftovers',
  title: 'Leftovers and names in use',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html',
  async ask(account) {
    const answers = await Promise.all(regionsOf(account).map((region) => askRegion(account, region)));
    const found = answers.flat();
    return found.length > 0 ? found : [ready('names and stacks', 'nothing stands in the way')];
  },
};

async function askRegion(account: Account, region: string): Promise<Answer[]> {
  const statuses = await stackStatuses(account.aws.stacks(region));
  const here = account.stacks.filter((stack) => stack.region === region);
  const stuck = here.flatMap(({ name }) => {
    const status = statuses.get(name) ?? '';
    const row = statusCommands.find((each) => each.status.test(status));
    if (!row) return [];
    const todo = status.endsWith('_FAILED') ? 'docs/runbooks/failed-deploy.md' : 'Wait until that has ended.';
    const command =
      row.command && `aws cloudformation ${row.command} --region ${region} --stack-name ${name}`;
    return [problem(name, `${row.says} (${status})`, command ? [todo, command] : [todo])];
  });
  // What a stack names that stands is its own, also while it is stuck: nobody may be told to delete it.
  const missing = here.filter(({ name }) => isEmpty(statuses.get(name)));
  return [
    ...stuck,
    ...(await secretsInUse(account, missing, region)),
    ...(await logGroupsInUse(account, missing, region)),
    ...(await vaultsInUse(account, missing, region)),
    ...(await othersInUse(account, missing, region)),
  ];
}

/** Asked in the words of their own services above: their identifiers are not their names, or read otherwise. */
const askedApart = new Set([
  'AWS::SecretsManager::Secret',
  'AWS::Logs::LogGroup',
  'AWS::Backup::BackupVault',
  // Made by whoever comes first, and overwritten by the next.
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
]);
/** Asked at a time: Cloud Control lets through a few calls a second. */
const atOnce = 5;

/** Whatever else has a name that the templates choose, and is called by it. */
async function othersInUse(
  account: Account,
  stacks: readonly StackTemplate[],
  region: string,
): Promise<Answer[]> {
  const named = stacks.flatMap(({ template }) =>
    Object.values(template.Resources).flatMap(({ Type: type, Properties = {} }) => {
      const { identity } = resourceType(type);
      const name: unknown = identity?.length === 1 ? Properties[identity[0] ?? ''] : undefined;
      return typeof name === 'string' && !askedApart.has(type) ? [{ type, name }] : [];
    }),
  );
  const answers: Answer[] = [];
  for (let first = 0; first < named.length; first += atOnce) {
    const found = await Promise.all(
      named.slice(first, first + atOnce).map(async ({ type, name }) => {
        const { kind } = await existingResource(account, region, type, name);
        return kind === 'exists' ? [{ type, name }] : [];
      }),
    );
    for (const { type, name } of found.flat()) {
      answers.push(
        problem(name, `is taken already (${type})`, [
          'Look whether anybody needs it; then delete it.',
          `aws cloudcontrol delete-resource --region ${region} --type-name ${type} --identifier ${name}`,
        ]),
      );
    }
  }
  return answers;
}

async function secretsInUse(
  { aws }: Account,
  stacks: readonly StackTemplate[],
  region: string,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const name of namesIn(stacks, 'AWS::SecretsManager::Secret', 'Name')) {
    try {
      const { DeletedDate } = await aws.secrets(region).send(new DescribeSecretCommand({ SecretId: name }));
      answers.push(
        problem(
          name,
          DeletedDate ? 'is a secret that waits for its deletion' : 'is a secret that exists already',
          [
            'Look whether anybody needs it; then delete it at once.',
            `aws secretsmanager delete-secret --region ${region} --force-delete-without-recovery --secret-id ${name}`,
          ],
        ),
      );
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }
  return answers;
}

async function logGroupsInUse(
  { aws }: Account,
  stacks: readonly StackTemplate[],
  region: string,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const name of namesIn(stacks, 'AWS::Logs::LogGroup', 'LogGroupName')) {
    const pages = paginateDescribeLogGroups({ client: aws.logs(region) }, { logGroupNamePrefix: name });
    for await (const { logGroups = [] } of pages) {
      if (!logGroups.some(({ logGroupName }) => logGroupName === name)) continue;
      answers.push(
        problem(name, 'is a log group that exists already', [
          'Look whether anybody needs it; then delete it.',
          `aws logs delete-log-group --region ${region} --log-group-name ${name}`,
        ]),
      );
    }
  }
  return answers;
}

async function vaultsInUse(
  { aws }: Account,
  stacks: readonly StackTemplate[],
  region: string,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const name of namesIn(stacks, 'AWS::Backup::BackupVault', 'BackupVaultName')) {
    try {
      await aws.backup(region).send(new DescribeBackupVaultCommand({ BackupVaultName: name }));
      answers.push(
        problem(name, 'is a backup vault that exists already', [
          'Empty and delete it, or call the shop otherwise: docs/leaving.md.',
          `aws backup delete-backup-vault --region ${region} --backup-vault-name ${name}`,
        ]),
      );
    } catch (error) {
      // AWS Backup says so of a vault that does not exist, too.
      // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupVault.html
      if (!/^(ResourceNotFound|AccessDenied)Exception$/.test((error as Error).name)) throw error;
    }
  }
  return answers;
}

function namesIn(stacks: readonly StackTemplate[], type: string, property: string): string[] {
  return stacks.flatMap(({ template }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .flatMap(({ Properties }) => {
        const name: unknown = Properties?.[property];
        return typeof name === 'string' ? [name] : [];
      }),
  );
}
