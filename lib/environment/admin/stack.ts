import { Annotations, Stack, type StackProps } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import { certificateFor } from '../certificate.ts';
import { ContractorRole } from '../contractor/contractor-role.ts';
import { revocationPolicyName } from '../contractor/names.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { mayGo } from '../optional-reference.ts';
import { deploymentNames } from '../patching/names.ts';
import type { ShopKeys } from '../vault/keys.ts';
import { AdminListener } from './admin-listener.ts';
import { AdminVpn, type VpnLogs } from './admin-vpn.ts';
import { ConnectionHandler } from './connection-handler/connection-handler.ts';
import { vpnNames } from './names.ts';
import { SecureBrowser } from './secure-browser/secure-browser.ts';

export interface AdminStackProps extends StackProps {
  readonly shop: Pick<Shop, 'name'>;
  readonly environment: Environment;
  readonly network: FunctionNetwork;
  readonly loadBalancer: elbv2.IApplicationLoadBalancer;
  readonly targetGroup: elbv2.IApplicationTargetGroup;
  /** Group of the load balancer for the admin listener. It needs no rule yet. */
  readonly adminListenerGroup: ec2.ISecurityGroup;
  readonly keys: Pick<ShopKeys, 'credentials' | 'logs'>;
  /** Where sessions of the secure browser are recorded. */
  readonly logArchive: s3.IBucket;
  /** Log groups of builds and of releases. */
  readonly buildLogs: readonly logs.ILogGroup[];
  readonly alarmTopic: sns.ITopic;
}

/**
 * The admins' ways in: a VPN, person by person, or a browser that runs in AWS, and the listener behind them.
 *
 * Until the config names the VPN server's certificate there is no VPN, and where it asks for no secure browser either
 * the admin screens answer nobody: the first deploy makes the key under which `secure-shop vpn init` then keeps the
 * certificate authority.
 */
export class AdminStack extends Stack {
  /** Undefined: there is no VPN yet. */
  readonly vpnLogs: VpnLogs | undefined;

  constructor(scope: Construct, id: string, props: AdminStackProps) {
    super(scope, id, props);
    const { environment, keys } = props;
    const names = vpnNames(props.shop.name, environment);

    new ssm.StringParameter(this, 'CredentialsKey', {
      parameterName: names.credentialsKeyParameter,
      description: 'Key under which "secure-shop vpn" keeps the certificate authority',
      stringValue: keys.credentials.keyArn,
    });
    this.admitContractor(props);
    const vpn = this.makeVpn(props);
    const browser = this.makeSecureBrowser(props);
    if (!vpn && !browser) {
      Annotations.of(this).addInfo(
        `${environment.name} has no admin VPN yet, and its admin screens answer nobody: after this deploy run "secure-shop vpn init", put the ARN it prints into admin.vpn.certificateArn and deploy again`,
      );
      return;
    }
    this.vpnLogs = vpn?.logs;
    if (vpn) for (const log of [vpn.logs.connections, vpn.logs.door]) mayGo(log);
    new AdminListener(this, 'Listener', {
      host: environment.admin.host,
      vpc: props.network.vpc,
      loadBalancer: props.loadBalancer,
      targetGroup: props.targetGroup,
      // One of its own, so that host names of the shop can change without touching what this stack holds on to.
      certificate: certificateFor(this, {
        existingArn: environment.certificates.adminArn,
        domain: environment.admin.host,
        alternativeNames: [],
        hostedZone: environment.hostedZone,
      }),
      listenerGroup: props.adminListenerGroup,
      clients: {
        ...(vpn && { FromVpnClients: { group: vpn.clients, who: 'VPN clients' } }),
        ...(browser && { FromSecureBrowser: { group: browser.clients, who: 'Secure browser' } }),
      },
    });
  }

  private makeVpn(props: AdminStackProps): AdminVpn | undefined {
    const { shop, environment, keys, alarmTopic, network } = props;
    const { certificateArn } = environment.admin.vpn;
    if (!certificateArn) return undefined;
    const names = vpnNames(shop.name, environment);
    const handler = new ConnectionHandler(this, 'ConnectionHandler', {
      environment,
      names,
      network,
      logsKey: keys.logs,
      alarmTopic,
    });
    return new AdminVpn(this, 'Vpn', {
      shopName: shop.name,
      environment,
      names,
      certificateArn,
      vpc: network.vpc,
      adminListenerGroup: props.adminListenerGroup,
      connectionHandler: handler.function,
      network,
      logsKey: keys.logs,
      alarmTopic,
    });
  }

  private makeSecureBrowser(props: AdminStackProps): SecureBrowser | undefined {
    const { secureBrowser } = props.environment.admin;
    return (
      secureBrowser &&
      new SecureBrowser(this, 'SecureBrowser', {
        shopName: props.shop.name,
        environment: props.environment,
        settings: secureBrowser,
        vpc: props.network.vpc,
        adminListenerGroup: props.adminListenerGroup,
        logArchive: props.logArchive,
        alarmTopic: props.alarmTopic,
      })
    );
  }

  /** A firm that runs the shop comes in by a role, not by the VPN: it has no business in the admin screens. */
  private admitContractor({ shop, environment, buildLogs, alarmTopic }: AdminStackProps): void {
    const { contractor, name, timeZone } = environment;
    if (!contractor) return;
    new ContractorRole(this, 'Contractor', {
      contractor,
      timeZone,
      workplace: {
        names: deploymentNames(shop.name, name),
        stackPrefix: `${shop.name}-${name}-`,
        buildLogArns: buildLogs.map(({ logGroupArn }) => logGroupArn),
      },
      revocationPolicyName: revocationPolicyName(shop.name, name),
      alarmTopic,
    });
  }
}
