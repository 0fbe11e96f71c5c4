import type { Claim, Dialect, Session } from '../database.ts';
import { Fault } from '../errors.ts';
import type { Version } from '../secret.ts';
import type { Run } from './scheme.ts';

/** The secret's name without the random ending of its ARN: it survives that the secret is made anew. */
export function secretName(secretId: string): string {
  const named = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)-[A-Za-z0-9]{6}$/.exec(secretId);
  return named?.[1] ?? secretId;
}

export const notEnabled =
  'the rotation was cancelled, or is not enabled; deploy the stack of the secret again, or enable it (rotate-secret)';

/** The lock that one run on this secret holds at a time, until its session ends. */
export function claimOf(run: Run): Claim {
  return { name: `secure-shop ${secretName(run.secretId)}`, deadline: run.deadline.within(run.patience) };
}

export async function claim(run: Run, dialect: Dialect, session: Session): Promise<void> {
  await dialect.claim(session, claimOf(run));
}

/**
 * Asked again once the lock is held: a newer rotation may have come and gone while this one waited, and its
 * password must not be overwritten.
 * @returns false when this very rotation has been completed by another run
 */
export async function stillDue(run: Run, current: Version): Promise<boolean> {
  const versions = await run.store.versions(run.secretId);
  if (versions.current === run.token) return false;
  if (!versions.rotationEnabled) throw new Fault('stale', notEnabled);
  if (versions.current !== current.id || !versions.stages[run.token]?.includes('AWSPENDING')) {
    throw new Fault('stale', 'the labels moved while the step waited; start a new rotation');
  }
  return true;
}
