import { type Dialect, inOneTrip } from '../database.ts';
import { Fault } from '../errors.ts';
import { prepare, sessionsQuestion } from './accounts.ts';
import { databaseTarget, GrantDifferences, grant, grantsIn, grantsQuestion } from './grants.ts';
import { aboutQuestion, claimQuestion, identifiedBy, learn, ownAccount, serverOf } from './server.ts';
import { account } from './sql.ts';

/** Rotation ends a password; default_password_lifetime would end an administrator's, above whom nobody stands. */
const forGood = 'PASSWORD EXPIRE NEVER';

export const mysql: Dialect = {
  holdsTwoPasswords: true,

  async assertWritable(session) {
    const [row] = await session.query(aboutQuestion);
    learn(session, row);
  },

  async claim(session, claim) {
    const [row] = await session.query(claimQuestion(claim));
    if (Number(learn(session, row).mine) !== 1)
      throw new Fault('locked', 'another run works on this secret; wait until it ends');
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(sessionsQuestion(username));
    return Number(row?.sessions ?? 0);
  },

  prepareAlternating: prepare,

  async compareRights(session, plan) {
    const { username, loginHost, database, grants } = plan.pending;
    const [about = [], shown = []] = await inOneTrip(session, [
      aboutQuestion,
      grantsQuestion('CURRENT_USER()'),
    ]);
    const { account: found } = learn(session, about[0]);
    if (String(found) !== `${username}@${loginHost}`) {
      const caught = `account "${found}" catches the login instead of "${username}@${loginHost}"; drop it`;
      return { differences: [caught], warnings: [] };
    }
    const server = await serverOf(session);
    const { missing, extra } = new GrantDifferences(grantsIn(shown), grants, database, server);
    return {
      differences:
        missing.length > 0
          ? [
              `the login lacks the privileges ${missing.join(', ')} on "${database}"; a new rotation grants them`,
            ]
          : [],
      warnings: extra.map(
        ({ privileges, on }) => `the login has rights nobody declared: ${privileges.join(', ')} on ${on}`,
      ),
    };
  },

  async explainRefusal(admin, { username, loginHost }) {
    const rows = await admin.query(
      `SELECT User AS user, Host AS host FROM mysql.user WHERE User IN (?, '')`,
      [username],
    );
    // One without a name is anybody's, and goes before '%' where its host is narrower.
    const others = rows.filter(({ user, host }) => user !== username || host !== loginHost);
    if (others.length === 0) return undefined;
    const names = others.map(({ user, host }) => account(String(user), String(host))).join(', ');
    return `${names} may catch the login instead of ${account(username, loginHost)}; drop what was made by hand`;
  },

  /** Both passwords work from here on; the one before stops working at the next rotation. */
  async setSingle(by, own, current, pending) {
    const server = await serverOf(by);
    const name = await ownAccount(own);
    if (server.mariadb) {
      // The server tries them in this order, and asks the client once more for each that does not fit.
      await by.query(
        `ALTER USER ${name} ${identifiedBy(server, [pending.password, current.password])} ${forGood}`,
      );
      return;
    }
    // RETAIN keeps the primary password as the secondary one: first make sure that this is AWSCURRENT's.
    await by.query(`ALTER USER ${name} ${identifiedBy(server, [current.password])}`);
    await by.query(
      `ALTER USER ${name} ${identifiedBy(server, [pending.password])} RETAIN CURRENT PASSWORD ${forGood}`,
    );
  },

  async repairSingle(admin, current) {
    const server = await serverOf(admin);
    const found = await admin.query('SELECT Host AS host FROM mysql.user WHERE User = ?', [current.username]);
    if (found.length > 1)
      throw new Fault(
        'rights',
        `several accounts are named "${current.username}"; drop all but the one that the secret is for`,
      );
    const host = found[0] === undefined ? '%' : String(found[0].host);
    const name = account(current.username, host);
    if (found.length === 0) {
      await admin.query(`CREATE USER ${name} ${identifiedBy(server, [current.password])} REQUIRE SSL`);
      if (current.grants !== undefined && current.database !== undefined) {
        await grant(admin, current.grants, databaseTarget(current.database, server), name);
      }
      return;
    }
    if (server.retainsPasswords) await admin.query(`ALTER USER ${name} DISCARD OLD PASSWORD`);
    await admin.query(
      `ALTER USER ${name} ${identifiedBy(server, [current.password])} ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
    );
  },

  switchSingle() {
    // setSingle made both passwords work, so the label may move at any time.
    return (_session, promote) => promote();
  },

  async assertPassword(session, login) {
    const server = await serverOf(session);
    await session.query(
      `ALTER USER ${await ownAccount(session)} ${identifiedBy(server, [login.password])} ${forGood}`,
    );
  },
};
