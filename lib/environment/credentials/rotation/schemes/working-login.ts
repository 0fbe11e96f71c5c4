import type { Session } from '../database.ts';
import { asFault, Fault } from '../errors.ts';
import { type Login, serverOfLogin, type Version } from '../secret.ts';
import type { Run } from './scheme.ts';

export interface LoggedIn {
  readonly session: Session;
  readonly login: Login;
}

/**
 * Tries the login of AWSCURRENT, then of every version Secrets Manager still holds. Only a refused login moves on
 * to the next: a database that does not answer says nothing about passwords.
 */
export async function firstThatWorks(
  run: Run,
  secretId: string,
  current: Login,
  shape: (login: Login) => Login = (login) => login,
): Promise<LoggedIn> {
  const refused = await tryLogin(run, current);
  if (!(refused instanceof Fault)) return refused;
  const server = serverOfLogin(current);
  const tried = new Set([current.password]);
  for await (const version of run.store.everyVersion(secretId, server)) {
    const login = asLogin(version);
    if (login === undefined || login.username !== current.username || tried.has(login.password)) continue;
    tried.add(login.password);
    const outcome = await tryLogin(run, shape({ ...current, password: login.password }));
    if (!(outcome instanceof Fault)) return outcome;
  }
  // The login may be rotating: between two of these tries the password moved on to one that was refused before.
  const moved = asLogin(await run.store.readLogin(secretId, server));
  const again = await tryLogin(run, shape({ ...current, password: moved?.password ?? current.password }));
  if (!(again instanceof Fault)) return again;
  throw new Fault('authentication', `no version of the secret logs in: ${refused.message}`, {
    stage: 'AWSCURRENT',
  });
}

export async function tryLogin(
  run: Run,
  login: Login,
  prove: (session: Session) => Promise<void> = async () => {},
): Promise<LoggedIn | Fault> {
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

export function asLogin(version: Version | undefined): Login | undefined {
  return version === undefined || version.secret.scheme === 'generated' ? undefined : version.secret;
}
