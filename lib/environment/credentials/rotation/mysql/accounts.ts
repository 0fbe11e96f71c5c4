import type { AlternatingPlan, Session } from '../database.ts';
import { Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import { type AlternatingSecret, otherLogin } from '../secret.ts';
import { assertGrants } from './grants.ts';
import { identifiedBy, serverOf } from './server.ts';
import { account, identifier } from './sql.ts';

/** Which accounts are ours stands in a table: MariaDB has no comments on users. */
const marks = '`secure_shop_rotation`.`logins`';

export async function setAlternating(admin: Session, plan: AlternatingPlan): Promise<void> {
  const { pending, current } = plan;
  const inUse = otherLogin(pending);
  const server = await serverOf(admin);
  await admin.query('CREATE DATABASE IF NOT EXISTS `secure_shop_rotation`');
  await admin.query(
    `CREATE TABLE IF NOT EXISTS ${marks} (login VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       host VARCHAR(255) CHARACTER SET ascii NOT NULL, secret VARCHAR(512) NOT NULL, PRIMARY KEY (login, host))`,
  );
  const existing = await accounts(admin, pending);
  await assertOurs(admin, plan, [...existing.keys()]);
  await admin.query(`CREATE DATABASE IF NOT EXISTS ${identifier(pending.database)} CHARACTER SET utf8mb4`);
  const create = async (username: string, password: string) => {
    await mark(admin, username, plan);
    await admin.query(
      `CREATE USER ${account(username, pending.loginHost)} ${identifiedBy(server, [password])} REQUIRE SSL`,
    );
    await assertGrants(admin, username, pending, server);
  };
  // On a fresh deploy, or after somebody dropped it: AWSCURRENT works from here on.
  if (!existing.has(inUse)) await create(inUse, current.password);
  if (!existing.has(pending.username)) await create(pending.username, generatePassword());
  else await assertGrants(admin, pending.username, pending, server);
  const limits = existing.get(inUse) ?? { queries: 0, updates: 0, connections: 0, sessions: 0 };
  await admin.query(
    `ALTER USER ${account(pending.username, pending.loginHost)} ${identifiedBy(server, [pending.password])}
       REQUIRE SSL WITH MAX_QUERIES_PER_HOUR ${limits.queries} MAX_UPDATES_PER_HOUR ${limits.updates}
       MAX_CONNECTIONS_PER_HOUR ${limits.connections} MAX_USER_CONNECTIONS ${limits.sessions}
       ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
  );
}

interface Limits {
  readonly queries: number;
  readonly updates: number;
  readonly connections: number;
  readonly sessions: number;
}

async function accounts(admin: Session, secret: AlternatingSecret): Promise<Map<string, Limits>> {
  const rows = await admin.query(
    `SELECT User AS user, max_questions, max_updates, max_connections, max_user_connections
       FROM mysql.user WHERE User IN (?, ?) AND Host = ?`,
    [...secret.logins, secret.loginHost],
  );
  return new Map(
    rows.map((row) => [
      String(row.user),
      {
        queries: Number(row.max_questions),
        updates: Number(row.max_updates),
        connections: Number(row.max_connections),
        sessions: Number(row.max_user_connections),
      },
    ]),
  );
}

async function assertOurs(admin: Session, plan: AlternatingPlan, existing: readonly string[]): Promise<void> {
  const rows = await admin.query(`SELECT login, secret FROM ${marks} WHERE host = ?`, [
    plan.pending.loginHost,
  ]);
  for (const login of existing) {
    const mine = rows.some((row) => String(row.login) === login && String(row.secret) === plan.marker);
    if (mine) continue;
    throw new Fault(
      'foreign',
      `account "${login}" exists and table ${marks} does not mark it "${plan.marker}"; it stays untouched`,
    );
  }
}

async function mark(admin: Session, login: string, plan: AlternatingPlan): Promise<void> {
  await admin.query(`REPLACE INTO ${marks} (login, host, secret) VALUES (?, ?, ?)`, [
    login,
    plan.pending.loginHost,
    plan.marker,
  ]);
}

export async function ownAccount(session: Session): Promise<string> {
  const [row] = await session.query('SELECT CURRENT_USER() AS account');
  const text = String(row?.account);
  const at = text.lastIndexOf('@');
  return account(text.slice(0, at), text.slice(at + 1));
}
