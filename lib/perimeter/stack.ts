import { CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../config/index.ts';
import { removalPolicyOf } from '../retention.ts';
import { DataKey } from '../vault/keys.ts';
import { EdgeWebAcl } from './web-acl.ts';

export interface PerimeterStackProps extends StackProps {
  readonly shop: Shop;
  readonly environment: Environment;
}

/**
 * What CloudFront needs and AWS keeps in us-east-1 only: the certificate, the web ACL and its logs. The stack is
 * separate for that reason alone.
 */
export class PerimeterStack extends Stack {
  /** For the distribution. */
  readonly webAclArn: string;
  /** For the domain and its aliases. */
  readonly certificate: acm.ICertificate;

  constructor(scope: Construct, id: string, props: PerimeterStackProps) {
    super(scope, id, props);
    const { shop, environment } = props;

    this.certificate = this.edgeCertificate(environment);

    const webAcl = new EdgeWebAcl(this, 'WebAcl', {
      environment,
      platform: shop.platform,
      logGroup: this.webAclLogs(shop.name, environment),
    });
    this.webAclArn = webAcl.arn;

    // The home region reads both with an intrinsic function; strong references across regions would bring a pair of
    // functions with roles of their own.
    const made = environment.certificates.edgeArn ? [webAcl] : [webAcl, this.certificate];
    for (const shared of made) CrossStackReferences.of(shared).produce(ReferenceStrength.WEAK);
  }

  private edgeCertificate({ certificates, domain, aliases, hostedZone }: Environment): acm.ICertificate {
    if (certificates.edgeArn) {
      return acm.Certificate.fromCertificateArn(this, 'Certificate', certificates.edgeArn);
    }
    return new acm.Certificate(this, 'Certificate', {
      domainName: domain,
      subjectAlternativeNames: aliases.length > 0 ? aliases : undefined,
      validation: acm.CertificateValidation.fromDns(
        route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
          hostedZoneId: hostedZone.id,
          zoneName: hostedZone.name,
        }),
      ),
    });
  }

  private webAclLogs(shopName: string, environment: Environment): logs.LogGroup {
    const key = new DataKey(this, 'LogsKey', {
      description: 'Web ACL logs',
      dataClass: 'logs',
      services: ['logs'],
      disposable: environment.disposable,
    });
    key.allowLogGroups();
    return new logs.LogGroup(this, 'WebAclLogs', {
      // AWS WAF delivers to no group whose name begins otherwise.
      logGroupName: `aws-waf-logs-${shopName}-${environment.name}`,
      encryptionKey: key,
      retention: environment.logRetentionDays,
      removalPolicy: removalPolicyOf(environment),
    });
  }
}
