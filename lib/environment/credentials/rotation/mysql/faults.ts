import { asFault, type Category, connectionFault, Fault } from '../errors.ts';
import type { Login } from '../secret.ts';

type Place = Pick<Login, 'host' | 'port' | 'username'>;

/** Errors of one category, and what each means to a person. */
interface Cause {
  readonly category: Category;
  /** Whether the same call may succeed a moment later. @default as the category says */
  readonly transient?: boolean;
  readonly said: (where: string, login: string) => string;
  readonly errors: Readonly<Record<number, string>>;
}

// https://mariadb.com/kb/en/mariadb-error-code-reference/, https://dev.mysql.com/doc/mysql-errors/8.0/en/
const causes: readonly Cause[] = [
  {
    category: 'authentication',
    said: (where, login) => `${where} refused the login "${login}"`,
    errors: {
      1045: 'it has another password, or an account for a narrower host or without a name catches it; SELECT User, Host FROM mysql.user shows them',
      1130: 'no account may log in from the address of the function; SELECT User, Host FROM mysql.user shows from where',
      1251: 'its way to log in is not spoken here; ALTER USER … IDENTIFIED WITH another one',
      1524: 'the plugin that it logs in with is not there; ALTER USER … IDENTIFIED WITH another one',
      1698: 'it logs in without a password',
      1820: 'its password expired; ALTER USER … IDENTIFIED BY a new one',
      1862: 'its password expired; ALTER USER … IDENTIFIED BY a new one',
      3118: 'it is locked; ALTER USER … ACCOUNT UNLOCK',
      3955: 'it failed too often and is locked (FAILED_LOGIN_ATTEMPTS); ALTER USER … ACCOUNT UNLOCK',
      4150: 'it failed too often and is blocked (max_password_errors); FLUSH PRIVILEGES',
      4151: 'it is locked; ALTER USER … ACCOUNT UNLOCK',
    },
  },
  {
    category: 'out-of-connections',
    said: (where, login) => `${where} has nothing left for the login "${login}"`,
    errors: {
      1021: 'the disk is full',
      1037: 'memory is full',
      1040: 'there are as many sessions as max_connections allows; end some, or raise it',
      1041: 'memory is full',
      1114: 'a table is full',
      1135: 'there is no thread for a session',
      1203: 'it has as many sessions as max_user_connections allows; end some, or ALTER USER … WITH MAX_USER_CONNECTIONS 0',
      1226: 'it reached a limit of its account; ALTER USER … WITH MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_USER_CONNECTIONS 0',
    },
  },
  {
    category: 'read-only',
    said: (where) => `${where} takes no writes now`,
    errors: {
      1792: 'transactions are read-only',
      1836: 'it is in read-only mode',
      3100: 'a hook of group replication refused it',
      3989: 'the schema is in read-only mode',
    },
  },
  {
    category: 'settings',
    said: (where, login) => `a setting or rule of ${where} stands in the way of "${login}"`,
    errors: {
      1104: 'max_join_size is too small',
      1153: 'max_allowed_packet is too small; SET GLOBAL max_allowed_packet = DEFAULT, or the parameter group',
      1184: 'init_connect fails for it; correct the statements of SET GLOBAL init_connect, or of the parameter group',
      1819: 'a password check refuses it',
      3638: 'password_history or password_reuse_interval refuses a password that was used before; ALTER USER … PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY',
      3891: 'the current password is wrong (password_require_current)',
      3892: 'the current password must be given; ALTER USER … PASSWORD REQUIRE CURRENT OPTIONAL',
      3893: 'the current password must not be given',
      3894: 'there is no second password while the first is empty',
      3895: 'there is no second password while the way to log in changes',
      4005: 'the way to log in that it asks for may not be changed',
    },
  },
  {
    category: 'rights',
    transient: true,
    said: (where) => `an account of the secret was dropped or changed on ${where} meanwhile`,
    errors: { 1133: 'no such account', 1141: 'no such grant', 3162: 'no such account' },
  },
  {
    category: 'malformed',
    said: (where) => `a name in the secret is not what ${where} allows; write a shorter one`,
    errors: {
      1059: 'a name is too long',
      1102: 'no name of a database',
      1470: 'the name of a user is too long',
    },
  },
  {
    category: 'locked',
    said: (where) => `${where}: another session holds what the step needs`,
    errors: {
      1205: 'waited too long for a lock',
      1213: 'a deadlock',
      1969: 'a statement took too long',
      3024: 'a statement took too long',
    },
  },
  {
    category: 'rights',
    said: (where, login) => `"${login}" lacks a right on ${where}, or an object is missing`,
    errors: {
      1044: 'no access to the database',
      1049: 'no such database',
      1142: 'the statement is denied on a table',
      1143: 'the statement is denied on a column',
      1146: 'no such table',
      1227: 'a privilege is missing',
      // So MariaDB also ends a statement whose hash a password check refused.
      1396: 'CREATE USER, ALTER USER or DROP USER failed; where the server has a password check, SET GLOBAL strict_password_validation = OFF',
      1410: 'a user is not created by GRANT',
    },
  },
  {
    category: 'unreachable',
    said: (where) => `${where} is not ready`,
    errors: {
      1047: 'a node of the cluster is not ready',
      1053: 'it shuts down',
      1077: 'it shuts down',
      1129: 'it blocks the address of the function after many errors; FLUSH HOSTS',
      1152: 'it ended the connection',
      1158: 'it could not read what was sent',
      1159: 'what was sent came too slowly (net_read_timeout)',
      1160: 'it could not write',
      1161: 'what it wrote was read too slowly (net_write_timeout)',
      1317: 'it was interrupted',
      1927: 'somebody killed the session',
      2006: 'it has gone away',
      2013: 'the connection was lost',
      3032: 'it is in offline mode',
      4031: 'it ended a session that was idle (wait_timeout)',
    },
  },
];

