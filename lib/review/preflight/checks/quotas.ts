import { DescribeAddressesCommand, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { paginateListServiceQuotas } from '@aws-sdk/client-service-quotas';
import { remembered } from '../../../checks/model/remembered.ts';
import { everyPage } from '../../../environment/lambda/every-page.ts';
import { type Account, type Answer, type Check, look, problem, ready } from '../../account/check.ts';
import { isComplete, stackStatuses } from '../../account/stack-statuses.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';

interface QuotaRow {
  readonly service: string;
  /** Name in Service Quotas, and where AWS documents it, its code. */
  readonly name: RegExp;
  /** @default the environment's region */
  readonly region?: string;
  readonly title: string;
  /** What the templates need of it at once. */
  readonly needs: (account: Account) => number;
  /** What of it the account uses already. @default not asked */
  readonly used?: (account: Account) => Promise<number>;
}

/** Lambda keeps that many free of reservations. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreserved = 100;

/** The limits of a new account that a first deploy meets. */
const rows: readonly QuotaRow[] = [
  {
    service: 'lambda',
    name: /^Concurrent executions$/,
    title: 'Lambda: concurrent executions',
    needs: ({ stacks }) =>
      unreserved +
      sum(properties(stacks, 'AWS::Lambda::Function'), (each) => number(each.ReservedConcurrentExecutions)),
  },
  {
    service: 'fargate',
    name: /^Fargate On-Demand vCPU resource count$/,
    title: 'Fargate: vCPUs',
    needs: fargateCpus,
  },
  {
    service: 'codebuild',
    name: /^Concurrently running builds for ARM\/Small environment$/,
    title: 'CodeBuild: builds on ARM/Small',
    needs: ({ stacks }) => buildsOn(stacks, 'ARM_CONTAINER', 'BUILD_GENERAL1_SMALL'),
  },
  {
    service: 'codebuild',
    name: /^Concurrently running builds for Linux\/Small environment$/,
    title: 'CodeBuild: builds on Linux/Small',
    needs: ({ stacks }) => buildsOn(stacks, 'LINUX_CONTAINER', 'BUILD_GENERAL1_SMALL'),
  },
  {
    service: 'codebuild',
    name: /^Concurrently running builds for Linux\/Medium environment$/,
    title: 'CodeBuild: builds on Linux/Medium',
    needs: ({ stacks }) => buildsOn(stacks, 'LINUX_CONTAINER', 'BUILD_GENERAL1_MEDIUM'),
  },
  {
    service: 'ec2',
    name: /^EC2-VPC Elastic IPs$/,
    title: 'Elastic IPs',
    // A regional NAT gateway takes one in each zone in use.
    needs: ({ stacks, environment }) =>
      properties(stacks, 'AWS::EC2::NatGateway').length > 0 ? environment.network.workloadZones.length : 0,
    used: async ({ aws, environment }) => {
      const found = await aws.network(environment.region).send(new DescribeAddressesCommand({}));
      return found.Addresses?.length ?? 0;
    },
  },
  {
    service: 'vpc',
    name: /^VPCs per Region$/,
    title: 'VPCs',
    needs: ({ stacks }) => properties(stacks, 'AWS::EC2::VPC').length,
    used: async ({ aws, environment }) => {
      const pages = paginateDescribeVpcs({ client: aws.network(environment.region) }, {});
      return (await everyPage(pages, ({ Vpcs }) => Vpcs)).length;
    },
  },
  {
    service: 'cloudfront',
    name: /VPC origins/i,
    region: 'us-east-1',
    title: 'CloudFront: VPC origins',
    needs: ({ stacks }) => properties(stacks, 'AWS::CloudFront::VpcOrigin').length,
  },
];

/** What the templates need, against what Service Quotas grants the account. */
export const quotas: Check = {
  id: 'quotas',
  title: 'Quotas',
  source: 'https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html',
  async ask(account) {
    const needed = rows.map((row) => ({ row, need: row.needs(account) })).filter(({ need }) => need > 0);
    const granted = new Map<string, Promise<readonly Quota[]>>();
    const answers: Answer[] = [];
    for (const { row, need } of needed) {
      const region = row.region ?? account.environment.region;
      const key = `${region} ${row.service}`;
      const known = await remembered(granted, key, () => quotasOf(account, row.service, region));
      answers.push(await judge(account, row, need, known));
    }
    return answers;
  },
};

interface Quota {
  readonly name: string;
  readonly code: string;
  readonly value: number;
}

async function quotasOf({ aws }: Account, service: string, region: string): Promise<Quota[]> {
  const pages = paginateListServiceQuotas({ client: aws.quotas(region) }, { ServiceCode: service });
  const found = await everyPage(pages, ({ Quotas }) => Quotas);
  return found.map(({ QuotaName: name = '', QuotaCode: code = '', Value: value = 0 }) => ({
    name,
    code,
    value,
  }));
}

async function judge(
  account: Account,
  row: QuotaRow,
  need: number,
  granted: readonly Quota[],
): Promise<Answer> {
  const quota = granted.find(({ name }) => row.name.test(name));
  if (!quota) {
    return look(row.title, `needs ${need}; Service Quotas names no such quota`, [
      `Look for it in the console: Service Quotas, ${row.service}.`,
    ]);
  }
  const used = row.used && !(await isDeployed(account)) ? await row.used(account) : 0;
  const inUse = used > 0 ? `, ${used} in use` : '';
  const says = `needs ${need}${inUse}, of ${quota.value}`;
  if (need + used <= quota.value) return ready(row.title, says);
  const region = row.region ?? account.environment.region;
  return problem(row.title, says, [
    'Ask for more; minutes to a day.',
    `aws service-quotas request-service-quota-increase --region ${region} --service-code ${row.service} --quota-code ${quota.code} --desired-value ${need + used}`,
  ]);
}

/** What is deployed counts itself among what is in use. */
async function isDeployed({ stacks, aws, environment }: Account): Promise<boolean> {
  const statuses = await stackStatuses(aws.stacks(environment.region));
  return stacks.some(({ name }) => isComplete(statuses.get(name)));
}

function properties(stacks: readonly StackTemplate[], type: string) {
  return stacks.flatMap(({ template }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties = {} }) => Properties),
  );
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** As many vCPUs as old and new tasks take side by side, when the service has scaled out as far as it may. */
function fargateCpus({ stacks }: Account): number {
  const tasks = Math.max(
    0,
    ...properties(stacks, 'AWS::ApplicationAutoScaling::ScalableTarget').map(({ MaxCapacity }) =>
      number(MaxCapacity),
    ),
  );
  const cpus = sum(properties(stacks, 'AWS::ECS::TaskDefinition'), ({ Cpu }) => number(Cpu) / 1024);
  return Math.ceil(tasks * cpus * 2);
}

/** One at a time of each size: the pipeline never runs two. */
function buildsOn(stacks: readonly StackTemplate[], type: string, size: string): number {
  const found = properties(stacks, 'AWS::CodeBuild::Project').some(({ Environment }) => {
    const { Type, ComputeType } = (Environment ?? {}) as { Type?: unknown; ComputeType?: unknown };
    return Type === type && ComputeType === size;
  });
  return found ? 1 : 0;
}

/** Of a template, where numbers may be text; what is known at the deploy only counts as none. */
function number(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}
