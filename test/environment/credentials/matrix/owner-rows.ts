import { secretsCall } from './faults.ts';
import type { Row } from './row.ts';
import {
  account,
  byHand,
  due,
  hold,
  must,
  release,
  restoreAdmin,
  triedOnce,
  upTo,
  warned,
} from './strikes.ts';
import type { World } from './world.ts';

const alternating = { schemes: ['alternating'] } as const;
const postgres = { ...alternating, engines: ['postgres'] } as const;
const mysql = { ...alternating, engines: ['mysql'] } as const;
const created = ['createSecret'];
const afterCreate = ['setSecret', 'testSecret', 'finishSecret'];

/** Statements of an administrator, or of one of the logins as itself, in the database of the shop. */
async function inside(world: World, username: string, ...statements: string[]): Promise<void> {
  const current = await world.current();
  const { admin } = world.server;
  const login = username === admin.username ? { ...admin, database: world.database } : current;
  const session = await world.server.connect(login);
  try {
    for (const statement of statements) await session.query(statement);
  } finally {
    await session.close();
  }
}

async function rowsInside(world: World, sql: string): Promise<readonly Record<string, unknown>[]> {
  const root = await world.server.root(world.database);
  try {
    return await root.query(sql);
  } finally {
    await root.close();
  }
}

/** Whatever the shop's database holds that is neither the owner's nor an extension's, of these kinds of object. */
async function strays(world: World): Promise<string[]> {
  const rows = await rowsInside(
    world,
    `SELECT DISTINCT d.classid::regclass || ' ' || d.objid AS stray FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
      WHERE d.deptype = 'o' AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND d.classid <> 'pg_default_acl'::regclass AND r.rolname <> '${world.database}_owner'`,
  );
  return rows.map(({ stray }) => String(stray));
}

