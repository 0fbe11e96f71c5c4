import { costOf, expectedCost, type Price } from './money.ts';
import type { Outcome } from './run.ts';
import { cleanUp, steps } from './steps.ts';

/** What is ahead: each step with what it does, proves, leaves, takes (minutes) and costs (US dollars without tax). */
export function aheadOf(price: Price) {
  const all = [...steps, ...cleanUp];
  const rows = all.map((step) => {
    const { id, title, does, proves, undone } = step;
    const minutes = step.minutes(price.times);
    return { id, title, does, proves, undone, minutes, usd: costOf(step, minutes, price) };
  });
  return {
    steps: rows,
    minutes: rows.reduce((sum, row) => sum + row.minutes, 0),
    usd: expectedCost(all, price),
    usdPerHour: price.perHour,
  };
}

export function describeAhead(price: Price): string[] {
  const { steps: rows, minutes, usd, usdPerHour } = aheadOf(price);
  return [
    ...rows.flatMap((row, index) => [
      `${String(index + 1).padStart(2)}  ${row.title.padEnd(14)} ${minutesText(row.minutes)}  ${usdText(row.usd)}`,
      `    does    ${row.does}`,
      `    proves  ${row.proves}`,
      `    undone  ${row.undone}`,
    ]),
    '',
    `About ${hoursText(minutes)}, about ${usd.toFixed(2)} USD at list prices without tax`,
    `(${usdPerHour.toFixed(2)} USD an hour while it stands, as if all its tasks ran).`,
  ];
}

/** What happened: status, time and cost of each step, and what failed below. */
export function describeOutcome({ rows, result, usd }: Outcome, again: string): string[] {
  const minutes = rows.reduce((sum, row) => sum + row.minutes, 0);
  return [
    ...rows.map(
      (row) =>
        `${row.title.padEnd(14)} ${row.status.padEnd(8)} ${minutesText(row.minutes)}  ${usdText(row.usd)}`,
    ),
    '',
    ...rows
      .filter(({ status, says }) => status !== 'done' && says !== '')
      .flatMap(({ title, says }) => says.split('\n').map((line) => `${title}: ${line}`)),
    `${hoursText(minutes)}, about ${usd.toFixed(2)} USD.`,
    endings[result](again),
  ].map((line) => line.replace(/\p{Cc}/gu, ' '));
}

const endings: Readonly<Record<Outcome['result'], (again: string) => string>> = {
  passed: () => 'Every step went well, and nothing is left.',
  failed: () => 'Not every step went well; nothing is left.',
  interrupted: () => 'Interrupted; nothing is left.',
  kept: (again) =>
    `The environment STANDS and COSTS. The same command goes on; "${again} --clean" takes it away.`,
  left: (again) => `Something is LEFT and may COST. Take it away with: ${again} --clean`,
};

function minutesText(minutes: number): string {
  return `${minutes.toFixed(minutes < 10 && minutes % 1 !== 0 ? 1 : 0).padStart(4)} min`;
}

function usdText(usd: number): string {
  return `${usd.toFixed(2).padStart(6)} USD`;
}

function hoursText(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${String(Math.round(minutes % 60)).padStart(2, '0')} min`;
}
