import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, resolvePlatform } from '../../../../lib/config/platform.ts';
import { Deadline } from '../../../../lib/environment/credentials/rotation/deadline.ts';
import { checkRestores, missRestores } from '../../../../lib/environment/recovery/restored/check-restores.ts';
import type { Contents } from '../../../../lib/environment/recovery/restored/contents.ts';
import { needs, serversMissing } from '../../credentials/support/installed.ts';
import { type DatabaseServer, startMariadb, startPostgres } from '../../credentials/support/servers.ts';
import { Account, start } from './account.ts';

const presetContents = (preset: 'woocommerce' | 'ec-cube'): Contents => {
  const platform: Platform = resolvePlatform({
    preset,
    architecture: 'arm64',
    adminPaths: [],
    loginPaths: [],
    checkoutPaths: [],
    noticePaths: [],
    uploadPaths: [],
    openFunctions: [],
  });
  return { ...platform.contents, newestOrderDays: 1 };
};
const custom: Contents = {
  tables: [],
  orders: [{ table: 'Orders', column: 'placedAt' }],
  newestOrderDays: 1,
};

/** Statements that fill a database as the shop would, with the newest order at this time of UTC. */
type Fill = (newest: string) => readonly string[];

const ecCube: Fill = (newest) => [
  'CREATE TABLE dtb_customer (id int, email text)',
  'CREATE TABLE dtb_product (id int)',
  'CREATE TABLE dtb_order (id int, create_date timestamptz)',
  "INSERT INTO dtb_customer SELECT n, 'someone@example.com' FROM generate_series(1, 20) n",
  'INSERT INTO dtb_product VALUES (1)',
  `INSERT INTO dtb_order SELECT n, timestamptz '${newest}Z' - n * interval '1 hour' FROM generate_series(0, 9) n`,
];
const customPostgres: Fill = (newest) => [
  'CREATE SCHEMA sales',
  'CREATE TABLE sales."Orders" (id int, "placedAt" timestamp)',
  `INSERT INTO sales."Orders" VALUES (1, '${newest}')`,
];
const woocommerce: Fill = (newest) => [
  'CREATE TABLE wp_options (id int)',
  'CREATE TABLE wp_users (id int)',
  'CREATE TABLE wp_posts (id int, post_type varchar(20), post_date_gmt datetime)',
  'CREATE TABLE wp_wc_orders (id int, date_created_gmt datetime)',
  'INSERT INTO wp_options VALUES (1)',
  'INSERT INTO wp_users VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)',
  `INSERT INTO wp_posts VALUES (1, 'page', '2099-01-01'), (2, 'shop_order', '2020-01-01')`,
  `INSERT INTO wp_wc_orders VALUES (1, '${newest}')`,
];
const oldWoocommerce: Fill = (newest) => [
  ...woocommerce(newest).slice(0, -2),
  `INSERT INTO wp_posts VALUES (1, 'page', '2099-01-01'), (2, 'shop_order', '${newest}')`,
];
const customMysql: Fill = (newest) => [
  'CREATE TABLE Orders (id int, placedAt datetime)',
  `INSERT INTO Orders VALUES (1, '${newest}')`,
];

const lately = '2027-01-14 12:00:00';
const shops = [
  ['PostgreSQL', 'EC-CUBE', presetContents('ec-cube'), ecCube, 'dtb_customer'],
  ['PostgreSQL', 'a shop of its own', custom, customPostgres, 'Orders'],
  ['MariaDB', 'WooCommerce', presetContents('woocommerce'), woocommerce, 'wp_users'],
  [
    'MariaDB',
    'WooCommerce with orders among the posts',
    presetContents('woocommerce'),
    oldWoocommerce,
    'wp_users',
  ],
  ['MariaDB', 'a shop of its own', custom, customMysql, 'Orders'],
] as const;

