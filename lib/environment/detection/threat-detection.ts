import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What exists once per account and region; an environment whose account already runs it leaves it out. */
export const accountServiceTypes = ['AWS::GuardDuty::Detector', 'AWS::AccessAnalyzer::Analyzer'] as const;

/** From "medium" up: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const mediumSeverity = 4;

export interface ThreatDetectionProps {
  readonly alarmTopic: sns.ITopic;
}

/**
 * GuardDuty over calls, network, database logins, buckets and the shop's own tasks, and an analyzer that tells when
 * something is shared outside the account. Findings worth acting on become alarms (ALM1).
 */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, id: string, props: ThreatDetectionProps) {
    super(scope, id);
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
    new accessanalyzer.CfnAnalyzer(this, 'SharedOutside', { type: 'ACCOUNT' });

    this.tell('Threat', props, {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', mediumSeverity] }] },
    });
    this.tell('Shared', props, {
      source: ['aws.access-analyzer'],
      detailType: ['Access Analyzer Finding'],
      detail: { status: ['ACTIVE'] },
    });
  }

  private tell(id: string, { alarmTopic }: ThreatDetectionProps, eventPattern: events.EventPattern): void {
    new events.Rule(this, id, {
      description: `${id}: a finding that a person must look at`,
      eventPattern,
      targets: [new targets.SnsTopic(alarmTopic)],
    });
  }
}
