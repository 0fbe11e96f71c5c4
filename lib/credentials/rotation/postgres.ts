import { Client } from 'pg';
import type { AlternatingPlan, Dialect, Row, Session } from './database.ts';
import { type Deadline, inTime, pause } from './deadline.ts';
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
  const patience = deadline.atMost(5000);
  const client = new Client({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    database: login.database ?? 'postgres',
    ssl: { secureContext: tls.secureContext, rejectUnauthorized: true },
    application_name: applicationName,
    connectionTimeoutMillis: patience,
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
      const result = await inTime(client.query<Row>(sql, [...values]), deadline.atMost(10_000), late);
      return result.rows;
    } catch (thrown) {
      throw postgresFault(thrown, where);
    }
  };
  const close = async () => {
    await inTime(client.end(), 500, () => new Error('slow')).catch(() => client.connection.stream.destroy());
  };
  try {
    await query(`SELECT set_config('statement_timeout', $1, false), set_config('lock_timeout', $2, false)`, [
      String(deadline.atMost(10_000)),
      String(deadline.atMost(lockMilliseconds)),
    ]);
  } catch (thrown) {
    await close();
    throw thrown;
  }
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
  if (/^28/.test(code)) return new Fault('authentication', `${where} refused the login (SQLSTATE ${code})`);
  if (/^53/.test(code)) {
    return new Fault('out-of-connections', `${where} has no connection or memory left (SQLSTATE ${code})`);
  }
  if (code === '25006') return new Fault('read-only', `${where} takes no writes now (SQLSTATE ${code})`);
  if (/^(55P03|57014|40001|40P01|XX000)$/.test(code)) {
    return new Fault('locked', `${where}: another session holds what the step needs (SQLSTATE ${code})`);
  }
  if (/^(57P|08|58)/.test(code)) return new Fault('unreachable', `${where} is not ready (SQLSTATE ${code})`);
  if (code === '42501') return new Fault('rights', `the credential in use lacks a right (SQLSTATE ${code})`);
  if (code === '3D000')
    return new Fault('rights', `the database of the secret does not exist (SQLSTATE ${code})`);
  return asFault(thrown);
}

interface Role {
  readonly name: string;
  readonly oid: string;
  readonly login: boolean;
  readonly powers: readonly string[];
  readonly connectionLimit: number;
  readonly expires: boolean;
  readonly marker: string | null;
}

async function rolesByName(session: Session, names: readonly string[]): Promise<Map<string, Role>> {
  const rows = await session.query(
    `SELECT rolname, oid::text, rolcanlogin, rolconnlimit,
            rolvaliduntil IS NOT NULL AND rolvaliduntil <> 'infinity' AS expires,
            array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
              CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
              CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN NOT rolinherit THEN 'NOINHERIT' END], NULL)
              AS powers,
            shobj_description(oid, 'pg_authid') AS marker
       FROM pg_roles WHERE rolname = ANY($1::text[])`,
    [names],
  );
  return new Map(
    rows.map((row) => [
      String(row.rolname),
      {
        name: String(row.rolname),
        oid: String(row.oid),
        login: row.rolcanlogin === true,
        powers: texts(row.powers),
        connectionLimit: Number(row.rolconnlimit),
        expires: row.expires === true,
        marker: typeof row.marker === 'string' ? row.marker : null,
      },
    ]),
  );
}

/** Settings of a role, as "database<NUL>name=value"; the part before NUL is empty where no database is named. */
async function settingsOf(session: Session, role: string): Promise<string[]> {
  const rows = await session.query(
    `SELECT coalesce(d.datname, '') AS database, unnest(s.setconfig) AS setting
       FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase
      WHERE r.rolname = $1`,
    [role],
  );
  return rows.map((row) => `${row.database}\0${row.setting}`).sort();
}

async function membershipsOf(session: Session, login: string): Promise<string[]> {
  const rows = await session.query(
    `SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member
      WHERE u.rolname = $1`,
    [login],
  );
  return [...new Set(rows.map((row) => String(row.rolname)))].sort();
}

