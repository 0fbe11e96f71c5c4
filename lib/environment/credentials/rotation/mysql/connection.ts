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
    throw mysqlFault(thrown, where);
  }

  // A known SQL mode, so that quoting means the same on every server. MariaDB's account statements ignore the lock
  // timeout; the second limit stands in a comment only MariaDB reads. It travels with the first question.
  let settings: string | undefined =
    `SET SESSION sql_mode = '', SESSION lock_wait_timeout = ${lockSeconds} /*M!100108 , SESSION max_statement_time = ${lockSeconds + 2} */`;
  const query = async (sql: string, values: readonly unknown[] = []): Promise<Answer> => {
    const first = settings;
    settings = undefined;
    const late = () => new Fault('unreachable', `no answer from ${where} to a statement in time`);
    try {
      const text = first === undefined ? sql : `${first};\n${sql}`;
      const sets = await inTime(run(connection, text, values), deadline.atMost(statementMilliseconds), late);
      return answerOf(first === undefined ? sets : sets.slice(1));
    } catch (thrown) {
      throw statementFault(thrown, where);
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
