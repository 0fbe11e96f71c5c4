import type { AlternatingPlan, Databases, Dialect, Session } from './database.ts';
import { type Deadline, pause } from './deadline.ts';
import { asFault, Fault } from './errors.ts';
import { generatePassword } from './password.ts';
import {
  type AlternatingSecret,
  type GeneratedSecret,
  type Login,
  madeFromKey,
  otherLogin,
  type Secret,
  type SingleUserSecret,
  type Version,
} from './secret.ts';
import type { SecretStore } from './store.ts';

/** All a step works with. */
export interface Run {
  readonly secretId: string;
  /** The version that is being made: the ClientRequestToken. */
  readonly token: string;
  readonly store: SecretStore;
  readonly databases: Databases;
  readonly deadline: Deadline;
  /** How long a step waits for sessions to end and for other runs. */
  readonly patience: number;
}

/** What differs between the ways a secret rotates. Every method may be called again at any time. */
export interface SchemeSteps<S extends Secret> {
  /** The fields of the pending version. */
  create(current: Version<S>): Record<string, unknown>;
  set(run: Run, current: Version<S>, pending: Version<S>): Promise<void>;
  test(run: Run, current: Version<S>, pending: Version<S>): Promise<void>;
  /** Proves the pending version once more, and calls `promote` to move the label. */
  finish(run: Run, current: Version<S>, pending: Version<S>, promote: () => Promise<void>): Promise<void>;
  /** The label has moved, perhaps in a run that died right after it: makes sure that AWSCURRENT works. */
  settle(run: Run, current: Version<S>): Promise<void>;
  /** Secrets Manager only asks whether the function reaches what it will rotate; nothing is changed. */
  probe(run: Run, current: Version<S>): Promise<void>;
}

// --------------------------------------------------------------------------------------------- alternating users

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

/** The secret's name without the random ending of its ARN: it survives that the secret is made anew. */
export function secretName(secretId: string): string {
  const named = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)-[A-Za-z0-9]{6}$/.exec(secretId);
  return named?.[1] ?? secretId;
}

function planOf(run: Run, current: AlternatingSecret, pending: AlternatingSecret): AlternatingPlan {
  return { current, pending, marker: `secure-shop rotates this for ${secretName(run.secretId)}` };
}

