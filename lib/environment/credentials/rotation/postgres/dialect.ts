import { type Dialect, inOneTrip } from '../database.ts';
import { inBackground } from '../deadline.ts';
import { Fault } from '../errors.ts';
import { prepare } from './alternating.ts';
import { isOfAClient } from './catalog.ts';
import { claimed } from './claim.ts';
import { identifier, literal, setPassword, transaction } from './sql.ts';
import { assertWritable, writableColumns } from './writable.ts';

export const postgres: Dialect = {
  holdsTwoPasswords: false,

  async assertWritable(session) {
    const [row] = await session.query(`SELECT ${writableColumns}`);
    await assertWritable(session, row);
  },

  async claim(session, claim) {
    await claimed(session, claim);
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity
        WHERE usename = $1 AND ${isOfAClient}`,
      [username],
    );
    return Number(row?.sessions ?? 0);
  },

  prepareAlternating: prepare,

  /** Whoever acts as the owner is a member of it and has its rights: no table of the catalog need be asked. */
  async compareRights(session, { pending }) {
    const [row] = await session.query(
      `SELECT current_user::text AS acting, session_user::text AS login, ${writableColumns}`,
    );
    await assertWritable(session, row);
    const differences: string[] = [];
    if (row?.login !== pending.username)
      differences.push(`the session belongs to "${row?.login}" instead of "${pending.username}"`);
    if (row?.acting !== pending.owner) {
      differences.push(
        `sessions of "${pending.username}" do not act as "${pending.owner}": a membership was revoked, or a setting was changed; a new rotation puts it right`,
      );
    }
    return { differences, warnings: [] };
  },

  /** A role is one, wherever it logs in from. */
  async explainRefusal() {
    return undefined;
  },

  /**
   * One role has one password: the change is rehearsed now, so that a right that lacks or a lock shows before the label
   * moves. Without a password, as each one makes the server compute for a while.
   */
  async setSingle(by, _own, _current, pending) {
    await inOneTrip(by, ['BEGIN', `ALTER ROLE ${identifier(pending.username)} PASSWORD NULL`, 'ROLLBACK']);
  },

  async repairSingle(admin, current) {
    const { username, owner } = current;
    const password = inBackground(setPassword(current));
    await transaction(admin, async () => {
      const [role] = await admin.query('SELECT rolsuper AS super FROM pg_roles WHERE rolname = $1', [
        username,
      ]);
      if (role?.super === true) {
        throw new Fault(
          'foreign',
          `role "${username}" is a superuser, whose password nobody but it may change; run: ALTER ROLE ${identifier(username)} NOSUPERUSER`,
        );
      }
      if (role === undefined) {
        await admin.query(`CREATE ROLE ${identifier(username)} LOGIN`);
        if (owner !== undefined) {
          await admin.query(`GRANT ${identifier(owner)} TO ${identifier(username)}`);
          await admin.query(`ALTER ROLE ${identifier(username)} SET role TO ${literal(owner)}`);
        }
      }
      await admin.query(`ALTER ROLE ${identifier(username)} LOGIN VALID UNTIL 'infinity'`);
      await admin.query(await password);
    });
  },

  switchSingle(pending) {
    const hashing = inBackground(setPassword(pending));
    return async (session, promote) => {
      try {
        await inOneTrip(session, ['BEGIN', await hashing]);
        await promote();
      } catch (thrown) {
        await session.query('ROLLBACK').catch(() => {});
        throw thrown;
      }
      await session.query('COMMIT');
    };
  },

  async assertPassword(session, login) {
    await session.query(await setPassword(login));
  },
};
