import { backupAccountOf } from '../declarations.ts';
import { list, map, text } from '../values.ts';
import { coversAction, type Statement } from './policies.ts';

/** What another account never needs of a key to copy backups that were made under it. */
const beyondCopies = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:RevokeGrant'];
/** Through which a copy of a backup is made. */
const copying = /^(rds|backup)\.[a-z0-9-]+\.amazonaws\.com$/;

/**
 * Whether a statement lets in the account that the key declares for copies of backups, and lets it do no more than copy:
 * through AWS Backup and the databases, whose snapshots carry the key.
 *
 * @param principal as the statement writes it
 */
export function isForBackupCopies(statement: Statement, principal: string): boolean {
  const account = backupAccountOf(statement.source);
  if (account === undefined || statement.source.type !== 'AWS::KMS::Key') return false;
  if (principal !== account && !principal.endsWith(`:iam::${account}:root`)) return false;
  if (statement.notActions || beyondCopies.some((action) => coversAction(statement, action) !== 'no'))
    return false;
  const through = Object.entries(map(statement.conditions.StringEquals)).find(
    ([key]) => key.toLowerCase() === 'kms:viaservice',
  );
  const services = through ? list(through[1]).map((service) => text(service) ?? '') : [];
  return services.length > 0 && services.every((service) => copying.test(service));
}
