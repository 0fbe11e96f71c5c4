import { asFault, Fault } from '../errors.ts';
import { type Login, serverOfLogin } from '../secret.ts';
import type { Run } from './scheme.ts';
import { asLogin, firstThatWorks, type LoggedIn } from './working-login.ts';

/** Logs in as the administrator, with whichever version of its secret works: it may be rotating right now. */
export async function administrator(
  run: Run,
  secret: { readonly adminSecret: string | undefined } & Login,
): Promise<LoggedIn> {
  const adminId = secret.adminSecret ?? '';
  try {
    const current = asLogin(await run.store.readLogin(adminId, serverOfLogin(secret)));
    if (current === undefined)
      throw new Fault(
        'malformed',
        `it does not exist, or holds no login of a database; write the ARN of one that does${elsewhere(run.secretId, adminId)}`,
      );
    if (current.engine !== secret.engine || current.host !== secret.host || current.port !== secret.port) {
      throw new Fault(
        'malformed',
        `it is the administrator of another server: "engine", "host" or "port" differ; write the ARN of that of ${secret.host}:${secret.port}`,
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

/** A replica that was promoted names what is in the region it was copied from. */
function elsewhere(secretId: string, adminId: string): string {
  const [own, admins] = [secretId, adminId].map((id) => /^arn:[^:]*:secretsmanager:([^:]+):/.exec(id)?.[1]);
  return own === undefined || admins === undefined || own === admins
    ? ''
    : `: this one is in region ${admins}, the secret in ${own}`;
}
