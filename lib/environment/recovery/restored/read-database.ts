import type { Connect, Row, Session } from '../../credentials/rotation/database.ts';
import type { Deadline } from '../../credentials/rotation/deadline.ts';
import { Fault } from '../../credentials/rotation/errors.ts';
import * as mysqlSql from '../../credentials/rotation/mysql/sql.ts';
import { assertMayActAs } from '../../credentials/rotation/postgres/ownership.ts';
import * as postgresSql from '../../credentials/rotation/postgres/sql.ts';
import type { Login } from '../../credentials/rotation/secret.ts';
import { type Contents, type Found, mostCounted } from './contents.ts';

interface Table {
  readonly schema: string;
  readonly name: string;
}

/** How the two kinds of servers are asked the same. */
interface Reader {
  /** The tables of the shop; afterwards the session may read them, and can no longer write. */
  open(session: Session, database: string): Promise<Table[]>;
  quote(table: Table): string;
  identifier(name: string): string;
  literal(text: string): string;
  /** An expression for seconds since 1970. */
  seconds(expression: string): string;
}

const readers: Readonly<Record<Login['engine'], Reader>> = {
  postgres: {
    async open(session) {
      const rows = await session.query(
        `SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
            -- What an extension brought along belongs to the server, not to the shop.
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
          ORDER BY 1, 2`,
      );
      // The administrator of RDS is no superuser: it reads as whoever owns the tables. Only this copy hears of it.
      for (const owner of new Set(rows.map((row) => String(row.owner)))) await assertMayActAs(session, owner);
      await session.query("SET default_transaction_read_only = on; SET TimeZone = 'UTC'");
      return rows.map(tableOf);
    },
    quote: ({ schema, name }) => `${postgresSql.identifier(schema)}.${postgresSql.identifier(name)}`,
    identifier: postgresSql.identifier,
    literal: postgresSql.literal,
    seconds: (expression) => `extract(epoch FROM ${expression})`,
  },
  mysql: {
    async open(session, database) {
      const rows = await session.query(
        `SELECT table_schema AS \`schema\`, table_name AS name FROM information_schema.tables
          WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY 2`,
        [database],
      );
      await session.query("SET SESSION TRANSACTION READ ONLY; SET SESSION time_zone = '+00:00'");
      return rows.map(tableOf);
    },
    quote: ({ schema, name }) => `${mysqlSql.identifier(schema)}.${mysqlSql.identifier(name)}`,
    identifier: mysqlSql.identifier,
    literal: mysqlSql.literal,
    seconds: (expression) => `unix_timestamp(${expression})`,
  },
};

function tableOf({ schema, name }: Row): Table {
  return { schema: String(schema), name: String(name) };
}

/**
 * Looks into a restored database: which tables it has, how many rows are in them, and when the newest order was placed.
 *
 * @param login of the administrator of the copy
 * @throws Fault when the database is not there, not reachable or cannot be read
 */
export async function readDatabase(
  connect: Connect,
  login: Login & { readonly database: string },
  { tables: expected, orders }: Contents,
  deadline: Deadline,
): Promise<Found> {
  const reader = readers[login.engine];
  const session = await connect(login, deadline);
  try {
    const tables = await reader.open(session, login.database);
    const counted =
      expected.length > 0
        ? tables.filter(({ name }) => [...expected, ...orders.map(({ table }) => table)].includes(name))
        : tables.slice(0, mostCounted);
    const rows: Record<string, number> = {};
    for (const table of counted) {
      const [row] = await session.query(`SELECT count(*) AS rows_ FROM ${reader.quote(table)}`);
      rows[table.name] = (rows[table.name] ?? 0) + Number(row?.rows_);
    }
    const newest: number[] = [];
    for (const { table: name, column, only } of orders) {
      for (const table of tables.filter((each) => each.name === name)) {
        const where = only ? ` WHERE ${reader.identifier(only.column)} = ${reader.literal(only.value)}` : '';
        const latest = `max(${reader.identifier(column)})`;
        const [row] = await session.query(
          `SELECT ${reader.seconds(latest)} AS seconds FROM ${reader.quote(table)}${where}`,
        );
        if (row?.seconds !== null) newest.push(Number(row?.seconds) * 1000);
      }
    }
    if (newest.some(Number.isNaN))
      throw new Fault('rights', 'the column that says when an order was placed holds no moment');
    return {
      tables: [...new Set(tables.map(({ name }) => name))],
      rows,
      newestOrder: newest.length > 0 ? new Date(Math.max(...newest)) : undefined,
    };
  } finally {
    await session.close();
  }
}
