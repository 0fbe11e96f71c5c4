import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { Deadline } from '../../../../lib/environment/credentials/rotation/deadline.ts';
import type { Login } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { createAuthority, type IssuedCertificate } from './authority.ts';
import { freePort, untilListening } from './ports.ts';
import { embeddedPostgres, type OlderPostgres } from './postgres-versions.ts';
import { adminPassword, type DatabaseServer, rootPassword } from './servers.ts';

/** @param version an older one than the tests' own */
export async function startPostgres(version?: OlderPostgres): Promise<DatabaseServer> {
  const EmbeddedPostgres = await embeddedPostgres(version);
  const authority = await createAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-pg-'));
  const databaseDir = join(folder, 'data');
  const share = join(folder, 'share');
  const port = await freePort();
  let log = '';
  const flags = (tls: boolean, address = '127.0.0.1') => [
    ...(tls ? ['-c', 'ssl=on'] : ['-c', 'ssl=off']),
    ...['-c', 'ssl_cert_file=server.crt', '-c', 'ssl_key_file=server.key'],
    ...['-c', `listen_addresses=${address}`, '-c', 'unix_socket_directories='],
    ...['-c', 'log_statement=all', '-c', 'log_min_error_statement=debug5', '-c', 'max_connections=60'],
    ...['-c', 'fsync=off', '-c', 'shared_buffers=32MB'],
    ...(version === undefined ? ['-c', `extension_control_path=$system:${share}`] : []),
  ];
  const create = (tls: boolean, directory = databaseDir, address?: string) =>
    new EmbeddedPostgres({
      databaseDir: directory,
      port,
      user: 'postgres',
      password: rootPassword,
      authMethod: 'scram-sha-256',
      persistent: true,
      createPostgresUser: userInfo().uid === 0,
      postgresFlags: flags(tls, address),
      onLog: (message) => {
        log += String(message);
      },
      onError: () => {},
    });
  const placeIn = (directory: string, files: Readonly<Record<string, string>>) => {
    const owner = statSync(databaseDir);
    for (const [name, text] of Object.entries(files)) {
      const file = join(directory, name);
      writeFileSync(file, text, { mode: 0o600 });
      chownSync(file, owner.uid, owner.gid);
    }
  };
  const place = ({ certificate, key }: IssuedCertificate) =>
    placeIn(databaseDir, { 'server.crt': certificate, 'server.key': key });
  // The server's own user must be able to pass through the folder.
  if (userInfo().uid === 0) chmodSync(folder, 0o755);
  let postgres = create(true);
  await postgres.initialise();
  const good = await authority.issue();
  place(good);
  await postgres.start();

  const login = (username: string, password: string): Login => ({
    engine: 'postgres',
    host: 'localhost',
    port,
    database: 'postgres',
    username,
    password,
  });
  const { connect } = databasesTrusting(authority.pem);
  const open = async (as: Login) => {
    const session = await connect(as, new Deadline(30_000), 'set');
    // The function's own sessions see the system's objects only; those of an application see its tables.
    await session.query('SET search_path = public');
    return session;
  };
  const server: DatabaseServer = {
    engine: 'postgres',
    name: version === undefined ? 'PostgreSQL' : `PostgreSQL ${version}`,
    ...(version === undefined ? {} : { version }),
    port,
    authority,
    admin: login('rds_admin', adminPassword),
    root: (database = 'postgres') => open({ ...login('postgres', rootPassword), database }),
    connect: open,
    async restart() {
      await postgres.stop();
      await postgres.start();
    },
    async restartWith(certificate) {
      await postgres.stop();
      if (certificate !== undefined) place(certificate);
      postgres = create(certificate !== undefined);
      await postgres.start();
    },
    async stop() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    logged: () => log,
    async withReader(address, work) {
      const directory = join(folder, 'reader');
      await postgres.stop();
      await promisify(execFile)('cp', ['-a', databaseDir, directory]);
      const { certificate, key } = await authority.issue({ hosts: [], addresses: [address] });
      placeIn(directory, {
        'server.crt': certificate,
        'server.key': key,
        'standby.signal': '',
        'postgresql.auto.conf': `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=${rootPassword} sslmode=require sslcertmode=disable'\n`,
      });
      await postgres.start();
      const reader = create(true, directory, address);
      // It never says that it accepts writes, which is what its start waits for.
      reader.start().catch(() => {});
      const caughtUp = () => untilReplayed(server);
      try {
        await untilListening(port, 30, address);
        await work(caughtUp);
      } finally {
        await reader.stop();
        rmSync(directory, { recursive: true });
      }
    },
    ...(version === undefined ? { withExtension: offeringIn(share) } : {}),
  };
  const root = await server.root();
  await root.query(`CREATE ROLE rds_admin LOGIN CREATEROLE CREATEDB PASSWORD '${adminPassword}'`);
  await root.query('GRANT pg_monitor TO rds_admin');
  await root.close();
  log = '';
  return server;
}

/** The folder in which the server looks for extensions beside its own (PostgreSQL 18). */
function offeringIn(share: string): NonNullable<DatabaseServer['withExtension']> {
  return async (name, work) => {
    const offered = join(share, 'extension');
    mkdirSync(offered, { recursive: true });
    writeFileSync(join(offered, `${name}.control`), "default_version = '1.0'\ntrusted = true\n");
    writeFileSync(join(offered, `${name}--1.0.sql`), 'SELECT 1;\n');
    await work().finally(() => rmSync(offered, { recursive: true }));
  };
}

/** A reader that is connected has replayed all that was committed. */
async function untilReplayed(server: DatabaseServer): Promise<void> {
  const root = await server.root();
  const end = Date.now() + 60_000;
  try {
    while (true) {
      const [row] = await root.query(
        'SELECT coalesce(bool_and(replay_lsn >= pg_current_wal_flush_lsn()), false) AS up FROM pg_stat_replication',
      );
      if (row?.up === true) return;
      if (Date.now() > end) throw new Error('the reader does not catch up');
      await pause(50);
    }
  } finally {
    await root.close();
  }
}
