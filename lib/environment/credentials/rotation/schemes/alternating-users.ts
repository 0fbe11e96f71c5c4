import type { AlternatingPlan, Dialect, Session } from '../database.ts';
import { pause } from '../deadline.ts';
import { asFault, Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import { type AlternatingSecret, otherLogin } from '../secret.ts';
import { administrator } from './administrator.ts';
import { claim, secretName, stillDue } from './one-at-a-time.ts';
import type { Run, SchemeSteps } from './scheme.ts';

export const alternatingUsers: SchemeSteps<AlternatingSecret> = {
  create: ({ fields, secret }) => ({ ...fields, username: otherLogin(secret), password: generatePassword() }),

  async set(run, current, pending) {
    const admin = await administrator(run, pending.secret);
    const dialect = await run.databases.dialect(pending.secret.engine);
    const { session } = admin;
    try {
      await claim(run, dialect, session);
      const [due, prepared] = await Promise.all([
        stillDue(run, current),
        dialect.prepareAlternating(session, planOf(run, current.secret, pending.secret)),
      ]);
      if (!due) return;
      if (prepared.sessions > 0) await assertUnused(run, dialect, session, pending.secret.username);
      const inside = () =>
        run.databases
          .connect({ ...admin.login, database: pending.secret.database }, run.deadline)
          .catch(passwordMoved);
      await prepared.set(inside);
    } finally {
      await session.close();
    }
  },

  async test(run, current, pending) {
    const session = await provePending(run, planOf(run, current.secret, pending.secret));
    await session.close();
  },

  async finish(run, current, pending, promote) {
    const session = await provePending(run, planOf(run, current.secret, pending.secret));
    await Promise.all([session.close(), promote()]);
  },

  // Nothing can be left over: the login was proved before the label moved.
  async settle() {},

  async probe(run, { secret }) {
    const session = await run.databases.connect(secret, run.deadline);
    await session.close();
  },
};

function planOf(run: Run, current: AlternatingSecret, pending: AlternatingSecret): AlternatingPlan {
  return { current, pending, marker: `secure-shop rotates this for ${secretName(run.secretId)}` };
}

/** Logs in as the shop will, and compares what it may do with what is declared. */
async function provePending(run: Run, plan: AlternatingPlan): Promise<Session> {
  const dialect = await run.databases.dialect(plan.pending.engine);
  const session = await run.databases.connect(plan.pending, run.deadline);
  try {
    const differences = await dialect.compareRights(session, plan);
    if (differences.length > 0) throw new Fault('rights', differences.join('; '));
    return session;
  } catch (thrown) {
    await session.close();
    throw thrown;
  }
}

/**
 * The in-use guard. The login that is due has been idle since the last rotation; whoever still has a session with
 * it never picked up the new credential, and would be locked out.
 */
async function assertUnused(run: Run, dialect: Dialect, admin: Session, username: string): Promise<void> {
  const patience = run.deadline.within(run.patience);
  while (true) {
    const sessions = await dialect.sessionsOf(admin, username);
    if (sessions === 0) return;
    if (patience.remaining < 100) {
      throw new Fault(
        'in-use',
        `${sessions} sessions still use the login that is due: the shop did not pick up the last credential. Nothing was changed; restart the shop, then rotate again`,
      );
    }
    await pause(100);
  }
}

/** The administrator logged in a moment ago: if that is refused now, its own rotation ended meanwhile. */
function passwordMoved(thrown: unknown): never {
  const fault = asFault(thrown);
  if (fault.category !== 'authentication') throw fault;
  throw new Fault('authentication', fault.message, { transient: true });
}