/** Says in our words what MySQL or MariaDB, the network or TLS said to a login. */
export function mysqlFault(thrown: unknown, { host, port, username }: Place): Fault {
  if (thrown instanceof Fault) return thrown;
  if (!(thrown instanceof Error)) return asFault(thrown);
  const where = `${host}:${port}`;
  const code = 'code' in thrown ? String(thrown.code) : '';
  const number = numberOf(thrown);
  // The driver writes its own code over that of a connection which broke during the handshake.
  if (code === 'HANDSHAKE_SSL_ERROR' && /ECONN|EPIPE|disconnected before|hang up/.test(thrown.message)) {
    return new Fault('unreachable', `the connection to ${where} broke during the handshake`);
  }
  const network = connectionFault(code, where);
  if (network !== undefined) return network;
  if (code.startsWith('AUTH_SWITCH_PLUGIN')) {
    return new Fault(
      'authentication',
      `${where} asks "${username}" for another way to log in than a password (${code}); ALTER USER … IDENTIFIED WITH one`,
    );
  }
  if (/Altnames|certificate|self.signed/i.test(thrown.message)) {
    return new Fault('tls', `the certificate of ${where} is not trusted`);
  }
  if (/closed state|Connection lost|connection is in closed/i.test(thrown.message)) {
    return new Fault('unreachable', `the connection to ${where} broke`);
  }
  if (number === 1290) return optionFault(thrown.message, where);
  const cause = causes.find(({ errors }) => errors[number] !== undefined);
  if (cause === undefined) return asFault(thrown);
  const { category, transient, said, errors } = cause;
  return new Fault(
    category,
    `${said(where, username)}: ${errors[number]} (error ${number})`,
    transient === undefined ? {} : { transient },
  );
}

/** An option of the server forbids the statement; its name is the one word that is repeated. */
function optionFault(message: string, where: string): Fault {
  const option = /--[a-z][a-z_-]*/.exec(message)?.[0] ?? 'an option';
  if (/read.only/i.test(option)) {
    return new Fault('read-only', `${where} takes no writes now (error 1290, ${option})`);
  }
  const remedy = /strict.password/.test(option)
    ? 'it refuses hashes of passwords; SET GLOBAL strict_password_validation = OFF, or the parameter group'
    : 'start the server without it, or change it in the parameter group';
  return new Fault('settings', `${option} of ${where} forbids the statement (error 1290): ${remedy}`);
}

/** Whoever is logged in and is denied access (1045; 1698 of PROXY) lacks a right that the statement would hand on or take back. */
export function statementFault(thrown: unknown, place: Place): Fault {
  const number = numberOf(thrown);
  return number === 1045 || number === 1698
    ? new Fault(
        'rights',
        `"${place.username}" lacks a right that the statement hands on or takes back (error ${number})`,
      )
    : mysqlFault(thrown, place);
}

function numberOf(thrown: unknown): number {
  return thrown instanceof Error && 'errno' in thrown ? Number(thrown.errno) : 0;
}
