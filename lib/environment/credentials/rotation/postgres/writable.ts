import type { Row, Session } from '../database.ts';
import { Fault } from '../errors.ts';

/** What `assertWritable` judges; a part of a larger query, so that it costs no round trip. */
export const writableColumns = `pg_is_in_recovery() AS recovering,
  current_setting('transaction_read_only') = 'on' AS read_only`;

/**
 * Refuses a replica, and a primary during failover. A login or a database that is to read only by a setting of its
 * own is neither, and this session writes all the same; that is asked only when it matters, as the server takes its time
 * over the view of all settings.
 */
export async function assertWritable(session: Session, found: Row | undefined): Promise<void> {
  if (found?.recovering === false && found.read_only === false) return;
  if (found?.recovering === false) {
    const [setting] = await session.query(
      `SELECT source IN ('user', 'database', 'database user') AS own FROM pg_settings
        WHERE name = 'default_transaction_read_only'`,
    );
    if (setting?.own === true) {
      await session.query('SET default_transaction_read_only = off');
      return;
    }
  }
  throw new Fault('read-only', 'the host takes no writes: a replica, or a failover');
}