/** What people do in the database, and what the function works with: nothing of it may stop the password for ever. */
export const ownerRows: readonly Row[] = [
  {
    id: 'owner-objects',
    fault: "set: the administrator made objects of every kind in the shop's database",
    ...postgres,
    strike: async (world, token) => {
      await inside(
        world,
        world.server.admin.username,
        'DROP SCHEMA IF EXISTS reports CASCADE',
        'CREATE SCHEMA reports',
        'CREATE TABLE reports.parts (id int, at date) PARTITION BY RANGE (at)',
        'CREATE TABLE reports.part PARTITION OF reports.parts DEFAULT',
        'CREATE TABLE reports.counted (id serial PRIMARY KEY, other int GENERATED ALWAYS AS IDENTITY)',
        'CREATE VIEW reports.watching AS SELECT count(*) FROM reports.parts',
        'CREATE MATERIALIZED VIEW reports.kept AS SELECT 1 AS one',
        'CREATE FUNCTION reports.one("an id" int) RETURNS int LANGUAGE sql AS $$SELECT 1$$',
        'CREATE PROCEDURE reports.nothing() LANGUAGE sql AS $$SELECT 1$$',
        `CREATE TYPE reports."a mood" AS ENUM ('well')`,
        'CREATE DOMAIN reports.email AS text',
        'CREATE STATISTICS reports.both ON id, other FROM reports.counted',
        'SELECT lo_create(0)',
      );
      const session = await world.server.connect({ ...world.server.admin, database: world.database });
      await session.query('CREATE TEMPORARY TABLE for_a_while (id int)');
      await world.all(token);
      must(world.warnings.length === 0, `nothing stays, but: ${world.warnings}`);
      await session.close();
      const left = await strays(world);
      must(left.length === 0, `all of it was handed over, but: ${left.join(', ')}`);
    },
  },
  {
    id: 'owner-object-stays',
    fault: 'set: a table of a login lies where the owner may own none',
    ...postgres,
    strike: async (world, token) => {
      const { username } = await world.current();
      const root = await world.server.root(world.database);
      await root.query('CREATE SCHEMA IF NOT EXISTS elsewhere');
      await root.query('CREATE TABLE IF NOT EXISTS elsewhere.stray (id int)');
      await root.query(`ALTER TABLE elsewhere.stray OWNER TO "${username}"`);
      await root.close();
      await world.all(token);
      must(warned(world, 'table elsewhere.stray'), 'the table is named in a warning');
    },
  },
  {
    id: 'owner-open-reader',
    fault: 'set: a report reads a table that is to change hands',
    ...postgres,
    retryRefused: true,
    strike: async (world, token) => {
      const { username } = await world.current();
      await inside(world, username, 'SET ROLE NONE', 'CREATE TABLE IF NOT EXISTS public.busy (id int)');
      const report = await world.server.root(world.database);
      await report.query('BEGIN');
      await report.query('SELECT * FROM public.busy');
      hold(world, report, 'ROLLBACK');
      await world.all(token);
      must(warned(world, 'table public.busy'), 'the table is named in a warning');
      await release(world);
      await world.rotated();
      must((await strays(world)).length === 0, 'the next rotation takes it');
    },
  },
  {
    id: 'owner-memberships',
    fault: 'set: the membership of the login lost INHERIT and SET, and another was granted by somebody else',
    ...postgres,
    strike: async (world, token) => {
      const name = account(world, await due(world));
      const owner = `"${world.database}_owner"`;
      const root = await world.server.root();
      const [version] = await root.query(`SELECT current_setting('server_version_num')::int AS number`);
      const fine = Number(version?.number) >= 160000;
      if (fine) {
        await root.query(`REVOKE ${owner} FROM ${name} GRANTED BY ${world.server.admin.username}`);
        await root.query(`GRANT ${owner} TO ${name} WITH INHERIT FALSE, SET FALSE`);
      }
      await root.query('DO $$BEGIN CREATE ROLE theirs; EXCEPTION WHEN duplicate_object THEN NULL; END$$');
      await root.query(`GRANT theirs TO ${name}`);
      await root.close();
      await world.all(token);
      if (fine) must(warned(world, 'REVOKE "theirs" FROM'), 'the membership is named in a warning');
    },
  },
  {
    id: 'owner-replication',
    fault:
      'set: a superuser gave the login REPLICATION, with which only superusers may change it before PostgreSQL 16',
    ...postgres,
    versions: [14, 15],
    error: 'rights',
    strike: async (world, token) => {
      const name = account(world, await due(world));
      await upTo(world, token, created);
      await world.root(`ALTER ROLE ${name} REPLICATION`);
      hold(world, await world.server.root(), `ALTER ROLE ${name} NOREPLICATION`);
      await world.step(token, 'setSecret').catch((thrown) => {
        must(String(thrown).includes(`ALTER ROLE ${name} NOREPLICATION`), 'the error names the remedy');
        throw thrown;
      });
    },
    mend: release,
  },
  {
    id: 'owner-powers',
    fault: 'set: a superuser gave the logins powers and settings that the administrator may not touch',
    ...postgres,
    versions: [16, Number.POSITIVE_INFINITY],
    strike: async (world, token) => {
      const { username } = await world.current();
      await world.root(
        `ALTER ROLE ${account(world, await due(world))} REPLICATION BYPASSRLS`,
        `ALTER ROLE ${account(world, username)} SET log_min_messages = 'info'`,
      );
      await world.all(token);
      must(warned(world, 'NOREPLICATION') || warned(world, 'log_min_messages'), 'it is named in a warning');
    },
  },
  {
    id: 'owner-role-settings',
    fault: 'set: the login acts as another role in this database by a setting',
    ...postgres,
    strike: async (world, token) => {
      const name = account(world, await due(world));
      await world.root(`ALTER ROLE ${name} IN DATABASE "${world.database}" SET role TO 'pg_monitor'`);
      await world.all(token);
    },
  },
  {
    id: 'owner-no-admin-option',
    fault: 'set: the administrator has no ADMIN OPTION on the login (pg_upgrade)',
    ...postgres,
    versions: [16, Number.POSITIVE_INFINITY],
    error: 'rights',
    strike: async (world, token) => {
      const name = account(world, await due(world));
      await upTo(world, token, created);
      await world.root(`REVOKE ADMIN OPTION FOR ${name} FROM ${world.server.admin.username} CASCADE`);
      hold(
        world,
        await world.server.root(),
        `GRANT ${name} TO ${world.server.admin.username} WITH ADMIN OPTION`,
      );
      await world.step(token, 'setSecret').catch((thrown) => {
        must(String(thrown).includes(`GRANT ${name} TO`), 'the error names the role and the remedy');
        throw thrown;
      });
    },
    mend: release,
  },
  {
    id: 'owner-database-given-away',
    fault: "set: the shop's database was given to another role",
    ...postgres,
    strike: async (world, token) => {
      await world.root(
        'DO $$BEGIN CREATE ROLE another; EXCEPTION WHEN duplicate_object THEN NULL; END$$',
        `ALTER DATABASE "${world.database}" OWNER TO another`,
      );
      await world.all(token);
      must(warned(world, 'belongs to role "another"'), 'the owner is named in a warning');
      await world.root(`ALTER DATABASE "${world.database}" OWNER TO "${world.database}_owner"`);
    },
  },
  {
    id: 'owner-read-only',
    fault: "set: the shop's database was set to read only",
    ...postgres,
    strike: async (world, token) => {
      await world.root(`ALTER DATABASE "${world.database}" SET default_transaction_read_only = on`);
      try {
        await world.all(token);
      } finally {
        await world.root(`ALTER DATABASE "${world.database}" RESET default_transaction_read_only`);
      }
    },
  },
  {
    id: 'owner-role-read-only',
    fault: 'set: whoever sets the password reads only, by a setting of that role',
    engines: ['postgres'],
    strike: async (world, token) => {
      const { server, scheme } = world;
      const setter = scheme === 'alternating' ? server.admin.username : (await world.current()).username;
      await world.root(`ALTER ROLE ${setter} SET default_transaction_read_only = on`);
      try {
        await world.all(token);
      } finally {
        await world.root(`ALTER ROLE ${setter} RESET default_transaction_read_only`);
      }
    },
  },
  {
    id: 'owner-template-in-use',
    fault: 'set: somebody has a session in template1, of which databases are made',
    ...postgres,
    error: 'locked',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.root(`DROP DATABASE "${world.database}" WITH (FORCE)`);
      hold(world, await world.server.root('template1'));
      await world.step(token, 'setSecret', undefined, triedOnce);
    },
    liveAfterwards: true,
    mend: release,
  },
  {
    id: 'owner-process',
    fault: 'set: the administrator does not see the sessions of others',
    ...mysql,
    error: 'rights',
    strike: async (world, token) => {
      await upTo(world, token, created);
      await world.root(`REVOKE PROCESS ON *.* FROM ${world.server.admin.username}@'%'`);
      await world.step(token, 'setSecret').catch((thrown) => {
        must(String(thrown).includes('PROCESS'), 'the error names the privilege');
        throw thrown;
      });
    },
    mend: (world) =>
      world.root(`GRANT PROCESS ON *.* TO ${world.server.admin.username}@'%' WITH GRANT OPTION`),
  },
  {
    id: 'owner-event',
    fault: 'set: an event runs as the login that is due',
    ...mysql,
    strike: async (world, token) => {
      const name = account(world, await due(world));
      const event = `\`${world.database}\`.\`nightly\``;
      await world.root(
        'SET GLOBAL event_scheduler = ON',
        `DROP EVENT IF EXISTS ${event}`,
        `CREATE DEFINER = ${name} EVENT ${event} ON SCHEDULE EVERY 1 SECOND DO DO SLEEP(2)`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      try {
        await world.all(token);
      } finally {
        await world.root(`DROP EVENT ${event}`, 'SET GLOBAL event_scheduler = OFF');
      }
    },
  },
  {
    id: 'owner-foreign-database',
    fault: 'set: a database of that name is somebody else’s',
    ...mysql,
    error: 'foreign',
    liveAfterwards: true,
    strike: async (world, token) => {
      const base = world.database;
      await upTo(world, token, created);
      await world.root(
        `DELETE FROM secure_shop_rotation.\`databases\` WHERE name = '${base}'`,
        ...['a', 'b'].map((one) => `REVOKE ALL PRIVILEGES ON \`${base}\`.* FROM \`${base}_${one}\`@'%'`),
      );
      await world.step(token, 'setSecret');
    },
    mend: async (world) => {
      const marker = `secure-shop rotates this for ${world.secretName}`;
      await world.root(
        `INSERT INTO secure_shop_rotation.\`databases\` (name, secret) VALUES ('${world.database}', '${marker}')`,
        `GRANT ALL PRIVILEGES ON \`${world.database}\`.* TO ${account(world, (await world.current()).username)}`,
      );
    },
  },
  {
    id: 'owner-foreign-right',
    fault: 'set: somebody gave the login a right the administrator may not take back',
    ...mysql,
    strike: async (world, token) => {
      await world.root(`GRANT SHUTDOWN ON *.* TO ${account(world, await due(world))}`);
      await world.all(token);
      must(warned(world, 'REVOKE SHUTDOWN'), 'the right is named in a warning');
    },
  },
  {
    id: 'owner-narrow-host',
    fault: 'test: an account of the same name, made by hand for one host, catches the login',
    ...mysql,
    error: 'authentication',
    strike: async (world, token) => {
      const name = await due(world);
      await world.root(
        `DROP USER IF EXISTS \`${name}\`@'127.0.0.1'`,
        `CREATE USER \`${name}\`@'127.0.0.1' IDENTIFIED BY 'by hand'`,
      );
      hold(world, await world.server.root(), `DROP USER \`${name}\`@'127.0.0.1'`);
      await upTo(world, token, [...created, 'setSecret']);
      await world.step(token, 'testSecret').catch((thrown) => {
        must(String(thrown).includes(`\`${name}\`@\`127.0.0.1\``), 'the error names the account');
        throw thrown;
      });
    },
    mend: release,
  },
  {
    id: 'finish-answer-never',
    fault: 'finish: the label moved, and no answer ever came',
    strike: async (world, token) => {
      await upTo(world, token, [...created, 'setSecret', 'testSecret']);
      let lost = false;
      const moves = secretsCall('UpdateSecretVersionStage', { VersionStage: 'AWSCURRENT' });
      await world.step(token, 'finishSecret', {
        async after(point) {
          if (lost || !moves(point)) return;
          lost = true;
          await new Promise(() => {});
        },
      });
      must(lost, 'an answer was lost');
    },
  },
  {
    id: 'create-refused',
    fault: 'create: Secrets Manager refuses to read AWSCURRENT in the state the secret is in',
    error: 'secrets-manager',
    strike: async (world, token) => {
      await world.step(token, 'createSecret', {
        before({ what }) {
          if (what === 'GetSecretValue') {
            throw Object.assign(new Error('not in this state'), { name: 'InvalidRequestException' });
          }
        },
      });
    },
  },
  {
    id: 'test-probe',
    fault: 'test: a probe of Secrets Manager, with a pending version that holds nothing',
    strike: async (world, token) => {
      await world.step(token, 'testSecret');
      await world.all(token);
    },
  },
  {
    id: 'set-admin-of-rds',
    fault: "set: the administrator's secret is one RDS made, with user and password only",
    ...alternating,
    strike: async (world, token) => {
      const { username, password } = world.server.admin;
      await upTo(world, token, created);
      await world.service.overwrite(world.adminId, { username, password });
      await upTo(world, token, afterCreate);
      await restoreAdmin(world);
    },
  },
  {
    id: 'set-admin-host-case',
    fault: "set: the administrator's secret has the host in another case",
    ...alternating,
    strike: async (world, token) => {
      const fields = await world.service.fields(world.adminId);
      await world.service.overwrite(world.adminId, { ...fields, host: 'LocalHost' });
      await world.all(token);
      await restoreAdmin(world);
    },
  },
  {
    id: 'set-marks-lost',
    fault: 'set: the table of marks does not know the database yet (an older rotation made it)',
    ...mysql,
    strike: async (world, token) => {
      await byHand(world, {
        postgres: [],
        mysql: ['DROP TABLE secure_shop_rotation.`databases`'],
      });
      await world.all(token);
    },
  },
];
