import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { acknowledge } from '../../../declarations/acknowledge.ts';
import { declareBackupAccount } from '../../../declarations/declare.ts';
import type { VpnLogs } from '../../admin/admin-vpn.ts';
import { serviceOfThisAccount } from '../../iam/service-principal.ts';
import type { FunctionNetwork } from '../../lambda/function-network.ts';
import { type FunctionLogs, HardenedFunction } from '../../lambda/hardened-function.ts';
import type { DigestSettings } from './settings.ts';

export interface WeeklyDigestProps {
  readonly settings: Omit<DigestSettings, 'topicArn' | 'connections' | 'door'>;
  /** The account whose vault one of the copies goes to, if there is a second one. */
  readonly backupAccount: string | undefined;
  /** Undefined: there is no VPN yet. */
  readonly vpnLogs: VpnLogs | undefined;
  readonly network: FunctionNetwork;
  readonly logs: FunctionLogs;
  readonly alarmTopic: sns.ITopic;
}

/**
 * One mail on Monday morning: what was blocked, rotated, patched, backed up and tested, who was connected, what is due.
 * It reads numbers, dates and names, no value of a secret and nothing of customers, and may publish to one topic.
 */
export class WeeklyDigest extends Construct {
  constructor(scope: Construct, id: string, props: WeeklyDigestProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { settings, vpnLogs, alarmTopic } = props;
    const digest = new HardenedFunction(this, 'Function', {
      name: 'weekly-digest',
      description: 'Tells a person every Monday how the week was',
      timeout: Duration.minutes(3),
      environment: {
        SETTINGS: stack.toJsonString({
          ...settings,
          topicArn: alarmTopic.topicArn,
          connections: vpnLogs?.connections.logGroupName,
          door: vpnLogs?.door.logGroupName,
        } satisfies DigestSettings),
      },
      network: props.network,
      logs: props.logs,
      alarmTopic,
      // A mail that comes twice is better than none.
      retryAttempts: 1,
    });
    if (digest.role === undefined) throw new Error('a function of this project always has a role');
    this.allow(digest.role, props);
    if (props.backupAccount) declareBackupAccount(digest, props.backupAccount);

    const starter = new iam.Role(this, 'Starter', {
      description: 'Starts the weekly digest',
      assumedBy: serviceOfThisAccount(this, 'scheduler'),
    });
    starter.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [digest.functionArn] }),
    );
    const schedule = new scheduler.CfnSchedule(this, 'Monday', {
      description: 'Tells a person how the week was',
      scheduleExpression: 'cron(0 8 ? * MON *)',
      scheduleExpressionTimezone: settings.timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: digest.functionArn, roleArn: starter.roleArn },
    });
    schedule.node.addDependency(starter);
  }

  private allow(role: iam.IRole, { settings, vpnLogs, alarmTopic }: WeeklyDigestProps): void {
    const stack = Stack.of(this);
    const allow = (actions: string[], ...resources: string[]) =>
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
    allow(['sns:Publish'], alarmTopic.topicArn);
    allow(
      ['secretsmanager:DescribeSecret'],
      ...settings.secrets.map((name) =>
        stack.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${name}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ),
    );
    if (vpnLogs) allow(['logs:FilterLogEvents'], vpnLogs.connections.logGroupArn, vpnLogs.door.logGroupArn);
    const inRegions = (regions: string[], actions: string[]) =>
      new iam.PolicyStatement({
        actions,
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': regions } },
      });
    const policy = new iam.Policy(this, 'Looks', {
      roles: [role],
      statements: [
        inRegions(
          [settings.region],
          [
            'guardduty:ListDetectors',
            'guardduty:GetDetector',
            'guardduty:ListFindings',
            'securityhub:GetFindings',
            'securityhub:GetEnabledStandards',
            'access-analyzer:ListAnalyzers',
            'access-analyzer:ListFindings',
            'inspector2:BatchGetAccountStatus',
            'inspector2:ListFindings',
            ...(settings.watchers.config ? ['config:DescribeConfigurationRecorderStatus'] : []),
            ...(settings.watchers.macie ? ['macie2:GetMacieSession', 'macie2:GetFindingStatistics'] : []),
            ...(settings.copies.length > 0 ? ['backup:ListCopyJobs'] : []),
          ],
        ),
        // Of the shop in its region, of CloudFront where AWS keeps it.
        inRegions([settings.region, 'us-east-1'], ['cloudwatch:GetMetricData', 'acm:ListCertificates']),
      ],
    });
    acknowledge(policy, { rule: 'IAM5[Resource::*]', reason: unscopedReason });
  }
}

const unscopedReason =
  'Lists of metrics, certificates, copies and detectors know no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html); of findings the account has one detector, one analyzer and one hub in a region, whose ids are not known before the deploy. Compensated: limited to two regions; all of it lists numbers, ends of certificates and findings, and changes nothing.';
