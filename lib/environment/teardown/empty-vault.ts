import {
  type BackupClient,
  DeleteRecoveryPointCommand,
  paginateListRecoveryPointsByBackupVault,
  type RecoveryPointByBackupVault,
  ResourceNotFoundException,
} from '@aws-sdk/client-backup';
import { everyPage } from '../lambda/every-page.ts';
import { goOn, type Time } from './time.ts';

/**
 * Deletes every recovery point of a backup vault that is not locked, and waits until they are gone: AWS deletes a vault
 * only when it is empty, and takes minutes for a snapshot of a database.
 */
export async function emptyVault(backup: BackupClient, vault: string, time: Time): Promise<void> {
  try {
    for (;;) {
      const points = await recoveryPoints(backup, vault);
      if (points.length === 0) return;
      for (const { RecoveryPointArn, Status } of points) {
        if (RecoveryPointArn && !underway.includes(Status ?? ''))
          await deletePoint(backup, vault, RecoveryPointArn);
      }
      goOn(time, stillHolds(vault, points));
      await time.pause(10_000);
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}

/**
 * Whom AWS does not let delete a point is not told so: the call succeeds, and the point becomes EXPIRED. Asked again,
 * AWS deletes it with the service's own role, for which the caller may have to create that role.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteRecoveryPoint.html
 */
function stillHolds(vault: string, points: readonly RecoveryPointByBackupVault[]): string {
  const expired = points.filter(({ Status }) => Status === 'EXPIRED').length;
  const rest = expired > 0 ? `, ${expired} of which AWS Backup could not delete (EXPIRED)` : '';
  return `the backup vault ${vault} still holds ${points.length} recovery points${rest}`;
}

/** Those that AWS is making or deleting. */
const underway: readonly string[] = ['CREATING', 'DELETING'];

function recoveryPoints(backup: BackupClient, vault: string): Promise<RecoveryPointByBackupVault[]> {
  const pages = paginateListRecoveryPointsByBackupVault({ client: backup }, { BackupVaultName: vault });
  return everyPage(pages, ({ RecoveryPoints }) => RecoveryPoints);
}

async function deletePoint(backup: BackupClient, vault: string, arn: string): Promise<void> {
  try {
    await backup.send(new DeleteRecoveryPointCommand({ BackupVaultName: vault, RecoveryPointArn: arn }));
  } catch (error) {
    // Its own time has passed in the meantime.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
