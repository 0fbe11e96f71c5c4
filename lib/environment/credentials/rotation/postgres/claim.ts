import { type Claim, inOneTrip, type Row, type Session } from '../database.ts';
import { pause } from '../deadline.ts';
import { Fault } from '../errors.ts';
import { literal } from './sql.ts';
import { assertWritable, writableColumns } from './writable.ts';

/** Timeouts that would end a session that waits for Secrets Manager. The first versions that have them are 14 and 17. */
export const withoutTimeouts = `SELECT set_config(name, '0', false)
  FROM unnest(ARRAY['idle_session_timeout', 'transaction_timeout']) name
 WHERE current_setting(name, true) <> '0'`;

/**
 * Takes the lock that one run on a secret holds at a time, and answers the question as of then, in one round trip. A
 * server that takes no writes is refused before.
 *
 * Tried in turns, not waited for: a backend that waits for a lock does not notice that its client is gone.
 */
export async function claimed(
  session: Session,
  { name, deadline }: Claim,
  question?: string,
): Promise<readonly Row[]> {
  const lock = `SELECT ${writableColumns}, pg_try_advisory_lock(hashtextextended(${literal(name)}, 0)) AS mine`;
  while (true) {
    const [, claim = [], rows = []] = await inOneTrip(session, [
      withoutTimeouts,
      lock,
      ...(question === undefined ? [] : [question]),
    ]);
    await assertWritable(session, claim[0]);
    if (claim[0]?.mine === true) return rows;
    if (deadline.remaining < 100)
      throw new Fault('locked', 'another run works on this secret; wait until it ends');
    await pause(25);
  }
}
