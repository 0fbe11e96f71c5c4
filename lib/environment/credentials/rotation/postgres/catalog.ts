import type { AlternatingPlan, Row } from '../database.ts';
import { applicationName } from './connection.ts';
import { literal, textArray } from './sql.ts';

/** A role that a rotation may change, if it carries the marker. */
export interface Role {
  readonly name: string;
  readonly login: boolean;
  readonly powers: readonly string[];
  readonly connectionLimit: number;
  readonly expires: boolean;
  readonly memberships: readonly Membership[];
  /** As "database<NUL>name=value"; the part before NUL is empty where no database is named. */
  readonly settings: readonly string[];
  readonly marker: string | null;
  /** How many sessions other than the function's own it has. */
  readonly sessions: number;
}

export interface Membership {
  readonly role: string;
  readonly grantor: string;
  /** Whether the member has the role's rights, and may act as it. Always, before PostgreSQL 16. */
  readonly inherits: boolean;
  readonly sets: boolean;
}

/** What a rotation must know before it changes the owner and the two logins, from one round trip. */
export interface Catalog {
  /** The role of the administrator. */
  readonly acting: string;
  readonly databaseOwner: string | null;
  readonly version: number;
  readonly roles: ReadonlyMap<string, Role>;
  /** Whether the administrator or one of the logins owns something in the database. */
  readonly owning: boolean;
}

/** What a role makes but cannot hand over: default privileges, and what an extension brings. */
export const staying = ['pg_default_acl', 'pg_extension', 'pg_user_mapping']
  .map((catalog) => `'${catalog}'::regclass`)
  .join(', ');

/**
 * Of a session: somebody logged in for it, and not this function. The worker of a subscription or of pg_cron runs as the
 * login that it belongs to, for ever, and never asks for its password. Whoever lacks pg_read_all_stats sees of others
 * that they have a session, and not its kind: that counts.
 */
export const isOfAClient = `coalesce(backend_type, 'client backend') IN ('client backend', 'walsender')
  AND application_name IS DISTINCT FROM '${applicationName}'`;

// A session of a rotation is young, and its server reads each table of the catalog for the first time: what a question
// does not need is left out of it.
const roleFields = `
  'name', r.rolname, 'login', r.rolcanlogin, 'connectionLimit', r.rolconnlimit,
  'expires', r.rolvaliduntil IS NOT NULL AND r.rolvaliduntil <> 'infinity', 'powers', array_remove(
    ARRAY[CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
      CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
      CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END], NULL),
  'memberships', (SELECT json_agg(json_build_object('role', pg_get_userbyid(m.roleid),
      'grantor', pg_get_userbyid(m.grantor), 'inherits', coalesce((to_jsonb(m) ->> 'inherit_option')::bool, true),
      'sets', coalesce((to_jsonb(m) ->> 'set_option')::bool, true)) ORDER BY m.roleid, m.grantor)
    FROM pg_auth_members m WHERE m.member = r.oid),
  'settings', (SELECT json_agg(json_build_array(coalesce(d.datname, ''), setting))
    FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
   WHERE s.setrole = r.oid)`;

/** Everything a rotation asks; the answer is for `catalogIn`. */
export function catalogQuestion({ pending }: AlternatingPlan): string {
  const { owner, logins, database } = pending;
  const database_ = `datname = ${literal(database)}`;
  return `
    SELECT current_user::text AS acting,
           (SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE ${database_}) AS database_owner,
           current_setting('server_version_num')::int AS version, owned.owning,
           (SELECT json_agg(json_build_object(${roleFields}, 'marker', shobj_description(r.oid, 'pg_authid'),
              'sessions', (SELECT count(*) FROM pg_stat_get_activity(NULL) a
                WHERE a.usesysid = r.oid AND ${isOfAClient})))
              FROM pg_roles r WHERE r.rolname = ANY(${textArray([owner, ...logins])})) AS roles
      FROM (SELECT count(*) > 0 AS owning FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
             WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' AND d.classid NOT IN (${staying})
               AND d.dbid = (SELECT oid FROM pg_database WHERE ${database_})
               AND (r.rolname = ANY(${textArray(logins)}) OR r.rolname = current_user)) owned`;
}

/** A role as the question writes it: an aggregate over no rows is null. */
type Found = Omit<Role, 'memberships' | 'settings'> & {
  readonly memberships: readonly Membership[] | null;
  readonly settings: readonly (readonly [database: string, setting: string])[] | null;
};

export function catalogIn(row: Row | undefined): Catalog {
  const found = (row?.roles ?? []) as readonly Found[];
  const roles = found.map((role): [string, Role] => {
    const memberships = role.memberships ?? [];
    const settings = (role.settings ?? []).map((entry) => entry.join('\0')).sort();
    return [role.name, { ...role, memberships, settings }];
  });
  return {
    acting: String(row?.acting),
    databaseOwner: typeof row?.database_owner === 'string' ? row.database_owner : null,
    version: Number(row?.version),
    roles: new Map(roles),
    owning: row?.owning === true,
  };
}
