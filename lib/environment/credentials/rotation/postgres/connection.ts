import { Socket } from 'node:net';
import { Client } from 'pg';
import { keptLookup } from '../addresses.ts';
import { type Acting, type Answer, answerOf, type Row, type Session } from '../database.ts';
import {
  closeMilliseconds,
  connectMilliseconds,
  type Deadline,
  inBackground,
  inTime,
  statementMilliseconds,
} from '../deadline.ts';
import { Fault } from '../errors.ts';
import type { Login } from '../secret.ts';
import type { TlsOptions } from '../tls.ts';
import { postgresFault } from './faults.ts';

/** By this name a run recognizes sessions of the function itself among those of a login. */
export const applicationName = 'secure-shop-rotation';
/** How long one statement may wait for a lock. Another writer of the catalog is seldom slower. */
const lockMilliseconds = 3000;

/** The driver names port and host only. */
function namedSocket(): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  return Object.assign(socket, {
    connect: (port: number, host: string) => connect({ port, host, lookup: keptLookup }),
  });
}

export async function connectPostgres(
  login: Login,
  tls: TlsOptions,
  deadline: Deadline,
  acting: Acting,
): Promise<Session> {
  const where = `${login.host}:${login.port}`;
  const patience = deadline.atMost(connectMilliseconds);
  const client = new Client({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    database: login.database ?? 'postgres',
    stream: namedSocket,
    ssl: { secureContext: tls.secureContext, rejectUnauthorized: true },
    application_name: applicationName,
    connectionTimeoutMillis: patience,
    // Sent as the session starts, where they outrank the settings of the login and cost no round trip.
    statement_timeout: deadline.atMost(statementMilliseconds),
    lock_timeout: deadline.atMost(lockMilliseconds),
    idle_in_transaction_session_timeout: deadline.atMost(60_000),
    // Whoever may create a function in the database must not have it run with the rights of this session.
    options: `-c search_path=pg_catalog${acting === 'itself' ? ' -c role=none' : ''}`,
    keepAlive: true,
  });
  // Without a listener a connection that breaks between two statements would end the process.
  client.on('error', () => {});
  const silent = () => new Fault('unreachable', `no answer from ${where} in ${patience} ms`);
  try {
    await inTime(client.connect(), patience, silent);
  } catch (thrown) {
    client.connection.stream.destroy();
    throw postgresFault(thrown, login);
  }

  const query = async (sql: string, values: readonly unknown[] = []): Promise<Answer> => {
    const late = () => new Fault('unreachable', `no answer from ${where} to a statement in time`);
    try {
      // Without values the server takes several statements at a time, and runs them in one transaction.
      const asked: Promise<unknown> = client.query<Row>(sql, [...values]);
      const results = await inTime(asked, deadline.atMost(statementMilliseconds), late);
      const several = (Array.isArray(results) ? results : [results]) as readonly { rows: Row[] }[];
      return answerOf(several.map(({ rows }) => rows));
    } catch (thrown) {
      throw postgresFault(thrown, login);
    }
  };
  // The goodbye is sent, and the server ends its side by itself, which takes a tenth of a login.
  const close = async () => {
    const { stream } = client.connection;
    const sent = new Promise<void>((resolve) => {
      stream.once('finish', resolve);
      stream.once('close', resolve);
    });
    const torn = () => stream.destroy();
    inBackground(inTime(client.end(), closeMilliseconds, () => new Error('slow')).catch(torn));
    if (!stream.destroyed) await inTime(sent, closeMilliseconds, () => new Error('slow')).catch(torn);
  };
  return { query, close };
}
