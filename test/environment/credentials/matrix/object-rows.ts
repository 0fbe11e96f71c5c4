import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import type { Row } from './row.ts';
import { account, due, hold, must, release, silentPort, triedOnce, upTo, warned } from './strikes.ts';
import type { World } from './world.ts';

const postgres = { schemes: ['alternating'], engines: ['postgres'] } as const satisfies Partial<Row>;
const mysql = { schemes: ['alternating'], engines: ['mysql'] } as const satisfies Partial<Row>;
const mariadb = { ...mysql, mariadbOnly: true } as const;
const created = ['createSecret'];

/** Statements of a role in the database of the shop. */
async function as(world: World, role: string, ...statements: string[]): Promise<void> {
  const root = await world.server.root(world.database);
  try {
    for (const statement of [`SET ROLE "${role}"`, ...statements]) await root.query(statement);
  } finally {
    await root.close();
  }
}

async function ownersOf(world: World, catalog: string): Promise<unknown[]> {
  const root = await world.server.root(world.database);
  try {
    const rows = await root.query(
      `SELECT DISTINCT r.rolname AS owner FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
        WHERE d.deptype = 'o' AND d.classid = '${catalog}'::regclass
          AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.map(({ owner }) => owner);
  } finally {
    await root.close();
  }
}

/** Objects, locks and accounts of kinds that a shop seldom has, and then has for years. */
export const objectRows: readonly Row[] = [
  {
    id: 'object-rare-kinds',
    fault: 'set: the administrator made operators, searches, conversions, ranges and a publication',
    ...postgres,
    strike: async (world, token) => {
      await as(
        world,
        world.server.admin.username,
        'DROP SCHEMA IF EXISTS rare CASCADE',
        'DROP PUBLICATION IF EXISTS "rare news"',
        'CREATE SCHEMA rare',
        'CREATE OPERATOR rare.=== (FUNCTION = pg_catalog.int4eq, LEFTARG = int, RIGHTARG = int)',
        'CREATE TEXT SEARCH CONFIGURATION rare."wo rds" (COPY = pg_catalog.simple)',
        'CREATE TEXT SEARCH DICTIONARY rare.dictionary (TEMPLATE = pg_catalog.simple)',
        'CREATE COLLATION rare."c ollation" FROM "C"',
        "CREATE CONVERSION rare.conversion FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
        'CREATE AGGREGATE rare.total(int) (SFUNC = int4pl, STYPE = int)',
        "CREATE AGGREGATE rare.everything(*) (SFUNC = int8inc, STYPE = int8, INITCOND = '0')",
        'CREATE TYPE rare.pair AS (a int, b int)',
        'CREATE TYPE rare.span AS RANGE (subtype = int)',
        'CREATE DOMAIN rare.positive AS int CHECK (VALUE > 0)',
        'CREATE TABLE rare.typed OF rare.pair',
        'CREATE TABLE rare.halves (part rare.positive) PARTITION BY LIST (part)',
        'CREATE TABLE rare.half PARTITION OF rare.halves DEFAULT',
        'CREATE INDEX ON rare.halves (part)',
        'CREATE SEQUENCE rare.free',
        'CREATE UNLOGGED TABLE rare."odd ""name"" 表\n" (id int)',
        'CREATE FUNCTION rare."F.unction"(a rare.pair, OUT b int, VARIADIC c text[]) LANGUAGE sql AS $$SELECT 1$$',
        'CREATE PUBLICATION "rare news"',
      );
      await world.all(token);
      must(world.warnings.length === 0, `nothing stays, but: ${world.warnings}`);
      for (const catalog of ['pg_operator', 'pg_ts_config', 'pg_ts_dict', 'pg_collation', 'pg_conversion']) {
        must((await ownersOf(world, catalog)).join() === `${world.database}_owner`, `${catalog} went along`);
      }
      for (const catalog of ['pg_class', 'pg_proc', 'pg_type', 'pg_namespace', 'pg_publication']) {
        const owners = (await ownersOf(world, catalog)).filter(
          (owner) => owner === world.server.admin.username,
        );
        must(owners.length === 0, `nothing of ${catalog} is the administrator's any more`);
      }
    },
  },
  {
    id: 'object-foreign-data',
    fault: 'set: the administrator owns a foreign server and a foreign table',
    ...postgres,
    strike: async (world, token) => {
      const { username } = world.server.admin;
      const root = await world.server.root(world.database);
      await root.query('CREATE FOREIGN DATA WRAPPER wrapper');
      await root.query(`GRANT USAGE ON FOREIGN DATA WRAPPER wrapper TO "${username}"`);
      await root.close();
      await as(
        world,
        username,
        'CREATE SERVER away FOREIGN DATA WRAPPER wrapper',
        'CREATE USER MAPPING FOR CURRENT_USER SERVER away',
        'CREATE FOREIGN TABLE public.far (id int) SERVER away',
      );
      try {
        await world.all(token);
        // The owner may not use the wrapper: the server stays, and is named; the table goes.
        must(warned(world, 'server away'), 'the server is named in a warning');
        must(!warned(world, 'far'), 'the foreign table went along');
      } finally {
        const again = await world.server.root(world.database);
        await again.query('DROP FOREIGN DATA WRAPPER wrapper CASCADE');
        await again.close();
      }
    },
  },
  {
    id: 'object-event-trigger',
    fault: 'set: a trigger of the database refuses every ALTER',
    ...postgres,
    retryRefused: true,
    strike: async (world, token) => {
      await as(world, world.server.admin.username, 'CREATE TABLE IF NOT EXISTS public.guarded (id int)');
      const root = await world.server.root(world.database);
      await root.query(
        `CREATE OR REPLACE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql
           AS $$BEGIN RAISE EXCEPTION 'not on a Friday'; END$$`,
      );
      await root.query('CREATE EVENT TRIGGER refusal ON ddl_command_start EXECUTE FUNCTION public.refuse()');
      await root.close();
      try {
        await world.all(token);
        must(warned(world, 'table public.guarded'), 'the table is named in a warning');
      } finally {
        const again = await world.server.root(world.database);
        await again.query('DROP EVENT TRIGGER refusal');
        await again.close();
      }
      await world.rotated();
      must(
        (await ownersOf(world, 'pg_class')).join() === `${world.database}_owner`,
        'then it is handed over',
      );
    },
  },
  {
    id: 'object-dropped-meanwhile',
    fault: 'set: an object is dropped while it waits to change hands',
    ...postgres,
    strike: async (world, token) => {
      await as(world, world.server.admin.username, 'CREATE TABLE IF NOT EXISTS public.leaving (id int)');
      const dropping = await world.server.root(world.database);
      await dropping.query('BEGIN');
      await dropping.query('DROP TABLE public.leaving');
      const gone = new Promise<void>((resolve, reject) => {
        setTimeout(() => {
          dropping
            .query('COMMIT')
            .then(() => dropping.close())
            .then(resolve, reject);
        }, 700);
      });
      await world.all(token);
      await gone;
      must(world.warnings.length === 0, `nobody misses it, but: ${world.warnings}`);
    },
  },
  {
    id: 'object-owner-in-use',
    fault: 'set: a migration of the shop holds its table for as long as it likes',
    ...postgres,
    retryRefused: true,
    strike: async (world, token) => {
      const name = await due(world);
      await as(world, name, 'CREATE TABLE IF NOT EXISTS public.migrating (id int)');
      const migration = await world.server.root(world.database);
      await migration.query('BEGIN');
      await migration.query('ALTER TABLE public.migrating ADD COLUMN IF NOT EXISTS name text');
      hold(world, migration, 'COMMIT');
      await world.all(token);
      must(warned(world, 'table public.migrating'), 'the table is named in a warning');
      await release(world);
      await world.rotated();
    },
  },
  {
    id: 'lock-global-read',
    fault: 'set: a backup holds the global read lock',
    ...mysql,
    error: 'locked',
    strike: async (world, token) => {
      await upTo(world, token, created);
      const backup = await world.server.root();
      await backup.query('FLUSH TABLES WITH READ LOCK');
      hold(world, backup, 'UNLOCK TABLES');
      // The shop cannot write either while it is held, which is the backup's doing.
      await world.step(token, 'setSecret', undefined, triedOnce).finally(() => release(world));
    },
  },
  {
    id: 'lock-accounts',
    fault: 'set: somebody holds the table of the accounts',
    ...mariadb,
    error: 'locked',
    strike: async (world, token) => {
      await upTo(world, token, created);
      const other = await world.server.root();
      await other.query('LOCK TABLES mysql.global_priv READ');
      hold(world, other, 'UNLOCK TABLES');
      await world.step(token, 'setSecret', undefined, triedOnce);
    },
    mend: release,
  },
  {
    id: 'rights-odd',
    fault:
      'set: a role, columns of a table that is gone, and another database were granted to the login by hand',
    ...mariadb,
    strike: async (world, token) => {
      const name = account(world, await due(world));
      const table = `\`${world.database}\`.\`odd\``;
      await world.root(
        'CREATE ROLE IF NOT EXISTS agency',
        `GRANT agency TO ${name}`,
        `SET DEFAULT ROLE agency FOR ${name}`,
        `CREATE TABLE IF NOT EXISTS ${table} (id int, name text)`,
        `GRANT SELECT (id, name), UPDATE (id) ON ${table} TO ${name} WITH GRANT OPTION`,
        `DROP TABLE ${table}`,
        `GRANT CREATE ROUTINE ON \`other_${world.database}\`.* TO ${name}`,
      );
      await world.all(token);
      const root = await world.server.root();
      const shown = (await root.query(`SHOW GRANTS FOR ${name}`)).map((row) => String(Object.values(row)[0]));
      await root.close();
      must(!shown.some((line) => /odd|other_/.test(line)), `it is taken back, but: ${shown}`);
      must(warned(world, 'REVOKE `agency` FROM'), 'the role is named in a warning');
    },
  },
  {
    id: 'object-subscription',
    fault: 'set: a subscription works as the login that is due',
    ...postgres,
    // Before, subscriptions were superusers' alone.
    versions: [16, Number.POSITIVE_INFINITY],
    strike: async (world, token) => {
      const name = account(world, await due(world));
      const port = await silentPort(world);
      const root = await world.server.root(world.database);
      await root.query('DROP SUBSCRIPTION IF EXISTS feed');
      await root.query(
        `CREATE SUBSCRIPTION feed CONNECTION 'host=127.0.0.1 port=${port} user=x password=x dbname=x' PUBLICATION any_
         WITH (connect = false, slot_name = 'feed')`,
      );
      await root.query(`GRANT pg_create_subscription TO ${name}`);
      await root.query(`GRANT CREATE ON DATABASE "${world.database}" TO ${name}`);
      await root.query(`ALTER SUBSCRIPTION feed OWNER TO ${name}`);
      await root.query('ALTER SUBSCRIPTION feed ENABLE');
      await untilWorking(root, await due(world));
      await world.all(token);
      await root.query('ALTER SUBSCRIPTION feed DISABLE');
      await root.query('ALTER SUBSCRIPTION feed SET (slot_name = NONE)');
      await root.query('DROP SUBSCRIPTION feed');
      await root.close();
      await release(world);
    },
  },
  {
    id: 'object-mark-lost',
    fault: 'set: the mark of the login that is due was taken away by hand',
    schemes: ['alternating'],
    error: 'foreign',
    strike: async (world, token) => {
      const name = await due(world);
      await upTo(world, token, created);
      await world.root(
        world.server.engine === 'postgres'
          ? `COMMENT ON ROLE "${name}" IS NULL`
          : `DELETE FROM secure_shop_rotation.logins WHERE login = '${name}'`,
      );
      await world.step(token, 'setSecret');
    },
    // The error says how.
    mend: (world) => world.root(/ run: (.+)/.exec(world.said.at(-1) ?? '')?.[1] ?? 'nothing was said'),
  },
];

/** A worker of a subscription starts a moment after it was enabled. */
async function untilWorking(root: Session, username: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const workers = await root.query(
      `SELECT FROM pg_stat_activity WHERE usename = '${username}' AND backend_type LIKE 'logical replication%'`,
    );
    if (workers.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  must(false, 'a worker runs as the login');
}
