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

/** What Secrets Manager tells when somebody writes one of these secrets, whom the call names by name or by ARN. */
export function writingEvents(secrets: readonly secretsmanager.ISecret[]): events.EventPattern {
  return {
    source: ['aws.secretsmanager'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['secretsmanager.amazonaws.com'],
      eventName: ['PutSecretValue', 'UpdateSecret'],
      errorCode: [{ exists: false }],
      requestParameters: {
        secretId: secrets.flatMap(({ secretName, secretArn }) => [secretName, secretArn]),
      },
    },
  };
}
