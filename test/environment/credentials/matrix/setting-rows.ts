import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import type { Category } from '../../../../lib/environment/credentials/rotation/errors.ts';
import type { Fault } from './faults.ts';
import type { Row } from './row.ts';
import { account, created, due, hold, must, release, saying, upTo } from './strikes.ts';
import type { World } from './world.ts';

const alternating = { schemes: ['alternating'] } as const satisfies Partial<Row>;
const postgres = { engines: ['postgres'] } as const satisfies Partial<Row>;
const mysql = { ...alternating, engines: ['mysql'] } as const satisfies Partial<Row>;
const afterCreate = ['setSecret', 'testSecret', 'finishSecret'];

interface Setting extends Pick<Row, 'id' | 'fault' | 'schemes' | 'engines' | 'mariadbOnly' | 'versions'> {
  readonly set: (world: World) => readonly string[] | Promise<readonly string[]>;
  readonly undo: (world: World) => readonly string[] | Promise<readonly string[]>;
  /** The error, and what it says; none when the rotation goes on all the same. */
  readonly error?: Category;
  readonly says?: string;
  /** In which database the statements run. */
  readonly inside?: boolean;
  readonly during?: Fault;
  readonly also?: (world: World) => void;
}

/** A setting that is there during the steps after createSecret. The session that takes it back was there before it. */
function settingRow({ set, undo, says = '', inside = false, during, also, ...row }: Setting): Row {
  const strike = async (world: World, token: string) => {
    await upTo(world, token, created);
    const root = await world.server.root(inside ? world.database : undefined);
    const run = async (statements: readonly string[]) => {
      for (const statement of statements) await root.query(statement);
    };
    try {
      await run(await set(world));
      await saying(says, async () => {
        for (const step of afterCreate) await world.step(token, step, during);
      });
      also?.(world);
    } finally {
      await run(await undo(world));
      await root.close();
    }
  };
  return { ...row, strike };
}

/** Whoever sets the password. */
function setter(world: World): string {
  if (world.scheme === 'alternating') return `"${world.server.admin.username}"`;
  return `"w${world.secretName.split('/').at(-1)}"`;
}

const logins = ({ database }: World) => [`"${database}_a"`, `"${database}_b"`];

/** Of MariaDB and MySQL: what sessions begin with. */
function globals(values: Readonly<Record<string, string>>): Pick<Setting, 'set' | 'undo'> {
  const names = Object.keys(values);
  return {
    set: () =>
      names.flatMap((name) => [
        `SET @before_${name} = @@global.${name}`,
        `SET GLOBAL ${name} = ${values[name]}`,
      ]),
    undo: () => names.map((name) => `SET GLOBAL ${name} = @before_${name}`),
  };
}

/** Of PostgreSQL: settings of whoever sets the password. */
function ofSetter(settings: readonly string[]): Pick<Setting, 'set' | 'undo'> {
  return {
    set: (world) => settings.map((setting) => `ALTER ROLE ${setter(world)} SET ${setting}`),
    undo: (world) => [`ALTER ROLE ${setter(world)} RESET ALL`],
  };
}

/** Secrets Manager takes its time to say where the labels are, which it is asked between two statements. */
const slow = (milliseconds: number): Fault => ({
  async before({ what }) {
    if (what === 'DescribeSecret') await new Promise((resolve) => setTimeout(resolve, milliseconds));
  },
});

/** As many sessions as the server takes. */
async function fill(world: World, most: number): Promise<void> {
  const sessions: Session[] = [];
  while (sessions.length < most) {
    const session = await world.server.connect(world.server.admin).catch(() => undefined);
    if (session === undefined) break;
    sessions.push(session);
  }
  hold(world, {
    query: async () => [],
    close: async () => {
      await Promise.all(sessions.map((session) => session.close()));
    },
  });
}

