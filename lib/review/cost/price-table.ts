import { UserError } from '../../cli/user-error.ts';
import table from './prices.json' with { type: 'json' };

export type PriceId = keyof typeof table.prices;
export type SourceId = keyof typeof table.sources;

/** One price of AWS, in US dollars without tax. */
export interface Price {
  readonly usd: number;
  /** Where it was read, and on which day (`2026-09-24`). */
  readonly read: SourceId;
  readonly date: string;
}

export interface PriceEntry {
  /** What is paid for, such as `GB-month`. */
  readonly unit: string;
  /** Where AWS publishes it. */
  readonly page: string;
  readonly service: string;
  /** Name in AWS's price list, without the prefix of the region. Without one `scripts/prices.ts` leaves it alone. */
  readonly usageType?: string;
  readonly operation?: string;
  /** Units of AWS's price list in one of ours. @default 1 */
  readonly per?: number;
  /** Units a month that every account has for nothing, without end. @default 0 */
  readonly free?: number;
  /** By region; `global` where it is the same everywhere. A region that is missing has no known price. */
  readonly regions: Readonly<Record<string, Price>>;
}

const everywhere = 'global';

/** Every price there is, known somewhere or not. */
export const prices = table.prices as Readonly<Record<PriceId, PriceEntry>>;
export const sources: Readonly<Record<SourceId, { readonly url: string; readonly says: string }>> =
  table.sources;

/** Prices that make a sum worth reading; a second region of copies may know fewer. */
const mostlyKnown = 0.5;

/** Regions in which a shop can be priced. */
export const pricedRegions: readonly string[] = [
  ...new Set(Object.values(prices).flatMap(({ regions }) => Object.keys(regions))),
]
  .filter((region) => region !== everywhere && shareKnown(region) > mostlyKnown)
  .sort();

/** @returns undefined when nobody has read the price in that region: it is never guessed */
export function priceIn(id: PriceId, region: string): Price | undefined {
  const { regions } = prices[id];
  return regions[region] ?? regions[everywhere];
}

/** @throws UserError when too little is known of a region for an estimate */
export function checkRegion(region: string, place: string): void {
  if (pricedRegions.includes(region)) return;
  throw new UserError([
    `${place}: prices in ${region || 'an unnamed region'} are not known; the price table has ${pricedRegions.join(', ')}. "npx tsx scripts/prices.ts ${region || '<region>'}" adds a region, where there is network and an AWS login`,
  ]);
}

function shareKnown(region: string): number {
  const known = Object.keys(prices).filter((id) => priceIn(id as PriceId, region) !== undefined);
  return known.length / Object.keys(prices).length;
}
