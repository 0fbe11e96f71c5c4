import { createHash } from 'node:crypto';
import { connect as connectSocket } from 'node:net';
import { type Connection, createConnection, type QueryError } from 'mysql2';
import type { AlternatingPlan, Dialect, Preparation, Row, Session } from './database.ts';
import {
  closeMilliseconds,
  connectMilliseconds,
  type Deadline,
  inTime,
  statementMilliseconds,
} from './deadline.ts';
import { asFault, connectionFault, Fault } from './errors.ts';
import { cachingSha2Hash, generatePassword, nativePasswordHash } from './password.ts';
import { type AlternatingSecret, type Login, otherLogin } from './secret.ts';
import type { TlsOptions } from './tls.ts';

const lockSeconds = 3;
/** Which accounts are ours stands in a table: MariaDB has no comments on users. */
const marks = '`secure_shop_rotation`.`logins`';

export async function connectMysql(login: Login, tls: TlsOptions, deadline: Deadline): Promise<Session> {
  const where = `${login.host}:${login.port}`;
  const patience = deadline.atMost(connectMilliseconds);
  const connection = createConnection({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    ...(login.database === undefined ? {} : { database: login.database }),
    ssl: tls,
    charset: 'utf8mb4_bin',
    connectTimeout: patience,
    stream: () => {
      const socket = connectSocket({ host: login.host, port: login.port, noDelay: true });
      // tls.connect checks the certificate against this; Node sets it for names only, and would compare an
      // address with "localhost".
      return Object.assign(socket, { _host: login.host });
    },
  });
  connection.on('error', () => {});
  try {
    const silent = () => new Fault('unreachable', `no answer from ${where} in ${patience} ms`);
    await inTime(handshake(connection), patience, silent);
  } catch (thrown) {
    connection.destroy();
    throw mysqlFault(thrown, where);
  }

  const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
    const late = () => new Fault('unreachable', `no answer from ${where} to a statement in time`);
    try {
      return await inTime(run(connection, sql, values), deadline.atMost(statementMilliseconds), late);
    } catch (thrown) {
      throw mysqlFault(thrown, where);
    }
  };
  const close = async () => {
    const ended = new Promise<void>((resolve) => connection.end(() => resolve()));
    await inTime(ended, closeMilliseconds, () => new Error('slow')).catch(() => connection.destroy());
  };
  try {
    // A known SQL mode, so that quoting means the same on every server. MariaDB's account statements ignore the lock
    // timeout; the second limit stands in a comment only MariaDB reads.
    await query(
      `SET SESSION sql_mode = '', SESSION lock_wait_timeout = ${lockSeconds} /*M!100108 , SESSION max_statement_time = ${lockSeconds + 2} */`,
    );
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return { query, close };
}

function handshake(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
  });
}

function run(connection: Connection, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    // Not `execute`: values go in as text, so that no prepared statement on the server outlives the step.
    connection.query(sql, [...values], (error: QueryError | null, rows: unknown) => {
      if (error !== null) reject(error);
      else resolve(Array.isArray(rows) ? (rows as Row[]) : []);
    });
  });
}

