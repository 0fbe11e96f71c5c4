import { CfnDeletionPolicy, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { certificateFor, furtherNames } from '../certificate.ts';
import { mayGo } from '../optional-reference.ts';
import { DataKey } from '../vault/keys.ts';
import { EdgeWebAcl } from './web-acl.ts';
import { webAclLogGroup } from './web-acl-logs.ts';

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

    this.certificate = certificateFor(this, {
      existingArn: environment.certificates.edgeArn,
      domain: environment.domain,
      alternativeNames: furtherNames(environment),
      hostedZone: environment.hostedZone,
    });

    this.letCloudFrontKeep(environment);
    const webAcl = new EdgeWebAcl(this, 'WebAcl', {
      shopName: shop.name,
      environment,
      platform: shop.platform,
      logGroup: webAclLogGroup(this, 'WebAclLogs', {
        name: `${shop.name}-${environment.name}`,
        environment,
        key: this.logsKey(environment),
      }),
    });
    this.webAclArn = webAcl.arn;

    // The home region reads both with an intrinsic function; strong references across regions would bring a pair of
    // functions with roles of their own.
    mayGo(...(environment.certificates.edgeArn ? [webAcl] : [webAcl, this.certificate]));
  }

  /**
   * A change of names makes a new certificate, and this stack is deployed before the one whose distribution then takes
   * it: ACM refuses to delete the old one, which is in use until then. It stays and costs nothing;
   * docs/deploy-notes.md says how to delete it.
   */
  private letCloudFrontKeep({ disposable }: Environment): void {
    const certificate = this.certificate.node.defaultChild;
    if (!(certificate instanceof acm.CfnCertificate)) return;
    certificate.applyRemovalPolicy(
      disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    );
    certificate.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }

  private logsKey({ disposable }: Environment): DataKey {
    const key = new DataKey(this, 'LogsKey', {
      description: 'Web ACL logs',
      dataClass: 'logs',
      services: ['logs'],
      disposable,
    });
    key.allowLogGroups();
    return key;
  }
}
