import { connect as connectSocket } from 'node:net';
import { type Connection, createConnection, type QueryError } from 'mysql2';
import { keptLookup } from '../addresses.ts';
import { type Answer, answerOf, type Row, type Session } from '../database.ts';
import {
  closeMilliseconds,
  connectMilliseconds,
  type Deadline,
  inTime,
  statementMilliseconds,
} from '../deadline.ts';
import { Fault } from '../errors.ts';
import type { Login } from '../secret.ts';
import type { TlsOptions } from '../tls.ts';
import { mysqlFault, statementFault } from './faults.ts';

const lockSeconds = 3;
/** Longer than a step waits for Secrets Manager between two statements. */
const idleSeconds = 600;

/**
 * What a session depends on, whatever the server has its sessions begin with, or init_connect does: how text is read,
 * quoted and compared, that all of an answer comes, that it may write. It travels with the first question. MariaDB's account
 * statements ignore the lock timeout. Settings of one server alone stand in a comment that only it reads: MariaDB passes over
 * those of MySQL 5.7 and newer.
 */
const settings = `SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION sql_mode = '', SESSION sql_quote_show_create = 1,
  SESSION autocommit = 1, SESSION sql_select_limit = 18446744073709551615, SESSION sql_big_selects = 1,
  SESSION lock_wait_timeout = ${lockSeconds}, SESSION wait_timeout = ${idleSeconds}
  /*M!100108 , SESSION tx_read_only = 0, SESSION max_statement_time = ${lockSeconds + 2}, SESSION max_session_mem_used = 9223372036854775807 */
  /*!50720 , SESSION transaction_read_only = 0, SESSION max_execution_time = 0 */`;

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
    multipleStatements: true,
    // Makes room for as many statements beforehand, and a step prepares none.
    maxPreparedStatements: 1,
    connectTimeout: patience,
    stream: () => {
      const socket = connectSocket({ host: login.host, port: login.port, noDelay: true, lookup: keptLookup });
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
    throw mysqlFault(thrown, login);
  }

  let first: string | undefined = settings;
  const query = async (sql: string, values: readonly unknown[] = []): Promise<Answer> => {
    const before = first;
    first = undefined;
    const late = () => new Fault('unreachable', `no answer from ${where} to a statement in time`);
    try {
      const text = before === undefined ? sql : `${before};\n${sql}`;
      const sets = await inTime(run(connection, text, values), deadline.atMost(statementMilliseconds), late);
      return answerOf(before === undefined ? sets : sets.slice(1));
    } catch (thrown) {
      const fault = statementFault(thrown, login);
      if (before === undefined || fault.category !== 'unreachable') throw fault;
      // The server says why, and ends the connection so fast that it may not arrive.
      throw new Fault(
        fault.category,
        `${fault.message}; right after a login, that is also what a failing init_connect does`,
      );
    }
  };
  const close = async () => {
    const ended = new Promise<void>((resolve) => connection.end(() => resolve()));
    await inTime(ended, closeMilliseconds, () => new Error('slow')).catch(() => connection.destroy());
  };
  return { query, close };
}

function handshake(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
  });
}

/** The rows of each statement; none of one that has no rows. */
function run(
  connection: Connection,
  sql: string,
  values: readonly unknown[],
): Promise<readonly (readonly Row[])[]> {
  return new Promise((resolve, reject) => {
    // Not `execute`: values go in as text, so that no prepared statement on the server outlives the step.
    connection.query(sql, [...values], (error: QueryError | null, results: unknown, fields: unknown) => {
      if (error !== null) return reject(error);
      // For several statements the driver hands out a list of results, and a list of fields as long.
      const several = Array.isArray(fields) && fields.some((one) => one === undefined || Array.isArray(one));
      const each: unknown[] = several && Array.isArray(results) ? results : [results];
      resolve(each.map((rows) => (Array.isArray(rows) ? (rows as Row[]) : [])));
    });
  });
}
