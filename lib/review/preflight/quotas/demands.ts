import { DescribeAddressesCommand } from '@aws-sdk/client-ec2';
import type { Account } from '../../account/check.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';

/** What a deploy needs of a quota that does not count resources of a type. */
export interface Demand {
  readonly title: string;
  /** In Service Quotas. */
  readonly service: string;
  /** Of the quota's name in Service Quotas. */
  readonly name: RegExp;
  /** @default the environment's region */
  readonly region?: string;
  /** What the templates need of it at once. */
  readonly needs: (account: Account) => number;
  /** What of it the account uses already, unless the environment is deployed. @default not asked */
  readonly used?: (account: Account) => Promise<number>;
}

/** Lambda keeps that many free of reservations. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreserved = 100;

/** What AWS holds new accounts back from, and what one resource may hold. */
export const demands: readonly Demand[] = [
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
    service: 'ec2',
    name: /^Running On-Demand Standard \(.*\) instances$/,
    title: 'EC2: vCPUs',
    needs: ({ stacks }) =>
      sum(properties(stacks, 'AWS::EC2::Instance'), ({ InstanceType }) => vcpusOf(String(InstanceType))),
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
    service: 'acm',
    name: /^Domain names per ACM certificate$/i,
    title: 'ACM: names in a certificate',
    needs: ({ stacks }) =>
      Math.max(
        0,
        ...properties(stacks, 'AWS::CertificateManager::Certificate').map(
          ({ SubjectAlternativeNames: others }) => 1 + (Array.isArray(others) ? others.length : 0),
        ),
      ),
  },
  {
    service: 'workspaces-web',
    // The second in tables before 2026.
    name: /^Maximum concurrent sessions for the standard\.regular instance type|^Number of Maximum Concurrent Sessions per Portal$/i,
    title: 'WorkSpaces Secure Browser: sessions at a time',
    needs: ({ stacks }) =>
      sum(properties(stacks, 'AWS::WorkSpacesWeb::Portal'), (each) => number(each.MaxConcurrentSessions)),
  },
  {
    service: 'vpc',
    name: /^Inbound or outbound rules per security group$/i,
    title: 'Rules of a security group',
    needs: ({ stacks }) => mostRules(stacks),
  },
];

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

/** Burstable and general machines up to `large` have two, `xlarge` twice as many, `4xlarge` four times those. */
function vcpusOf(type: string): number {
  const [, times] = /\.(\d*)xlarge$/.exec(type) ?? [];
  return times === undefined ? 2 : 4 * (Number(times) || 1);
}

/** One at a time of each size: the pipeline never runs two. */
function buildsOn(stacks: readonly StackTemplate[], type: string, size: string): number {
  const found = properties(stacks, 'AWS::CodeBuild::Project').some(({ Environment }) => {
    const { Type, ComputeType } = (Environment ?? {}) as { Type?: unknown; ComputeType?: unknown };
    return Type === type && ComputeType === size;
  });
  return found ? 1 : 0;
}

/** Rules in and out count apart, those in the group and those beside it together. */
function mostRules(stacks: readonly StackTemplate[]): number {
  const counts = stacks.flatMap(({ template }) => {
    const resources = Object.entries(template.Resources);
    return resources
      .filter(([, { Type }]) => Type === 'AWS::EC2::SecurityGroup')
      .flatMap(([id, { Properties }]) =>
        (['Ingress', 'Egress'] as const).map((way) => {
          const own: unknown = Properties?.[`SecurityGroup${way}`];
          const beside = resources.filter(
            ([, each]) =>
              each.Type === `AWS::EC2::SecurityGroup${way}` &&
              JSON.stringify(each.Properties?.GroupId ?? '').includes(`"${id}"`),
          );
          return (Array.isArray(own) ? own.length : 0) + beside.length;
        }),
      );
  });
  return Math.max(0, ...counts);
}

/** Of a template, where numbers may be text; what is known at the deploy only counts as none. */
function number(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}
