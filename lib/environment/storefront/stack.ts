import { Stack, type StackProps } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { ShopRefresh } from '../credentials/shop-refresh.ts';
import type { ShopMedia } from '../data/media.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import type { ShopSecurityGroups } from '../network/security-groups.ts';
import type { ShopImages } from '../patching/image-store.ts';
import { deploymentNames } from '../patching/names.ts';
import { PaymentPageWatch, watchedPageOf } from '../payment-page/payment-page-watch.ts';
import { addPublicListenerRules } from '../perimeter/listener-rules.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { StorefrontAlarms } from './alarms.ts';
import { ClockAlarm } from './clock-alarm.ts';
import { ShopEdge } from './edge.ts';
import { ShopLoadBalancer } from './load-balancer.ts';
import { MailDomain, mailSecret } from './mail.ts';
import { RegionalWebAcl } from './regional-web-acl.ts';
import { ShopService } from './service.ts';
import { VpcOriginIngress } from './vpc-origin-ingress.ts';

export interface StorefrontStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly network: FunctionNetwork;
  readonly securityGroups: ShopSecurityGroups;
  readonly keys: Pick<ShopKeys, 'credentials' | 'logs' | 'images'>;
  readonly accessLogs: s3.IBucket;
  readonly images: ShopImages;
  readonly media: ShopMedia;
  readonly shopSecret: secretsmanager.ISecret;
  readonly applicationSecret: secretsmanager.ISecret | undefined;
  /** From the perimeter, in us-east-1. */
  readonly edge: { readonly certificate: acm.ICertificate; readonly webAclArn: string };
  readonly alarmTopic: sns.ITopic;
}

/** The shop itself, from the customer's browser to its tasks: CloudFront, load balancer, service. */
export class StorefrontStack extends Stack {
  /** For the admin listener, which the admin stack adds. */
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  /** Login at the mail server; undefined when it is not this environment's to keep. */
  readonly mailSecret: secretsmanager.ISecret | undefined;

  constructor(scope: Construct, id: string, props: StorefrontStackProps) {
    super(scope, id, props);
    const { shop, environment, network, securityGroups, keys, alarmTopic } = props;
    const { vpc } = network;
    const logs = functionLogs(keys.logs, environment);

    const { loadBalancer, publicListener, targetGroup } = new ShopLoadBalancer(this, 'Front', {
      environment,
      platform: shop.platform,
      vpc,
      securityGroups,
      accessLogs: props.accessLogs,
    });
    addPublicListenerRules(publicListener, {
      platform: shop.platform,
      hosts: environment.hosts,
      targetGroup,
    });
    new RegionalWebAcl(this, 'RegionalWebAcl', {
      shopName: shop.name,
      environment,
      platform: shop.platform,
      loadBalancer,
      logsKey: keys.logs,
    });

    this.mailSecret = mailSecret(this, { shopName: shop.name, environment, key: keys.credentials });
    const names = deploymentNames(shop.name, environment.name);
    const { service, cluster, taskRole, logGroup } = new ShopService(this, 'Shop', {
      names,
      shop,
      environment,
      vpc,
      securityGroups,
      images: props.images,
      shopSecret: props.shopSecret,
      applicationSecret: props.applicationSecret,
      mailSecret: this.mailSecret,
      media: props.media,
      logsKey: keys.logs,
      credentialsKey: keys.credentials,
      targetGroup,
      rollbackAlarms: new StorefrontAlarms(this, 'Alarms', { targetGroup, alarmTopic }).all,
    });
    const { clockLine } = shop.platform;
    if (clockLine !== undefined) {
      new ClockAlarm(this, 'Clock', { service: names.service, logGroup, clockLine, alarmTopic });
    }
    const { mail } = environment;
    if (mail?.kind === 'ses') new MailDomain(this, 'Mail', { environment, mail }).allowToSend(taskRole);
    new ShopRefresh(this, 'Refresh', {
      environment,
      service,
      cluster,
      secrets: [props.shopSecret, ...(props.applicationSecret ? [props.applicationSecret] : [])],
      writtenByOwner: this.mailSecret ? [this.mailSecret] : [],
      network,
      logsKey: keys.logs,
      alarmTopic,
    });

    const { distribution } = new ShopEdge(this, 'Edge', {
      environment,
      platform: shop.platform,
      paymentHosts: shop.paymentHosts,
      loadBalancer,
      certificate: props.edge.certificate,
      webAclArn: props.edge.webAclArn,
      accessLogs: props.accessLogs,
    });
    new VpcOriginIngress(this, 'VpcOriginIngress', {
      distribution,
      publicListenerGroup: securityGroups.publicListener,
      network,
      logs,
      alarmTopic,
    });

    const page = watchedPageOf(shop, environment);
    if (page) {
      new PaymentPageWatch(this, 'PaymentPage', {
        shop,
        environment,
        page,
        key: keys.images,
        accessLogs: props.accessLogs,
        alarmTopic,
      });
    }

    this.loadBalancer = loadBalancer;
    this.targetGroup = targetGroup;
    this.keepForAdmins();
  }

  /**
   * Exports what the admin stack reads, with a VPN or without one: taking the VPN away could not drop these exports,
   * because this stack is deployed before the one that still reads them.
   */
  private keepForAdmins(): void {
    const { loadBalancer, targetGroup } = this;
    for (const value of [
      loadBalancer.loadBalancerArn,
      loadBalancer.loadBalancerCanonicalHostedZoneId,
      loadBalancer.loadBalancerDnsName,
      targetGroup.targetGroupArn,
    ]) {
      this.exportValue(value);
    }
  }
}
