import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';
import type { AccountService } from '../../config/environment.ts';

export interface ThreatDetectionProps {
  /** What is made here of the services that an account has once. */
  readonly makes: readonly AccountService[];
}

/**
 * GuardDuty over calls, network, database logins, buckets and the shop's own tasks, and an analyzer that tells when
 * something is shared outside the account; each unless the account has it.
 */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, id: string, { makes }: ThreatDetectionProps) {
    super(scope, id);
    if (makes.includes('guardduty')) {
      new guardduty.CfnDetector(this, 'GuardDuty', {
        enable: true,
        findingPublishingFrequency: 'FIFTEEN_MINUTES',
        features: [
          { name: 'S3_DATA_EVENTS', status: 'ENABLED' },
          { name: 'RDS_LOGIN_EVENTS', status: 'ENABLED' },
          { name: 'LAMBDA_NETWORK_LOGS', status: 'ENABLED' },
          {
            name: 'RUNTIME_MONITORING',
            status: 'ENABLED',
            additionalConfiguration: [{ name: 'ECS_FARGATE_AGENT_MANAGEMENT', status: 'ENABLED' }],
          },
        ],
      });
    }
    if (makes.includes('access-analyzer'))
      new accessanalyzer.CfnAnalyzer(this, 'SharedOutside', { type: 'ACCOUNT' });
  }
}
