import { createHash } from 'node:crypto';
import type { Claim, Row, Session } from '../database.ts';
import { Fault } from '../errors.ts';
import { cachingSha2Hash, nativePasswordHash } from '../password.ts';
import { account, literal } from './sql.ts';

/** A replica, or a primary during failover. The variable is a number, or a word from MariaDB 12 on. */
const readOnly = `(@@global.read_only NOT IN ('0', 'OFF') OR @@innodb_read_only)`;

/** A session's first question: whether its server takes writes, and what everything else depends on. */
const about = `${readOnly} AS read_only, @@version AS version, @@version_comment AS comment,
  @@lower_case_table_names AS folding, CURRENT_USER() AS account`;
export const aboutQuestion = `SELECT ${about}`;

/** The same, and the lock that one run on a secret holds at a time; it waits in the server. */
export function claimQuestion({ name, deadline }: Claim): string {
  const lock = createHash('sha256').update(name).digest('hex').slice(0, 60);
  const seconds = Math.ceil(deadline.remaining / 1000);
  return `SELECT ${about}, IF(${readOnly}, 0, GET_LOCK('${lock}', ${seconds})) AS mine`;
}

export interface Server {
  readonly mariadb: boolean;
  /** The plugin new accounts get; the owner of the server chose it. */
  readonly plugin: 'mysql_native_password' | 'caching_sha2_password';
  /** With partial revokes, wildcards in a database name are ordinary characters. */
  readonly literalNames: boolean;
  /** Names of databases are kept in lower case. */
  readonly foldsNames: boolean;
  /** A password replaced with RETAIN goes on working (MySQL 8.0.14 and newer). */
  readonly retainsPasswords: boolean;
}

const answers = new WeakMap<Session, Row>();

/** Keeps the answer to the first question, and refuses a server that takes no writes. */
export function learn(session: Session, row: Row | undefined): Row {
  if (row !== undefined) answers.set(session, row);
  if (Number(row?.read_only) !== 0) {
    throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
  }
  return row ?? {};
}

async function answerOf(session: Session): Promise<Row> {
  return answers.get(session) ?? learn(session, (await session.query(aboutQuestion))[0]);
}

export async function serverOf(session: Session): Promise<Server> {
  const { version, comment, folding } = await answerOf(session);
  const foldsNames = Number(folding) !== 0;
  if (/mariadb/i.test(`${version} ${comment}`)) {
    const plugin = 'mysql_native_password';
    return { mariadb: true, plugin, literalNames: false, foldsNames, retainsPasswords: false };
  }
  const rows = await session.query(
    `SHOW VARIABLES WHERE Variable_name IN
       ('default_authentication_plugin', 'authentication_policy', 'partial_revokes')`,
  );
  const value = (name: string) => String(rows.find((row) => row.Variable_name === name)?.Value ?? '');
  const native = /mysql_native_password/.test(
    value('default_authentication_plugin') + value('authentication_policy'),
  );
  return {
    mariadb: false,
    plugin: native ? 'mysql_native_password' : 'caching_sha2_password',
    literalNames: value('partial_revokes') === 'ON',
    foldsNames,
    // Aurora writes a version of its own where MySQL has the third number; all of its 8.0 are newer.
    retainsPasswords: isAtLeast(String(version).replace('.mysql_aurora', '.99'), [8, 0, 14]),
  };
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const parts = version.split(/[.-]/).map((part) => Number.parseInt(part, 10));
  const at = wanted.findIndex((part, index) => part !== parts[index]);
  return at === -1 || (parts[at] ?? 0) > (wanted[at] ?? 0);
}

/** The account this session belongs to, which is not always the one that was asked for. */
export async function ownAccount(session: Session): Promise<string> {
  const text = String((await answerOf(session)).account);
  const at = text.lastIndexOf('@');
  return account(text.slice(0, at), text.slice(at + 1));
}

/** A hash instead of the password: a general or slow log shows no more than the catalog holds. */
export function identifiedBy(server: Server, passwords: readonly string[]): string {
  const hash = server.plugin === 'mysql_native_password' ? nativePasswordHash : cachingSha2Hash;
  if (!server.mariadb) {
    return `IDENTIFIED WITH ${server.plugin} AS ${passwords.map((password) => literal(hash(password))).join('')}`;
  }
  const alternatives = passwords.map((password) => `${server.plugin} USING ${literal(hash(password))}`);
  return `IDENTIFIED VIA ${alternatives.join(' OR ')}`;
}