/** From here on no other run works on this secret, until the session ends. */
async function claim(run: Run, dialect: Dialect, session: Session): Promise<void> {
  await dialect.claim(session, `secure-shop ${secretName(run.secretId)}`, run.deadline.within(run.patience));
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

/**
 * Asked again once the lock is held: a newer rotation may have come and gone while this one waited, and its
 * password must not be overwritten.
 * @returns false when this very rotation has been completed by another run
 */
async function stillDue(run: Run, current: Version): Promise<boolean> {
  const versions = await run.store.versions(run.secretId);
  if (versions.current === run.token) return false;
  if (!versions.rotationEnabled) throw new Fault('stale', 'the rotation was cancelled, or is not enabled');
  if (versions.current !== current.id || !versions.stages[run.token]?.includes('AWSPENDING')) {
    throw new Fault('stale', 'the labels moved while the step waited; start a new rotation');
  }
  return true;
}

interface Administrator {
  readonly session: Session;
  readonly login: Login;
}

/** The administrator logged in a moment ago: if that is refused now, its own rotation ended meanwhile. */
function passwordMoved(thrown: unknown): never {
  const fault = asFault(thrown);
  if (fault.category !== 'authentication') throw fault;
  throw new Fault('authentication', fault.message, { transient: true });
}

/** Logs in as the administrator, with whichever version of its secret works: it may be rotating right now. */
async function administrator(
  run: Run,
  secret: { readonly adminSecret: string | undefined } & Login,
): Promise<Administrator> {
  const adminId = secret.adminSecret ?? '';
  try {
    const current = asLogin(await run.store.read(adminId, 'AWSCURRENT'));
    if (current === undefined)
      throw new Fault('malformed', 'it does not exist, or holds no login of a database');
    if (current.engine !== secret.engine || current.host !== secret.host || current.port !== secret.port) {
      throw new Fault(
        'malformed',
        'it is the administrator of another server: "engine", "host" or "port" differ',
      );
    }
    const administered = (login: Login): Login => ({
      ...login,
      database: login.engine === 'postgres' ? (login.database ?? 'postgres') : undefined,
    });
    return await firstThatWorks(run, adminId, administered(current), administered);
  } catch (thrown) {
    const fault = asFault(thrown);
    throw new Fault(fault.category, `administrator secret ${adminId}: ${fault.message}`, {
      transient: fault.transient,
      ...(fault.stage === undefined ? {} : { stage: fault.stage }),
    });
  }
}

function asLogin(version: Version | undefined): Login | undefined {
  return version === undefined || version.secret.scheme === 'generated' ? undefined : version.secret;
}

/**
 * Tries the login of AWSCURRENT, then of every version Secrets Manager still holds. Only a refused login moves on
 * to the next: a database that does not answer says nothing about passwords.
 */
async function firstThatWorks(
  run: Run,
  secretId: string,
  current: Login,
  shape: (login: Login) => Login = (login) => login,
): Promise<Administrator> {
  const refused = await tryLogin(run, current);
  if (!(refused instanceof Fault)) return refused;
  const tried = new Set([current.password]);
  for await (const version of run.store.everyVersion(secretId)) {
    const login = asLogin(version);
    if (login === undefined || login.username !== current.username || tried.has(login.password)) continue;
    tried.add(login.password);
    const outcome = await tryLogin(run, shape({ ...current, password: login.password }));
    if (!(outcome instanceof Fault)) return outcome;
  }
  // The login may be rotating: between two of these tries the password moved on to one that was refused before.
  const moved = asLogin(await run.store.read(secretId, 'AWSCURRENT'));
  const again = await tryLogin(run, shape({ ...current, password: moved?.password ?? current.password }));
  if (!(again instanceof Fault)) return again;
  throw new Fault('authentication', `no version of the secret logs in: ${refused.message}`, {
    stage: 'AWSCURRENT',
  });
}

async function tryLogin(
  run: Run,
  login: Login,
  prove: (session: Session) => Promise<void> = async () => {},
): Promise<Administrator | Fault> {
  let session: Session | undefined;
  try {
    session = await run.databases.connect(login, run.deadline);
    await prove(session);
    return { session, login };
  } catch (thrown) {
    await session?.close();
    const fault = asFault(thrown);
    if (fault.category !== 'authentication') throw fault;
    return fault;
  }
}

// --------------------------------------------------------------------------------------------------- single user

export const singleUser: SchemeSteps<SingleUserSecret> = {
  create: ({ fields }) => ({ ...fields, password: generatePassword() }),

  async set(run, current, pending) {
    const { session, dialect } = await workingSession(run, current);
    try {
      await claim(run, dialect, session);
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
    const session = await provenSession(run, dialect, current, pending);
    try {
      if (dialect.holdsTwoPasswords) await dialect.assertWritable(session);
      else {
        await claim(run, dialect, session);
        if (!(await stillDue(run, current))) return;
      }
      await dialect.switchSingle(session, pending.secret, promote);
    } finally {
      await session.close();
    }
    if (!dialect.holdsTwoPasswords) await this.settle(run, pending);
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
 */
async function workingSession(
  run: Run,
  current: Version<SingleUserSecret>,
): Promise<{ session: Session; dialect: Dialect }> {
  const { secret } = current;
  const dialect = await run.databases.dialect(secret.engine);
  // MariaDB lets in whose password has expired, and refuses every statement.
  const first = await tryLogin(run, secret, dialect.assertWritable);
  if (!(first instanceof Fault)) return { session: first.session, dialect };
  await repair(run, current, dialect);
  return { session: await run.databases.connect(secret, run.deadline), dialect };
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

// ----------------------------------------------------------------------------------------------- generated values

export const generated: SchemeSteps<GeneratedSecret> = {
  create({ fields, secret }) {
    const next: Record<string, unknown> = { ...fields };
    for (const name of secret.names) {
      const before = fields[name];
      next[name] = generatePassword(secret.length);
      if (secret.grace) next[`${name}_PREVIOUS`] = typeof before === 'string' ? before : next[name];
    }
    for (const name of secret.fixed) {
      if (typeof fields[name] !== 'string' || fields[name] === '')
        next[name] = generatePassword(secret.length);
    }
    return next;
  },

  // The value lives in the secret alone: there is no server to tell.
  async set() {},

  async test(_run, current, pending) {
    assertComplete(current, pending);
  },

  async finish(_run, current, pending, promote) {
    assertComplete(current, pending);
    await promote();
  },

  async settle() {},
  async probe() {},
};

function assertComplete(
  current: Version<GeneratedSecret>,
  { fields, secret }: Version<GeneratedSecret>,
): void {
  const changed = secret.fixed.filter((name) => {
    const before = current.fields[name];
    return typeof before === 'string' && before !== '' && before !== fields[name];
  });
  if (changed.length > 0) {
    const keys = changed.map((name) => `key "${name}"`).join(', ');
    throw new Fault(
      'malformed',
      `${keys}: differs from AWSCURRENT, though it is to stay; start a new rotation`,
    );
  }
  const missing = [...secret.names, ...secret.fixed].filter((name) => {
    const value = fields[name];
    return typeof value !== 'string' || value.length < 16;
  });
  if (missing.length > 0) {
    throw new Fault('malformed', missing.map((name) => `key "${name}": holds no generated value`).join('; '));
  }
}

/** The pending version says which AWSCURRENT it was made from, so that it never replaces another. */
export function withOrigin(fields: Record<string, unknown>, currentId: string): Record<string, unknown> {
  return { ...fields, [madeFromKey]: currentId };
}
