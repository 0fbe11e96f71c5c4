import { ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { remembered } from '../../../checks/model/remembered.ts';
import { everyPage } from '../../../environment/lambda/every-page.ts';
import { type Account, type Answer, type Check, look, problem, ready } from '../../account/check.ts';
import { isUnanswered } from '../../account/existing-resource.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';
import { type CountedType, countedTypes, source } from '../quotas/counted-types.ts';
import { demands } from '../quotas/demands.ts';
import { webAclCapacity } from '../quotas/web-acl-capacity.ts';

/** What the templates need, against what Service Quotas grants the account and what it uses already. */
export const quotas: Check = {
  id: 'quotas',
  title: 'Quotas',
  source: 'https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html',
  async ask(account) {
    const granted = new Map<string, Promise<readonly Quota[]>>();
    const quotasOf = (service: string, region: string) =>
      remembered(granted, `${region} ${service}`, () => listQuotas(account, service, region));
    const statuses = await statusesOf(account);
    return [
      ...(await judgeDemands(account, quotasOf, statuses)),
      ...(await judgeCounts(account, quotasOf, statuses)),
      ...webAclCapacity(account),
    ];
  },
};

interface Quota {
  readonly name: string;
  readonly code: string;
  readonly value: number;
}

type QuotasOf = (service: string, region: string) => Promise<readonly Quota[]>;
/** Status of each stack of the environment, by `region name`. */
type Statuses = ReadonlyMap<string, string>;

async function listQuotas({ aws }: Account, service: string, region: string): Promise<Quota[]> {
  const pages = paginateListServiceQuotas({ client: aws.quotas(region) }, { ServiceCode: service });
  const found = await everyPage(pages, ({ Quotas }) => Quotas);
  return found.map(({ QuotaName: name = '', QuotaCode: code = '', Value: value = 0 }) => ({
    name,
    code,
    value,
  }));
}

async function statusesOf({ stacks, aws }: Account): Promise<Statuses> {
  const regions = [...new Set(stacks.flatMap(({ region }) => region ?? []))];
  const found = await Promise.all(
    regions.map(async (region) =>
      [...(await stackStatuses(aws.stacks(region)))].map(
        ([name, status]) => [`${region} ${name}`, status] as const,
      ),
    ),
  );
  return new Map(found.flat());
}

/** What is deployed counts itself among what is in use. */
function isDeployed({ region, name }: StackTemplate, statuses: Statuses): boolean {
  return isComplete(statuses.get(`${region} ${name}`));
}

async function judgeDemands(account: Account, quotasOf: QuotasOf, statuses: Statuses): Promise<Answer[]> {
  const deployed = account.stacks.some((stack) => isDeployed(stack, statuses));
  const answers: Answer[] = [];
  for (const demand of demands) {
    const need = demand.needs(account);
    if (need === 0) continue;
    const region = demand.region ?? account.environment.region;
    const quota = (await quotasOf(demand.service, region)).find(({ name }) => demand.name.test(name));
    if (!quota) {
      answers.push(
        look(demand.title, `needs ${need}; Service Quotas names no such quota`, [
          `Look for it in the console: Service Quotas, ${demand.service}.`,
        ]),
      );
      continue;
    }
    const used = demand.used && !deployed ? await demand.used(account) : 0;
    answers.push(
      need + used <= quota.value
        ? ready(demand.title, counted(need, used, quota.value))
        : problem(demand.title, counted(need, used, quota.value), [
            'Ask for more; minutes to a day.',
            request(demand.service, region, quota.code, need + used),
          ]),
    );
  }
  return answers;
}

/** Resources of one type that stacks which are not deployed yet make in a region. */
interface Count {
  readonly type: string;
  readonly row: CountedType;
  readonly region: string;
  readonly need: number;
  /** What Cloud Control must be told to list them. */
  readonly model?: string;
}

async function judgeCounts(account: Account, quotasOf: QuotasOf, statuses: Statuses): Promise<Answer[]> {
  const counts = countsOf(account.stacks.filter((stack) => !isDeployed(stack, statuses)));
  const judged = await Promise.all(counts.map((count) => judgeCount(account, count, quotasOf)));
  const fitting = judged.filter(({ answer, unknown }) => answer === undefined && unknown === undefined);
  const unknown = judged.flatMap((each) => each.unknown ?? []);
  const unseen = judged.flatMap(({ unseen }) => unseen ?? []);
  return [
    ...judged.flatMap(({ answer }) => answer ?? []),
    ...(unseen.length > 0 ? [unseenAnswer(unseen)] : []),
    ...(unknown.length > 0 ? [unknownAnswer(unknown)] : []),
    ...(fitting.length > 0
      ? [ready(`${fitting.length} other quotas`, fitting.map(({ says }) => says).join('; '))]
      : []),
  ];
}

function countsOf(stacks: readonly StackTemplate[]): Count[] {
  const counts = new Map<string, Count>();
  for (const { region, template } of stacks) {
    for (const { Type: type, Properties } of Object.values(template.Resources)) {
      const row = Object.hasOwn(countedTypes, type) ? countedTypes[type] : undefined;
      if (row === undefined || region === undefined) continue;
      const model =
        row.listedBy === undefined
          ? undefined
          : JSON.stringify({ [row.listedBy]: Properties?.[row.listedBy] });
      const key = `${region} ${type} ${model}`;
      const need = (counts.get(key)?.need ?? 0) + 1;
      counts.set(key, { type, row, region, need, ...(model !== undefined && { model }) });
    }
  }
  return [...counts.values()];
}

interface Judged {
  readonly says: string;
  /** Undefined: it fits. */
  readonly answer?: Answer;
  /** How many there are could not be seen. */
  readonly unseen?: string;
  /** How many there may be is not known. */
  readonly unknown?: string;
}

async function judgeCount(account: Account, count: Count, quotasOf: QuotasOf): Promise<Judged> {
  const { row, region, need, model } = count;
  const scope = model === undefined ? '' : (/"([A-Z]+)"\}$/.exec(model)?.[1]?.toLowerCase() ?? '');
  const about = [row.title, scope && `(${scope})`].filter(Boolean).join(' ');
  const at = `${about} in ${region}`;
  // What exists everywhere at once has its quotas in us-east-1.
  const quotaRegion = row.service === 'cloudfront' ? 'us-east-1' : region;
  const named = (await quotasOf(row.service, quotaRegion)).filter(({ name }) => row.name.test(name));
  const quota = named.find(({ name }) => name.toLowerCase().includes(scope)) ?? named[0];
  const limit = quota?.value ?? row.byDefault;
  const used = await usedOf(account, count);
  if (limit === undefined) {
    const known = used === undefined ? `${need}` : `${need}, ${used} in use`;
    return { says: at, unknown: `${at} (${known})` };
  }
  const says = `${counted(need, used ?? 0, limit)}${quota ? '' : ', the default'}`;
  if (need + (used ?? 0) > limit) {
    const advice = quota
      ? ([
          'Ask for more; minutes to a day.',
          request(row.service, quotaRegion, quota.code, need + (used ?? 0)),
        ] as const)
      : ([`Delete what nobody uses, or ask AWS Support for more; ${source}`] as const);
    const standing = row.apart ? look : problem;
    return { says, answer: standing(at, says, advice) };
  }
  return used === undefined ? { says: `${at} ${says}`, unseen: at } : { says: `${at} ${says}` };
}

