import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { Deadline } from '../../../../lib/environment/credentials/rotation/deadline.ts';
import { everyPrivilege } from '../../../../lib/environment/credentials/rotation/privileges.ts';
import type { Login } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { program } from '../../../support/programs.ts';
import { createAuthority, type IssuedCertificate } from './authority.ts';
import { freePort, untilListening } from './ports.ts';
import { adminPassword, type DatabaseServer, rootPassword } from './servers.ts';

/**
 * What RDS gives the master user of MariaDB: neither SUPER nor all there is.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const rdsPrivileges = [
  ...everyPrivilege,
  ...['CREATE USER', 'PROCESS', 'RELOAD', 'REPLICATION CLIENT', 'REPLICATION SLAVE', 'SHOW DATABASES'],
].join(', ');

/** How the two servers of this protocol differ when they are set up. */
interface Flavour {
  readonly name: string;
  readonly daemon: string;
  readonly initialize: (places: readonly string[]) => Promise<unknown>;
  readonly firstStatements: readonly string[];
  readonly flags: readonly string[];
  readonly withoutTls: readonly string[];
}

export async function startMariadb(): Promise<DatabaseServer> {
  const daemon = program('mariadbd').path;
  if (daemon === undefined) throw new Error(`mariadbd is not installed: ${program('mariadbd').install}`);
  return await start({
    name: 'MariaDB',
    daemon,
    initialize: (places) =>
      promisify(execFile)('mariadb-install-db', [
        '--no-defaults',
        ...places,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        `--user=${userInfo().username}`,
      ]),
    // The installation makes accounts without a name or a password, which would catch other logins.
    firstStatements: [`DELETE FROM mysql.global_priv WHERE User = '';`, 'FLUSH PRIVILEGES;'],
    flags: [],
    withoutTls: ['--skip-ssl'],
  });
}

/** @param daemon the mysqld of MySQL 8 or newer; Debian's packages of it and of MariaDB exclude each other */
export async function startMysql(daemon: string): Promise<DatabaseServer> {
  return await start({
    name: 'MySQL',
    daemon,
    initialize: (places) =>
      promisify(execFile)(daemon, [
        '--no-defaults',
        '--initialize-insecure',
        ...places,
        `--user=${userInfo().username}`,
      ]),
    firstStatements: [],
    flags: ['--mysqlx=OFF', '--secure-file-priv=NULL'],
    withoutTls: ['--tls-version='],
  });
}

async function start(flavour: Flavour): Promise<DatabaseServer> {
  const authority = await createAuthority();
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-mysql-'));
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  // A starting server removes every `#sql…` of its folder for temporary tables: in one they share, also those of a
  // server that is just being set up. https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables#tmpdir
  const places = [`--datadir=${join(folder, 'data')}`, `--tmpdir=${temporary}`];
  const generalLog = join(folder, 'general.log');
  const port = await freePort();
  const user = userInfo().username;
  await flavour.initialize(places);
  const place = ({ certificate, key }: IssuedCertificate) => {
    writeFileSync(join(folder, 'server.crt'), certificate);
    writeFileSync(join(folder, 'server.key'), key, { mode: 0o600 });
  };
  const initial = join(folder, 'init.sql');
  writeFileSync(
    initial,
    [
      ...flavour.firstStatements,
      `CREATE USER superuser@'%' IDENTIFIED BY '${rootPassword}';`,
      `GRANT ALL ON *.* TO superuser@'%' WITH GRANT OPTION;`,
      `CREATE USER rds_admin@'%' IDENTIFIED BY '${adminPassword}';`,
      `GRANT ${rdsPrivileges} ON *.* TO rds_admin@'%' WITH GRANT OPTION;`,
    ].join('\n'),
  );
  place(await authority.issue());
  let running: ChildProcess | undefined;
  const launch = async (tls: boolean, first = false) => {
    running = spawn(
      flavour.daemon,
      [
        '--no-defaults',
        `--user=${user}`,
        ...places,
        `--socket=${join(folder, 'server.sock')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--innodb-buffer-pool-size=32M',
        '--innodb-flush-log-at-trx-commit=0',
        '--general-log=1',
        `--general-log-file=${generalLog}`,
        '--max-connections=40',
        ...flavour.flags,
        ...(first ? [`--init-file=${initial}`] : []),
        ...(tls
          ? [
              `--ssl-cert=${join(folder, 'server.crt')}`,
              `--ssl-key=${join(folder, 'server.key')}`,
              '--require-secure-transport=ON',
            ]
          : flavour.withoutTls),
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
    name: flavour.name,
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
