import type { Bilingual } from '../../checks/bilingual.ts';
import type { StatedAssumption } from './assumptions.ts';
import { type Purpose, purposes } from './controls.ts';
import { byPurpose, type CostLine, type Estimate } from './estimate.ts';
import { type PriceId, priceIn, prices, type SourceId, sources } from './price-table.ts';

export type Language = keyof Bilingual;

/** The pages that tell what a shop costs. */
export const costPages: readonly { readonly file: string; readonly language: Language }[] = [
  { file: 'docs/cost.md', language: 'en' },
  { file: 'docs/cost.ja.md', language: 'ja' },
];

/** The example of each tier that the pages price, in their order. */
export const pricedExamples = [
  'examples/woocommerce-starter.ts',
  'examples/eccube-standard.ts',
  'examples/custom-high-availability.ts',
] as const;

/** Regions of the table of prices. */
const shownRegions = ['ap-northeast-1', 'ap-northeast-3', 'us-east-1'];

const words = {
  line: { en: 'line', ja: '項目' },
  others: { en: 'everything under a dollar', ja: '1 ドル未満のもの' },
  together: { en: 'together', ja: '合計' },
  most: {
    en: 'at most, all tasks and the largest database all month',
    ja: '最大（タスク数とデータベース容量が常に上限の場合）',
  },
  purpose: { en: 'what for', ja: '用途' },
  price: { en: 'price', ja: '料金' },
  unit: { en: 'per', ja: '単位' },
  read: { en: 'read', ja: '確認元' },
  unknown: { en: 'not known', ja: '不明' },
  free: { en: 'free each month', ja: '毎月の無料枠' },
  flag: { en: 'flag', ja: 'フラグ' },
  assumed: { en: 'assumed', ja: '想定' },
  what: { en: 'what', ja: '内容' },
  source: { en: 'source', ja: '出典' },
  url: { en: 'where', ja: '場所' },
} as const satisfies Record<string, Bilingual>;

/**
 * Renews the tables of a page, each between `<!-- cost: name -->` and `<!-- end -->`.
 *
 * @param estimates of the priced examples, in their order
 */
export function renewCostTables(page: string, language: Language, estimates: readonly Estimate[]): string {
  const tables: Readonly<Record<string, () => string[]>> = {
    lines: () => linesTable(estimates, language),
    purposes: () => purposesTable(estimates, language),
    prices: () => pricesTable(language),
    sources: () => sourcesTable(language),
    assumptions: () =>
      assumptionsTable(
        estimates.map(({ assumptions }) => assumptions),
        language,
      ),
  };
  return page.replace(
    /(<!-- cost: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}${tables[name]?.().join('\n') ?? ''}\n${end}`,
  );
}

function linesTable(estimates: readonly Estimate[], language: Language): string[] {
  const lines = estimates.flatMap((each) => each.lines);
  const titles = [...new Set(lines.map(titleOf(language)))];
  const costs = titles
    .map((title) => ({
      title,
      usd: estimates.map((each) => sumOf(each, (line) => titleOf(language)(line) === title)),
    }))
    .sort((one, other) => Math.max(...other.usd) - Math.max(...one.usd));
  const shown = costs.filter(({ usd }) => Math.max(...usd) >= 1);
  const rest = estimates.map((_, index) =>
    costs.filter((cost) => !shown.includes(cost)).reduce((sum, { usd }) => sum + (usd[index] ?? 0), 0),
  );
  return [
    ...head([words.line[language], ...tiers], 1),
    ...shown.map(({ title, usd }) => cells([title, ...usd.map(dollars)])),
    cells([words.others[language], ...rest.map(dollars)]),
    cells([bold(words.together[language]), ...estimates.map(({ total }) => bold(dollars(total)))]),
    cells([words.most[language], ...estimates.map(({ most }) => dollars(most))]),
  ];
}

const tiers = ['starter', 'standard', 'high-availability'];

function purposesTable(estimates: readonly Estimate[], language: Language): string[] {
  const usd = (estimate: Estimate, purpose: Purpose) =>
    byPurpose(estimate.lines).find((each) => each.purpose === purpose)?.usd ?? 0;
  return [
    ...head([words.purpose[language], ...tiers], 1),
    ...(Object.keys(purposes) as Purpose[]).map((purpose) =>
      cells([purposes[purpose][language], ...estimates.map((each) => dollars(usd(each, purpose)))]),
    ),
  ];
}

function pricesTable(language: Language): string[] {
  return [
    ...head([words.price[language], words.unit[language], ...shownRegions, words.free[language]], 2),
    ...(Object.keys(prices) as PriceId[]).map((id) => {
      const { page, unit, free } = prices[id];
      const inRegions = shownRegions.map((region) => {
        const price = priceIn(id, region);
        return price ? `${price.usd} (${price.read}, ${price.date})` : words.unknown[language];
      });
      return cells([`[\`${id}\`](${page})`, unit, ...inRegions, free === undefined ? '' : String(free)]);
    }),
  ];
}

function sourcesTable(language: Language): string[] {
  return [
    ...head([words.read[language], words.source[language], words.url[language]], 3),
    ...(Object.keys(sources) as SourceId[]).map((id) =>
      cells([id, sources[id].says, `<${sources[id].url}>`]),
    ),
  ];
}

function assumptionsTable(stated: readonly (readonly StatedAssumption[])[], language: Language): string[] {
  const [first = []] = stated;
  return [
    ...head([words.flag[language], words.what[language], ...tiers], 2),
    ...first.map(({ id, flag, unit, says }) =>
      cells([
        `\`${flag}\``,
        `${says[language]} (${unit[language]})`,
        ...stated.map((each) => (each.find((other) => other.id === id)?.value ?? 0).toLocaleString('en-US')),
      ]),
    ),
  ];
}

function titleOf(language: Language): (line: CostLine) => string {
  return ({ what }) => what[language];
}

function sumOf({ lines }: Estimate, belongs: (line: CostLine) => boolean): number {
  return lines.filter(belongs).reduce((sum, { usd = 0 }) => sum + usd, 0);
}

/** @param left how many columns hold text and not numbers */
function head(titles: readonly string[], left: number): string[] {
  return [cells(titles), `|${titles.map((_, index) => (index < left ? '---|' : '--:|')).join('')}`];
}

function cells(values: readonly string[]): string {
  return `| ${values.join(' | ')} |`;
}

function dollars(usd: number): string {
  return Math.round(usd).toLocaleString('en-US');
}

function bold(text: string): string {
  return `**${text}**`;
}