/** Says in our words what MySQL or MariaDB, the network or TLS said. */
export function mysqlFault(thrown: unknown, where: string): Fault {
  if (thrown instanceof Fault) return thrown;
  if (!(thrown instanceof Error)) return asFault(thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  const number = 'errno' in thrown ? Number(thrown.errno) : 0;
  const told = `error ${number}`;
  // The driver writes its own code over that of a connection which broke during the handshake.
  if (code === 'HANDSHAKE_SSL_ERROR' && /ECONN|EPIPE|disconnected before|hang up/.test(thrown.message)) {
    return new Fault('unreachable', `the connection to ${where} broke during the handshake`);
  }
  const network = connectionFault(code, where);
  if (network !== undefined) return network;
  if (code.startsWith('AUTH_SWITCH_PLUGIN')) {
    return new Fault('authentication', `${where} asks for another way to log in than a password (${code})`);
  }
  if (/Altnames|certificate|self.signed/i.test(thrown.message)) {
    return new Fault('tls', `the certificate of ${where} is not trusted`);
  }
  if (/closed state|Connection lost|connection is in closed/i.test(thrown.message)) {
    return new Fault('unreachable', `the connection to ${where} broke`);
  }
  // https://mariadb.com/kb/en/mariadb-error-code-reference/, https://dev.mysql.com/doc/mysql-errors/8.0/en/
  switch (number) {
    case 1045: // access denied
    case 1698: // access denied, without password
    case 1820: // must change password
    case 1862: // password expired
    case 3118: // account locked (MySQL)
    case 4151: // account locked (MariaDB)
    case 1524: // unknown authentication plugin
      return new Fault('authentication', `${where} refused the login (${told})`);
    case 1040: // too many connections
    case 1203: // max_user_connections
    case 1226: // a resource limit of the user
      return new Fault('out-of-connections', `${where} has no connection left (${told})`);
    case 1290: // an option of the server forbids it
      if (!/read.only/i.test(thrown.message)) {
        return new Fault(
          'rights',
          `an option of ${where} forbids the statement (${told}); with a password check, strict_password_validation must be OFF`,
        );
      }
      return new Fault('read-only', `${where} takes no writes now (${told})`);
    case 1059: // identifier too long
    case 1102: // wrong name of a database
    case 1470: // user name too long
      return new Fault('malformed', `a name in the secret is longer than ${where} allows (${told})`);
    case 1792: // read-only transaction
    case 1836: // read-only mode
    case 3100: // a hook of group replication refused it
      return new Fault('read-only', `${where} takes no writes now (${told})`);
    case 1205: // lock wait timeout
    case 1213: // deadlock
    case 1969: // statement timeout (MariaDB)
    case 3024: // statement timeout (MySQL)
      return new Fault('locked', `${where}: another session holds what the step needs (${told})`);
    case 1044: // access to the database denied
    case 1142: // statement denied on a table
    case 1143: // statement denied on a column
    case 1227: // a privilege is missing
    case 1396: // CREATE USER, ALTER USER or DROP USER failed
    case 1410: // may not create a user with GRANT
    case 1049: // unknown database
      return new Fault('rights', `the credential in use lacks a right or an object is missing (${told})`);
    case 1053: // shutdown in progress
    case 1077: // normal shutdown
    case 1129: // host blocked after many errors
    case 1152: // connection aborted
    case 1158: // error reading packets
    case 1159: // timeout reading packets
    case 1160: // error writing packets
    case 1161: // timeout writing packets
    case 2006: // server has gone away
    case 2013: // connection lost during a query
      return new Fault('unreachable', `${where} is not ready (${told})`);
    default:
      return asFault(thrown);
  }
}

/** A replica, or a primary during failover. The variable is a number, or a word from MariaDB 12 on. */
const readOnly = `(@@global.read_only NOT IN ('0', 'OFF') OR @@innodb_read_only)`;

function refuseReadOnly(row: Row | undefined): void {
  if (Number(row?.read_only) === 0) return;
  throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
}

export const mysql: Dialect = {
  holdsTwoPasswords: true,

  async assertWritable(session) {
    const [row] = await session.query(`SELECT ${readOnly} AS read_only`);
    refuseReadOnly(row);
  },

  async claim(session, name, deadline) {
    const [row] = await session.query(
      `SELECT ${readOnly} AS read_only, IF(${readOnly}, 0, GET_LOCK(?, ?)) AS mine`,
      [createHash('sha256').update(name).digest('hex').slice(0, 60), Math.ceil(deadline.remaining / 1000)],
    );
    refuseReadOnly(row);
    if (Number(row?.mine) !== 1) throw new Fault('locked', 'another run works on this secret');
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(
      'SELECT COUNT(*) AS sessions FROM information_schema.processlist WHERE user = ?',
      [username],
    );
    return Number(row?.sessions ?? 0);
  },

  async prepareAlternating(admin, plan): Promise<Preparation> {
    return {
      sessions: await this.sessionsOf(admin, plan.pending.username),
      set: () => setAlternating(admin, plan),
    };
  },

  async compareRights(session, plan) {
    const { username, loginHost } = plan.pending;
    const differences: string[] = [];
    const [row] = await session.query(`SELECT ${readOnly} AS read_only, CURRENT_USER() AS account`);
    refuseReadOnly(row);
    if (row?.account !== `${username}@${loginHost}`) {
      differences.push('another account of the same name, with a narrower host, catches the login');
      return differences;
    }
    const found = await grantsOf(session, 'CURRENT_USER()');
    const wanted = wantedGrant(plan.pending, await serverOf(session));
    if (found.length !== 1 || !found.every((grant) => sameGrant(grant, wanted))) {
      differences.push('the privileges of the login are not those declared');
    }
    return differences;
  },

  /** Both passwords work from here on; the one before stops working at the next rotation. */
  async setSingle(by, own, current, pending) {
    const server = await serverOf(by);
    const name = await ownAccount(own);
    if (server.mariadb) {
      await by.query(`ALTER USER ${name} ${identifiedBy(server, [current.password, pending.password])}`);
      return;
    }
    // RETAIN keeps the primary password as the secondary one: first make sure that this is AWSCURRENT's.
    await by.query(`ALTER USER ${name} ${identifiedBy(server, [current.password])}`);
    await by.query(`ALTER USER ${name} ${identifiedBy(server, [pending.password])} RETAIN CURRENT PASSWORD`);
  },

  async repairSingle(admin, current) {
    const server = await serverOf(admin);
    const found = await admin.query('SELECT Host AS host FROM mysql.user WHERE User = ?', [current.username]);
    if (found.length > 1) throw new Fault('rights', 'several accounts carry the user name of the secret');
    const host = found[0] === undefined ? '%' : String(found[0].host);
    const name = account(current.username, host);
    if (found.length === 0) {
      await admin.query(`CREATE USER ${name} ${identifiedBy(server, [current.password])} REQUIRE SSL`);
      if (current.grants !== undefined && current.database !== undefined) {
        const target = `${databasePattern(current.database, server)}.*`;
        await admin.query(`GRANT ${current.grants.join(', ')} ON ${target} TO ${name}`);
      }
      return;
    }
    await admin.query(
      `ALTER USER ${name} ${identifiedBy(server, [current.password])} ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
    );
  },

  async switchSingle(_session, _pending, promote) {
    // setSingle made both passwords work, so the label may move at any time.
    await promote();
  },

  async assertPassword(session, login) {
    const server = await serverOf(session);
    await session.query(`ALTER USER ${await ownAccount(session)} ${identifiedBy(server, [login.password])}`);
  },
};

async function setAlternating(admin: Session, plan: AlternatingPlan): Promise<void> {
  const { pending, current } = plan;
  const inUse = otherLogin(pending);
  const server = await serverOf(admin);
  await admin.query('CREATE DATABASE IF NOT EXISTS `secure_shop_rotation`');
  await admin.query(
    `CREATE TABLE IF NOT EXISTS ${marks} (login VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       host VARCHAR(255) CHARACTER SET ascii NOT NULL, secret VARCHAR(512) NOT NULL, PRIMARY KEY (login, host))`,
  );
  const existing = await accounts(admin, pending);
  await assertOurs(admin, plan, [...existing.keys()]);
  await admin.query(`CREATE DATABASE IF NOT EXISTS ${identifier(pending.database)} CHARACTER SET utf8mb4`);
  const create = async (username: string, password: string) => {
    await mark(admin, username, plan);
    await admin.query(
      `CREATE USER ${account(username, pending.loginHost)} ${identifiedBy(server, [password])} REQUIRE SSL`,
    );
    await assertGrants(admin, username, pending, server);
  };
  // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
  if (!existing.has(inUse)) await create(inUse, current.password);
  if (!existing.has(pending.username)) await create(pending.username, generatePassword());
  else await assertGrants(admin, pending.username, pending, server);
  const limits = existing.get(inUse) ?? { queries: 0, updates: 0, connections: 0, sessions: 0 };
  await admin.query(
    `ALTER USER ${account(pending.username, pending.loginHost)} ${identifiedBy(server, [pending.password])}
       REQUIRE SSL WITH MAX_QUERIES_PER_HOUR ${limits.queries} MAX_UPDATES_PER_HOUR ${limits.updates}
       MAX_CONNECTIONS_PER_HOUR ${limits.connections} MAX_USER_CONNECTIONS ${limits.sessions}
       ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
  );
}

interface Server {
  readonly mariadb: boolean;
  /** The plugin new accounts get; the owner of the server chose it. */
  readonly plugin: 'mysql_native_password' | 'caching_sha2_password';
  /** With partial revokes, wildcards in a database name are ordinary characters. */
  readonly literalNames: boolean;
}

async function serverOf(session: Session): Promise<Server> {
  const rows = await session.query(
    `SHOW VARIABLES WHERE Variable_name IN
       ('version', 'version_comment', 'default_authentication_plugin', 'authentication_policy', 'partial_revokes')`,
  );
  const value = (name: string) => String(rows.find((row) => row.Variable_name === name)?.Value ?? '');
  const mariadb = /mariadb/i.test(`${value('version')} ${value('version_comment')}`);
  const native =
    mariadb ||
    /mysql_native_password/.test(value('default_authentication_plugin') + value('authentication_policy'));
  return {
    mariadb,
    plugin: native ? 'mysql_native_password' : 'caching_sha2_password',
    literalNames: value('partial_revokes') === 'ON',
  };
}

/** A hash instead of the password: a general or slow log shows no more than the catalog holds. */
function identifiedBy(server: Server, passwords: readonly string[]): string {
  const hash = server.plugin === 'mysql_native_password' ? nativePasswordHash : cachingSha2Hash;
  if (!server.mariadb) {
    return `IDENTIFIED WITH ${server.plugin} AS ${passwords.map((password) => literal(hash(password))).join('')}`;
  }
  const alternatives = passwords.map((password) => `${server.plugin} USING ${literal(hash(password))}`);
  return `IDENTIFIED VIA ${alternatives.join(' OR ')}`;
}

interface Limits {
  readonly queries: number;
  readonly updates: number;
  readonly connections: number;
  readonly sessions: number;
}

async function accounts(admin: Session, secret: AlternatingSecret): Promise<Map<string, Limits>> {
  const rows = await admin.query(
    `SELECT User AS user, max_questions, max_updates, max_connections, max_user_connections, Super_priv AS super
       FROM mysql.user WHERE User IN (?, ?) AND Host = ?`,
    [...secret.logins, secret.loginHost],
  );
  return new Map(
    rows.map((row) => [
      String(row.user),
      {
        queries: Number(row.max_questions),
        updates: Number(row.max_updates),
        connections: Number(row.max_connections),
        sessions: Number(row.max_user_connections),
      },
    ]),
  );
}

async function assertOurs(admin: Session, plan: AlternatingPlan, existing: readonly string[]): Promise<void> {
  const rows = await admin.query(`SELECT login, secret FROM ${marks} WHERE host = ?`, [
    plan.pending.loginHost,
  ]);
  for (const login of existing) {
    const mine = rows.some((row) => String(row.login) === login && String(row.secret) === plan.marker);
    if (mine) continue;
    throw new Fault(
      'foreign',
      `account "${login}" exists and table ${marks} does not mark it "${plan.marker}"; it stays untouched`,
    );
  }
}

async function mark(admin: Session, login: string, plan: AlternatingPlan): Promise<void> {
  await admin.query(`REPLACE INTO ${marks} (login, host, secret) VALUES (?, ?, ?)`, [
    login,
    plan.pending.loginHost,
    plan.marker,
  ]);
}

interface Grant {
  readonly privileges: readonly string[];
  /** As the server writes it, quotes and escapes included; empty for a role. */
  readonly on: string;
  readonly withGrantOption: boolean;
}

/** What an account may do, without the USAGE every account has. */
async function grantsOf(session: Session, name: string): Promise<Grant[]> {
  const rows = await session.query(`SHOW GRANTS FOR ${name}`);
  const grants: Grant[] = [];
  for (const row of rows) {
    const line = String(Object.values(row)[0]);
    const onObject = /^GRANT (.+?) ON (.+?) TO [`'"]/.exec(line);
    const role = /^GRANT (.+) TO [`'"]/.exec(line);
    const withGrantOption = / WITH GRANT OPTION/.test(line);
    if (onObject?.[1] !== undefined && onObject[2] !== undefined) {
      if (onObject[1] === 'USAGE' && !withGrantOption) continue;
      grants.push({ privileges: splitPrivileges(onObject[1]), on: onObject[2], withGrantOption });
    } else if (role?.[1] !== undefined) {
      grants.push({ privileges: [role[1]], on: '', withGrantOption: false });
    }
  }
  return grants;
}

/** At the commas that are not inside the list of columns of a privilege. */
function splitPrivileges(text: string): string[] {
  return text.split(/,\s*(?![^(]*\))/).map((privilege) => privilege.trim());
}

function wantedGrant(secret: AlternatingSecret, server: Server): Grant {
  return {
    privileges: secret.grants,
    on: `${databasePattern(secret.database, server)}.*`,
    withGrantOption: false,
  };
}

function sameGrant(left: Grant, right: Grant): boolean {
  const sorted = (grant: Grant) => [...grant.privileges].sort().join();
  return (
    left.on === right.on && left.withGrantOption === right.withGrantOption && sorted(left) === sorted(right)
  );
}

/** Grants what is declared and revokes everything else, line by line: that needs no more rights than were granted. */
async function assertGrants(
  admin: Session,
  username: string,
  secret: AlternatingSecret,
  server: Server,
): Promise<void> {
  const name = account(username, secret.loginHost);
  const wanted = wantedGrant(secret, server);
  const found = await grantsOf(admin, name);
  for (const grant of found.filter((one) => !sameGrant(one, wanted))) {
    if (grant.on === '') await admin.query(`REVOKE ${grant.privileges.join(', ')} FROM ${name}`);
    else {
      await admin.query(`REVOKE ${grant.privileges.join(', ')} ON ${grant.on} FROM ${name}`);
      if (grant.withGrantOption) await admin.query(`REVOKE GRANT OPTION ON ${grant.on} FROM ${name}`);
    }
  }
  if (!found.some((grant) => sameGrant(grant, wanted))) {
    await admin.query(`GRANT ${wanted.privileges.join(', ')} ON ${wanted.on} TO ${name}`);
  }
}

async function ownAccount(session: Session): Promise<string> {
  const [row] = await session.query('SELECT CURRENT_USER() AS account');
  const text = String(row?.account);
  const at = text.lastIndexOf('@');
  return account(text.slice(0, at), text.slice(at + 1));
}

function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** In GRANT a database name is a pattern: `_` and `%` would grant neighbours as well. */
function databasePattern(database: string, server: Server): string {
  return identifier(server.literalNames ? database : database.replace(/[\\_%]/g, '\\$&'));
}

function account(username: string, host: string): string {
  return `${identifier(username)}@${identifier(host)}`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
