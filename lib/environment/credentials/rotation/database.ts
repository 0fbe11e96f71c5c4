import type { Deadline } from './deadline.ts';
import type { AlternatingSecret, Engine, Login, SingleUserSecret } from './secret.ts';
import type { TlsOptions } from './tls.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The rows of a statement. */
export interface Answer extends ReadonlyArray<Row> {
  /** Where several statements were asked at once, the rows of each. */
  readonly sets?: readonly (readonly Row[])[];
}

/** One connection. Whatever it throws is a Fault: never a driver's error, which carries its statement. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** Several statements in one round trip, and the rows of each. What stands in them is quoted by the caller. */
export async function inOneTrip(
  session: Session,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  const answer = await session.query(statements.join(';\n'));
  return answer.sets ?? [answer];
}

/** What a driver got for one statement or several. */
export function answerOf(sets: readonly (readonly Row[])[]): Answer {
  return Object.assign([...(sets.at(-1) ?? [])], sets.length > 1 ? { sets } : {});
}

/** As whom a session acts where a setting of its login or database says another role: `itself`, or as that `set` for it. */
export type Acting = 'itself' | 'set';

/**
 * Opens a connection over verified TLS, or throws a Fault that says why not.
 *
 * @param acting PostgreSQL: the shop's own sessions act as `set`. @default 'itself'
 */
export type Connect = (login: Login, deadline: Deadline, acting?: Acting) => Promise<Session>;

/** What an alternating rotation sets: the login that is due, beside the one in use. */
export interface AlternatingPlan {
  readonly current: AlternatingSecret;
  readonly pending: AlternatingSecret;
  /** What marks a role as belonging to this secret. */
  readonly marker: string;
}

/** A lock in the database that one run on a secret holds at a time. */
export interface Claim {
  readonly name: string;
  /** How long a run waits for another. */
  readonly deadline: Deadline;
}

export interface Preparation {
  /** How many sessions of others the login that is due has. */
  readonly sessions: number;
  /**
   * Creates what is missing and re-asserts the rights that the login that is due needs; its password last.
   *
   * @param connect a session of the administrator in the database of the shop
   */
  set(connect: () => Promise<Session>): Promise<void>;
  /**
   * What can wait until the password is set, and never stops it: hands over what belongs to neither login alone, takes
   * away what no login needs.
   *
   * @returns what could not be done, each as a person can mend it
   */
  tidy(connect: () => Promise<Session>, deadline: Deadline): Promise<readonly string[]>;
}

/** How the rights of a login differ from those declared. */
export interface Comparison {
  /** What the shop cannot do without, or must not have. */
  readonly differences: readonly string[];
  /** What the shop can live with, and a person should look at. */
  readonly warnings: readonly string[];
}

/** What each kind of database does its own way. */
export interface Dialect {
  /** Whether a login can have an old and a new password at the same time. */
  readonly holdsTwoPasswords: boolean;
  /** Refuses a server that takes no writes. */
  assertWritable(session: Session): Promise<void>;
  /**
   * Refuses a server that takes no writes, before anything is written, and waits until no other run works on the
   * same secret. Held until the session ends.
   */
  claim(session: Session, claim: Claim): Promise<void>;
  /** How many sessions of others the login has. */
  sessionsOf(admin: Session, username: string): Promise<number>;

  /** Claims the secret and looks at what there is; changes nothing of it yet. */
  prepareAlternating(admin: Session, plan: AlternatingPlan, claim: Claim): Promise<Preparation>;
  /**
   * Compares the rights of the login this session belongs to with those declared. Refuses a server that takes no
   * writes.
   */
  compareRights(session: Session, plan: AlternatingPlan): Promise<Comparison>;
  /** Why the server may refuse a login whose password was just set; undefined when nothing explains it. */
  explainRefusal(admin: Session, pending: AlternatingSecret): Promise<string | undefined>;

  /**
   * Makes the current password work, and the pending one beside it where the server can hold two.
   * Where it cannot, the change is rehearsed and rolled back.
   *
   * @param by the session that makes the change
   * @param own a session of the login itself, which tells its account
   */
  setSingle(by: Session, own: Session, current: Login, pending: Login): Promise<void>;
  /** Makes the current password work again through an administrator, creating the login if it is gone. */
  repairSingle(admin: Session, current: SingleUserSecret): Promise<void>;
  /**
   * Makes the pending password the one that works, with `promote` moving the label at the moment that leaves the
   * shortest time in which label and database disagree. What takes time and no session begins with the first call.
   */
  switchSingle(pending: Login): (session: Session, promote: () => Promise<void>) => Promise<void>;
  /** Makes this login's password the one that works, through a session of its own. */
  assertPassword(session: Session, login: Login): Promise<void>;
}

/** What the rotation needs of one kind of database. */
export interface Driver {
  connect(login: Login, tls: TlsOptions, deadline: Deadline, acting: Acting): Promise<Session>;
  readonly dialect: Dialect;
}

export interface Databases {
  readonly connect: Connect;
  dialect(engine: Engine): Promise<Dialect>;
}
