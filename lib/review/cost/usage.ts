import type { Bilingual } from '../../checks/bilingual.ts';
import type { Assumptions } from './assumptions.ts';
import type { Purpose } from './controls.ts';
import type { PriceId } from './price-table.ts';
import type { PricedEnvironment, PricedResource } from './priced-environment.ts';

/** AWS's own month. */
export const hoursOfMonth = 730;
export const daysOfMonth = 30;
/** Bytes of a log that remain once CloudWatch has packed them: https://aws.amazon.com/cloudwatch/pricing/, examples. */
export const packed = 0.15;

/** What a resource uses of something that has a price. */
export interface Usage {
  readonly price: PriceId;
  readonly quantity: number;
  readonly what: Bilingual;
  /** Fixed: paid whether anybody comes or not. Usage: follows an assumption. */
  readonly kind: 'fixed' | 'usage';
  /** @default the region of the resource */
  readonly region?: string;
  /** @default what the resource is for */
  readonly purpose?: Purpose;
}

/** What a price may depend on. */
export interface Subject {
  readonly resource: PricedResource;
  readonly environment: PricedEnvironment;
  readonly assumed: Assumptions;
}

export type Costs = (subject: Subject) => Usage[];

export const text = (en: string, ja: string): Bilingual => ({ en, ja });

export const fixed = (
  price: PriceId,
  quantity: number,
  what: Bilingual,
  more: Partial<Usage> = {},
): Usage => ({
  price,
  quantity,
  what,
  kind: 'fixed',
  ...more,
});

export const used = (
  price: PriceId,
  quantity: number,
  what: Bilingual,
  more: Partial<Usage> = {},
): Usage => ({
  ...fixed(price, quantity, what, more),
  kind: 'usage',
});
