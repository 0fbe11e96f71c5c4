import * as events from 'aws-cdk-lib/aws-events';

/**
 * What an event says below `detail`, for the words of a mail. Nothing where the event has no such field
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
 */
export function detailOf(path: string): string {
  return events.EventField.fromPath(`$.detail.${path}`);
}
