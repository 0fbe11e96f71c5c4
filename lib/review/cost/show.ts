import { inReaders } from '../../cli/output.ts';
import { purposes } from './controls.ts';
import { byPurpose, type CostChange, type CostLine, changesBetween, type Estimate } from './estimate.ts';
import { prices, sources } from './price-table.ts';

/** A terminal that somebody did not widen. */
const width = 80;
const amountWidth = 9;
const cent = 0.005;

/** An estimate for people: what it costs, for what, and under which assumptions. */
export function describeEstimate(estimate: Estimate): string[] {
  const { environment, region, lines, assumptions, unknownTypes, total, most, limits } = estimate;
  const known = lines.filter(({ usd }) => usd !== undefined);
  const unknown = lines.filter(({ usd }) => usd === undefined);
  const of = (kind: CostLine['kind']) => known.filter((line) => line.kind === kind);
  return [
    `${environment || 'app'} (${region}): about ${whole(total)} USD a month, without tax`,
    ...wrapped(
      `with ${limits.tasks} tasks${limits.capacityUnits > 0 ? ` and ${limits.capacityUnits} ACU in each database instance` : ''} all month, the most that is allowed: ${whole(most)}`,
      '  ',
    ),
    '',
    ...section('fixed: paid whether anybody comes or not', of('fixed'), region),
    ...section('by use: follows what is assumed below', of('usage'), region),
    heading('what it is for'),
    ...byPurpose(lines).map(({ purpose, usd }) => row(usd, inReaders(purposes[purpose]))),
    '',
    heading('assumed; each has its flag'),
    ...assumptions.flatMap(({ flag, value, unit, says, given }) =>
      wrapped(
        `${flag} ${number(value)}  ${inReaders(unit)}: ${inReaders(says)}${given ? ' (given)' : ''}`,
        '  ',
      ),
    ),
    '',
    ...notKnown(unknown, unknownTypes, region),
    ...wrapped(
      'An estimate from list prices, not an offer. docs/cost.md has each price with its date and where it was read; --json has it for each line.',
      '',
    ),
  ];
}

/** What the same environment costs otherwise, and where the difference lies. */
export function describeChanges(title: string, before: Estimate, after: Estimate): string[] {
  return [
    `${title}: ${whole(before.total)} -> ${whole(after.total)} USD a month (${signed(after.total - before.total)})`,
    ...changesBetween(before.lines, after.lines).map((change) => changeRow(change, after.region)),
    '',
  ];
}

function changeRow({ what, region, before, after }: CostChange, home: string): string {
  return `  ${signed(after - before).padStart(amountWidth)}  ${inReaders(what)}${elsewhere(region, home)}`;
}

function section(title: string, lines: readonly CostLine[], home: string): string[] {
  if (lines.length === 0) return [];
  const worth = lines.filter(({ usd = 0 }) => usd >= cent);
  const names = [
    ...new Set(lines.filter((line) => !worth.includes(line)).map(({ what }) => inReaders(what))),
  ];
  const sum = lines.reduce((total, { usd = 0 }) => total + usd, 0);
  return [
    `${heading(title)} ${cents(sum)}`,
    ...worth.flatMap((line) => describeLine(line, home)),
    ...(names.length > 0 ? wrapped(`under a cent each: ${names.join(', ')}`, '             ') : []),
    '',
  ];
}

function describeLine(
  { what, region, quantity, unit, unitPrice, usd = 0, price }: CostLine,
  home: string,
): string[] {
  const { free } = prices[price];
  const allowance = free === undefined ? '' : `, ${number(free)} free`;
  const amount = `${number(quantity)} ${unit} at ${number(unitPrice?.usd ?? 0)}${allowance}`;
  return wrapped(
    `${inReaders(what)}${elsewhere(region, home)}: ${amount}`,
    `  ${cents(usd).padStart(amountWidth)}  `,
  );
}

function notKnown(lines: readonly CostLine[], types: readonly string[], home: string): string[] {
  if (lines.length + types.length === 0) return [];
  return [
    heading('not in the sum: nobody has read the price'),
    ...lines.flatMap(({ what, region, quantity, unit, price }) =>
      wrapped(
        `${inReaders(what)}${elsewhere(region, home)}: ${number(quantity)} ${unit}; ${prices[price].page}`,
        '  ',
      ),
    ),
    ...types.map((type) => `  ${type}: a kind of resource that the tables do not know`),
    '',
  ];
}

/** The sources behind an estimate, for whoever wants to check. */
export function sourceOf({ unitPrice }: CostLine): string {
  return unitPrice ? `${sources[unitPrice.read].url} (${unitPrice.date})` : '';
}

function elsewhere(region: string, home: string): string {
  return region === home ? '' : ` (${region})`;
}

function heading(text: string): string {
  return `${text}:`;
}

function row(usd: number, text: string): string {
  return `  ${cents(usd).padStart(amountWidth)}  ${text}`;
}

/** Lines of at most 80 columns; those after the first stand below the text of the first. */
function wrapped(text: string, prefix: string): string[] {
  const indent = ' '.repeat(Math.max(prefix.length, 2));
  const lines: string[] = [];
  let line = prefix;
  for (const word of printable(text).split(' ')) {
    const start = lines.length === 0 ? prefix : indent;
    if (line !== start && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === start ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}

function whole(usd: number): string {
  return Math.round(usd).toLocaleString('en-US');
}

function cents(usd: number): string {
  return usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function signed(usd: number): string {
  return `${usd < 0 ? '-' : '+'}${cents(Math.abs(usd))}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 6 });
}

/** Text of a template must not move the cursor or colour the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
