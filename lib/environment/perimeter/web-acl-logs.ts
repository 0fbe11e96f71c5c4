import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/index.ts';
import { removalPolicyOf } from '../retention.ts';

export interface WebAclLogGroupProps {
  /** Of the web ACL, in the whole account. */
  readonly name: string;
  readonly environment: Environment;
  readonly key: kms.IKey;
}

export function webAclLogGroup(scope: Construct, id: string, props: WebAclLogGroupProps): logs.LogGroup {
  const { name, environment, key } = props;
  return new logs.LogGroup(scope, id, {
    // AWS WAF delivers to no group whose name begins otherwise.
    logGroupName: `aws-waf-logs-${name}`,
    encryptionKey: key,
    retention: environment.logRetentionDays,
    removalPolicy: removalPolicyOf(environment),
  });
}

/** Keeps the logs of a web ACL, without what customers sign in with. The group is made by `webAclLogGroup`. */
export function keepLogs(webAcl: wafv2.CfnWebACL, group: logs.ILogGroup): void {
  new wafv2.CfnLoggingConfiguration(webAcl.node.scope ?? webAcl, 'Logging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [
      // AWS WAF wants the ARN of the group without the ":*" that CloudFormation appends.
      Stack.of(group).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: group.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
    // Session cookies and credentials of customers have no place in a log.
    redactedFields: [{ singleHeader: { Name: 'cookie' } }, { singleHeader: { Name: 'authorization' } }],
  });
}