export const postgres: Dialect = {
  holdsTwoPasswords: false,

  async assertWritable(session) {
    const [row] = await session.query(
      `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS read_only`,
    );
    if (row?.read_only !== false)
      throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
  },

  async serialize(session, name, deadline) {
    // Tried in turns, not waited for: a backend that waits for a lock does not notice that its client is gone.
    while (true) {
      const [row] = await session.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [
        name,
      ]);
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

  async setAlternating(admin, plan, connect) {
    const { owner, database } = plan.pending;
    await transaction(admin, () => assertRoles(admin, plan));
    await assertDatabase(admin, owner, database);
    await assertOwnedByOwner(admin, plan, connect);
    await admin.query(setPassword(plan.pending));
  },

  async compareRights(session, plan) {
    const { owner, username, baseName } = plan.pending;
    const [row] = await session.query(
      `SELECT current_user AS acting, session_user AS login,
              (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()) AS owner`,
    );
    const differences: string[] = [];
    if (row?.login !== username) differences.push('the session belongs to another login');
    if (row?.acting !== owner) differences.push(`sessions do not act as the owner of ${baseName}`);
    if (row?.owner !== owner) differences.push('the database belongs to another role');
    const memberships = await membershipsOf(session, username);
    if (memberships.length !== 1 || memberships[0] !== owner) {
      differences.push('the login is not a member of the owner alone');
    }
    const roles = await rolesByName(session, [username, otherLogin(plan.pending)]);
    const due = roles.get(username);
    const other = roles.get(otherLogin(plan.pending));
    if ((due?.powers.length ?? 0) > 0) differences.push('the login has powers no shop needs');
    if (other !== undefined && due?.connectionLimit !== other.connectionLimit) {
      differences.push('the connection limits of the two logins differ');
    }
    if (other !== undefined) {
      const wanted = desiredSettings(await settingsOf(session, other.name), owner);
      if (!same(wanted, await settingsOf(session, username))) {
        differences.push('the settings of the two logins differ');
      }
    }
    return differences;
  },

  async setSingle(by, _own, _current, pending) {
    // One role has one password: rehearse the change now, so that missing rights or locks show before the label moves.
    await by.query('BEGIN');
    await by.query(setPassword(pending));
    await by.query('ROLLBACK');
  },

  async repairSingle(admin, current) {
    const { username, owner } = current;
    await transaction(admin, async () => {
      const roles = await rolesByName(admin, [username]);
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
      await admin.query(setPassword(current));
    });
  },

  async switchSingle(session, pending, promote) {
    await session.query('BEGIN');
    try {
      await session.query(setPassword(pending));
      await promote();
    } catch (thrown) {
      await session.query('ROLLBACK').catch(() => {});
      throw thrown;
    }
    await session.query('COMMIT');
  },

  async assertPassword(session, login) {
    await session.query(setPassword(login));
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

function setPassword(login: Login): string {
  return `ALTER ROLE ${identifier(login.username)} PASSWORD ${literal(scramVerifier(login.password))}`;
}

/** The owner without login, and two logins that act as it; whatever exists and is not ours is refused untouched. */
async function assertRoles(admin: Session, plan: AlternatingPlan): Promise<void> {
  const { owner, logins, username } = plan.pending;
  const roles = await rolesByName(admin, [owner, ...logins]);
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
  const create = async (name: string, login: 'LOGIN' | 'NOLOGIN') => {
    await admin.query(`CREATE ROLE ${identifier(name)} ${login}`);
    await admin.query(`COMMENT ON ROLE ${identifier(name)} IS ${literal(plan.marker)}`);
  };
  if (!roles.has(owner)) await create(owner, 'NOLOGIN');
  if (roles.get(owner)?.login) await admin.query(`ALTER ROLE ${identifier(owner)} NOLOGIN PASSWORD NULL`);

  const inUse = otherLogin(plan.pending);
  if (!roles.has(inUse)) {
    // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
    await create(inUse, 'LOGIN');
    await assertRights(admin, inUse, owner, undefined, undefined);
    await admin.query(setPassword(plan.current));
  }
  if (!roles.has(username)) await create(username, 'LOGIN');
  await assertRights(admin, username, owner, roles.get(username), roles.get(inUse));
}

/** The login is a member of the owner and of nothing else, acts as it, and has the limits and settings of its twin. */
async function assertRights(
  admin: Session,
  login: string,
  owner: string,
  role: Role | undefined,
  twin: Role | undefined,
): Promise<void> {
  const name = identifier(login);
  const memberships = await membershipsOf(admin, login);
  if (!memberships.includes(owner)) await admin.query(`GRANT ${identifier(owner)} TO ${name}`);
  for (const extra of memberships.filter((membership) => membership !== owner)) {
    await revokeMembership(admin, extra, login);
  }

  const attributes: string[] = [];
  if (role !== undefined && !role.login) attributes.push('LOGIN');
  if (role?.expires) attributes.push(`VALID UNTIL 'infinity'`);
  for (const power of role?.powers ?? []) attributes.push(power === 'NOINHERIT' ? 'INHERIT' : `NO${power}`);
  const limit = twin?.connectionLimit ?? -1;
  if (limit !== (role?.connectionLimit ?? -1)) attributes.push(`CONNECTION LIMIT ${limit}`);
  if (attributes.length > 0) await admin.query(`ALTER ROLE ${name} ${attributes.join(' ')}`);

  const wanted = desiredSettings(twin === undefined ? [] : await settingsOf(admin, twin.name), owner);
  const found = await settingsOf(admin, login);
  if (same(wanted, found)) return;
  for (const setting of found.filter((entry) => !wanted.includes(entry))) {
    const { scope, key } = splitSetting(setting);
    await admin.query(`ALTER ROLE ${name}${scope} RESET ${key}`);
  }
  for (const setting of wanted.filter((entry) => !found.includes(entry))) {
    const { scope, key, value } = splitSetting(setting);
    await admin.query(`ALTER ROLE ${name}${scope} SET ${key} TO ${value}`);
  }
}

/** A member granted by somebody else can only be revoked in that role's name (PostgreSQL 16 and newer). */
async function revokeMembership(admin: Session, role: string, login: string): Promise<void> {
  const grantors = await admin.query(
    `SELECT DISTINCT pg_get_userbyid(m.grantor) AS grantor, current_setting('server_version_num')::int AS version
       FROM pg_auth_members m
      WHERE pg_get_userbyid(m.roleid) = $1 AND pg_get_userbyid(m.member) = $2`,
    [role, login],
  );
  for (const { grantor, version } of grantors) {
    const by = Number(version) >= 160000 ? ` GRANTED BY ${identifier(String(grantor))}` : '';
    await admin.query(`REVOKE ${identifier(role)} FROM ${identifier(login)}${by}`);
  }
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

/** The shop's database belongs to the owner role. One that belongs to a third party is not taken over. */
async function assertDatabase(admin: Session, owner: string, database: string): Promise<void> {
  const [row] = await admin.query(
    `SELECT current_user AS admin, (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1) AS owner`,
    [database],
  );
  if (row?.owner === owner) return;
  // Only who may act as the new owner may hand a database over to it.
  await assertMayActAs(admin, owner);
  if (row?.owner === null || row?.owner === undefined) {
    await admin.query(`CREATE DATABASE ${identifier(database)} OWNER ${identifier(owner)}`);
  } else if (row.owner === row.admin) {
    await admin.query(`ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)}`);
  } else {
    throw new Fault('foreign', `database "${database}" belongs to role "${row.owner}"; it stays untouched`);
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
  const strays = await admin.query(
    `SELECT DISTINCT pg_get_userbyid(refobjid) AS role FROM pg_shdepend
      WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND pg_get_userbyid(refobjid) = ANY($1::text[])
        AND dbid = (SELECT oid FROM pg_database WHERE datname = $2)`,
    [[...logins], database],
  );
  const [adminOwned] = await admin.query(
    `SELECT count(*)::int AS objects FROM pg_shdepend
      WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND pg_get_userbyid(refobjid) = current_user
        AND dbid = (SELECT oid FROM pg_database WHERE datname = $1)`,
    [database],
  );
  if (strays.length === 0 && !adminOwned?.objects) return;
  const inside = await connect();
  try {
    for (const { role } of strays) {
      await assertMayActAs(inside, String(role));
      await assertMayActAs(inside, owner);
      await inside.query(`REASSIGN OWNED BY ${identifier(String(role))} TO ${identifier(owner)}`);
    }
    if (adminOwned?.objects) await handOverTables(inside, owner);
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

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}
