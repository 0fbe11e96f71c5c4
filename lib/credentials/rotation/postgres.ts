import { Client } from 'pg';
import type { AlternatingPlan, Dialect, Preparation, Row, Session } from './database.ts';
import {
  closeMilliseconds,
  connectMilliseconds,
  type Deadline,
  inBackground,
  inTime,
  pause,
  statementMilliseconds,
} from './deadline.ts';
import { asFault, connectionFault, Fault } from './errors.ts';
import { scramVerifier } from './password.ts';
import { type Login, otherLogin } from './secret.ts';
import type { TlsOptions } from './tls.ts';

/** By this name a run recognizes sessions of the function itself among those of a login. */
const applicationName = 'secure-shop-rotation';
/** How long one statement may wait for a lock. Another writer of the catalog is seldom slower. */
const lockMilliseconds = 3000;

export async function connectPostgres(login: Login, tls: TlsOptions, deadline: Deadline): Promise<Session> {
  const where = `${login.host}:${login.port}`;
  const patience = deadline.atMost(connectMilliseconds);
  const client = new Client({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    database: login.database ?? 'postgres',
    ssl: { secureContext: tls.secureContext, rejectUnauthorized: true },
    application_name: applicationName,
    connectionTimeoutMillis: patience,
    // Sent as the session starts, where they outrank the settings of the login and cost no round trip.
    statement_timeout: deadline.atMost(statementMilliseconds),
    lock_timeout: deadline.atMost(lockMilliseconds),
    idle_in_transaction_session_timeout: deadline.atMost(60_000),
    // Whoever may create a function in the database must not have it run with the rights of this session.
    options: '-c search_path=pg_catalog',
    keepAlive: true,
  });
  // Without a listener a connection that breaks between two statements would end the process.
  client.on('error', () => {});
  const silent = () => new Fault('unreachable', `no answer from ${where} in ${patience} ms`);
  try {
    await inTime(client.connect(), patience, silent);
  } catch (thrown) {
    client.connection.stream.destroy();
    throw postgresFault(thrown, where);
  }

  const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
    const late = () => new Fault('unreachable', `no answer from ${where} to a statement in time`);
    try {
      const result = await inTime(
        client.query<Row>(sql, [...values]),
        deadline.atMost(statementMilliseconds),
        late,
      );
      return result.rows;
    } catch (thrown) {
      throw postgresFault(thrown, where);
    }
  };
  const close = async () => {
    await inTime(client.end(), closeMilliseconds, () => new Error('slow')).catch(() =>
      client.connection.stream.destroy(),
    );
  };
  return { query, close };
}

