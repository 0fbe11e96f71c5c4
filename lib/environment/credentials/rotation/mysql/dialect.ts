import { createHash } from 'node:crypto';
import type { Dialect, Preparation } from '../database.ts';
import { Fault } from '../errors.ts';
import { ownAccount, setAlternating } from './accounts.ts';
import { databasePattern, grantsOf, sameGrant, wantedGrant } from './grants.ts';
import { identifiedBy, readOnly, refuseReadOnly, serverOf } from './server.ts';
import { account } from './sql.ts';

export const mysql: Dialect = {
  holdsTwoPasswords: true,

  async assertWritable(session) {
    const [row] = await session.query(`SELECT ${readOnly} AS read_only`);
    refuseReadOnly(row);
  },

  async claim(session, name, deadline) {
    const [row] = await session.query(
      `SELECT ${readOnly} AS read_only, IF(${readOnly}, 0, GET_LOCK(?, ?)) AS mine`,
      [createHash('sha256').update(name).digest('hex').slice(0, 60), Math.ceil(deadline.remaining / 1000)],
    );
    refuseReadOnly(row);
    if (Number(row?.mine) !== 1) throw new Fault('locked', 'another run works on this secret');
  },

  async sessionsOf(admin, username) {
    const [row] = await admin.query(
      'SELECT COUNT(*) AS sessions FROM information_schema.processlist WHERE user = ?',
      [username],
    );
    return Number(row?.sessions ?? 0);
  },

  async prepareAlternating(admin, plan): Promise<Preparation> {
    return {
      sessions: await this.sessionsOf(admin, plan.pending.username),
      set: () => setAlternating(admin, plan),
    };
  },

  async compareRights(session, plan) {
    const { username, loginHost } = plan.pending;
    const differences: string[] = [];
    const [row] = await session.query(`SELECT ${readOnly} AS read_only, CURRENT_USER() AS account`);
    refuseReadOnly(row);
    if (row?.account !== `${username}@${loginHost}`) {
      differences.push('another account of the same name, with a narrower host, catches the login');
      return differences;
    }
    const found = await grantsOf(session, 'CURRENT_USER()');
    const wanted = wantedGrant(plan.pending, await serverOf(session));
    if (found.length !== 1 || !found.every((grant) => sameGrant(grant, wanted))) {
      differences.push('the privileges of the login are not those declared');
    }
    return differences;
  },

  /** Both passwords work from here on; the one before stops working at the next rotation. */
  async setSingle(by, own, current, pending) {
    const server = await serverOf(by);
    const name = await ownAccount(own);
    if (server.mariadb) {
      await by.query(`ALTER USER ${name} ${identifiedBy(server, [current.password, pending.password])}`);
      return;
    }
    // RETAIN keeps the primary password as the secondary one: first make sure that this is AWSCURRENT's.
    await by.query(`ALTER USER ${name} ${identifiedBy(server, [current.password])}`);
    await by.query(`ALTER USER ${name} ${identifiedBy(server, [pending.password])} RETAIN CURRENT PASSWORD`);
  },

  async repairSingle(admin, current) {
    const server = await serverOf(admin);
    const found = await admin.query('SELECT Host AS host FROM mysql.user WHERE User = ?', [current.username]);
    if (found.length > 1) throw new Fault('rights', 'several accounts carry the user name of the secret');
    const host = found[0] === undefined ? '%' : String(found[0].host);
    const name = account(current.username, host);
    if (found.length === 0) {
      await admin.query(`CREATE USER ${name} ${identifiedBy(server, [current.password])} REQUIRE SSL`);
      if (current.grants !== undefined && current.database !== undefined) {
        const target = `${databasePattern(current.database, server)}.*`;
        await admin.query(`GRANT ${current.grants.join(', ')} ON ${target} TO ${name}`);
      }
      return;
    }
    await admin.query(
      `ALTER USER ${name} ${identifiedBy(server, [current.password])} ACCOUNT UNLOCK PASSWORD EXPIRE NEVER`,
    );
  },

  async switchSingle(_session, _pending, promote) {
    // setSingle made both passwords work, so the label may move at any time.
    await promote();
  },

  async assertPassword(session, login) {
    const server = await serverOf(session);
    await session.query(`ALTER USER ${await ownAccount(session)} ${identifiedBy(server, [login.password])}`);
  },
};
