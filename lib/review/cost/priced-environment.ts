import { declarationKeys } from '../../declarations/keys.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

/** A resource with all that its price may depend on. */
export interface PricedResource {
  readonly id: string;
  readonly type: string;
  readonly region: string;
  /** Id of its stack in the environment, such as `Recovery`. */
  readonly stack: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The templates of one environment, and the questions that several prices ask of them. */
export class PricedEnvironment {
  readonly name: string;
  /** Where the shop runs: the region of most of its stacks. */
  readonly region: string;
  readonly resources: readonly PricedResource[];

  constructor(name: string, stacks: readonly StackTemplate[]) {
    this.name = name;
    this.region = mostFrequent(stacks.map(({ region }) => region ?? ''));
    this.resources = stacks.flatMap(({ template, region = '' }) =>
      Object.entries(template.Resources).map(([id, { Type, Properties = {}, Metadata = {} }]) => ({
        id,
        type: Type,
        region,
        stack: stackOf(Metadata),
        properties: Properties,
        metadata: Metadata,
      })),
    );
  }

  ofType(type: string): PricedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** How many tasks run when nothing happens. */
  get leastTasks(): number {
    const targets = this.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
    const least = targets.map(({ properties }) => numberIn(properties.MinCapacity));
    return least.length > 0 ? sum(least) : sum(this.services.map(desiredCount));
  }

  /** How many tasks run at most. */
  get mostTasks(): number {
    const targets = this.ofType('AWS::ApplicationAutoScaling::ScalableTarget');
    return Math.max(this.leastTasks, sum(targets.map(({ properties }) => numberIn(properties.MaxCapacity))));
  }

  /** Smallest capacity of a database instance, in ACU. */
  get leastCapacity(): number {
    return this.capacity('MinCapacity');
  }

  /** Largest capacity of a database instance, in ACU. */
  get mostCapacity(): number {
    return this.capacity('MaxCapacity');
  }

  get instances(): number {
    return this.ofType('AWS::RDS::DBInstance').length;
  }

  get services(): PricedResource[] {
    return this.ofType('AWS::ECS::Service');
  }

  /** vCPU of all tasks together. */
  taskCpus(tasks: number): number {
    const [definition] = this.ofType('AWS::ECS::TaskDefinition');
    return (tasks * numberIn(definition?.properties.Cpu)) / 1024;
  }

  /** Zones in which something of the shop runs, which a regional NAT gateway follows. */
  get zones(): number {
    const used = this.services.map(({ properties }) => {
      const { NetworkConfiguration: network } = properties;
      const configuration = isObject(network) ? network.AwsvpcConfiguration : undefined;
      return isObject(configuration) ? lengthOf(configuration.Subnets) : 0;
    });
    return Math.max(1, ...used);
  }

  /** Admins who may use the VPN. */
  get people(): number {
    return sum(
      this.resources.map(({ metadata }) => {
        const rules = metadata[declarationKeys.connectionRules];
        return isObject(rules) ? lengthOf(rules.people) : 0;
      }),
    );
  }

  /** Hours a month in which the config lets anybody into the VPN. */
  get vpnOpeningHours(): number {
    const allowed = this.resources.flatMap(({ metadata }) => {
      const rules = metadata[declarationKeys.connectionRules];
      return isObject(rules) && isObject(rules.hours) ? [rules.hours] : [];
    });
    const [first] = allowed;
    if (!first) return 730;
    const length = hourOf(first.to) - hourOf(first.from);
    return (lengthOf(first.days) * length * 730) / (7 * 24);
  }

  private capacity(name: 'MinCapacity' | 'MaxCapacity'): number {
    const [cluster] = this.ofType('AWS::RDS::DBCluster');
    const scaling = cluster?.properties.ServerlessV2ScalingConfiguration;
    return isObject(scaling) ? numberIn(scaling[name]) : 0;
  }
}

export function environmentsOf(stacks: readonly StackTemplate[]): PricedEnvironment[] {
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return names.map(
    (name) =>
      new PricedEnvironment(
        name,
        stacks.filter(({ environment }) => environment === name),
      ),
  );
}

/** A number of a template, which writes some as text. What stands elsewhere counts as 0. */
export function numberIn(value: unknown): number {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}

/** The objects of a list; whoever wrote the template may have written anything. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** `Recovery` of `production/Recovery/Plan/Resource` */
function stackOf(metadata: Readonly<Record<string, unknown>>): string {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' ? (path.split('/')[1] ?? '') : '';
}

/** Hours since midnight of `08:30`. */
function hourOf(time: unknown): number {
  const [hours, minutes] = String(time).split(':');
  return numberIn(hours) + numberIn(minutes) / 60;
}

function desiredCount({ properties }: PricedResource): number {
  return properties.DesiredCount === undefined ? 1 : numberIn(properties.DesiredCount);
}

function mostFrequent(values: readonly string[]): string {
  const count = (value: string) => values.filter((each) => each === value).length;
  return [...new Set(values)].sort((one, other) => count(other) - count(one))[0] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
