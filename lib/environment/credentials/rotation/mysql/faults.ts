import { asFault, connectionFault, Fault } from '../errors.ts';

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
    case 1130: // no account may log in from this host
    case 1251: // the account's way to log in is not spoken here
      return new Fault('authentication', `${where} refused the login (${told})`);
    case 1040: // too many connections
    case 1203: // max_user_connections
    case 1226: // a resource limit of the user
    case 1021: // disk full
    case 1037: // out of memory
    case 1041: // out of memory
    case 1114: // table full
    case 1135: // no thread
      return new Fault('out-of-connections', `${where} has no connection, memory or disk left (${told})`);
    case 1290: // an option of the server forbids it
      if (!/read.only/i.test(thrown.message)) {
        return new Fault(
          'rights',
          `an option of ${where} forbids the statement (${told}); with a password check, strict_password_validation must be OFF`,
        );
      }
      return new Fault('read-only', `${where} takes no writes now (${told})`);
    case 1819: // a password check (validate_password)
    case 3891: // the current password is wrong (password_require_current)
    case 3892: // the current password must be given
    case 3893: // the current password must not be given
    case 3894: // a second password while the first is empty
    case 3895: // a second password while the way to log in changes
      return new Fault('rights', `a rule of ${where} about passwords forbids the statement (${told})`);
    case 1133: // no such account
    case 1141: // no such grant
    case 3162: // no such account (MySQL)
      return new Fault('rights', `an account of the secret was dropped or changed meanwhile (${told})`, {
        transient: true,
      });
    case 1059: // identifier too long
    case 1102: // wrong name of a database
    case 1470: // user name too long
      return new Fault('malformed', `a name in the secret is longer than ${where} allows (${told})`);
    case 1792: // read-only transaction
    case 1836: // read-only mode
    case 3989: // the schema is in read-only mode (MySQL)
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
    case 1146: // no such table
      return new Fault('rights', `the credential in use lacks a right or an object is missing (${told})`);
    case 1053: // shutdown in progress
    case 1077: // normal shutdown
    case 1129: // host blocked after many errors
    case 1152: // connection aborted
    case 1158: // error reading packets
    case 1159: // timeout reading packets
    case 1160: // error writing packets
    case 1317: // interrupted
    case 1927: // connection killed (MariaDB)
    case 3032: // offline mode
    case 4031: // disconnected for being idle
    case 1161: // timeout writing packets
    case 2006: // server has gone away
    case 2013: // connection lost during a query
      return new Fault('unreachable', `${where} is not ready (${told})`);
    default:
      return asFault(thrown);
  }
}

/** Whoever is logged in and is denied access (1045; 1698 of PROXY) lacks a right that the statement would hand on or take back. */
export function statementFault(thrown: unknown, where: string): Fault {
  const number = thrown instanceof Error && 'errno' in thrown ? Number(thrown.errno) : 0;
  return number === 1045 || number === 1698
    ? new Fault('rights', `the credential in use lacks a right that the statement is about (error ${number})`)
    : mysqlFault(thrown, where);
}
