import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment, PaymentHosts, Platform } from '../../config/index.ts';
import { acknowledge } from '../../declarations/acknowledge.ts';
import { declareCountries } from '../../declarations/declare.ts';
import { ports } from '../network/security-groups.ts';
import { FileBehaviours } from './cache.ts';
import { originTimeouts } from './origin-timeouts.ts';
import { contentSecurityPolicy, SecurityHeaders } from './security-headers.ts';

export interface ShopEdgeProps {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly paymentHosts: PaymentHosts;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  /** For the domain and its aliases, in us-east-1. */
  readonly certificate: acm.ICertificate;
  /** CLOUDFRONT-scope web ACL. */
  readonly webAclArn: string;
  readonly accessLogs: s3.IBucket;
}

/** The one way in from the Internet (NET2): CloudFront over a VPC origin, TLS 1.2 or newer, behind the web ACL. */
export class ShopEdge extends Construct {
  readonly distribution: cloudfront.Distribution;

  constructor(scope: Construct, id: string, props: ShopEdgeProps) {
    super(scope, id);
    const { environment } = props;
    const countries = visitorCountries(environment, props.paymentHosts);

    const shared = {
      origin: origins.VpcOrigin.withApplicationLoadBalancer(props.loadBalancer, {
        // CloudFront checks the certificate against this name; the load balancer's own is in no certificate.
        domainName: environment.domain,
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
        httpsPort: ports.https,
        readTimeout: originTimeouts.answer,
        keepaliveTimeout: originTimeouts.keepAlive,
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: new SecurityHeaders(this, 'SecurityHeaders', {
        contentSecurityPolicy: contentSecurityPolicy(props.paymentHosts),
        hsts: environment.hsts,
      }),
      compress: true,
    };
    const pages = {
      ...shared,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      // A page of one customer must never be shown to another: only what the shop itself marks as public is kept.
      cachePolicy: cloudfront.CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS,
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER,
    };
    const files = new FileBehaviours(this, 'Files', {
      platform: props.platform,
      shared,
      pages,
      hsts: environment.hsts,
    });

    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `Shop at ${environment.domain}`,
      domainNames: [...environment.hosts],
      certificate: props.certificate,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      webAclId: props.webAclArn,
      defaultBehavior: pages,
      additionalBehaviors: files.byPattern,
      geoRestriction: countries && cloudfront.GeoRestriction.allowlist(...countries),
      enableLogging: true,
      logBucket: props.accessLogs,
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
    });
    if (countries) {
      declareCountries(this.distribution, countries);
    } else {
      acknowledge(this.distribution, {
        rule: 'CFR1',
        reason:
          'The shop sells to every country; `waf.allowCountries` restricts it. Compensated by the web ACL: reputation and anonymous-address lists, rate rules and challenges.',
      });
    }
    this.pointDomainsHere(environment);
  }

  private pointDomainsHere({ hostedZone, hosts }: Environment): void {
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    const target = route53.RecordTarget.fromAlias(new targets.CloudFrontTarget(this.distribution));
    for (const host of hosts) {
      const record = { zone, recordName: `${host}.`, target };
      new route53.ARecord(this, `A-${host}`, record);
      new route53.AaaaRecord(this, `AAAA-${host}`, record);
    }
  }
}

/** The payment provider's servers call from its own country; the web ACL admits only their notifications from there. */
function visitorCountries({ waf }: Environment, { countries }: PaymentHosts): string[] | undefined {
  if (waf.allowCountries.length === 0) return undefined;
  return [...new Set([...waf.allowCountries, ...countries])];
}
