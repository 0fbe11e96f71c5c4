import type { Bilingual } from '../bilingual.ts';

/** How bad it is when a rule does not hold, from a way in for everybody to a nuisance. */
export type Weight = 'critical' | 'high' | 'medium' | 'low';

/** What a reviewer needs to know of a rule besides its title. */
export interface Guidance {
  readonly weight: Weight;
  /** What can happen when it does not hold. */
  readonly risk: Bilingual;
  /** What to change. */
  readonly remedy: Bilingual;
}
