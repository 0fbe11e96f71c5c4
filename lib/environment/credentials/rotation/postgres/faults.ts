import { asFault, connectionFault, Fault } from '../errors.ts';

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
  if (code === '55000') {
    return new Fault('unreachable', `the database of the secret takes no connections (SQLSTATE ${code})`);
  }
  if (code === 'P0001') return new Fault('rights', `a trigger of ${where} refused (SQLSTATE ${code})`);
  if (code === '42501') return new Fault('rights', `the credential in use lacks a right (SQLSTATE ${code})`);
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
    return new Fault('rights', `a rule or setting of ${where} forbids the statement (SQLSTATE ${code})`);
  }
  if (code === '3D000')
    return new Fault('rights', `the database of the secret does not exist (SQLSTATE ${code})`);
  return asFault(thrown);
}
