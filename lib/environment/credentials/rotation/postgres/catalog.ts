import type { AlternatingPlan, Row, Session } from '../database.ts';
import { applicationName } from './connection.ts';
import { assertWritable, writableColumns } from './writable.ts';

export interface Role {
  readonly name: string;
  readonly login: boolean;
  readonly powers: readonly string[];
  readonly connectionLimit: number;
  readonly expires: boolean;
  readonly memberships: readonly Membership[];
  /** As "database<NUL>name=value"; the part before NUL is empty where no database is named. */
  readonly settings: readonly string[];
}

interface Membership {
  readonly role: string;
  readonly grantor: string;
}

/** What some roles may do, all of it from one round trip. */
export interface Rights {
  /** The role this session acts as, and the one it logged in as. */
  readonly acting: string;
  readonly login: string;
  readonly databaseOwner: string | null;
  readonly roles: ReadonlyMap<string, Role>;
}

/** A role that a rotation may change, if it carries the marker. */
export interface MarkedRole extends Role {
  readonly marker: string | null;
  /** How many sessions other than the function's own it has. */
  readonly sessions: number;
}

/** What a rotation must know before it changes the owner and the two logins, from one round trip as well. */
export interface Catalog extends Rights {
  readonly version: number;
  readonly roles: ReadonlyMap<string, MarkedRole>;
  /**
   * Which of the two logins own something in the database; and the acting role, where it owns a relation there:
   * extensions are and stay an administrator's.
   */
  readonly owning: readonly string[];
}

// A session of a rotation is young, and its server reads each table of the catalog for the first time: what a question
// does not need is left out of it.
const who = `current_user::text AS acting, session_user::text AS login,
  (SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $2) AS database_owner`;

const roleFields = `
  'name', r.rolname, 'login', r.rolcanlogin, 'connectionLimit', r.rolconnlimit,
  'expires', r.rolvaliduntil IS NOT NULL AND r.rolvaliduntil <> 'infinity',
  'powers', array_remove(ARRAY[CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
    CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
    CASE WHEN r.rolreplication THEN 'REPLICATION' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
    CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END], NULL),
  'memberships', (SELECT json_agg(json_build_object('role', pg_get_userbyid(m.roleid),
      'grantor', pg_get_userbyid(m.grantor)) ORDER BY m.roleid, m.grantor)
    FROM pg_auth_members m WHERE m.member = r.oid),
  'settings', (SELECT json_agg(json_build_array(coalesce(d.datname, ''), setting))
    FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
   WHERE s.setrole = r.oid)`;

const rolesWith = (fields: string) =>
  `(SELECT json_agg(json_build_object(${fields})) FROM pg_roles r WHERE r.rolname = ANY($1::text[])) AS roles`;

/** Refuses a server that takes no writes. */
export async function rightsOf(
  session: Session,
  names: readonly string[],
  database: string,
): Promise<Rights> {
  const [row] = await session.query(`SELECT ${who}, ${writableColumns}, ${rolesWith(roleFields)}`, [
    names,
    database,
  ]);
  await assertWritable(session, row);
  return { ...whoIn(row), roles: rolesIn<Role>(row) };
}

export async function catalogOf(session: Session, { pending }: AlternatingPlan): Promise<Catalog> {
  const { owner, logins, database } = pending;
  const [row] = await session.query(
    `SELECT ${who}, current_setting('server_version_num')::int AS version,
            (SELECT json_agg(DISTINCT pg_get_userbyid(d.refobjid))
               FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
              WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
                AND d.dbid = (SELECT oid FROM pg_database WHERE datname = $2)
                AND (r.rolname = ANY($4::text[])
                     OR (r.rolname = current_user AND d.classid = 'pg_class'::regclass))) AS owning,
            ${rolesWith(`${roleFields}, 'marker', shobj_description(r.oid, 'pg_authid'),
              'sessions', (SELECT count(*) FROM pg_stat_get_activity(NULL) a
                WHERE a.usesysid = r.oid AND a.application_name IS DISTINCT FROM $3)`)}`,
    [[owner, ...logins], database, applicationName, logins],
  );
  return {
    ...whoIn(row),
    version: Number(row?.version),
    owning: (row?.owning ?? []) as readonly string[],
    roles: rolesIn<MarkedRole>(row),
  };
}

function whoIn(row: Row | undefined): Omit<Rights, 'roles'> {
  return {
    acting: String(row?.acting),
    login: String(row?.login),
    databaseOwner: typeof row?.database_owner === 'string' ? row.database_owner : null,
  };
}

/** A role as the queries write it: an aggregate over no rows is null. */
type Found<R extends Role> = Omit<R, 'memberships' | 'settings'> & {
  readonly name: string;
  readonly memberships: readonly Membership[] | null;
  readonly settings: readonly (readonly [database: string, setting: string])[] | null;
};

function rolesIn<R extends Role>(row: Row | undefined): Map<string, R> {
  const found = (row?.roles ?? []) as readonly Found<R>[];
  return new Map(
    found.map((role) => {
      const memberships = role.memberships ?? [];
      const settings = (role.settings ?? []).map((entry) => entry.join('\0')).sort();
      return [role.name, { ...role, memberships, settings } as unknown as R];
    }),
  );
}
