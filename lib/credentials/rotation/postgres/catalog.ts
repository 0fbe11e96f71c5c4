import type { Session } from '../database.ts';
import { Fault } from '../errors.ts';
import { applicationName } from './connection.ts';

export interface Role {
  readonly name: string;
  readonly login: boolean;
  readonly powers: readonly string[];
  readonly connectionLimit: number;
  readonly expires: boolean;
  readonly marker: string | null;
  readonly memberships: readonly Membership[];
  /** As "database<NUL>name=value"; the part before NUL is empty where no database is named. */
  readonly settings: readonly string[];
  /** How many sessions other than the function's own it has. */
  readonly sessions: number;
}

interface Membership {
  readonly role: string;
  readonly grantor: string;
}

/** What the catalog says about some roles and a database, all of it from one round trip. */
export interface Catalog {
  /** The role this session acts as, and the one it logged in as. */
  readonly acting: string;
  readonly login: string;
  readonly version: number;
  readonly readOnly: boolean;
  readonly databaseOwner: string | null;
  /**
   * Which of the logins asked for own something in the database; and the acting role, where it owns a relation there:
   * extensions are and stay an administrator's.
   */
  readonly owning: readonly string[];
  readonly roles: ReadonlyMap<string, Role>;
}

/** A replica, or a primary during failover. A login that is to read only, by a setting of its own, is neither. */
export const readOnly = `(pg_is_in_recovery() OR (current_setting('transaction_read_only') = 'on' AND
  (SELECT source NOT IN ('user', 'database user') FROM pg_settings WHERE name = 'default_transaction_read_only')))`;

export function refuseReadOnly(found: boolean): void {
  if (found) throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
}

/** @param about the roles to tell of; the logins whose objects are looked for, and in which database */
export async function catalogOf(
  session: Session,
  about: {
    readonly roles: readonly string[];
    readonly owning?: readonly string[];
    readonly database?: string;
  },
): Promise<Catalog> {
  const [row] = await session.query(
    `SELECT current_user::text AS acting, session_user::text AS login,
            current_setting('server_version_num')::int AS version, ${readOnly} AS read_only,
            (SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $2) AS database_owner,
            (SELECT json_agg(DISTINCT pg_get_userbyid(d.refobjid))
               FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
              WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
                AND d.dbid = (SELECT oid FROM pg_database WHERE datname = $2)
                AND (r.rolname = ANY($4::text[]) OR (cardinality($4::text[]) > 0 AND r.rolname = current_user
                     AND d.classid = 'pg_class'::regclass))) AS owning,
            (SELECT json_agg(json_build_object(
               'name', r.rolname, 'login', r.rolcanlogin, 'connectionLimit', r.rolconnlimit,
               'expires', r.rolvaliduntil IS NOT NULL AND r.rolvaliduntil <> 'infinity',
               'powers', array_remove(ARRAY[CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
                 CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
                 CASE WHEN r.rolreplication THEN 'REPLICATION' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
                 CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END], NULL),
               'marker', shobj_description(r.oid, 'pg_authid'),
               'memberships', (SELECT json_agg(json_build_object('role', pg_get_userbyid(m.roleid),
                   'grantor', pg_get_userbyid(m.grantor)) ORDER BY m.roleid, m.grantor)
                 FROM pg_auth_members m WHERE m.member = r.oid),
               'settings', (SELECT json_agg(json_build_array(coalesce(d.datname, ''), setting))
                 FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
                WHERE s.setrole = r.oid),
               'sessions', (SELECT count(*) FROM pg_stat_get_activity(NULL) a
                 WHERE a.usesysid = r.oid AND a.application_name IS DISTINCT FROM $3)))
               FROM pg_roles r WHERE r.rolname = ANY($1::text[])) AS roles`,
    [about.roles, about.database ?? '', applicationName, about.owning ?? []],
  );
  const found = (row?.roles ?? []) as readonly FoundRole[];
  return {
    acting: String(row?.acting),
    login: String(row?.login),
    version: Number(row?.version),
    readOnly: row?.read_only !== false,
    databaseOwner: typeof row?.database_owner === 'string' ? row.database_owner : null,
    owning: (row?.owning ?? []) as readonly string[],
    roles: new Map(
      found.map((role) => [
        role.name,
        {
          ...role,
          memberships: role.memberships ?? [],
          settings: (role.settings ?? []).map((entry) => entry.join('\0')).sort(),
        },
      ]),
    ),
  };
}

/** A role as the query writes it: an aggregate over no rows is null. */
type FoundRole = Omit<Role, 'memberships' | 'settings'> & {
  readonly memberships: readonly Membership[] | null;
  readonly settings: readonly (readonly [database: string, setting: string])[] | null;
};