/** @returns undefined when it cannot be seen */
async function usedOf({ aws }: Account, { type, region, model }: Count): Promise<number | undefined> {
  let found = 0;
  let token: string | undefined;
  try {
    do {
      const { ResourceDescriptions: page = [], NextToken: next } = await aws.resources(region).send(
        new ListResourcesCommand({
          TypeName: type,
          ...(model !== undefined && { ResourceModel: model }),
          ...(token !== undefined && { NextToken: token }),
        }),
      );
      found += page.length;
      token = next;
    } while (token !== undefined);
    return found;
  } catch (error) {
    // Some types cannot be listed, and each service says no in words of its own.
    // https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ListResources.html
    if (isUnanswered(error)) throw error;
    return undefined;
  }
}

function unseenAnswer(unseen: readonly string[]): Answer {
  return {
    standing: 'hidden',
    about: 'Quotas',
    says: `how many are in use already could not be seen of ${unseen.join(', ')}`,
    todo: 'Allow cloudformation:ListResources and what it asks the services (ReadOnlyAccess does), or look in the console: Service Quotas.',
  };
}

function unknownAnswer(unknown: readonly string[]): Answer {
  return {
    standing: 'hidden',
    about: 'Quotas that are not known',
    says: `Service Quotas names none, and AWS documents no default, of what is needed: ${unknown.join(', ')}`,
    todo: 'Look in the console, Service Quotas; or deploy: AWS refuses what is too much, and nothing is lost.',
  };
}

function counted(need: number, used: number, limit: number): string {
  return `needs ${need}${used > 0 ? `, ${used} in use` : ''}, of ${limit}`;
}

function request(service: string, region: string, code: string, value: number): string {
  return `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${value}`;
}