/** What somebody set for the server, a database or a role: harmless, or named with the statement that takes it back. */
export const settingRows: readonly Row[] = [
  settingRow({
    id: 'setting-role',
    fault: 'set: whoever sets the password acts as another role, by a setting of that role',
    ...postgres,
    set: (world) => [
      `GRANT pg_read_all_settings TO ${setter(world)}`,
      `ALTER ROLE ${setter(world)} SET role = pg_read_all_settings`,
    ],
    undo: (world) => [
      `ALTER ROLE ${setter(world)} RESET role`,
      `REVOKE pg_read_all_settings FROM ${setter(world)}`,
    ],
  }),
  settingRow({
    id: 'setting-role-database',
    fault: 'set: everybody acts as another role, by a setting of the databases',
    ...postgres,
    ...alternating,
    inside: true,
    set: async (world) => [
      `GRANT pg_read_all_settings TO ${setter(world)}`,
      `ALTER DATABASE postgres SET role = pg_read_all_settings`,
      `ALTER DATABASE "${world.database}" SET role = pg_read_all_settings`,
      // What is to change hands does so in a session of that database.
      'CREATE TABLE IF NOT EXISTS public.handed (id int)',
      `ALTER TABLE public.handed OWNER TO ${account(world, await due(world))}`,
    ],
    undo: (world) => [
      'ALTER DATABASE postgres RESET role',
      `ALTER DATABASE "${world.database}" RESET role`,
      `REVOKE pg_read_all_settings FROM ${setter(world)}`,
    ],
    also: (world) => must(world.warnings.length === 0, `nothing stays, but: ${world.warnings}`),
  }),
  settingRow({
    id: 'setting-timeouts',
    fault: 'set: timeouts of a moment among the settings of whoever sets the password',
    ...postgres,
    during: slow(60),
    ...ofSetter([
      `statement_timeout = '1ms'`,
      `lock_timeout = '1ms'`,
      `idle_in_transaction_session_timeout = '20ms'`,
      `idle_session_timeout = '20ms'`,
    ]),
  }),
  settingRow({
    id: 'setting-transaction-timeout',
    fault: 'set: a transaction may last a moment only, by a setting of whoever sets the password',
    ...postgres,
    versions: [17, Number.POSITIVE_INFINITY],
    during: slow(60),
    ...ofSetter([`transaction_timeout = '50ms'`]),
  }),
  settingRow({
    id: 'setting-odd',
    fault: 'set: old and odd settings of whoever sets the password',
    ...postgres,
    ...ofSetter([
      `password_encryption = 'md5'`,
      'session_replication_role = replica',
      `default_transaction_isolation = 'serializable'`,
      'default_transaction_deferrable = on',
      'quote_all_identifiers = on',
      'standard_conforming_strings = off',
      `search_path = 'nowhere'`,
      `client_encoding = 'SJIS'`,
      `client_min_messages = 'debug5'`,
      'row_security = off',
      `default_tablespace = 'nowhere'`,
    ]),
  }),
  settingRow({
    id: 'setting-library',
    fault: 'set: whoever sets the password is to load a library that is not there',
    ...postgres,
    error: 'settings',
    says: 'RESET local_preload_libraries',
    ...ofSetter([`local_preload_libraries = 'nowhere'`]),
  }),
  settingRow({
    id: 'setting-database-limit',
    fault: "test: the shop's database has a CONNECTION LIMIT that is reached",
    ...postgres,
    ...alternating,
    error: 'out-of-connections',
    says: 'CONNECTION LIMIT -1',
    set: ({ database }) => [`ALTER DATABASE "${database}" CONNECTION LIMIT 0`],
    undo: ({ database }) => [`ALTER DATABASE "${database}" CONNECTION LIMIT -1`],
  }),
  settingRow({
    id: 'setting-role-limit',
    fault: 'test: the logins have a CONNECTION LIMIT that is reached',
    ...postgres,
    ...alternating,
    error: 'out-of-connections',
    says: 'as its CONNECTION LIMIT allows; to end the limit: ALTER ROLE',
    set: (world) => logins(world).map((login) => `ALTER ROLE ${login} CONNECTION LIMIT 0`),
    undo: (world) => logins(world).map((login) => `ALTER ROLE ${login} CONNECTION LIMIT -1`),
  }),
  settingRow({
    id: 'setting-no-connections',
    fault: "test: the shop's database takes no connections",
    ...postgres,
    ...alternating,
    error: 'settings',
    says: 'ALLOW_CONNECTIONS true',
    set: ({ database }) => [`ALTER DATABASE "${database}" ALLOW_CONNECTIONS false`],
    undo: ({ database }) => [`ALTER DATABASE "${database}" ALLOW_CONNECTIONS true`],
  }),
  settingRow({
    id: 'setting-login-trigger',
    fault: "test: a trigger of the shop's database refuses every login",
    ...postgres,
    ...alternating,
    versions: [17, Number.POSITIVE_INFINITY],
    inside: true,
    error: 'rights',
    says: 'ALTER EVENT TRIGGER',
    set: () => [
      `CREATE OR REPLACE FUNCTION public.nobody() RETURNS event_trigger LANGUAGE plpgsql
         AS $$BEGIN RAISE EXCEPTION 'nobody'; END$$`,
      'CREATE EVENT TRIGGER nobody ON login EXECUTE FUNCTION public.nobody()',
      'ALTER EVENT TRIGGER nobody ENABLE ALWAYS',
    ],
    undo: () => ['DROP EVENT TRIGGER nobody'],
  }),
  {
    id: 'setting-blind',
    fault: 'set: the shop uses the login that is due, and the administrator may not see what sessions do',
    ...postgres,
    ...alternating,
    error: 'in-use',
    strike: async (world, token) => {
      const before = await world.current();
      await world.rotated();
      const task = await world.server.connect(before);
      await task.query(`SET application_name = 'shop'`);
      hold(world, task);
      await world.root(`REVOKE pg_monitor FROM ${setter(world)}`);
      void token;
      try {
        const next = await world.service.startRotation(world.secretId);
        await upTo(world, next, [...created, 'setSecret']);
      } finally {
        await world.root(`GRANT pg_monitor TO ${setter(world)}`);
      }
    },
    mend: release,
    retryRefused: true,
  },
  settingRow({
    id: 'setting-sessions',
    fault: 'set: the server has its sessions read only, cut answers short and quote in other ways',
    engines: ['mysql'],
    mariadbOnly: true,
    ...globals({
      tx_read_only: '1',
      autocommit: '0',
      sql_select_limit: '1',
      max_join_size: '1',
      sql_mode: `'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,STRICT_ALL_TABLES'`,
      sql_quote_show_create: '0',
      old_passwords: '1',
      default_password_lifetime: '1',
      init_connect: `'SET NAMES latin1'`,
    }),
  }),
  settingRow({
    id: 'setting-limits',
    fault: 'set: the server has its sessions end soon, and gives them little time and memory',
    engines: ['mysql'],
    mariadbOnly: true,
    during: slow(1200),
    ...globals({
      wait_timeout: '1',
      lock_wait_timeout: '1',
      max_statement_time: '0.00001',
      // With less, MariaDB itself falls over.
      max_session_mem_used: '200000',
    }),
  }),
  settingRow({
    id: 'setting-lifetime',
    fault: 'set: passwords expire after a day (default_password_lifetime), and the last is years old',
    engines: ['mysql'],
    mariadbOnly: true,
    set: async (world) => [
      'SET GLOBAL default_password_lifetime = 1',
      `UPDATE mysql.global_priv SET Priv = JSON_SET(Priv, '$.password_last_changed', 1500000000)
        WHERE User = '${(await world.current()).username}'`,
      'FLUSH PRIVILEGES',
    ],
    undo: () => ['SET GLOBAL default_password_lifetime = 0'],
  }),
  settingRow({
    id: 'setting-init-connect',
    fault: 'test: init_connect of the server fails for the shop',
    ...mysql,
    error: 'settings',
    says: 'init_connect',
    ...globals({ init_connect: `'USE secure_shop_rotation'` }),
  }),
  settingRow({
    id: 'setting-connections',
    fault: 'set: as many sessions as max_connections allows',
    ...mysql,
    error: 'out-of-connections',
    says: 'max_connections',
    set: async (world) => {
      await fill(world, 39);
      return [];
    },
    undo: async (world) => {
      await release(world);
      return [];
    },
  }),
  settingRow({
    id: 'setting-anonymous',
    fault: 'test: an account without a name catches the login',
    ...mysql,
    error: 'authentication',
    says: '``@`127.0.0.1`',
    set: (world) => [
      `CREATE USER ''@'127.0.0.1' IDENTIFIED BY 'anybody'`,
      `RENAME USER ${account(world, world.server.admin.username)} TO '${world.server.admin.username}'@'127.0.0.1'`,
      // The order of the accounts is made anew.
      'FLUSH PRIVILEGES',
    ],
    undo: (world) => [
      `DROP USER ''@'127.0.0.1'`,
      `RENAME USER '${world.server.admin.username}'@'127.0.0.1' TO ${account(world, world.server.admin.username)}`,
      'FLUSH PRIVILEGES',
    ],
  }),
  settingRow({
    id: 'setting-password-check',
    fault: 'set: a password check of the server that lets hashes through',
    ...mysql,
    mariadbOnly: true,
    set: () => ['SET GLOBAL strict_password_validation = OFF', `INSTALL SONAME 'simple_password_check'`],
    undo: () => [`UNINSTALL SONAME 'simple_password_check'`, 'SET GLOBAL strict_password_validation = ON'],
  }),
];
