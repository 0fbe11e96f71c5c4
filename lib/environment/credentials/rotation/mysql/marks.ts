import { type AlternatingPlan, inOneTrip, type Session } from '../database.ts';
import { Fault } from '../errors.ts';
import type { AlternatingSecret } from '../secret.ts';
import { identifier, literal } from './sql.ts';

/** What is ours stands in tables: neither MariaDB's accounts nor databases of either server have comments. */
const logins = '`secure_shop_rotation`.`logins`';
const databases = '`secure_shop_rotation`.`databases`';

const secretColumn = 'secret VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL';

export async function createMarks(admin: Session): Promise<void> {
  await inOneTrip(admin, [
    'CREATE DATABASE IF NOT EXISTS `secure_shop_rotation`',
    `CREATE TABLE IF NOT EXISTS ${logins} (login VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       host VARCHAR(255) CHARACTER SET ascii NOT NULL, ${secretColumn}, PRIMARY KEY (login, host)) ENGINE = InnoDB`,
    `CREATE TABLE IF NOT EXISTS ${databases} (name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
       ${secretColumn}, PRIMARY KEY (name, secret)) ENGINE = InnoDB`,
  ]);
}

/** A table, which of its rows are about a secret, and the column that names what belongs to it. */
export type MarkQuestion = readonly [table: string, condition: string, column: string];

/** Which of the accounts, and whether the database, belong to this secret. */
export function marksQuestions({ pending, marker }: AlternatingPlan): {
  readonly logins: MarkQuestion;
  readonly databases: MarkQuestion;
} {
  const ours = `secret = ${literal(marker)}`;
  const either = pending.logins.map(literal).join(', ');
  const host = literal(pending.loginHost);
  return {
    logins: [logins, `login IN (${either}) AND host = ${host} AND ${ours}`, 'login'],
    databases: [databases, `name = ${literal(pending.database)} AND ${ours}`, 'name'],
  };
}

export async function markLogin(admin: Session, login: string, plan: AlternatingPlan): Promise<void> {
  await admin.query(loginMark(login, plan));
}

function loginMark(login: string, { pending, marker }: AlternatingPlan): string {
  const values = [login, pending.loginHost, marker].map(literal).join(', ');
  return `REPLACE INTO ${logins} (login, host, secret) VALUES (${values})`;
}

export async function markDatabase(admin: Session, plan: AlternatingPlan): Promise<void> {
  await admin.query(databaseMark(plan));
}

function databaseMark({ pending, marker }: AlternatingPlan): string {
  return `REPLACE INTO ${databases} (name, secret) VALUES (${literal(pending.database)}, ${literal(marker)})`;
}

export function foreignLogin(login: string, plan: AlternatingPlan): Fault {
  return new Fault(
    'foreign',
    `account "${login}" exists and table ${logins} does not mark it; it stays untouched. If it is the secret's, run: ${loginMark(login, plan)}`,
  );
}

export function foreignDatabase(plan: AlternatingPlan): Fault {
  return new Fault(
    'foreign',
    `database "${plan.pending.database}" exists and table ${databases} does not mark it; it stays untouched. If the logins shall have all of it, run: ${databaseMark(plan)}`,
  );
}

export function createDatabase({ database }: AlternatingSecret): string {
  return `CREATE DATABASE IF NOT EXISTS ${identifier(database)} CHARACTER SET utf8mb4`;
}
