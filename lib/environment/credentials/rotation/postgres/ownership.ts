import { inOneTrip, type Session } from '../database.ts';
import { type Deadline, pause } from '../deadline.ts';
import { asFault, type Fault } from '../errors.ts';
import type { AlternatingSecret } from '../secret.ts';
import { staying } from './catalog.ts';
import { withoutTimeouts } from './claim.ts';
import { identifier, textArray } from './sql.ts';

/** How long a change of owner may hold up the shop's own statements, which queue behind it. */
const lockMilliseconds = 100;
/** How long the shop then has the table to itself. */
const pauseMilliseconds = 300;

/**
 * pgAudit names the objects of a statement only where its extension is created, which the shop's own role may not do
 * (https://github.com/pgaudit/pgaudit#settings). A server without it, or that does not let us, is used as it is.
 */
export async function offerAudit(inside: Session): Promise<void> {
  const offered = await inside.query(`SELECT 1 FROM pg_available_extensions WHERE name = 'pgaudit'`);
  if (offered.length === 0) return;
  try {
    await inside.query('CREATE EXTENSION IF NOT EXISTS pgaudit SCHEMA public');
  } catch (thrown) {
    const { category } = asFault(thrown);
    if (category !== 'rights' && category !== 'internal') throw thrown;
  }
}

/** Since PostgreSQL 16 whoever creates a role administers it, but may act as it only once it is granted to him. */
export async function assertMayActAs(session: Session, role: string): Promise<void> {
  const [row] = await session.query(
    `SELECT rolsuper OR (pg_has_role(current_user, $1, 'USAGE')
            AND CASE WHEN current_setting('server_version_num')::int >= 160000
                     THEN pg_has_role(current_user, $1, 'SET') ELSE true END) AS may
       FROM pg_roles WHERE rolname = current_user`,
    [role],
  );
  if (row?.may !== true) await session.query(`GRANT ${identifier(role)} TO CURRENT_USER`);
}

/** An object of the database, and the statement that hands it over. */
interface Object_ {
  readonly name: string;
  readonly statement: string;
}

/**
 * A session that reset its role (a pooler's DISCARD ALL does) creates objects its own login owns, and the other
 * login could not change them. They go to the owner, and so does what the administrator made there (a dump restored by
 * hand, or the owner having been dropped). What somebody else uses meanwhile is tried again in turns.
 *
 * @returns what stays where it is, and why
 */
export async function handOver(
  inside: Session,
  { owner, logins }: AlternatingSecret,
  deadline: Deadline,
): Promise<string[]> {
  // A database may be read-only by a setting of its own, and its objects change hands all the same.
  await inOneTrip(inside, [
    `SET lock_timeout = ${lockMilliseconds}`,
    'SET default_transaction_read_only = off',
    withoutTimeouts,
  ]);
  const warnings: string[] = [];
  for (const role of [owner, ...logins]) {
    const statement = `GRANT ${identifier(role)} TO CURRENT_USER`;
    await assertMayActAs(inside, role).catch((thrown) => warnings.push(told(statement, asFault(thrown))));
  }
  const refused = new Map<string, string>();
  let left = await ownedObjects(inside, logins, owner);
  while (left.length > 0) {
    const held: Object_[] = [];
    for (const object of left) {
      const fault = deadline.passed ? 'out of time' : await attempt(inside, object.statement);
      if (fault === undefined) continue;
      if (fault === 'out of time')
        refused.set(object.statement, `${object.name} stays: no time left; the next rotation goes on`);
      else if (fault.category === 'locked' && deadline.remaining > pauseMilliseconds) {
        held.push(object);
        await pause(pauseMilliseconds);
      } else
        refused.set(object.statement, `${object.name} stays where it is: ${told(object.statement, fault)}`);
    }
    left = held;
  }
  if (refused.size === 0) return warnings;
  // What was dropped or handed over by somebody else meanwhile is nobody's trouble.
  const still = await ownedObjects(inside, logins, owner);
  return [...warnings, ...still.flatMap(({ statement }) => refused.get(statement) ?? [])];
}

async function attempt(session: Session, statement: string): Promise<Fault | undefined> {
  try {
    await session.query(statement);
    return undefined;
  } catch (thrown) {
    const fault = asFault(thrown);
    if (fault.category === 'unreachable') throw fault;
    return fault;
  }
}

function told(statement: string, { message }: Fault): string {
  return `${message}; to do it by hand: ${statement}`;
}

/**
 * Schemas first: nobody may own a table in a schema in which he may create none. What belongs to an extension stays
 * with it, what belongs to a table (the sequence of a column) goes along with the table, and a temporary table ends with
 * its session.
 */
async function ownedObjects(inside: Session, logins: readonly string[], owner: string): Promise<Object_[]> {
  const rows = await inside.query(
    `SELECT o.type, o.identity
       FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid,
            pg_identify_object(d.classid, d.objid, 0) o
      WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND d.classid NOT IN (${staying})
        AND (r.rolname = ANY(${textArray(logins)}) OR r.rolname = current_user) AND o.identity IS NOT NULL
        AND NOT EXISTS (SELECT FROM pg_depend e
                         WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e')
        AND NOT EXISTS (SELECT FROM pg_class c JOIN pg_depend s
                            ON s.classid = d.classid AND s.objid = d.objid AND s.refclassid = d.classid
                         WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind = 'S'
                           AND s.deptype IN ('a', 'i'))
        AND NOT EXISTS (SELECT FROM pg_class c
                         WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relpersistence = 't')
      ORDER BY d.classid <> 'pg_namespace'::regclass, d.classid <> 'pg_class'::regclass, d.objid`,
  );
  return rows.map((row) => {
    const type = String(row.type);
    const name = `${type} ${row.identity}`;
    const kind = oddKinds[type] ?? type.toUpperCase();
    // What the server identifies an object by is quoted already where it must be.
    return { name, statement: `ALTER ${kind} ${row.identity} OWNER TO ${identifier(owner)}` };
  });
}

/** Where the server calls a kind of object another name than its ALTER does. */
const oddKinds: Readonly<Record<string, string>> = {
  // Its own ALTER wants the arguments written as they were declared: (*), or with ORDER BY.
  aggregate: 'ROUTINE',
  'statistics object': 'STATISTICS',
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
};
