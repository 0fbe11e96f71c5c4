import type { Environment, Shop } from '../../config/index.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { Aws } from './aws.ts';
import type { PublicDns } from './public-dns.ts';

/**
 * `ready`: as the deploy needs it. `problem`: the deploy would fail, or not work. `look`: a person has to look, because
 * no call shows it. `hidden`: these credentials are not allowed to see it.
 */
export type Standing = 'ready' | 'problem' | 'look' | 'hidden';

export interface Answer {
  readonly standing: Standing;
  /** What was asked about, such as a region or a quota. */
  readonly about: string;
  /** What was found. */
  readonly says: string;
  /** What to do; none when it is ready. */
  readonly todo?: string;
  readonly commands?: readonly string[];
}

/** What a check may ask. It only reads. */
export interface Account {
  readonly shop: Shop;
  readonly environment: Environment;
  /** Templates of the environment, as they are to be deployed. */
  readonly stacks: readonly StackTemplate[];
  readonly aws: Aws;
  readonly dns: PublicDns;
  readonly now: Date;
}

/** A question to the account. */
export interface Check<Asked extends Account = Account> {
  readonly id: string;
  /** What it looks at, for who watches the progress and for `about` when nothing could be seen. */
  readonly title: string;
  /** Where AWS says what is needed. */
  readonly source: string;
  /** Whether all others would speak of something else when it finds a problem. @default false */
  readonly first?: boolean;
  readonly ask: (account: Asked) => Promise<readonly Answer[]>;
}

export interface Answered extends Answer {
  readonly check: string;
  readonly source: string;
}

export const ready = (about: string, says: string): Answer => ({ standing: 'ready', about, says });

type Advice = readonly [todo: string, ...commands: string[]];

export const problem = (about: string, says: string, [todo, ...commands]: Advice): Answer => ({
  standing: 'problem',
  about,
  says,
  todo,
  ...(commands.length > 0 && { commands }),
});

export const look = (about: string, says: string, [todo, ...commands]: Advice): Answer => ({
  ...problem(about, says, [todo, ...commands]),
  standing: 'look',
});

/** Regions that the templates are deployed to. */
export function regionsOf({ stacks }: Pick<Account, 'stacks'>): string[] {
  return [...new Set(stacks.flatMap(({ region }) => region ?? []))].sort();
}
