import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Lets a new alarm that takes silence for a breach wait for its first measurement, at most for this long. Without it
 * the alarm rings right after it is made.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
export function warmUp(alarm: cloudwatch.Alarm, period: Duration): void {
  if (alarm.node.defaultChild instanceof cloudwatch.CfnAlarm) {
    alarm.node.defaultChild.warmUpConfiguration = { warmUpPeriodDurationInMinutes: period.toMinutes() };
  }
}
