import type { AccountService } from '../../config/environment.ts';
import type { Account, Check } from '../account/check.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

/** An environment that was deployed. `stacks` are its templates as the config makes them. */
export interface Operated extends Account {
  /** What CloudFormation holds of it; asked of AWS once. */
  readonly deployed: () => Promise<readonly DeployedStack[]>;
  /** Templates as they run; asked of AWS once. */
  readonly running: () => Promise<readonly StackTemplate[]>;
  /** Waits between two looks at something that takes its time. */
  readonly pause: (seconds: number) => Promise<void>;
}

export interface DeployedStack {
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly created: Date | undefined;
}

export type Question = Check<Operated>;

const day = 86_400_000;

export function daysSince(moment: Date | undefined, now: Date): number {
  return moment === undefined ? Number.POSITIVE_INFINITY : (now.getTime() - moment.getTime()) / day;
}

export function days(count: number): string {
  return `${count.toFixed(1)} days`;
}

/** Such as `2026-11-29 03:00 UTC`. */
export function minute(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** In days: what a young environment has not done yet is no fault of it. Whoever may not see its age gets 0. */
export async function ageOf({ deployed, now }: Operated): Promise<number> {
  const stacks = await deployed().catch((): DeployedStack[] => []);
  return Math.max(0, ...stacks.map(({ created }) => daysSince(created ?? now, now)));
}

/** Whether the config says that the account has the service, or that this environment makes it. */
export function isMeant({ environment }: Pick<Account, 'environment'>, service: AccountService): boolean {
  const { makes, existing } = environment.detection;
  return [...makes, ...existing].includes(service);
}

/** Resources of a type in the templates of the config. */
export function designed({ stacks }: Pick<Account, 'stacks'>, type: string) {
  return stacks.flatMap(({ name, region = '', template }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties = {} }) => ({ stack: name, region, properties: Properties })),
  );
}
