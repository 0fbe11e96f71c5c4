import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { certificateFor, furtherNames } from '../certificate.ts';
import { ports, type ShopSecurityGroups } from '../network/security-groups.ts';
import { subnetsOf } from '../network/subnets.ts';
import { switchedOnLater } from '../protection/switches.ts';
import { removalPolicyOf } from '../retention.ts';
import { loadBalancerLogsPrefix } from '../vault/buckets.ts';
import { originTimeouts } from './origin-timeouts.ts';

export interface ShopLoadBalancerProps {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly vpc: ec2.IVpc;
  readonly securityGroups: ShopSecurityGroups;
  readonly accessLogs: s3.IBucket;
}

/**
 * The load balancer inside the VPC: two listeners (NET3). The public listener takes CloudFront's requests for
 * the shop's own host names; the admin listener, with a certificate of its own, is added by the admin stack.
 */
export class ShopLoadBalancer extends Construct {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly publicListener: elbv2.ApplicationListener;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  constructor(scope: Construct, id: string, props: ShopLoadBalancerProps) {
    super(scope, id);
    const { environment, securityGroups } = props;

    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: subnetsOf('app', environment),
      internetFacing: false,
      securityGroup: securityGroups.publicListener,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
      http2Enabled: true,
      idleTimeout: originTimeouts.idle,
    });
    this.loadBalancer.addSecurityGroup(securityGroups.adminListener);
    this.loadBalancer.applyRemovalPolicy(removalPolicyOf(environment));
    this.deliverLogs(props.accessLogs);
    // Switched on once the stack is complete: see Protection. A "false" that is written down would switch it off again.
    this.loadBalancer.removeAttribute('deletion_protection.enabled');
    acknowledge(this.loadBalancer, {
      rule: 'ELBDeletionProtectionEnabled',
      reason: environment.disposable
        ? 'The environment is disposable: it may be deleted as a whole, and must not hold data of real customers. Compensated by production, whose load balancer refuses deletion.'
        : switchedOnLater,
    });

    const certificate = certificateFor(this, {
      existingArn: environment.certificates.loadBalancerArn,
      domain: environment.domain,
      alternativeNames: furtherNames(environment),
      hostedZone: environment.hostedZone,
    });
    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'Shop', {
      vpc: props.vpc,
      // ECS registers each task with the port of its container. Written here, the port could only change with the
      // whole target group, which the admin stack holds on to.
      port: 80,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targetType: elbv2.TargetType.IP,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        path: props.platform.healthPath,
        healthyHttpCodes: '200',
        interval: Duration.seconds(15),
        timeout: Duration.seconds(10),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });

    this.publicListener = this.loadBalancer.addListener('Public', {
      port: ports.https,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      // Opened by CloudFront's own security group only; see VpcOriginIngress.
      open: false,
      certificates: [certificate],
      sslPolicy: elbv2.SslPolicy.TLS13_RES,
      defaultAction: elbv2.ListenerAction.fixedResponse(403, {
        contentType: 'text/plain',
        messageBody: 'Forbidden',
      }),
    });
  }

  /** The bucket's own policy admits the delivery; the construct's helper would admit an account of AWS's instead. */
  private deliverLogs(bucket: s3.IBucket): void {
    for (const kind of ['access', 'connection']) {
      this.loadBalancer.setAttribute(`${kind}_logs.s3.enabled`, 'true');
      this.loadBalancer.setAttribute(`${kind}_logs.s3.bucket`, bucket.bucketName);
      this.loadBalancer.setAttribute(`${kind}_logs.s3.prefix`, `${loadBalancerLogsPrefix}${kind}`);
    }
  }
}
