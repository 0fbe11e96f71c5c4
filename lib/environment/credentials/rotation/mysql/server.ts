import type { Row, Session } from '../database.ts';
import { Fault } from '../errors.ts';
import { cachingSha2Hash, nativePasswordHash } from '../password.ts';
import { literal } from './sql.ts';

/** A replica, or a primary during failover. The variable is a number, or a word from MariaDB 12 on. */
export const readOnly = `(@@global.read_only NOT IN ('0', 'OFF') OR @@innodb_read_only)`;

export function refuseReadOnly(row: Row | undefined): void {
  if (Number(row?.read_only) === 0) return;
  throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
}

export interface Server {
  readonly mariadb: boolean;
  /** The plugin new accounts get; the owner of the server chose it. */
  readonly plugin: 'mysql_native_password' | 'caching_sha2_password';
  /** With partial revokes, wildcards in a database name are ordinary characters. */
  readonly literalNames: boolean;
}

export async function serverOf(session: Session): Promise<Server> {
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
export function identifiedBy(server: Server, passwords: readonly string[]): string {
  const hash = server.plugin === 'mysql_native_password' ? nativePasswordHash : cachingSha2Hash;
  if (!server.mariadb) {
    return `IDENTIFIED WITH ${server.plugin} AS ${passwords.map((password) => literal(hash(password))).join('')}`;
  }
  const alternatives = passwords.map((password) => `${server.plugin} USING ${literal(hash(password))}`);
  return `IDENTIFIED VIA ${alternatives.join(' OR ')}`;
}
