import type { Bilingual } from '../../../checks/bilingual.ts';
import { purposes } from '../../cost/controls.ts';
import { byPurpose, estimate } from '../../cost/estimate.ts';
import { pricedRegions } from '../../cost/price-table.ts';
import { environmentsOf } from '../../cost/priced-environment.ts';
import type { StackTemplate } from '../../templates/template-tree.ts';

/** What an environment costs a month, in whole US dollars. */
export interface PageCost {
  readonly environment: string;
  readonly total: number;
  readonly most: number;
  /** What for, the dearest first. */
  readonly purposes: readonly { readonly name: Bilingual; readonly usd: number }[];
  /** Lines whose price nobody has read. */
  readonly unknown: number;
}

/** Of environments that cost something, in regions whose prices are known; others say nothing. */
export function pageCosts(stacks: readonly StackTemplate[]): PageCost[] {
  return environmentsOf(stacks)
    .filter(({ name, region }) => name !== '' && pricedRegions.includes(region))
    .map((environment) => {
      const { lines, total, most, unknownTypes } = estimate(environment);
      return {
        environment: environment.name,
        total: Math.round(total),
        most: Math.round(most),
        purposes: byPurpose(lines).map(({ purpose, usd }) => ({
          name: purposes[purpose],
          usd: Math.round(usd),
        })),
        unknown: lines.filter(({ usd }) => usd === undefined).length + unknownTypes.length,
      };
    })
    .filter(({ total }) => total > 0);
}
