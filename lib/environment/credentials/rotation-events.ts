import type * as events from 'aws-cdk-lib/aws-events';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** What Secrets Manager tells of the rotation of these secrets. */
export function rotationEvents(
  secrets: readonly secretsmanager.ISecret[],
  eventName: readonly string[],
): events.EventPattern {
  return {
    source: ['aws.secretsmanager'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: {
      eventSource: ['secretsmanager.amazonaws.com'],
      eventName: [...eventName],
      additionalEventData: { SecretId: secrets.map((secret) => secret.secretArn) },
    },
  };
}
