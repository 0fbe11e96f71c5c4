import { Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import { declareSmokeCheck } from '../../declarations/declare.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs, HardenedFunction } from '../lambda/hardened-function.ts';
import { smokeSettings } from './smoke-pages.ts';

export interface SmokeCheckerProps {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly network: FunctionNetwork;
  /** Leads to the tasks of the shop and nowhere else. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/**
 * Asks new tasks for the pages of the shop, from inside the VPC (PAT1).
 *
 * A check by customers' way in would be a visitor like any other: bot control, the list of countries and the rate
 * rules of the edge would judge it, and CloudFront's own list of countries knows no exception. A secret header that
 * the web ACL admits would have to stand in the web ACL, where everybody who may describe it reads it, and a template
 * does not follow its rotation. From inside nothing of the edge can stand in the way, and nothing of it is opened:
 * the function has no permission, its group leads to the tasks' port only, and what it asks for is fixed by the deploy.
 */
export class SmokeChecker extends Construct {
  readonly functionArn: string;

  constructor(scope: Construct, id: string, props: SmokeCheckerProps) {
    super(scope, id);
    const checker = new HardenedFunction(this, 'Function', {
      name: 'smoke-check',
      description: 'Asks new tasks of the shop whether they work',
      timeout: Duration.minutes(1),
      environment: {
        SETTINGS: Stack.of(this).toJsonString(smokeSettings(props.environment, props.platform)),
      },
      network: props.network,
      securityGroups: [props.securityGroup],
      logs: functionLogs(props.logsKey, props.environment),
      alarmTopic: props.alarmTopic,
    });
    declareSmokeCheck(checker);
    this.functionArn = checker.functionArn;
  }
}
