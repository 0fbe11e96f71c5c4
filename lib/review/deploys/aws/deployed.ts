import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListExports,
  paginateListImports,
  type StackStatus,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import { UserError } from '../../../cli/user-error.ts';
import { declarationKeys } from '../../../declarations/keys.ts';
import { readTemplateText } from '../../templates/template-file.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import type { ForeignExport } from '../exports.ts';
import { record } from '../model/deployment.ts';
import { existingStacks } from './existing-stacks.ts';

export interface AwsAccess {
  readonly client: (region: string) => CloudFormationClient;
  readonly say: (line: string) => void;
}

export interface DeployedState {
  /** Of the shop, and after them those of others that import from it. */
  readonly stacks: readonly StackTemplate[];
  readonly foreignExports: readonly ForeignExport[];
}

/**
 * What is deployed of an environment, in the regions and under the names of its templates. Reads only.
 *
 * @throws UserError when the credentials are of another account than the templates
 */
export async function readDeployed(
  target: readonly StackTemplate[],
  { client, say }: AwsAccess,
): Promise<DeployedState> {
  const stacks: StackTemplate[] = [];
  const foreignExports: ForeignExport[] = [];
  for (const region of new Set(target.flatMap((stack) => stack.region ?? []))) {
    const aws = client(region);
    say(`Listing the stacks of ${region} ...`);
    const listed = await existingStacks(aws);
    rejectOtherAccount(listed, target);
    const wanted = new Map(target.filter((each) => each.region === region).map((each) => [each.name, each]));
    const prefixes = new Set(
      [...wanted.values()].map(({ name }) => name.slice(0, name.lastIndexOf('-') + 1)),
    );
    const candidates = listed.filter(
      ({ StackName: name = '' }) =>
        wanted.has(name) || [...prefixes].some((prefix) => prefix && name.startsWith(prefix)),
    );
    for (const [index, { StackName: name = '', StackStatus: status }] of candidates.entries()) {
      say(`Reading ${name} (${index + 1} of ${candidates.length}) ...`);
      const stack = await readStack(aws, name, status, region);
      const known = wanted.get(name);
      const environment = known?.environment ?? declaredEnvironment(stack);
      if (environment === undefined || !isOfTarget(environment, stack, target)) continue;
      stacks.push({
        ...stack,
        environment,
        ...(known?.account && { account: known.account }),
        dependsOn: known?.dependsOn ?? [],
      });
    }
    const ours = new Set(candidates.map(({ StackId }) => StackId));
    const shared: string[] = [];
    for await (const { Exports = [] } of paginateListExports({ client: aws }, {})) {
      for (const { Name: name = '', ExportingStackId: stackId = '' } of Exports) {
        if (ours.has(stackId)) shared.push(name);
        else foreignExports.push({ name, region, stackId });
      }
    }
    const own = new Set(candidates.map(({ StackName }) => StackName));
    say(`Asking who imports ${shared.length} exports of the shop ...`);
    for (const [name, imported] of await importersOf(aws, shared)) {
      const account = target.find((each) => each.region === region)?.account;
      if (!own.has(name)) stacks.push(foreignStack(name, imported, { region, ...(account && { account }) }));
    }
  }
  return { stacks, foreignExports };
}

/** How many answers are waited for at once: CloudFormation takes a few calls a second. */
const atOnce = 4;

/** Names of exports by the stack that imports them. AWS calls an export that nobody imports an error. */
async function importersOf(
  aws: CloudFormationClient,
  exports: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const importers = new Map<string, string[]>();
  const pending = [...exports];
  const ask = async (): Promise<void> => {
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      try {
        for await (const { Imports = [] } of paginateListImports({ client: aws }, { ExportName: name })) {
          for (const importer of Imports) importers.set(importer, [...(importers.get(importer) ?? []), name]);
        }
      } catch (error) {
        if (!(error instanceof Error && /is not imported by any stack/.test(error.message))) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return importers;
}

/** A stack of somebody else, as far as it holds what the shop exports. */
function foreignStack(
  name: string,
  imported: readonly string[],
  place: Pick<StackTemplate, 'region' | 'account'>,
): StackTemplate {
  const outputs = imported.map((each, index) => [`Import${index}`, { Value: { 'Fn::ImportValue': each } }]);
  return {
    ...place,
    environment: 'outside of the shop',
    name,
    file: '',
    foreign: true,
    template: { Resources: {}, Outputs: Object.fromEntries(outputs) },
  };
}

async function readStack(
  aws: CloudFormationClient,
  name: string,
  status: StackStatus | undefined,
  region: string,
): Promise<StackTemplate> {
  const [{ TemplateBody: body = '' }, { Stacks: [described] = [] }] = await Promise.all([
    aws.send(new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' })),
    aws.send(new DescribeStacksCommand({ StackName: name })),
  ]);
  // A stack of which only a change set was made has no template yet.
  const template = body === '' ? { Resources: {} } : readTemplateText(body, `template of ${name}`);
  return {
    environment: '',
    name,
    template,
    file: '',
    region,
    terminationProtection: described?.EnableTerminationProtection === true,
    ...(status && { status }),
  };
}

function declaredEnvironment({ template }: StackTemplate): string | undefined {
  const { environment } = record(record(template.Metadata)[declarationKeys.environment]);
  return typeof environment === 'string' ? environment : undefined;
}

/** `shop-eu-vault` may be of the shop `shop-eu` or of the environment `eu` of `shop`: the template says. */
function isOfTarget(environment: string, stack: StackTemplate, target: readonly StackTemplate[]): boolean {
  const shop = ({ template }: StackTemplate) =>
    record(record(template.Metadata)[declarationKeys.environment]).shop;
  return target.some(
    (each) => each.name === stack.name || (each.environment === environment && shop(each) === shop(stack)),
  );
}

/** Deployed templates of another account would look like a first deploy. */
function rejectOtherAccount(listed: readonly StackSummary[], target: readonly StackTemplate[]): void {
  const [, account] = /^arn:[^:]+:cloudformation:[^:]+:(\d{12}):/.exec(listed[0]?.StackId ?? '') ?? [];
  const expected = new Set(target.flatMap((stack) => stack.account ?? []));
  if (account === undefined || expected.size === 0 || expected.has(account)) return;
  throw new UserError([
    `the AWS credentials are of account ${account}, the shop is of ${[...expected].join(', ')}: sign in there, or set AWS_PROFILE`,
  ]);
}
