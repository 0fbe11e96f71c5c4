import type { AlternatingPlan, Dialect, Preparation, Session } from '../database.ts';
import { pause } from '../deadline.ts';
import { asFault, Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import { type AlternatingSecret, type Login, otherLogin } from '../secret.ts';
import { administrator } from './administrator.ts';
import { claimOf, secretName, stillDue } from './one-at-a-time.ts';
import type { Run, SchemeSteps } from './scheme.ts';
import { tryLogin } from './working-login.ts';

/** For what can wait: the owners of objects, and rights no login needs. */
const tidyMilliseconds = 8000;

export const alternatingUsers: SchemeSteps<AlternatingSecret> = {
  create({ fields, secret }, { secretId }) {
    markerOf(secretId);
    return { ...fields, username: otherLogin(secret), password: generatePassword() };
  },

  async set(run, current, pending) {
    await setDue(run, planOf(run, current.secret, pending.secret), () => stillDue(run, current));
  },

  async test(run, current, pending) {
    const plan = planOf(run, current.secret, pending.secret);
    const { session, warnings } = await provePending(run, plan);
    for (const warning of warnings) run.warn(warning);
    await session.close();
  },

  async finish(run, current, pending, promote) {
    const { session } = await provePending(run, planOf(run, current.secret, pending.secret));
    await Promise.all([session.close(), promote()]);
  },

  /** The login was proved before the label moved, unless a person moved it: then it is set now. */
  async settle(run, { id, secret }) {
    const proved = await tryLogin(run, secret);
    if (!(proved instanceof Fault)) return await proved.session.close();
    const twin = { ...secret, username: otherLogin(secret), password: generatePassword() };
    await setDue(run, planOf(run, twin, secret), async () => {
      const { current } = await run.store.versions(run.secretId);
      return current === id;
    });
  },

  async probe(run, { secret }) {
    const session = await run.databases.connect(secret, run.deadline);
    await session.close();
  },
};

/** @param isDue asked once no other run works on the secret */
async function setDue(run: Run, plan: AlternatingPlan, isDue: () => Promise<boolean>): Promise<void> {
  const { username, engine, readers, database } = plan.pending;
  const admin = await administrator(run, plan.pending);
  const dialect = await run.databases.dialect(engine);
  const { session } = admin;
  try {
    const prepared = await dialect.prepareAlternating(session, plan, claimOf(run));
    if (!(await isDue())) return;
    if (prepared.sessions > 0) await assertUnused(run, dialect, session, username);
    for (const host of readers) await assertUnusedOn(run, dialect, admin.login, host, plan);
    const inside = { ...admin.login, database };
    await prepared.set(() => run.databases.connect(inside, run.deadline).catch(passwordMoved));
    await tidied(run, prepared, inside);
  } finally {
    await session.close();
  }
}

function planOf(run: Run, current: AlternatingSecret, pending: AlternatingSecret): AlternatingPlan {
  return { current, pending, marker: markerOf(run.secretId) };
}

/** What marks a role, account or database as belonging to a secret. MySQL's and MariaDB's stand in a column. */
function markerOf(secretId: string): string {
  const marker = `secure-shop rotates this for ${secretName(secretId)}`;
  if (marker.length <= 512) return marker;
  const most = 512 - (marker.length - secretName(secretId).length);
  throw new Fault(
    'malformed',
    `the name of the secret is too long to mark a login with; use at most ${most} characters`,
  );
}

/** The password is set: whatever goes wrong from here on is told, and stops nothing. */
async function tidied(run: Run, prepared: Preparation, inside: Login): Promise<void> {
  const deadline = run.deadline.within(Math.min(tidyMilliseconds, run.deadline.remaining / 2));
  try {
    // The session outlives the service: no statement is cut off in the middle, and what is left can be named.
    const warnings = await prepared.tidy(() => run.databases.connect(inside, run.deadline), deadline);
    for (const warning of warnings) run.warn(warning);
  } catch (thrown) {
    run.warn(`the database of the secret was not looked through: ${asFault(thrown).message}`);
  }
}

/** Logs in as the shop will, and compares what it may do with what is declared. */
async function provePending(
  run: Run,
  plan: AlternatingPlan,
): Promise<{ session: Session; warnings: readonly string[] }> {
  const dialect = await run.databases.dialect(plan.pending.engine);
  const session = await run.databases.connect(plan.pending, run.deadline, 'set').catch(async (thrown) => {
    throw await explained(run, dialect, plan.pending, asFault(thrown));
  });
  try {
    const { differences, warnings } = await dialect.compareRights(session, plan);
    if (differences.length > 0) throw new Fault('rights', differences.join('; '));
    return { session, warnings };
  } catch (thrown) {
    await session.close();
    throw thrown;
  }
}

/** A refusal says nothing of its cause; an administrator may see it. */
async function explained(
  run: Run,
  dialect: Dialect,
  pending: AlternatingSecret,
  fault: Fault,
): Promise<Fault> {
  if (fault.category !== 'authentication') return fault;
  try {
    const { session } = await administrator(run, pending);
    try {
      const cause = await dialect.explainRefusal(session, pending);
      return cause === undefined ? fault : new Fault(fault.category, `${fault.message}: ${cause}`);
    } finally {
      await session.close();
    }
  } catch {
    return fault;
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

/** Sessions on a reader of the cluster are seen there only. */
async function assertUnusedOn(
  run: Run,
  dialect: Dialect,
  admin: Login,
  host: string,
  { pending }: AlternatingPlan,
): Promise<void> {
  const session = await run.databases.connect({ ...admin, host }, run.deadline);
  try {
    await assertUnused(run, dialect, session, pending.username);
  } finally {
    await session.close();
  }
}

/** The administrator logged in a moment ago: if that is refused now, its own rotation ended meanwhile. */
function passwordMoved(thrown: unknown): never {
  const fault = asFault(thrown);
  if (fault.category !== 'authentication') throw fault;
  throw new Fault('authentication', fault.message, { transient: true });
}
