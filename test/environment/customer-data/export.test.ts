import { Decrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../lib/environment/credentials/rotation/database.ts';
import { databasesTrusting } from '../../../lib/environment/credentials/rotation/databases.ts';
import { type Desk, exportData } from '../../../lib/environment/customer-data/export.ts';
import { presetQueries } from '../../../lib/environment/customer-data/queries.ts';
import { program } from '../../support/programs.ts';
import { type DatabaseServer, startMariadb, startPostgres } from '../credentials/support/servers.ts';
import { tables, writing } from './tables.ts';

const mariadb = program('mariadbd');
const cases = [
  { preset: 'ec-cube', database: 'eccube', start: () => startPostgres() },
  ...(mariadb.missing
    ? []
    : [{ preset: 'woocommerce', database: 'wordpress', start: startMariadb } as const]),
] as const;

/** Secrets Manager and S3 as the desk sees them, and what it left there. */
class Cloud {
  readonly objects = new Map<string, { body: Buffer; metadata: Record<string, string> }>();
  readonly passphrases: string[] = [];
  login: object = {};
  rotated: unknown;
  desk: Omit<Desk, 'databases' | 'queries'>;

  constructor() {
    const send = async (command: { readonly input: Record<string, unknown> }) =>
      this.answer(command.constructor.name, command.input);
    this.desk = {
      secretsManager: { send: send as never },
      s3: { send: send as never },
      bucket: 'exports',
      passphraseSecrets: { yui: 'passphrase-of-yui', haruto: 'passphrase-of-haruto' },
      loginSecret: 'login',
      rotationFunction: 'rotation',
      patience: { milliseconds: 1_000, interval: 1 },
      remaining: () => 30_000,
      now: () => new Date(Date.parse('2026-12-01T00:00:00Z') + this.objects.size * 1_000),
    };
  }

  private answer(command: string, input: Record<string, unknown>): object {
    const version = (of: number) => `version-${of}`;
    switch (command) {
      case 'RotateSecretCommand':
        this.rotated = input.SecretId;
        this.passphrases.push(`passphrase-${this.passphrases.length}-`.padEnd(40, 'x'));
        return { VersionId: version(this.passphrases.length - 1) };
      case 'DescribeSecretCommand':
        return { VersionIdsToStages: { [version(this.passphrases.length - 1)]: ['AWSCURRENT'] } };
      case 'GetSecretValueCommand': {
        if (input.SecretId === 'login') return { VersionId: '1', SecretString: JSON.stringify(this.login) };
        expect(input.SecretId).toBe(this.rotated);
        const at = Number(String(input.VersionId).split('-')[1]);
        return { SecretString: JSON.stringify({ passphrase: this.passphrases[at] }) };
      }
      case 'PutObjectCommand':
        this.objects.set(String(input.Key), {
          body: input.Body as Buffer,
          metadata: input.Metadata as Record<string, string>,
        });
        return {};
      default:
        throw new Error(`the desk has no business with ${command}`);
    }
  }

  async open(key: string, passphrase: string): Promise<string> {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const bytes = await decrypter.decrypt(this.objects.get(key)?.body ?? Buffer.alloc(0), 'uint8array');
    return Buffer.from(bytes).toString('utf8');
  }
}

describe.each(cases)('an export of $preset', ({ preset, database, start }) => {
  const cloud = new Cloud();
  let server: DatabaseServer;
  let desk: Desk;
  const kept: string[] = [];

  beforeAll(async () => {
    server = await start();
    const root = await server.root();
    await root.query(`CREATE DATABASE ${database}`);
    await root.close();
    const within = await server.root(database);
    for (const statement of tables[preset]) await within.query(statement);
    await within.close();
    const { engine, host, port } = server.admin;
    const login = { engine, host, port, username: 'shop', password: 'shop-Password-of-the-test-1' };
    cloud.login = { scheme: 'single-user', dbname: database, ...login };
    desk = {
      ...cloud.desk,
      databases: databasesTrusting(server.authority.pem),
      queries: presetQueries[preset],
    };
  });
  afterAll(() => server?.stop());

  it('holds every customer, and opens with its passphrase alone', async () => {
    const exported = await exportData({ kind: 'customers', person: 'yui', reason: '年賀状' }, desk);
    expect(exported.rows).toBe(4_501);
    expect(exported.passphraseSecret).toBe('passphrase-of-yui');
    expect(exported.key).toMatch(/^yui\/2026-12-01T.*-customers\.csv\.age$/);
    const text = await cloud.open(exported.key, cloud.passphrases.at(-1) ?? '');
    expect(text.startsWith('\uFEFF"id",')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(4_502);
    expect(new Set(text.match(/^"\d+"/gm)).size).toBe(4_501);
    await expect(cloud.open(exported.key, `${'wrong-'.padEnd(40, 'x')}`)).rejects.toThrow();
    expect(cloud.objects.get(exported.key)?.body.includes('hana@example.com')).toBe(false);
    expect(decodeURIComponent(cloud.objects.get(exported.key)?.metadata.reason ?? '')).toBe('年賀状');
    kept.push(exported.key);
  });

  it('makes text of what a spreadsheet would run, and leaves passwords out', async () => {
    const text = await cloud.open(kept[0] ?? '', cloud.passphrases[0] ?? '');
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    expect(text).toContain('hana@example.com');
    expect(text).not.toContain('hash-of-a-password');
  });

  it('holds the orders with their addresses', async () => {
    const exported = await exportData({ kind: 'orders', person: 'haruto', reason: 'stock-taking' }, desk);
    expect(exported.rows).toBe(2);
    expect(await cloud.open(exported.key, cloud.passphrases.at(-1) ?? '')).toContain('Chiyoda');
  });

  it.each([undefined, '', '   -  ', 'x'.repeat(201), 7])(
    'is not made without a reason, whoever calls the function: %j',
    async (reason) => {
      const before = cloud.objects.size;
      const request = { kind: 'orders', person: 'yui', reason } as never;
      await expect(exportData(request, desk)).rejects.toThrow('write some words');
      expect(cloud.objects.size).toBe(before);
    },
  );

  it('made twice is two files, and neither passphrase opens the other', async () => {
    const first = await exportData({ kind: 'orders', person: 'yui', reason: 'one of two' }, desk);
    const second = await exportData({ kind: 'orders', person: 'yui', reason: 'two of two' }, desk);
    const [one = '', two = ''] = cloud.passphrases.slice(-2);
    expect(first.key).not.toBe(second.key);
    await expect(cloud.open(second.key, one)).rejects.toThrow();
    await expect(cloud.open(first.key, two)).rejects.toThrow();
    expect(await cloud.open(first.key, one)).toBe(await cloud.open(second.key, two));
  });

  it('that breaks off half-way leaves nothing', async () => {
    const before = [...cloud.objects.keys()];
    const breaking = {
      ...desk.databases,
      connect: async (...asked: Parameters<Desk['databases']['connect']>): Promise<Session> => {
        const session = await desk.databases.connect(...asked);
        let statements = 0;
        return {
          query: (sql, values) => {
            if (++statements === 3) void session.close();
            return session.query(sql, values);
          },
          close: () => session.close(),
        };
      },
    };
    const request = { kind: 'customers', person: 'yui', reason: 'breaks' } as const;
    await expect(exportData(request, { ...desk, databases: breaking })).rejects.toThrow();
    expect([...cloud.objects.keys()]).toEqual(before);
  });

  it('is made for nobody whom the config does not name', async () => {
    const request = { kind: 'customers', person: 'mallory', reason: 'curious' } as const;
    await expect(exportData(request, desk)).rejects.toThrow('"mallory" is not among those');
  });

  it('is what a query of the config asks for, comments included', async () => {
    const own = `WITH recent AS (${desk.queries.orders}) SELECT id, email FROM recent -- of this year`;
    const asked = { ...desk, queries: { ...desk.queries, orders: own } };
    const exported = await exportData({ kind: 'orders', person: 'yui', reason: 'own query' }, asked);
    const text = await cloud.open(exported.key, cloud.passphrases.at(-1) ?? '');
    expect(text.split('\r\n')[0]).toBe('\uFEFF"id","email"');
    expect(exported.rows).toBe(2);
  });

  it('of a query without the column id says so', async () => {
    const nameless = { ...desk, queries: { ...desk.queries, orders: 'SELECT 1 AS one' } };
    await expect(
      exportData({ kind: 'orders', person: 'yui', reason: 'stock-taking' }, nameless),
    ).rejects.toThrow('column "id"');
  });

  it('cannot write into the database, whatever its query says', async () => {
    const changing = { ...desk, queries: { ...desk.queries, orders: writing[preset] } };
    await expect(
      exportData({ kind: 'orders', person: 'yui', reason: 'stock-taking' }, changing),
    ).rejects.toThrow();
    expect((await exportData({ kind: 'orders', person: 'yui', reason: 'stock-taking' }, desk)).rows).toBe(2);
  });
});
