import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import {
  declareAdminPaths,
  declareClosedScreens,
  declareRefusedRequests,
} from '../../declarations/declare.ts';
import { adminPathRules } from '../perimeter/admin-paths.ts';
import { closedScreens, exportScreenRequests } from '../perimeter/export-screens.ts';
import { placeRules } from '../perimeter/rule-places.ts';
import { staffRequests } from '../perimeter/samples.ts';
import { visibility } from '../perimeter/statements.ts';
import { keepLogs, webAclLogGroup } from '../perimeter/web-acl-logs.ts';

export interface RegionalWebAclProps {
  readonly shopName: string;
  readonly environment: Environment;
  readonly platform: Platform;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly logsKey: kms.IKey;
}

/**
 * The second web ACL, on the load balancer itself: admin paths are refused once more (ADM1) on every host but the
 * admin host, which the public listener does not serve, and known-bad requests are refused on both listeners. Screens
 * that export customers and orders it refuses to staff as well, where the environment closes them (DAT3).
 */
export class RegionalWebAcl extends Construct {
  constructor(scope: Construct, id: string, props: RegionalWebAclProps) {
    super(scope, id);
    const { environment, platform } = props;
    const name = `${props.shopName}-${environment.name}-load-balancer`;
    const screens = closedScreens(platform, environment);

    const webAcl = new wafv2.CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(name),
      rules: placeRules(name, [
        ...adminPathRules(this, {
          platform,
          scope: 'REGIONAL',
          adminHost: environment.admin.host,
          closedToStaff: exportScreenRequests(this, platform, environment),
        }),
        {
          name: 'known-bad-inputs',
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesKnownBadInputsRuleSet' },
          },
        },
      ]),
    });
    declareAdminPaths(webAcl, platform);
    declareRefusedRequests(webAcl, staffRequests(platform));
    if (screens) declareClosedScreens(webAcl, { host: environment.admin.host, ...screens });

    new wafv2.CfnWebACLAssociation(this, 'Association', {
      webAclArn: webAcl.attrArn,
      resourceArn: props.loadBalancer.loadBalancerArn,
    });
    const logGroup = webAclLogGroup(this, 'Logs', {
      name,
      environment,
      key: props.logsKey,
    });
    keepLogs(webAcl, logGroup);
  }
}
