import type { Deadline } from './deadline.ts';
import type { AlternatingSecret, Engine, Login, SingleUserSecret } from './secret.ts';
import type { TlsOptions } from './tls.ts';

export type Row = Readonly<Record<string, unknown>>;

/** One connection. Whatever it throws is a Fault: never a driver's error, which carries its statement. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Opens a connection over verified TLS, or throws a Fault that says why not. */
export type Connect = (login: Login, deadline: Deadline) => Promise<Session>;

/** What an alternating rotation sets: the login that is due, beside the one in use. */
export interface AlternatingPlan {
  readonly current: AlternatingSecret;
  readonly pending: AlternatingSecret;
  /** What marks a role as belonging to this secret. */
  readonly marker: string;
}

export interface Preparation {
  /** How many sessions of others the login that is due has. */
  readonly sessions: number;
  /** Creates what is missing and re-asserts rights and attributes of the login that is due; its password last. */
  set(connect: () => Promise<Session>): Promise<void>;
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
  claim(session: Session, name: string, deadline: Deadline): Promise<void>;
  /** How many sessions of others the login has. */
  sessionsOf(admin: Session, username: string): Promise<number>;

  /** Looks at what there is; changes nothing yet. */
  prepareAlternating(admin: Session, plan: AlternatingPlan): Promise<Preparation>;
  /**
   * How the rights of the login this session belongs to differ from those declared; empty when they do not.
   * Refuses a server that takes no writes.
   */
  compareRights(session: Session, plan: AlternatingPlan): Promise<string[]>;

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
   * shortest time in which label and database disagree.
   */
  switchSingle(session: Session, pending: Login, promote: () => Promise<void>): Promise<void>;
  /** Makes this login's password the one that works, through a session of its own. */
  assertPassword(session: Session, login: Login): Promise<void>;
}

/** What the rotation needs of one kind of database. */
export interface Driver {
  connect(login: Login, tls: TlsOptions, deadline: Deadline): Promise<Session>;
  readonly dialect: Dialect;
}

export interface Databases {
  readonly connect: Connect;
  dialect(engine: Engine): Promise<Dialect>;
}
