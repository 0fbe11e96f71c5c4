import type { Dialect, Preparation } from '../database.ts';
import { inBackground, pause } from '../deadline.ts';
import { asFault, Fault } from '../errors.ts';
import { otherLogin } from '../secret.ts';
import { catalogOf, rightsOf } from './catalog.ts';
import { applicationName } from './connection.ts';
import { assertDatabase, assertOwnedByOwner } from './ownership.ts';
import { assertOurs, desiredSettings, memberOf, namingSetting, roleStatements } from './roles.ts';
import { identifier, literal, setPassword, transaction } from './sql.ts';
import { assertWritable, writableColumns } from './writable.ts';

export const postgres: Dialect = {
  holdsTwoPasswords: false,

  async assertWritable(session) {
    const [row] = await session.query(`SELECT ${writableColumns}`);
    await assertWritable(session, row);
  },

  async claim(session, name, deadline) {
    // Tried in turns, not waited for: a backend that waits for a lock does not notice that its client is gone.
    while (true) {
      const [row] = await session.query(
        `SELECT ${writableColumns}, pg_try_advisory_lock(hashtextextended($1, 0)) AS mine`,
        [name],
      );
      await assertWritable(session, row);
      if (row?.mine === true) return;
      if (deadline.remaining < 100) throw new Fault('locked', 'another run works on this secret');
      await pause(25);
    }
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE usename = $1 AND application_name IS DISTINCT FROM $2`,
      [username, applicationName],
    );
    return Number(row?.sessions ?? 0);
  },

  async prepareAlternating(admin, plan): Promise<Preparation> {
    const { owner, database, username } = plan.pending;
    // Computed while the database answers.
    const password = inBackground(setPassword(plan.pending));
    const catalog = await catalogOf(admin, plan);
    return {
      sessions: catalog.roles.get(username)?.sessions ?? 0,
      async set(connect) {
        assertOurs(catalog, plan);
        const statements = await roleStatements(catalog, plan);
        if (statements.length > 0) {
          await transaction(admin, async () => {
            for (const statement of statements) {
              await admin.query(statement).catch((thrown) => {
                throw namingSetting(asFault(thrown), statement);
              });
            }
          });
        }
        await assertDatabase(admin, catalog, owner, database, connect);
        await assertOwnedByOwner(catalog, owner, connect);
        await admin.query(await password);
      },
    };
  },

  async compareRights(session, plan) {
    const { owner, username, logins, baseName, database } = plan.pending;
    const { acting, login, databaseOwner, roles } = await rightsOf(session, logins, database);
    const differences: string[] = [];
    if (login !== username) differences.push('the session belongs to another login');
    if (acting !== owner) differences.push(`sessions do not act as the owner of ${baseName}`);
    if (databaseOwner !== owner) differences.push('the database belongs to another role');
    const due = roles.get(username);
    const other = roles.get(otherLogin(plan.pending));
    if (!same(memberOf(due), [owner])) differences.push('the login is not a member of the owner alone');
    if ((due?.powers.length ?? 0) > 0) differences.push('the login has powers no shop needs');
    if (other !== undefined && due?.connectionLimit !== other.connectionLimit) {
      differences.push('the connection limits of the two logins differ');
    }
    if (other !== undefined && !same(desiredSettings(other.settings, owner), due?.settings ?? [])) {
      differences.push('the settings of the two logins differ');
    }
    return differences;
  },

  async setSingle(by, _own, _current, pending) {
    // One role has one password: rehearse the change now, so that missing rights or locks show before the label moves.
    const password = await setPassword(pending);
    await by.query('BEGIN');
    await by.query(password);
    await by.query('ROLLBACK');
  },

  async repairSingle(admin, current) {
    const { username, owner } = current;
    await transaction(admin, async () => {
      const { roles } = await rightsOf(admin, [username], '');
      const role = roles.get(username);
      if (role?.powers.includes('SUPERUSER')) throw new Fault('foreign', 'the login is a superuser');
      if (role === undefined) {
        await admin.query(`CREATE ROLE ${identifier(username)} LOGIN`);
        if (owner !== undefined) {
          await admin.query(`GRANT ${identifier(owner)} TO ${identifier(username)}`);
          await admin.query(`ALTER ROLE ${identifier(username)} SET role TO ${literal(owner)}`);
        }
      }
      await admin.query(`ALTER ROLE ${identifier(username)} LOGIN VALID UNTIL 'infinity'`);
      await admin.query(await setPassword(current));
    });
  },

  async switchSingle(session, pending, promote) {
    const password = await setPassword(pending);
    await session.query('BEGIN');
    try {
      await session.query(password);
      await promote();
    } catch (thrown) {
      await session.query('ROLLBACK').catch(() => {});
      throw thrown;
    }
    await session.query('COMMIT');
  },

  async assertPassword(session, login) {
    await session.query(await setPassword(login));
  },
};

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}
