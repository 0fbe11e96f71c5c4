import type { Row, Session } from '../credentials/rotation/database.ts';
import type { Engine } from '../credentials/rotation/kinds.ts';
import { byteOrderMark, csvLine } from './csv.ts';

/** Small enough for the time that one statement has. */
const pageSize = 2_000;

/** How each kind of server gives one picture of the data, and takes no writes meanwhile. */
const readOnly: Readonly<Record<Engine, string>> = {
  mysql: 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  postgres: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
};

/**
 * The rows of an export as CSV, a page at a time, all from the same moment. The transaction takes no writes, whatever
 * the query says.
 *
 * @param query see ExportQueries
 * @param counted told how many rows each page has
 */
export async function* exportedRows(
  session: Session,
  engine: Engine,
  query: string,
  counted: (rows: number) => void,
): AsyncGenerator<string> {
  await session.query(readOnly[engine]);
  const after = engine === 'postgres' ? '$1' : '?';
  let last: unknown;
  while (true) {
    const page: readonly Row[] = await asked(
      session,
      `SELECT * FROM (${query}\n) AS exported ${last === undefined ? '' : `WHERE exported.id > ${after}`} ORDER BY exported.id LIMIT ${pageSize}`,
      last === undefined ? [] : [last],
    );
    const [first] = page;
    if (last === undefined && first) yield byteOrderMark + csvLine(Object.keys(first));
    if (page.length > 0) yield page.map((row) => csvLine(Object.values(row))).join('');
    counted(page.length);
    if (page.length < pageSize) break;
    last = idOf(page);
  }
  await session.query('COMMIT');
}

/** Whoever wrote the query reads the error; the words of the server may quote what customers wrote. */
async function asked(session: Session, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  try {
    return await session.query(sql, values);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new Error(`the database refused the query of the export, which needs a column "id" (${told})`);
  }
}

function idOf(page: readonly Row[]): unknown {
  const id = page.at(-1)?.id;
  if (id === undefined || id === null) throw new Error('the query of the export has no column "id"');
  return id;
}
