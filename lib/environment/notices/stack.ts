import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { FindingTeller } from './findings/finding-teller.ts';
import { noticesNames } from './names.ts';

export interface NoticesStackProps extends StackProps {
  readonly shop: Pick<Shop, 'name'>;
  readonly environment: Environment;
  /** In which findings wait to be told. */
  readonly findings: sqs.IQueue;
  readonly network: FunctionNetwork;
  readonly keys: Pick<ShopKeys, 'logs'>;
  readonly alarmTopic: sns.ITopic;
}

/** What reaches the owner in words besides alarms. */
export class NoticesStack extends Stack {
  constructor(scope: Construct, id: string, props: NoticesStackProps) {
    super(scope, id, props);
    const { shop, environment, findings, network, keys, alarmTopic } = props;
    new FindingTeller(this, 'Findings', {
      findings,
      memoryParameter: noticesNames(shop.name, environment.name).toldFindings,
      language: environment.alarms.language,
      timeZone: environment.timeZone,
      environment: `${shop.name}-${environment.name}`,
      network,
      logs: functionLogs(keys.logs, environment),
      alarmTopic,
    });
  }
}
