import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { packageRoot } from '../lib/cli/package-root.ts';

/**
 * Renews lib/review/cost/prices.json from AWS's price list: `npx tsx scripts/prices.ts [region ...]`. Needs network and
 * an AWS login that may call `pricing:GetProducts`; then `npx biome format --write` the file, and `npm run docs`. Prices
 * without a usage type, and those the list does not answer with exactly one, are left as they are, and named.
 */
interface Entry {
  readonly service: string;
  readonly usageType?: string;
  readonly operation?: string;
  readonly per?: number;
  readonly regions: Record<string, { usd: number; read: string; date: string }>;
}

const file = join(packageRoot, 'lib/review/cost/prices.json');
const table: { sources: Record<string, { url: string; says: string }>; prices: Record<string, Entry> } =
  JSON.parse(readFileSync(file, 'utf8'));
const known = Object.values(table.prices).flatMap(({ regions }) => Object.keys(regions));
const asked = process.argv.slice(2);
const regions = (asked.length > 0 ? asked : [...new Set(known)]).filter((region) => region !== 'global');
const date = new Date().toISOString().slice(0, 10);
table.sources['price-list'] = {
  url: 'https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html',
  says: "AWS's price list, by scripts/prices.ts",
};

// The price list answers in few regions, about all of them.
const client = new PricingClient({ region: 'us-east-1' });
const left: string[] = [];
for (const [id, entry] of Object.entries(table.prices)) {
  if (entry.usageType === undefined) continue;
  for (const region of regions) {
    const found = await pricesOf(entry, region);
    const [usd] = found;
    if (found.length === 1 && usd !== undefined) {
      entry.regions[region] = {
        usd: Number((usd * (entry.per ?? 1)).toPrecision(8)),
        read: 'price-list',
        date,
      };
    } else left.push(`${id} in ${region}: ${found.length} prices`);
  }
}
writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
for (const each of left) console.error(`left as it was: ${each}`);

/** The different prices that the list has for a usage type, above 0: the first step of each offer. */
async function pricesOf({ service, usageType = '', operation }: Entry, region: string): Promise<number[]> {
  const filters = [
    { Type: 'TERM_MATCH' as const, Field: 'regionCode', Value: region },
    ...(operation === undefined
      ? []
      : [{ Type: 'TERM_MATCH' as const, Field: 'operation', Value: operation }]),
  ];
  const found = new Set<number>();
  let next: string | undefined;
  do {
    const answer = await client.send(
      new GetProductsCommand({ ServiceCode: service, Filters: filters, ...(next && { NextToken: next }) }),
    );
    for (const text of answer.PriceList ?? []) {
      const offer = JSON.parse(String(text)) as Offer;
      if (!isUsage(offer.product.attributes.usagetype, usageType)) continue;
      const step = firstPaidStep(offer);
      if (step !== undefined) found.add(step);
    }
    next = answer.NextToken;
  } while (next);
  return [...found];
}

interface Offer {
  readonly product: { readonly attributes: Readonly<Record<string, string>> };
  readonly terms: {
    readonly OnDemand?: Readonly<
      Record<
        string,
        {
          readonly priceDimensions: Readonly<
            Record<
              string,
              { readonly beginRange?: string; readonly pricePerUnit: Readonly<Record<string, string>> }
            >
          >;
        }
      >
    >;
  };
}

/** `APN1-NatGateway-Hours`, `ap-northeast-1-KMS-Keys`; in us-east-1 often without a prefix. */
function isUsage(found: string | undefined, wanted: string): boolean {
  if (found === undefined || !found.endsWith(wanted)) return false;
  return /^(?:(?:[A-Z]+\d|EU)-|[a-z]{2}-[a-z]+-\d-)?$/.test(found.slice(0, -wanted.length));
}

function firstPaidStep({ terms }: Offer): number | undefined {
  const steps = Object.values(terms.OnDemand ?? {})
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .map(({ beginRange = '0', pricePerUnit }) => ({
      from: Number(beginRange),
      usd: Number(pricePerUnit.USD),
    }))
    .filter(({ usd }) => usd > 0);
  return steps.sort((one, other) => one.from - other.from)[0]?.usd;
}
