import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { rotationEvents } from './rotation-events.ts';

export interface RotationAlarmsProps {
  readonly secrets: readonly secretsmanager.ISecret[];
  readonly alarmTopic: sns.ITopic;
}

/**
 * Tells a person when a rotation failed or was given up (ALM1).
 *
 * Secrets Manager reports both through CloudTrail, so a trail that records management events must exist.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieve-ct-entries.html
 */
export class RotationAlarms extends Construct {
  constructor(scope: Construct, id: string, { secrets, alarmTopic }: RotationAlarmsProps) {
    super(scope, id);
    const secretId = events.EventField.fromPath('$.detail.additionalEventData.SecretId');
    const what = events.EventField.fromPath('$.detail.eventName');
    new events.Rule(this, 'Failed', {
      description: 'A rotation failed or was abandoned',
      eventPattern: rotationEvents(secrets, ['RotationFailed', 'RotationAbandoned']),
      targets: [
        new targets.SnsTopic(alarmTopic, {
          message: events.RuleTargetInput.fromText(
            `${what}: the credential ${secretId} was not rotated. The one before it keeps working. What to do: docs/runbooks/rotation.md`,
          ),
        }),
      ],
    });
  }
}
