import type { Resource } from '../../../model/templates.ts';
import type { Invariant } from '../../rule.ts';
import type { Keeps } from '../differences.ts';

/**
 * What a type of resource keeps, and which of its properties may be something else than promised: every other one has
 * to stay. Paths leave out positions in lists; `[]` after one means a member of it that has no counterpart.
 */
export interface Guarded {
  readonly invariant: Invariant;
  /** The property that holds its own name, which it may change as long as nothing spells the name out. */
  readonly name?: string;
  readonly may?: Readonly<Record<string, Keeps>>;
  /** What one of the type may be besides, or may not be, by what it is. */
  readonly of?: (resource: Resource) => Readonly<Record<string, Keeps>> | undefined;
  /** Properties that may be set where they were not. */
  readonly besides?: RegExp;
  /** Whether it does something by itself, so that one more of it is a change as well. */
  readonly acts?: true | ((resource: Resource) => boolean);
  /** Properties that refer to what it is a part of: one more of it is a change of that, such as a rule of its group. */
  readonly partOf?: readonly string[];
}

/** Each name, space-separated, with the same judge. */
export const each = (names: string, keeps: Keeps): Record<string, Keeps> =>
  Object.fromEntries(names.split(' ').map((name) => [name, keeps]));
