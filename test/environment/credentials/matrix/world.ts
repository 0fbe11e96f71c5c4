import { databasesTrusting } from '../../../../lib/environment/credentials/rotation/databases.ts';
import { steps } from '../../../../lib/environment/credentials/rotation/errors.ts';
import { type RotationOptions, rotate } from '../../../../lib/environment/credentials/rotation/rotate.ts';
import type { Login } from '../../../../lib/environment/credentials/rotation/secret.ts';
import type { SecretsService } from '../support/secrets-service.ts';
import type { DatabaseServer } from '../support/servers.ts';
import { type Fault, withFault } from './faults.ts';

/**
 * `alternating`: the shop's secret. `single`: one user that an administrator may repair. `admin`: the administrator's
 * own secret, which nobody else can repair.
 */
export type SchemeName = 'alternating' | 'single' | 'admin';

let worlds = 0;

/** One secret of its own on a shared server: nothing a row does reaches another row. */
export class World {
  readonly server: DatabaseServer;
  readonly service: SecretsService;
  readonly scheme: SchemeName;
  readonly secretId: string;
  readonly secretName: string;
  readonly adminId: string;
  readonly database: string;
  readonly clients: RotationOptions;
  /** What the function wrote: its errors. */
  readonly said: string[] = [];
  /** What it left as it was. */
  readonly warnings: string[] = [];

  private constructor(
    fields: Omit<World, 'said' | 'warnings' | 'step' | 'all' | 'rotated' | 'live' | 'current' | 'root'>,
  ) {
    this.server = fields.server;
    this.service = fields.service;
    this.scheme = fields.scheme;
    this.secretId = fields.secretId;
    this.secretName = fields.secretName;
    this.adminId = fields.adminId;
    this.database = fields.database;
    this.clients = fields.clients;
  }

  static async create(
    server: DatabaseServer,
    service: SecretsService,
    scheme: SchemeName,
    options: { baseName?: string; database?: string; initialPassword?: string; fields?: object } = {},
  ): Promise<World> {
    const number = ++worlds;
    const base = options.baseName ?? `w${number}`;
    const database = options.database ?? base;
    const where = { engine: server.engine, host: 'localhost', port: server.port };
    const { username, password } = server.admin;
    const secretName = `world/${server.engine}/${scheme}/${number}`;
    const adminId = await service.create(`${secretName}/admin`, { ...where, username, password });
    const initial = options.initialPassword ?? `initial-Password-${number}`;
    const fields =
      scheme === 'alternating'
        ? {
            ...where,
            scheme: 'alternating-users',
            dbname: database,
            username: `${base}_a`,
            password: initial,
            baseName: base,
            logins: [`${base}_a`, `${base}_b`],
            adminSecretArn: adminId,
          }
        : {
            ...where,
            scheme: 'single-user',
            username: base,
            password: initial,
            ...(server.engine === 'postgres' ? { dbname: 'postgres' } : {}),
            ...(scheme === 'single' ? { adminSecretArn: adminId } : {}),
          };
    if (scheme !== 'alternating') await createLogin(server, base, initial, scheme === 'admin');
    const secretId = await service.create(secretName, { ...fields, ...options.fields });
    return new World({
      server,
      service,
      scheme,
      secretId,
      secretName,
      adminId,
      database,
      clients: {
        secretsManager: service.forFunction,
        databases: databasesTrusting(server.authority.pem),
        milliseconds: 20_000,
        patience: 700,
      },
    });
  }

  /** One step, in a function of its own; errors are kept, and thrown on. */
  async step(
    token: string,
    step: string,
    fault?: Fault,
    clients: Partial<RotationOptions> = {},
  ): Promise<void> {
    const warn = (warning: string) => this.warnings.push(warning);
    const own = { ...this.clients, warn, ...clients };
    try {
      await rotate(
        { SecretId: this.secretId, ClientRequestToken: token, Step: step },
        fault === undefined ? own : withFault(own, fault),
      );
    } catch (thrown) {
      this.said.push(thrown instanceof Error ? `${thrown.message}\n${thrown.stack}` : String(thrown));
      throw thrown;
    }
  }

  /** The four steps, as Secrets Manager calls them. The fault is there in each. */
  async all(token: string, fault?: Fault, clients?: Partial<RotationOptions>): Promise<void> {
    for (const step of steps) await this.step(token, step, fault, clients);
  }

  async rotated(): Promise<void> {
    await this.all(await this.service.startRotation(this.secretId));
  }

  async current(stage = 'AWSCURRENT'): Promise<Login> {
    const fields = await this.service.fields(this.secretId, stage);
    const database = typeof fields.dbname === 'string' ? fields.dbname : undefined;
    return {
      engine: this.server.engine,
      host: 'localhost',
      port: this.server.port,
      database,
      username: String(fields.username),
      password: String(fields.password),
    };
  }

  /** Whoever reads the secret now can log in and work. */
  async live(): Promise<boolean> {
    try {
      const session = await this.server.connect(await this.current());
      try {
        if (this.scheme === 'alternating') {
          await session.query('CREATE TABLE IF NOT EXISTS visits (at varchar(40))');
          await session.query(`INSERT INTO visits VALUES ('now')`);
          await session.query('SELECT count(*) FROM visits');
        }
      } finally {
        await session.close();
      }
      return true;
    } catch {
      return false;
    }
  }

  async root(...statements: string[]): Promise<void> {
    const session = await this.server.root();
    try {
      for (const statement of statements) await session.query(statement);
    } finally {
      await session.close();
    }
  }
}

async function createLogin(
  server: DatabaseServer,
  name: string,
  password: string,
  admin: boolean,
): Promise<void> {
  // As on Amazon RDS, where every role was made by the administrator, who may therefore repair it.
  const root = admin ? await server.root() : await server.connect(server.admin);
  try {
    if (server.engine === 'postgres') {
      await root.query(
        `CREATE ROLE ${name} LOGIN ${admin ? 'CREATEROLE CREATEDB' : ''} PASSWORD '${password}'`,
      );
    } else {
      await root.query(`CREATE USER ${name}@'%' IDENTIFIED BY '${password}'`);
      if (admin) await root.query(`GRANT ALL ON *.* TO ${name}@'%' WITH GRANT OPTION`);
    }
  } finally {
    await root.close();
  }
}
