import type { Dialect, Session } from '../database.ts';
import { asFault, Fault } from '../errors.ts';
import { generatePassword } from '../password.ts';
import type { SingleUserSecret, Version } from '../secret.ts';
import { administrator } from './administrator.ts';
import { claim, stillDue } from './one-at-a-time.ts';
import type { Run, SchemeSteps } from './scheme.ts';
import { firstThatWorks, tryLogin } from './working-login.ts';

export const singleUser: SchemeSteps<SingleUserSecret> = {
  create: ({ fields }) => ({ ...fields, password: generatePassword() }),

  async set(run, current, pending) {
    const { session, dialect } = await workingSession(run, current, claim);
    try {
      if (!(await stillDue(run, current))) return;
      await setWithOwnRights(run, dialect, session, current.secret, pending.secret);
    } finally {
      await session.close();
    }
  },

  async test(run, current, pending) {
    const dialect = await run.databases.dialect(current.secret.engine);
    const session = await provenSession(run, dialect, current, pending);
    try {
      await dialect.assertWritable(session);
    } finally {
      await session.close();
    }
  },

  async finish(run, current, pending, promote) {
    const dialect = await run.databases.dialect(pending.secret.engine);
    const switchTo = dialect.switchSingle(pending.secret);
    const session = await provenSession(run, dialect, current, pending);
    try {
      if (!dialect.holdsTwoPasswords) {
        await claim(run, dialect, session);
        if (!(await stillDue(run, current))) return;
      }
      await switchTo(session, promote);
    } finally {
      await session.close();
    }
  },

  async settle(run, current) {
    const { session } = await workingSession(run, current);
    await session.close();
  },

  async probe(run, { secret }) {
    const session = await run.databases.connect(secret, run.deadline);
    await session.close();
  },
};

/**
 * A session that proves all that can be proved before the label moves: the pending password where the server holds
 * two, elsewhere the current one. Another run may be setting the two again, MySQL's one after the other; it holds the
 * lock while it does.
 */
async function provenSession(
  run: Run,
  dialect: Dialect,
  current: Version<SingleUserSecret>,
  pending: Version<SingleUserSecret>,
): Promise<Session> {
  if (!dialect.holdsTwoPasswords) return await run.databases.connect(current.secret, run.deadline);
  const first = await tryLogin(run, pending.secret);
  if (!(first instanceof Fault)) return first.session;
  const waiting = await run.databases.connect(current.secret, run.deadline);
  try {
    await claim(run, dialect, waiting);
    return await run.databases.connect(pending.secret, run.deadline);
  } finally {
    await waiting.close();
  }
}

/** A login that may not change itself (MySQL asks for CREATE USER) is changed by the administrator the secret names. */
async function setWithOwnRights(
  run: Run,
  dialect: Dialect,
  session: Session,
  current: SingleUserSecret,
  pending: SingleUserSecret,
): Promise<void> {
  try {
    await dialect.setSingle(session, session, current, pending);
  } catch (thrown) {
    if (asFault(thrown).category !== 'rights' || current.adminSecret === undefined) throw thrown;
    const admin = await administrator(run, current);
    try {
      await dialect.setSingle(admin.session, session, current, pending);
    } finally {
      await admin.session.close();
    }
  }
}

/**
 * A session with the password of AWSCURRENT. When that is refused, the password that works is looked for in every
 * version still held, then the administrator is asked; either way AWSCURRENT is made to work again at once, so that
 * whoever reads the secret is served whatever becomes of this rotation.
 *
 * @param begin the first statement; it proves that the login may do anything at all
 */
async function workingSession(
  run: Run,
  current: Version<SingleUserSecret>,
  begin: typeof claim = (_run, dialect, session) => dialect.assertWritable(session),
): Promise<{ session: Session; dialect: Dialect }> {
  const { secret } = current;
  const dialect = await run.databases.dialect(secret.engine);
  // MariaDB lets in whose password has expired, and refuses every statement.
  const started = (session: Session) => begin(run, dialect, session);
  const first = await tryLogin(run, secret, started);
  if (!(first instanceof Fault)) return { session: first.session, dialect };
  await repair(run, current, dialect);
  const second = await tryLogin(run, secret, started);
  if (second instanceof Fault) throw second;
  return { session: second.session, dialect };
}

async function repair(run: Run, current: Version<SingleUserSecret>, dialect: Dialect): Promise<void> {
  const { secret } = current;
  const assertUnmoved = async () => {
    const { current: now } = await run.store.versions(run.secretId);
    if (now !== current.id)
      throw new Fault('stale', 'AWSCURRENT moved during the repair', { transient: true });
  };
  let refused: Fault;
  try {
    const { session } = await firstThatWorks(run, run.secretId, secret);
    try {
      await claim(run, dialect, session);
      await assertUnmoved();
      await dialect.assertPassword(session, secret);
    } finally {
      await session.close();
    }
    return;
  } catch (thrown) {
    refused = asFault(thrown);
    // MySQL lets only some logins change themselves.
    if (refused.category !== 'authentication' && refused.category !== 'rights') throw refused;
  }
  if (secret.adminSecret === undefined) {
    throw new Fault(
      refused.category,
      `${refused.message}; the secret names no "adminSecretArn" that could repair it`,
      {
        stage: 'AWSCURRENT',
      },
    );
  }
  const { session } = await administrator(run, secret);
  try {
    await claim(run, dialect, session);
    await assertUnmoved();
    await dialect.repairSingle(session, secret);
  } finally {
    await session.close();
  }
}
