import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

/** What a backup of the shop's database must hold, as the config or the preset of the platform says. */
export const contents = z.object({
  /** Tables without which there is no shop. */
  tables: z.array(name),
  /** Where orders are, and the column that says when each was placed, in UTC where it has no time zone. */
  orders: z.array(
    z.object({
      table: name,
      column: name,
      /** A column and its value, where the table holds other things as well. @default all rows */
      only: z.object({ column: name, value: z.string() }).optional(),
    }),
  ),
  /** How much older than the backup the newest order may be. */
  newestOrderDays: z.number().positive(),
});

export type Contents = z.infer<typeof contents>;

/** What was read of a restored database: numbers and one date, and nothing of any customer. */
export interface Found {
  /** Names of all tables of the shop. */
  readonly tables: readonly string[];
  /** Of the tables that the shop cannot be without, or of all where none are known; by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** When the newest order was placed. Undefined: there is none. */
  readonly newestOrder: Date | undefined;
}

/** How many tables are counted where the config names none. */
export const mostCounted = 100;
/** Rows that a month may lose without being half a backup: carts, sessions and logs are cleared now and then. */
const leastKept = 0.7;

/**
 * What is wrong with it, each as a person can read it; empty when nothing is.
 *
 * @param madeAt when the backup was made
 * @param before how many rows each table had in the test before. @default of a table never counted: nothing to compare
 */
export function problemsOf(
  found: Found,
  expected: Contents,
  madeAt: Date,
  before: Readonly<Record<string, number>>,
): string[] {
  if (found.tables.length === 0) return ['it is empty: there is no table of the shop in it'];
  const missing = expected.tables.filter((table) => !found.tables.includes(table));
  const shrunk = Object.entries(found.rows).filter(
    ([table, rows]) => rows < (before[table] ?? 0) * leastKept,
  );
  const emptied = expected.tables.filter((table) => found.rows[table] === 0);
  return [
    ...missing.map((table) => `the table ${table} is missing`),
    ...emptied.map((table) => `the table ${table} has no rows`),
    ...shrunk.map(
      ([table, rows]) => `${table} has ${rows} rows, and had ${before[table]} in the test before`,
    ),
    ...orderProblems(found, expected, madeAt),
  ];
}

function orderProblems(
  { newestOrder }: Found,
  { orders, newestOrderDays }: Contents,
  madeAt: Date,
): string[] {
  if (orders.length === 0) return [];
  if (newestOrder === undefined) return ['there is no order in it'];
  const days = (madeAt.getTime() - newestOrder.getTime()) / 86_400_000;
  return days > newestOrderDays
    ? [
        `its newest order is of ${newestOrder.toISOString()}, ${days.toFixed(1)} days before the backup was made; a shop that sells less often says so in backups.newestOrderDays`,
      ]
    : [];
}
