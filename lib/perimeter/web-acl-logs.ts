import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';

/**
 * Keeps the logs of a web ACL, without what customers sign in with.
 *
 * @param group its name begins with `aws-waf-logs-`: AWS WAF delivers to no other
 */
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
