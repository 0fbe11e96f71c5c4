import { Duration } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmOnAny } from '../detection/alarm-on-any.ts';
import { detailOf } from '../detection/detail-of.ts';
import { warmUp } from '../detection/warm-up.ts';

export interface RecoveryAlarmsProps {
  readonly vault: backup.IBackupVault;
  /** How many stores are backed up every day. */
  readonly stores: number;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Tells a person when a backup, its copy or a restore test went wrong, and when there was none at all (ALM1): a job
 * that never starts cannot fail.
 */
export class RecoveryAlarms extends Construct {
  constructor(scope: Construct, id: string, { vault, stores, alarmTopic }: RecoveryAlarmsProps) {
    super(scope, id);
    const metric = (metricName: string, period: Duration) =>
      new cloudwatch.Metric({
        namespace: 'AWS/Backup',
        metricName,
        dimensionsMap: { BackupVaultName: vault.backupVaultName },
        statistic: 'Sum',
        period,
      });
    alarmOnAny(this, 'BackupFailed', {
      metric: metric('NumberOfBackupJobsFailed', Duration.hours(1)),
      description: 'A backup of customer data failed',
      runbook: 'backups.md',
      topic: alarmTopic,
    });
    const missing = new cloudwatch.Alarm(this, 'BackupMissing', {
      alarmDescription: `In two days fewer than ${stores} backups of customer data a day were completed, or none. Runbook: docs/runbooks/backups.md`,
      metric: metric('NumberOfBackupJobsCompleted', Duration.days(1)),
      threshold: stores,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      // A job may end after midnight: one day short is made up for by the next.
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    missing.addAlarmAction(new actions.SnsAction(alarmTopic));
    warmUp(missing, Duration.days(2));

    // https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
    this.tell('BackupLost', alarmTopic, 'Backup Job State Change', {
      state: ['EXPIRED', 'ABORTED', 'PARTIAL'],
    });
    this.tell('CopyFailed', alarmTopic, 'Copy Job State Change', { state: ['FAILED', 'PARTIAL'] });
    this.tell('RestoreFailed', alarmTopic, 'Restore Job State Change', { status: ['FAILED', 'ABORTED'] });
  }

  private tell(id: string, topic: sns.ITopic, detailType: string, detail: Record<string, string[]>): void {
    new events.Rule(this, id, {
      description: `${detailType}: customer data may not be recoverable`,
      eventPattern: { source: ['aws.backup'], detailType: [detailType], detail },
      targets: [
        new targets.SnsTopic(topic, {
          message: events.RuleTargetInput.fromText(
            // A restore has a status where the others have a state.
            `${detailType}, ${detailOf('resourceType')}: ${detailOf('state')}${detailOf('status')} at ${events.EventField.time}. Customer data may not be recoverable. Runbook: docs/runbooks/backups.md`,
          ),
        }),
      ],
    });
  }
}