describe.skipIf(serversMissing)(`reading what a restore test brought back${needs}`, () => {
  let postgres: DatabaseServer;
  let mariadb: DatabaseServer;
  let databases = 0;
  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
  });
  afterAll(async () => {
    await Promise.all([postgres?.stop(), mariadb?.stop()]);
  });

  /** A database as rotation leaves it: on PostgreSQL its tables belong to a role that the administrator made. */
  async function restored(name: string, statements: readonly string[]) {
    const server = name === 'PostgreSQL' ? postgres : mariadb;
    const database = `shop_${++databases}`;
    const admin = await server.connect(server.admin);
    if (server.engine === 'postgres') await admin.query(`CREATE ROLE ${database}_owner`);
    await admin.close();
    const root = await server.root();
    await root.query(
      `CREATE DATABASE ${database}${server.engine === 'postgres' ? ` OWNER ${database}_owner` : ''}`,
    );
    await root.close();
    const inside =
      server.engine === 'postgres'
        ? await server.root(database)
        : await server.connect({ ...server.admin, database });
    if (server.engine === 'postgres') await inside.query(`SET ROLE ${database}_owner`);
    for (const statement of statements) await inside.query(statement);
    await inside.close();
    return { server, database };
  }

  async function run(
    account: Account,
    contents: Contents,
    database: string,
    { runs = 6, patience = 4000 }: { runs?: number; patience?: number } = {},
  ): Promise<void> {
    for (let at = 0; at < runs; at++) {
      await checkRestores(
        account.settings(contents, database),
        account.tools(),
        new Deadline(patience),
      ).catch(() => {});
      account.now = new Date(account.now.getTime() + 10 * 60_000);
    }
    await account.putPasswordBack();
  }

  describe.each(shops)('%s: %s', (engine, _name, contents, fill, table) => {
    it('says that a good one is good, counts it, and takes its own instance away', async () => {
      const { server, database } = await restored(engine, fill(lately));
      const account = new Account(server, 'Aurora');
      await run(account, contents, database);
      expect(account.told).toEqual([]);
      expect(account.job.ValidationStatus).toBe('SUCCESSFUL');
      expect(account.job.ValidationStatusMessage).toMatch(/newest order 2027-01-14T12:00:00.000Z$/);
      expect(account.calls).toEqual(['create', 'password', 'delete instance', 'verdict SUCCESSFUL']);
      expect(account.measured).toHaveLength(1);
      expect(account.measured[0]?.minutes).toBeGreaterThanOrEqual(20);
      expect(account.measured[0]?.rows).toHaveProperty(table);
    });

    it.each([
      ['empty', [], {}, /no table of the shop/],
      ['old', fill('2027-01-10 12:00:00'), {}, /newest order is of 2027-01-10T12:00:00/],
      ['half', fill(lately), { [table]: 1000 }, /had 1000 in the test before/],
    ] as const)(
      'tells of one that is %s, and remembers nothing of it',
      async (_what, statements, before, says) => {
        const { server, database } = await restored(engine, statements);
        const account = new Account(server, 'RDS');
        account.before = before;
        await run(account, contents, database);
        expect(account.told).toHaveLength(1);
        expect(account.told[0]).toMatch(says);
        expect(account.told[0]).not.toContain('someone@example.com');
        expect(account.job.ValidationStatus).toBe('FAILED');
        expect(account.measured.every(({ rows }) => rows === undefined)).toBe(true);
      },
    );
  });

  it('tells of a table that is missing, and of a database that is', async () => {
    const { server, database } = await restored('PostgreSQL', ecCube(lately).slice(0, 3));
    const account = new Account(server, 'RDS');
    await run(account, { ...presetContents('ec-cube'), tables: ['dtb_order', 'dtb_payment'] }, database);
    expect(account.told[0]).toMatch(/dtb_payment is missing.*dtb_order has no rows.*no order/);
    const other = new Account(server, 'RDS');
    await run(other, presetContents('ec-cube'), 'never_made');
    expect(other.told[0]).toMatch(/cannot be read/);
  });

  it('connects to no copy that stands elsewhere or is encrypted by somebody else', async () => {
    for (const change of [
      { key: 'arn:aws:kms:ap-northeast-1:999999999999:key/theirs' },
      { key: undefined },
      { groups: ['sg-default'] },
    ]) {
      const account = Object.assign(new Account(postgres, 'RDS'), change);
      await run(account, presetContents('ec-cube'), 'postgres');
      expect(account.told).toHaveLength(1);
      expect(account.calls).toEqual(['tell', 'verdict FAILED']);
    }
  });

  it('gives up what does not answer before AWS Backup deletes it, and not earlier', async () => {
    const account = new Account(postgres, 'RDS');
    const settings = account.settings(presetContents('ec-cube'), 'postgres');
    const unreachable = account.tools();
    const silent = {
      ...unreachable,
      rds: Object.assign(unreachable.rds, {
        send: async () => ({
          DBInstances: [
            {
              DBInstanceStatus: 'available',
              Engine: 'postgres',
              MasterUsername: 'x',
              Endpoint: { Address: 'localhost', Port: 1 },
              StorageEncrypted: true,
              KmsKeyId: settings.keyArn,
              VpcSecurityGroups: [{ VpcSecurityGroupId: settings.group }],
            },
          ],
        }),
      }),
    };
    await checkRestores(settings, silent, new Deadline(30));
    expect(account.told).toEqual([]);
    account.now = new Date(start.getTime() + 3.9 * 3_600_000);
    await checkRestores(settings, silent, new Deadline(30));
    expect(account.told[0]).toMatch(/could not be read within 4 hours: .*(no answer|never answered)/);
    expect(account.job.ValidationStatus).toBe('FAILED');
  });

  it.each(['create', 'password', 'delete instance', 'verdict SUCCESSFUL'])(
    'comes to the same verdict when it is killed at "%s"',
    async (step) => {
      const { server, database } = await restored('PostgreSQL', ecCube(lately));
      const account = Object.assign(new Account(server, 'Aurora'), { killedAt: step });
      await run(account, presetContents('ec-cube'), database);
      expect(account.killedAt).toBeUndefined();
      expect(account.job.ValidationStatus).toBe('SUCCESSFUL');
      expect(account.hasInstance).toBe(false);
      expect(account.told).toEqual([]);
    },
  );

  it('takes its instance away and says so also when it is killed while it tells of a bad one', async () => {
    const { server, database } = await restored('PostgreSQL', []);
    const account = Object.assign(new Account(server, 'Aurora'), { killedAt: 'tell' });
    await run(account, presetContents('ec-cube'), database);
    expect(account.told).toHaveLength(1);
    expect(account.job.ValidationStatus).toBe('FAILED');
    expect(account.hasInstance).toBe(false);
  });

  it('does no harm when two run at once', async () => {
    const { server, database } = await restored('MariaDB', woocommerce(lately));
    const account = new Account(server, 'RDS');
    const settings = account.settings(presetContents('woocommerce'), database);
    const both = () => checkRestores(settings, account.tools(), new Deadline(4000));
    await Promise.all([both(), both()]);
    await run(account, presetContents('woocommerce'), database, { runs: 2 });
    expect(account.job.ValidationStatus).toBe('SUCCESSFUL');
    expect(account.told).toEqual([]);
  });
});

