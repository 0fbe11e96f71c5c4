import { spawn } from 'node:child_process';
import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import type { Engine, Login } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { program } from '../../../support/programs.ts';
import type { Authority, IssuedCertificate } from './authority.ts';
import { freePort, untilListening } from './ports.ts';
import type { RunningService } from './secrets-service.ts';

export { startMariadb, startMysql } from './mysql-server.ts';
export { startPostgres } from './postgres-server.ts';
export { olderPostgres } from './postgres-versions.ts';

/** A real database server on loopback, TLS on, statements logged. */
export interface DatabaseServer {
  readonly engine: Engine;
  readonly name: string;
  /** Of PostgreSQL. @default the newest */
  readonly version?: number;
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
  /** Runs a reader of this cluster, a streaming replica, on the same port of another address of this machine. */
  withReader?(address: string, work: (caughtUp: () => Promise<void>) => Promise<void>): Promise<void>;
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

export const rootPassword = 'root-Password-of-the-test-1';
export const adminPassword = 'admin-Password-of-the-test-1';

export async function startMoto(): Promise<RunningService> {
  const server = program('moto_server').path;
  if (server === undefined)
    throw new Error(`moto_server is not installed: ${program('moto_server').install}`);
  const port = await freePort();
  const child = spawn(server, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await untilListening(port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    keepsValues: false,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
