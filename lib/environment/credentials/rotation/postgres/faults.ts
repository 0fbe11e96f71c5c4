import { asFault, type Category, connectionFault, Fault } from '../errors.ts';
import type { Login } from '../secret.ts';
import { identifier } from './sql.ts';

/** What a setting of a role or a database does to whoever logs in, and the statement that ends it. */
interface Obstacle {
  readonly category: Category;
  /** Of the server's source, which tells what is told with the same code, in any language. @default any */
  readonly routine?: string;
  readonly what: (role: string, database: string) => string;
}

const obstacles: Readonly<Record<string, readonly Obstacle[]>> = {
  '53300': [
    {
      category: 'out-of-connections',
      routine: 'InitializeSessionUserId',
      what: (role) =>
        `role ${role} has as many sessions as its CONNECTION LIMIT allows; to end the limit: ALTER ROLE ${role} CONNECTION LIMIT -1`,
    },
    {
      category: 'out-of-connections',
      routine: 'CheckMyDatabase',
      what: (_, database) =>
        `database ${database} has as many sessions as its CONNECTION LIMIT allows; to end the limit: ALTER DATABASE ${database} CONNECTION LIMIT -1`,
    },
  ],
  '55000': [
    {
      category: 'settings',
      routine: 'CheckMyDatabase',
      what: (_, database) =>
        `database ${database} takes no connections; run: ALTER DATABASE ${database} ALLOW_CONNECTIONS true`,
    },
  ],
  '42501': [
    {
      category: 'rights',
      routine: 'CheckMyDatabase',
      what: (role, database) =>
        `role ${role} may not connect to database ${database}; run: GRANT CONNECT ON DATABASE ${database} TO ${role}`,
    },
  ],
  '28000': [
    {
      category: 'authentication',
      routine: 'InitializeSessionUserId',
      what: (role) => `role ${role} may not log in; run: ALTER ROLE ${role} LOGIN`,
    },
  ],
  '3D000': [
    {
      category: 'rights',
      what: (_, database) => `database ${database}, which the secret names, does not exist`,
    },
  ],
  '58P01': [
    {
      category: 'settings',
      what: (role, database) =>
        `a library that role ${role} or database ${database} loads by a setting is not there; run, for whichever has it: ALTER ROLE ${role} RESET local_preload_libraries, or session_preload_libraries`,
    },
  ],
  '25P04': [
    {
      category: 'settings',
      what: (role, database) =>
        `the transaction_timeout of role ${role} or database ${database} ended the transaction; run: ALTER ROLE ${role} RESET transaction_timeout; ALTER DATABASE ${database} RESET transaction_timeout`,
    },
  ],
};

/** Says in our words what PostgreSQL, the network or TLS said to a login. */
export function postgresFault(
  thrown: unknown,
  { host, port, username, database = 'postgres' }: Pick<Login, 'host' | 'port' | 'username' | 'database'>,
): Fault {
  if (thrown instanceof Fault) return thrown;
  if (!(thrown instanceof Error)) return asFault(thrown);
  const where = `${host}:${port}`;
  const code = 'code' in thrown ? String(thrown.code) : '';
  const said = 'routine' in thrown ? thrown.routine : undefined;
  const obstacle = obstacles[code]?.find(({ routine = said }) => routine === said);
  if (obstacle !== undefined) {
    const what = obstacle.what(identifier(username), identifier(database));
    return new Fault(obstacle.category, `${where}: ${what} (SQLSTATE ${code})`);
  }
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
      `${where} lets nobody in as "${username}" from here: a rule of pg_hba.conf (SQLSTATE ${code})`,
    );
  }
  if (/^28/.test(code)) return new Fault('authentication', `${where} refused the login (SQLSTATE ${code})`);
  if (/^53/.test(code)) {
    return new Fault(
      'out-of-connections',
      `${where} has no connection, memory or disk left (SQLSTATE ${code})`,
    );
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
  if (code === '55006') {
    return new Fault(
      'locked',
      `${where}: somebody has a session in the database that is copied or changed, such as template1 (SQLSTATE ${code})`,
    );
  }
  if (code === '42939') {
    return new Fault('malformed', `a name in the secret is reserved by ${where} (SQLSTATE ${code})`);
  }
  if (code === 'P0001') {
    return new Fault(
      'rights',
      `an event trigger of database "${database}" on ${where} refused; find it in pg_event_trigger, and run as its owner: ALTER EVENT TRIGGER … DISABLE (SQLSTATE ${code})`,
    );
  }
  if (code === '42501') return new Fault('rights', `role "${username}" lacks a right (SQLSTATE ${code})`);
  // Gone or made between the look at the catalog and the statement: the next look finds it.
  if (/^(42704|42710|42P04|23505)$/.test(code)) {
    return new Fault(
      'rights',
      `a role or database of the secret was dropped or made meanwhile (SQLSTATE ${code})`,
      {
        transient: true,
      },
    );
  }
  if (/^(0A000|22023|55P02|0LP01|0P000)$/.test(code)) {
    return new Fault('settings', `a rule or setting of ${where} forbids the statement (SQLSTATE ${code})`);
  }
  return asFault(thrown);
}
