import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mayGo } from '../optional-reference.ts';
import { alarmOnAny } from './alarm-on-any.ts';

/** From "medium" up: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const mediumSeverity = 4;

/** An operator matches no event that lacks the field: what a service forgets to say is heard. */
const exceptFor = (...values: (string | number)[]) => [{ 'anything-but': values }, { exists: false }];

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html: here "high" begins. */
const highNormalized = 70;

interface Source {
  readonly id: string;
  readonly description: string;
  readonly pattern: events.EventPattern;
}

/**
 * What a person has to hear of, and from which severity on: threats from "medium", weaknesses from "high". Whether a
 * service is on does not matter here: the account may get it at any time.
 */
const foreseen: readonly Source[] = [
  {
    id: 'Threat',
    description: 'GuardDuty saw a threat',
    pattern: {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Finding'],
      // A text is no number of GuardDuty's.
      detail: { severity: [{ numeric: ['>=', mediumSeverity] }, { prefix: '' }, { exists: false }] },
    },
  },
  {
    id: 'Malware',
    description: 'GuardDuty found malware in a file, or could not search it',
    // https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html
    pattern: {
      source: ['aws.guardduty'],
      detailType: ['GuardDuty Malware Protection Object Scan Result'],
      detail: { scanResultDetails: { scanResultStatus: exceptFor('NO_THREATS_FOUND') } },
    },
  },
  {
    id: 'Shared',
    description: 'Access Analyzer found something that is open to others',
    pattern: {
      source: ['aws.access-analyzer'],
      detailType: ['Access Analyzer Finding'],
      detail: { status: exceptFor('RESOLVED', 'ARCHIVED') },
    },
  },
  {
    id: 'Vulnerable',
    description: 'Inspector found a known hole',
    pattern: {
      source: ['aws.inspector2'],
      detailType: ['Inspector2 Finding'],
      // A word that nobody knows yet is heard.
      detail: {
        severity: exceptFor('LOW', 'MEDIUM', 'INFORMATIONAL', 'UNTRIAGED'),
        status: exceptFor('CLOSED', 'SUPPRESSED'),
      },
    },
  },
  {
    id: 'Personal',
    description: 'Macie found personal data, or a bucket that is not shut',
    pattern: {
      source: ['aws.macie'],
      detailType: ['Macie Finding'],
      detail: { severity: { description: exceptFor('Low') } },
    },
  },
  {
    id: 'Setting',
    description: 'Config found a setting that a rule does not want',
    pattern: {
      source: ['aws.config'],
      detailType: ['Config Rules Compliance Change'],
      detail: {
        newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        // Those of Security Hub's own standards come from there.
        configRuleName: [{ 'anything-but': { prefix: 'securityhub-' } }],
      },
    },
  },
  {
    id: 'Hub',
    description: 'Security Hub CSPM found something, or passes it on',
    pattern: {
      source: ['aws.securityhub'],
      detailType: ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          Severity: {
            $or: [
              { Label: [{ 'anything-but': ['INFORMATIONAL', 'LOW', 'MEDIUM'] }] },
              {
                Label: [{ exists: false }],
                Normalized: [{ numeric: ['>=', highNormalized] }, { prefix: '' }, { exists: false }],
              },
            ],
          },
          RecordState: exceptFor('ARCHIVED'),
          Workflow: { Status: exceptFor('RESOLVED', 'SUPPRESSED') },
        },
      },
    },
  },
  {
    id: 'HubV2',
    description: 'Security Hub found something, or passes it on',
    // https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
    pattern: {
      source: ['aws.securityhub'],
      detailType: ['Findings Imported V2'],
      // Not informational, low or medium. Numbers that are no severity yet are heard.
      detail: { findings: { severity_id: exceptFor(1, 2, 3) } },
    },
  },
];

/**
 * What these services send besides, and is no finding: what went well, progress, coverage of images that are gone, and
 * results that somebody asked for. https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html
 */
const harmless = [
  'GuardDuty Malware Protection Resource Status Active',
  'GuardDuty Runtime Protection Healthy',
  'Access Preview State Change',
  'Unused Access Finding for IAM entities',
  'Internal Access Finding',
  'Inspector Scan',
  'Inspector2 AutoEnable',
  'Inspector2 Coverage',
  'Inspector2 Scan',
  'Security Hub Findings - Custom Action',
  'Security Hub Insight Results',
  'Security Hub Standard Results',
  ...['API Call', 'Service Event', 'Console Action', 'Console Sign In'].map(
    (what) => `AWS ${what} via CloudTrail`,
  ),
];

/** Kinds of event that AWS adds after this was written: a person hears of them until they have words of their own. */
const unforeseen: Source = {
  id: 'Unforeseen',
  description: 'A security service tells something that nobody foresaw',
  pattern: {
    // Not Config, which tells of each change.
    source: ['aws.guardduty', 'aws.access-analyzer', 'aws.inspector2', 'aws.macie', 'aws.securityhub'],
    detailType: events.Match.anythingBut(
      ...foreseen.flatMap(({ pattern }) => pattern.detailType ?? []),
      ...harmless,
    ),
  },
};

/** Longer than anybody lets an alarm ring; what waits is a finding that nobody has heard of. */
const patience = Duration.days(14);

/**
 * Findings worth acting on wait in a queue until a person is told (ALM1), whoever turned the services on that find them.
 *
 * Nothing is lost on the way: what EventBridge cannot hand over, and what could not be told five times, lies in a queue
 * of its own, and rings an alarm; so does a queue that nobody empties. Encrypted by SQS itself, so that a key which
 * somebody disables cannot keep a finding back. Costs 0.20 USD a month for the alarms.
 */
export class FindingRules extends Construct {
  /** For the function that tells. */
  readonly queue: sqs.Queue;

  constructor(scope: Construct, id: string, { alarmTopic }: { readonly alarmTopic: sns.ITopic }) {
    super(scope, id);
    const settings = {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: patience,
    };
    const untold = new sqs.Queue(this, 'Untold', settings);
    this.queue = new sqs.Queue(this, 'Findings', {
      ...settings,
      // Longer than the function takes, shorter than the time between two runs.
      visibilityTimeout: Duration.minutes(4),
      deadLetterQueue: { queue: untold, maxReceiveCount: 5 },
    });
    mayGo(this.queue);

    for (const { id, description, pattern } of [...foreseen, unforeseen]) {
      // In the scope of before: CloudFormation makes a rule of another name anew, and one is missing meanwhile.
      new events.Rule(scope, id, {
        description: `${description}: a person must hear of it`,
        eventPattern: pattern,
        targets: [new targets.SqsQueue(this.queue, { deadLetterQueue: untold })],
      });
    }

    const period = Duration.minutes(5);
    alarmOnAny(this, 'NotTold', {
      metric: untold.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      description:
        'A finding of a security service could not be told: it lies in the queue of findings that nobody was told of',
      runbook: 'functions.md',
      topic: alarmTopic,
    });
    const notRead = new cloudwatch.Alarm(this, 'NotRead', {
      alarmDescription:
        'Findings of security services wait, and nobody is told of them. Runbook: docs/runbooks/functions.md',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
      // Of every five minutes one run tells; a first deploy makes the function half an hour after the queue.
      threshold: Duration.hours(1).toSeconds(),
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    notRead.addAlarmAction(new actions.SnsAction(alarmTopic));
  }
}
