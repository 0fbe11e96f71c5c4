import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { ports } from '../network/security-groups.ts';

export interface AdminListenerProps {
  /** Private host name of the admin screens. */
  readonly host: string;
  readonly vpc: ec2.IVpc;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly targetGroup: elbv2.IApplicationTargetGroup;
  /** Names the admin host, and no host of the shop. */
  readonly certificate: acm.ICertificate;
  /** Group of the load balancer that lets admins in. */
  readonly listenerGroup: ec2.ISecurityGroup;
  /** Groups of those who get in, and nobody else does, by the id of the rule that admits each. */
  readonly clients: Readonly<Record<string, { readonly group: ec2.ISecurityGroup; readonly who: string }>>;
}

/**
 * The second listener of the load balancer: port 8443, open to the admins' ways in only (NET3), and only for the admin host,
 * whose address is known in the VPC alone.
 *
 * The resources are of the lowest level on purpose. The listener's own construct would make the shop's service wait
 * for it, and the service stands in a stack that this one waits for.
 */
export class AdminListener extends Construct {
  constructor(scope: Construct, id: string, props: AdminListenerProps) {
    super(scope, id);
    const { host, loadBalancer } = props;

    const listener = new elbv2.CfnListener(this, 'Listener', {
      loadBalancerArn: loadBalancer.loadBalancerArn,
      port: ports.adminHttps,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      sslPolicy: elbv2.SslPolicy.TLS13_RES,
      certificates: [{ certificateArn: props.certificate.certificateArn }],
      defaultActions: [
        {
          type: 'fixed-response',
          fixedResponseConfig: { statusCode: '403', contentType: 'text/plain', messageBody: 'Forbidden' },
        },
      ],
    });
    new elbv2.CfnListenerRule(this, 'AdminHost', {
      listenerArn: listener.ref,
      priority: 1,
      conditions: [
        {
          field: 'host-header',
          // A condition cannot hold a colon; "?" stands for the one before the port.
          hostHeaderConfig: { values: [host, `${host}?${ports.adminHttps}`] },
        },
      ],
      actions: [{ type: 'forward', targetGroupArn: props.targetGroup.targetGroupArn }],
    });

    for (const [id, { group, who }] of Object.entries(props.clients)) {
      new ec2.CfnSecurityGroupIngress(this, id, {
        groupId: props.listenerGroup.securityGroupId,
        sourceSecurityGroupId: group.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: ports.adminHttps,
        toPort: ports.adminHttps,
        description: `${who} to the admin listener`,
      });
    }

    // A zone of the one name: every other name of the domain keeps its public answer.
    const zone = new route53.PrivateHostedZone(this, 'Zone', { zoneName: host, vpc: props.vpc });
    new route53.ARecord(this, 'Address', {
      zone,
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer)),
    });
  }
}
