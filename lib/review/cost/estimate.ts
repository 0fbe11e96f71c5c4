import type { Bilingual } from '../../checks/bilingual.ts';
import { type Assumptions, assumptionsFor, type StatedAssumption } from './assumptions.ts';
import { type Purpose, purposeOf, purposes } from './controls.ts';
import { isFree } from './free-types.ts';
import { checkRegion, type Price, type PriceId, priceIn, prices } from './price-table.ts';
import type { PricedEnvironment, PricedResource } from './priced-environment.ts';
import { resourceCosts } from './resource-costs.ts';
import type { Usage } from './usage.ts';

/** One line of the bill. */
export interface CostLine {
  readonly what: Bilingual;
  readonly purpose: Purpose;
  readonly kind: 'fixed' | 'usage';
  readonly price: PriceId;
  readonly region: string;
  /** In units of the price, before what is free. */
  readonly quantity: number;
  readonly unit: string;
  /** With where it was read; undefined when nobody has read it in that region. */
  readonly unitPrice?: Price;
  /** US dollars a month without tax; undefined when the price is not known. */
  readonly usd?: number;
}

export interface Estimate {
  readonly environment: string;
  readonly region: string;
  /** The dearest first; those without a known price last. */
  readonly lines: readonly CostLine[];
  readonly assumptions: readonly StatedAssumption[];
  /** Kinds of resources that the tables do not know. */
  readonly unknownTypes: readonly string[];
  /** US dollars a month, of all lines with a known price. */
  readonly total: number;
  /** The same if all tasks and the largest database ran all month. */
  readonly most: number;
  /** How many tasks and how much database that would be. */
  readonly limits: { readonly tasks: number; readonly capacityUnits: number };
}

/**
 * What an environment costs a month.
 *
 * @param given what the operator assumes; the rest follows from the templates
 * @param place names the templates in a problem
 * @throws UserError when prices of its region are not known
 */
export function estimate(
  environment: PricedEnvironment,
  given: Partial<Assumptions> = {},
  place = environment.name || 'the app',
): Estimate {
  checkRegion(environment.region, place);
  const { values, stated } = assumptionsFor(environment, given);
  const limits = { tasks: environment.mostTasks, capacityUnits: environment.mostCapacity };
  const lines = linesOf(environment, values);
  return {
    environment: environment.name,
    region: environment.region,
    lines,
    assumptions: stated,
    unknownTypes: [...new Set(environment.resources.filter(isUnknown).map(({ type }) => type))].sort(),
    total: totalOf(lines),
    most: Math.max(totalOf(lines), totalOf(linesOf(environment, { ...values, ...limits }))),
    limits,
  };
}

export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usd = 0 }) => sum + usd, 0);
}

/** The cost of each purpose, the dearest first. */
export function byPurpose(lines: readonly CostLine[]): { readonly purpose: Purpose; readonly usd: number }[] {
  return (Object.keys(purposes) as Purpose[])
    .map((purpose) => ({ purpose, usd: totalOf(lines.filter((line) => line.purpose === purpose)) }))
    .filter(({ usd }) => usd > 0)
    .sort((one, other) => other.usd - one.usd);
}

/** A line that costs more or less than before. */
export interface CostChange {
  readonly what: Bilingual;
  readonly region: string;
  readonly before: number;
  readonly after: number;
}

const worthTelling = 0.005;

/** What another size, or another version, changes: the largest change first. */
export function changesBetween(before: readonly CostLine[], after: readonly CostLine[]): CostChange[] {
  const keys = [...new Set([...before, ...after].map(keyOf))];
  const find = (lines: readonly CostLine[], key: string) => lines.find((line) => keyOf(line) === key);
  return keys
    .flatMap((key) => {
      const [old, now] = [find(before, key), find(after, key)];
      const line = now ?? old;
      return line
        ? [{ what: line.what, region: line.region, before: old?.usd ?? 0, after: now?.usd ?? 0 }]
        : [];
    })
    .filter(({ before: old, after: now }) => Math.abs(now - old) >= worthTelling)
    .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}

function isUnknown({ type }: PricedResource): boolean {
  return !isFree(type) && !Object.hasOwn(resourceCosts, type);
}

function linesOf(environment: PricedEnvironment, assumed: Assumptions): CostLine[] {
  const merged = new Map<string, Omit<CostLine, 'usd'>>();
  for (const resource of environment.resources) {
    for (const usage of resourceCosts[resource.type]?.({ resource, environment, assumed }) ?? []) {
      const line = lineOf(usage, resource);
      const known = merged.get(keyOf(line));
      merged.set(keyOf(line), { ...line, quantity: line.quantity + (known?.quantity ?? 0) });
    }
  }
  return [...merged.values()].map(withCost).sort((one, other) => (other.usd ?? -1) - (one.usd ?? -1));
}

function lineOf(usage: Usage, resource: PricedResource): Omit<CostLine, 'usd'> {
  const { price, quantity, what, kind, region = resource.region, purpose = purposeOf(resource) } = usage;
  const unitPrice = priceIn(price, region);
  return {
    what,
    purpose,
    kind,
    price,
    region,
    quantity,
    unit: prices[price].unit,
    ...(unitPrice && { unitPrice }),
  };
}

/** What nobody has to pay needs no known price. */
function withCost(line: Omit<CostLine, 'usd'>): CostLine {
  const paid = payable(line);
  if (paid === 0) return { ...line, usd: 0 };
  return line.unitPrice ? { ...line, usd: paid * line.unitPrice.usd } : line;
}

function keyOf({
  price,
  purpose,
  region,
  what,
}: Pick<CostLine, 'price' | 'purpose' | 'region' | 'what'>): string {
  return JSON.stringify([price, purpose, region, what.en]);
}

/** What is left to pay after what every account has for nothing. */
function payable({ price, quantity }: Pick<CostLine, 'price' | 'quantity'>): number {
  return Math.max(0, quantity - (prices[price].free ?? 0));
}
