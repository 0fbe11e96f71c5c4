import type { Session } from '../database.ts';
import { asFault, Fault } from '../errors.ts';
import type { Catalog } from './catalog.ts';
import { identifier } from './sql.ts';

/**
 * The shop's database belongs to the owner role. One that belongs to a third party is not taken over. It is handed
 * over last, so that a run that dies before finds it in the administrator's hands and goes on.
 */
export async function assertDatabase(
  admin: Session,
  { acting, databaseOwner }: Catalog,
  owner: string,
  database: string,
  connect: () => Promise<Session>,
): Promise<void> {
  if (databaseOwner === owner) return;
  if (databaseOwner === null) {
    await admin.query(`CREATE DATABASE ${identifier(database)}`);
  } else if (databaseOwner !== acting) {
    throw new Fault(
      'foreign',
      `database "${database}" belongs to role "${databaseOwner}"; it stays untouched`,
    );
  }
  const inside = await connect();
  try {
    await offerAudit(inside);
  } finally {
    await inside.close();
  }
  // Only who may act as the new owner may hand a database over to it.
  await assertMayActAs(admin, owner);
  await admin.query(`ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)}`);
}

/**
 * pgAudit names the objects of a statement only where its extension is created, which the shop's own role may not do
 * (https://github.com/pgaudit/pgaudit#settings). A server without it, or that does not let us, is used as it is.
 */
async function offerAudit(inside: Session): Promise<void> {
  const offered = await inside.query(`SELECT 1 FROM pg_available_extensions WHERE name = 'pgaudit'`);
  if (offered.length === 0) return;
  try {
    await inside.query('CREATE EXTENSION IF NOT EXISTS pgaudit SCHEMA public');
  } catch (thrown) {
    const { category } = asFault(thrown);
    if (category !== 'rights' && category !== 'internal') throw thrown;
  }
}

/**
 * A session that reset its role (a pooler's DISCARD ALL does) creates objects its own login owns, and the other
 * login could not read them. They go to the owner before the logins change places. What the administrator owns
 * there (a dump restored by hand, or the owner having been dropped) goes the same way.
 */
export async function assertOwnedByOwner(
  { acting, owning }: Catalog,
  owner: string,
  connect: () => Promise<Session>,
): Promise<void> {
  if (owning.length === 0) return;
  const inside = await connect();
  try {
    for (const role of owning) {
      if (role === acting) await handOverTables(inside, owner);
      else {
        await assertMayActAs(inside, role);
        await assertMayActAs(inside, owner);
        await inside.query(`REASSIGN OWNED BY ${identifier(role)} TO ${identifier(owner)}`);
      }
    }
  } finally {
    await inside.close();
  }
}

/** Since PostgreSQL 16 whoever creates a role administers it, but may act as it only once it is granted to him. */
async function assertMayActAs(session: Session, role: string): Promise<void> {
  const [row] = await session.query(
    `SELECT rolsuper OR (pg_has_role(current_user, $1, 'USAGE')
            AND CASE WHEN current_setting('server_version_num')::int >= 160000
                     THEN pg_has_role(current_user, $1, 'SET') ELSE true END) AS may
       FROM pg_roles WHERE rolname = current_user`,
    [role],
  );
  if (row?.may !== true) await session.query(`GRANT ${identifier(role)} TO CURRENT_USER`);
}

/** REASSIGN OWNED is refused for an administrator that also owns system objects, so tables go one by one. */
async function handOverTables(inside: Session, owner: string): Promise<void> {
  await assertMayActAs(inside, owner);
  const relations = await inside.query(
    `SELECT c.oid::regclass::text AS name, c.relkind AS kind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE pg_get_userbyid(c.relowner) = current_user AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))`,
  );
  const kinds: Readonly<Record<string, string>> = {
    v: 'VIEW',
    m: 'MATERIALIZED VIEW',
    S: 'SEQUENCE',
    f: 'FOREIGN TABLE',
  };
  for (const { name, kind } of relations) {
    // regclass::text is already quoted where it must be.
    await inside.query(`ALTER ${kinds[String(kind)] ?? 'TABLE'} ${name} OWNER TO ${identifier(owner)}`);
  }
}