/** Says in our words what PostgreSQL, the network or TLS said. */
export function postgresFault(thrown: unknown, where: string): Fault {
  if (thrown instanceof Fault) return thrown;
  if (!(thrown instanceof Error)) return asFault(thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  if (/SSL/.test(thrown.message) && code === '') return new Fault('tls', `${where} offers no TLS`);
  const network = connectionFault(code, where);
  if (network !== undefined) return network;
  if (
    /^(Connection terminated|timeout expired|Client has encountered|Client was closed)/.test(thrown.message)
  ) {
    return new Fault('unreachable', `the connection to ${where} broke or was never answered`);
  }
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  if (code === '28000') {
    return new Fault(
      'authentication',
      `${where} lets the login in no more: NOLOGIN, or a rule of pg_hba.conf (SQLSTATE ${code})`,
    );
  }
  if (/^28/.test(code)) return new Fault('authentication', `${where} refused the login (SQLSTATE ${code})`);
  if (/^53/.test(code)) {
    return new Fault('out-of-connections', `${where} has no connection or memory left (SQLSTATE ${code})`);
  }
  if (code === '25006') return new Fault('read-only', `${where} takes no writes now (SQLSTATE ${code})`);
  if (/^(55P03|57014|40001|40P01|XX000)$/.test(code)) {
    return new Fault('locked', `${where}: another session holds what the step needs (SQLSTATE ${code})`);
  }
  if (/^(57P|08|58)/.test(code)) return new Fault('unreachable', `${where} is not ready (SQLSTATE ${code})`);
  if (/^25P0[34]$/.test(code)) {
    return new Fault(
      'unreachable',
      `${where} ended the transaction, a timeout of its own (SQLSTATE ${code})`,
    );
  }
  if (code === '55000') {
    return new Fault('unreachable', `the database of the secret takes no connections (SQLSTATE ${code})`);
  }
  if (code === 'P0001') return new Fault('rights', `a trigger of ${where} refused (SQLSTATE ${code})`);
  if (code === '42501') return new Fault('rights', `the credential in use lacks a right (SQLSTATE ${code})`);
  if (code === '3D000')
    return new Fault('rights', `the database of the secret does not exist (SQLSTATE ${code})`);
  return asFault(thrown);
}

interface Role {
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
interface Catalog {
  /** The role this session acts as, and the one it logged in as. */
  readonly acting: string;
  readonly login: string;
  readonly version: number;
  readonly readOnly: boolean;
  readonly databaseOwner: string | null;
  readonly roles: ReadonlyMap<string, Role>;
}

/** A replica, or a primary during failover. A login that is to read only, by a setting of its own, is neither. */
const readOnly = `(pg_is_in_recovery() OR (current_setting('transaction_read_only') = 'on' AND
  (SELECT source NOT IN ('user', 'database user') FROM pg_settings WHERE name = 'default_transaction_read_only')))`;

function refuseReadOnly(found: boolean): void {
  if (found) throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
}

async function catalogOf(session: Session, names: readonly string[], database: string): Promise<Catalog> {
  const [row] = await session.query(
    `SELECT current_user::text AS acting, session_user::text AS login,
            current_setting('server_version_num')::int AS version, ${readOnly} AS read_only,
            (SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $2) AS database_owner,
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
    [names, database, applicationName],
  );
  const found = (row?.roles ?? []) as readonly FoundRole[];
  return {
    acting: String(row?.acting),
    login: String(row?.login),
    version: Number(row?.version),
    readOnly: row?.read_only !== false,
    databaseOwner: typeof row?.database_owner === 'string' ? row.database_owner : null,
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

export const postgres: Dialect = {
  holdsTwoPasswords: false,

  async assertWritable(session) {
    const [row] = await session.query(`SELECT ${readOnly} AS read_only`);
    refuseReadOnly(row?.read_only !== false);
  },

  async claim(session, name, deadline) {
    // Tried in turns, not waited for: a backend that waits for a lock does not notice that its client is gone.
    while (true) {
      const [row] = await session.query(
        `SELECT ${readOnly} AS read_only, pg_try_advisory_lock(hashtextextended($1, 0)) AS mine`,
        [name],
      );
      refuseReadOnly(row?.read_only !== false);
      if (row?.mine === true) return;
      if (deadline.remaining < 100) throw new Fault('locked', 'another run works on this secret');
      await pause(25);
    }
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE usename = $1 AND application_name IS DISTINCT FROM $2`,
      [username, applicationName],
    );
    return Number(row?.sessions ?? 0);
  },

  async prepareAlternating(admin, plan): Promise<Preparation> {
    const { owner, logins, database, username } = plan.pending;
    // Computed while the database answers.
    const password = inBackground(setPassword(plan.pending));
    const catalog = await catalogOf(admin, [owner, ...logins], database);
    return {
      sessions: catalog.roles.get(username)?.sessions ?? 0,
      async set(connect) {
        assertOurs(catalog, plan);
        const statements = await roleStatements(catalog, plan);
        if (statements.length > 0) {
          await transaction(admin, async () => {
            for (const statement of statements) {
              await admin.query(statement).catch((thrown) => {
                throw namingSetting(asFault(thrown), statement);
              });
            }
          });
        }
        await assertDatabase(admin, catalog, owner, database, connect);
        await assertOwnedByOwner(admin, plan, connect);
        await admin.query(await password);
      },
    };
  },

  async compareRights(session, plan) {
    const { owner, username, baseName, database } = plan.pending;
    const catalog = await catalogOf(session, plan.pending.logins, database);
    refuseReadOnly(catalog.readOnly);
    const { acting, login, databaseOwner, roles } = catalog;
    const differences: string[] = [];
    if (login !== username) differences.push('the session belongs to another login');
    if (acting !== owner) differences.push(`sessions do not act as the owner of ${baseName}`);
    if (databaseOwner !== owner) differences.push('the database belongs to another role');
    const due = roles.get(username);
    const other = roles.get(otherLogin(plan.pending));
    if (!same(memberOf(due), [owner])) differences.push('the login is not a member of the owner alone');
    if ((due?.powers.length ?? 0) > 0) differences.push('the login has powers no shop needs');
    if (other !== undefined && due?.connectionLimit !== other.connectionLimit) {
      differences.push('the connection limits of the two logins differ');
    }
    if (other !== undefined && !same(desiredSettings(other.settings, owner), due?.settings ?? [])) {
      differences.push('the settings of the two logins differ');
    }
    return differences;
  },

  async setSingle(by, _own, _current, pending) {
    // One role has one password: rehearse the change now, so that missing rights or locks show before the label moves.
    const password = await setPassword(pending);
    await by.query('BEGIN');
    await by.query(password);
    await by.query('ROLLBACK');
  },

  async repairSingle(admin, current) {
    const { username, owner } = current;
    await transaction(admin, async () => {
      const { roles } = await catalogOf(admin, [username], '');
      const role = roles.get(username);
      if (role?.powers.includes('SUPERUSER')) throw new Fault('foreign', 'the login is a superuser');
      if (role === undefined) {
        await admin.query(`CREATE ROLE ${identifier(username)} LOGIN`);
        if (owner !== undefined) {
          await admin.query(`GRANT ${identifier(owner)} TO ${identifier(username)}`);
          await admin.query(`ALTER ROLE ${identifier(username)} SET role TO ${literal(owner)}`);
        }
      }
      await admin.query(`ALTER ROLE ${identifier(username)} LOGIN VALID UNTIL 'infinity'`);
      await admin.query(await setPassword(current));
    });
  },

  async switchSingle(session, pending, promote) {
    const password = await setPassword(pending);
    await session.query('BEGIN');
    try {
      await session.query(password);
      await promote();
    } catch (thrown) {
      await session.query('ROLLBACK').catch(() => {});
      throw thrown;
    }
    await session.query('COMMIT');
  },

  async assertPassword(session, login) {
    await session.query(await setPassword(login));
  },
};

async function transaction(session: Session, work: () => Promise<void>): Promise<void> {
  await session.query('BEGIN');
  try {
    await work();
    await session.query('COMMIT');
  } catch (thrown) {
    await session.query('ROLLBACK').catch(() => {});
    throw thrown;
  }
}

async function setPassword(login: Login): Promise<string> {
  const verifier = await scramVerifier(login.password);
  return `ALTER ROLE ${identifier(login.username)} PASSWORD ${literal(verifier)}`;
}

/** Whatever exists and is not ours is refused untouched. */
function assertOurs({ roles }: Catalog, plan: AlternatingPlan): void {
  for (const role of roles.values()) {
    if (role.marker !== plan.marker) {
      throw new Fault(
        'foreign',
        `role "${role.name}" exists and is not marked "${plan.marker}"; it stays untouched`,
      );
    }
    if (role.powers.includes('SUPERUSER')) {
      throw new Fault('foreign', `role "${role.name}" was made a superuser; take that back first`);
    }
  }
}

/** What is missing to an owner without login and two logins that act as it; nothing when all is as it should be. */
async function roleStatements({ roles, version }: Catalog, plan: AlternatingPlan): Promise<string[]> {
  const { owner, username } = plan.pending;
  const statements: string[] = [];
  const create = (name: string, login: 'LOGIN' | 'NOLOGIN') =>
    statements.push(
      `CREATE ROLE ${identifier(name)} ${login}`,
      `COMMENT ON ROLE ${identifier(name)} IS ${literal(plan.marker)}`,
    );
  if (!roles.has(owner)) create(owner, 'NOLOGIN');
  if (roles.get(owner)?.login) statements.push(`ALTER ROLE ${identifier(owner)} NOLOGIN PASSWORD NULL`);

  const inUse = otherLogin(plan.pending);
  if (!roles.has(inUse)) {
    // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
    create(inUse, 'LOGIN');
    statements.push(...rightStatements(inUse, owner, undefined, undefined, version));
    statements.push(await setPassword(plan.current));
  }
  if (!roles.has(username)) create(username, 'LOGIN');
  statements.push(...rightStatements(username, owner, roles.get(username), roles.get(inUse), version));
  return statements;
}

/** The login is a member of the owner and of nothing else, acts as it, and has the limits and settings of its twin. */
function rightStatements(
  login: string,
  owner: string,
  role: Role | undefined,
  twin: Role | undefined,
  version: number,
): string[] {
  const statements: string[] = [];
  const name = identifier(login);
  if (!memberOf(role).includes(owner)) statements.push(`GRANT ${identifier(owner)} TO ${name}`);
  for (const extra of role?.memberships ?? []) {
    if (extra.role === owner) continue;
    // A member granted by somebody else can only be revoked in that role's name (PostgreSQL 16 and newer).
    const by = version >= 160000 ? ` GRANTED BY ${identifier(extra.grantor)}` : '';
    statements.push(`REVOKE ${identifier(extra.role)} FROM ${name}${by}`);
  }

  const attributes: string[] = [];
  if (role !== undefined && !role.login) attributes.push('LOGIN');
  if (role?.expires) attributes.push(`VALID UNTIL 'infinity'`);
  for (const power of role?.powers ?? []) attributes.push(power === 'NOINHERIT' ? 'INHERIT' : `NO${power}`);
  const limit = twin?.connectionLimit ?? -1;
  if (limit !== (role?.connectionLimit ?? -1)) attributes.push(`CONNECTION LIMIT ${limit}`);
  if (attributes.length > 0) statements.push(`ALTER ROLE ${name} ${attributes.join(' ')}`);

  const wanted = desiredSettings(twin?.settings ?? [], owner);
  const found = role?.settings ?? [];
  for (const setting of found.filter((entry) => !wanted.includes(entry))) {
    const { scope, key } = splitSetting(setting);
    statements.push(`ALTER ROLE ${name}${scope} RESET ${key}`);
  }
  for (const setting of wanted.filter((entry) => !found.includes(entry))) {
    const { scope, key, value } = splitSetting(setting);
    statements.push(`ALTER ROLE ${name}${scope} SET ${key} TO ${value}`);
  }
  return statements;
}

/** The twin of a login gets its settings; one that only a superuser may set has to be named to be found. */
function namingSetting(fault: Fault, statement: string): Fault {
  const [, setting] = /^ALTER ROLE .* (?:SET|RESET) ((?:"[^"]+"\.?)+)(?: TO|$)/.exec(statement) ?? [];
  if (fault.category !== 'rights' || setting === undefined) return fault;
  return new Fault(
    'rights',
    `the administrator may not give setting ${setting} of the login in use to the other; set it on both, or on neither`,
  );
}

function memberOf(role: Role | undefined): string[] {
  return [...new Set(role?.memberships.map((membership) => membership.role))];
}

function desiredSettings(twins: readonly string[], owner: string): string[] {
  const others = twins.filter((setting) => !setting.startsWith('\0role='));
  return [...others, `\0role=${owner}`].sort();
}

/** Lists are stored quoted, element by element, and would become one long name if quoted again. */
const listSettings = new Set([
  'search_path',
  'temp_tablespaces',
  'local_preload_libraries',
  'session_preload_libraries',
]);

function splitSetting(entry: string): { scope: string; key: string; value: string } {
  const [database = '', setting = ''] = entry.split('\0');
  const at = setting.indexOf('=');
  const key = setting.slice(0, at);
  const value = setting.slice(at + 1);
  return {
    scope: database === '' ? '' : ` IN DATABASE ${identifier(database)}`,
    // Names of extensions' settings have a dot: each part is quoted by itself.
    key: key.split('.').map(identifier).join('.'),
    value: listSettings.has(key) ? listLiterals(value) : literal(value),
  };
}

function listLiterals(list: string): string {
  const elements = list.match(/"(?:[^"]|"")*"|[^,\s][^,]*/g) ?? [];
  const unquoted = elements.map((element) =>
    element.startsWith('"') ? element.slice(1, -1).replaceAll('""', '"') : element.trim(),
  );
  return unquoted.length === 0 ? literal('') : unquoted.map(literal).join(', ');
}

/**
 * The shop's database belongs to the owner role. One that belongs to a third party is not taken over. It is handed
 * over last, so that a run that dies before finds it in the administrator's hands and goes on.
 */
async function assertDatabase(
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
async function assertOwnedByOwner(
  admin: Session,
  plan: AlternatingPlan,
  connect: () => Promise<Session>,
): Promise<void> {
  const { owner, logins, database } = plan.pending;
  // Of the administrator's only relations count: extensions are and stay his.
  const owners = await admin.query(
    `SELECT DISTINCT r.rolname::text AS role, r.rolname = current_user AS mine
       FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
      WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
        AND d.dbid = (SELECT oid FROM pg_database WHERE datname = $2)
        AND (r.rolname = ANY($1::text[]) OR (r.rolname = current_user AND d.classid = 'pg_class'::regclass))`,
    [[...logins], database],
  );
  if (owners.length === 0) return;
  const inside = await connect();
  try {
    for (const { role, mine } of owners) {
      if (mine === true) await handOverTables(inside, owner);
      else {
        await assertMayActAs(inside, String(role));
        await assertMayActAs(inside, owner);
        await inside.query(`REASSIGN OWNED BY ${identifier(String(role))} TO ${identifier(owner)}`);
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

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Never depends on standard_conforming_strings: a backslash makes it an E'' literal. */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}