describe('a copy that stays', () => {
  const server = { engine: 'postgres', port: 1, authority: { pem: '' }, admin: { username: 'x' } };
  const left = (type: 'Aurora' | 'RDS', change: Partial<Account['job']>) => {
    const account = new Account(server as unknown as DatabaseServer, type);
    Object.assign(account.job, { ValidationStatus: 'SUCCESSFUL' }, change);
    return account;
  };
  const look = (account: Account) =>
    checkRestores(account.settings(custom, 'x'), account.tools(), new Deadline(100));

  it.each([
    ['Aurora', 'delete cluster'],
    ['RDS', 'delete instance'],
  ] as const)('of %s is deleted, and a person hears of it once', async (type, call) => {
    const account = left(type, { DeletionStatus: 'FAILED' });
    await look(account);
    await look(account);
    expect(account.calls).toEqual([call, 'tell']);
  });

  it('is left to AWS Backup for hours, and for good once it says that it deleted it', async () => {
    const waiting = left('RDS', { DeletionStatus: 'DELETING' });
    await look(waiting);
    const gone = left('RDS', { DeletionStatus: 'SUCCESSFUL' });
    gone.now = new Date(start.getTime() + 48 * 3_600_000);
    await look(gone);
    expect([...waiting.calls, ...gone.calls]).toEqual([]);
    waiting.now = gone.now;
    await look(waiting);
    expect(waiting.told).toHaveLength(1);
  });

  it('is not touched under another name', async () => {
    const account = left('RDS', { ValidationStatus: undefined });
    Object.assign(account.job, { CreatedResourceArn: 'arn:aws:rds:ap-northeast-1:1:db:shop-production' });
    await expect(look(account)).rejects.toThrow('is not the copy of a restore test');
    expect(account.calls).toEqual([]);
  });
});

it('tells a person when a month has had no restore test, and not otherwise', async () => {
  const account = new Account({ authority: { pem: '' } } as unknown as DatabaseServer, 'RDS');
  await missRestores(account.settings(custom, 'x'), account.tools());
  expect(account.told).toEqual([]);
  Object.assign(account.job, { Status: 'FAILED' });
  await missRestores(account.settings(custom, 'x'), account.tools());
  expect(account.told).toHaveLength(1);
});
