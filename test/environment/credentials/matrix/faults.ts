import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import type { RotationOptions } from '../../../../lib/environment/credentials/rotation/rotate.ts';
import type { Login } from '../../../../lib/environment/credentials/rotation/secret.ts';

/** One call a rotation makes: an operation of Secrets Manager, a connection, or a statement. */
export interface Point {
  readonly kind: 'secrets' | 'connect' | 'statement';
  /** The operation, the user that connects, or the SQL. */
  readonly what: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Called before and after each point; what it throws comes out of the call. */
export interface Fault {
  before?(point: Point): void | Promise<void>;
  after?(point: Point): void | Promise<void>;
  /** Sends a connection elsewhere. */
  redirect?(login: Login): Login;
}

/** The function is gone: nothing it calls afterwards is carried out, and its connections break. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The clients of a function in which the fault happens. */
export function withFault(clients: RotationOptions, fault: Fault): RotationOptions {
  let dead: Killed | undefined;
  const at = async <T>(point: Point, call: () => Promise<T>): Promise<T> => {
    if (dead !== undefined) throw dead;
    try {
      await fault.before?.(point);
      const result = await call();
      await fault.after?.(point);
      return result;
    } catch (thrown) {
      if (thrown instanceof Killed) dead = thrown;
      throw thrown;
    }
  };
  const { secretsManager, databases } = clients;
  const send = async (command: { constructor: { name: string }; input: object }, options: unknown) => {
    const what = command.constructor.name.replace(/Command$/, '');
    const input = command.input as Record<string, unknown>;
    const call = secretsManager.send.bind(secretsManager) as (...all: unknown[]) => Promise<unknown>;
    return await at({ kind: 'secrets', what, input }, () => call(command, options));
  };
  return {
    ...clients,
    secretsManager: { send: send as unknown as RotationOptions['secretsManager']['send'] },
    databases: {
      dialect: databases.dialect,
      async connect(login, deadline, acting) {
        let opened: Session | undefined;
        const open = async () => {
          opened = await databases.connect(fault.redirect?.(login) ?? login, deadline, acting);
          return opened;
        };
        const session = await at({ kind: 'connect', what: login.username }, open).catch(async (thrown) => {
          // The connections of a function that is gone go with it.
          await opened?.close();
          throw thrown;
        });
        const wrapped: Session = {
          query: (sql, values) => at({ kind: 'statement', what: sql }, () => session.query(sql, values)),
          close: () => session.close(),
        };
        return wrapped;
      },
    },
  };
}

/** Kills the function before or after the first call that matches. */
export function killAt(when: 'before' | 'after', matches: (point: Point) => boolean): Fault {
  return {
    [when](point: Point) {
      if (matches(point)) throw new Killed('killed');
    },
  };
}

export const secretsCall =
  (operation: string, input: Readonly<Record<string, unknown>> = {}) =>
  (point: Point): boolean =>
    point.kind === 'secrets' &&
    point.what === operation &&
    Object.entries(input).every(([key, value]) => point.input?.[key] === value);

/** The statement that sets a password, whatever the engine. */
export const passwordStatement = (point: Point): boolean =>
  point.kind === 'statement' &&
  /(^|;\n)ALTER (ROLE|USER)[\s\S]*(PASSWORD (NULL|E?')|IDENTIFIED)/.test(point.what);
