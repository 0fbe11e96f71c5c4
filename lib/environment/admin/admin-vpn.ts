import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { parseCidr } from '../../config/cidr.ts';
import type { Environment, Tier } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { subnetsOf } from '../network/subnets.ts';
import { removalPolicyOf } from '../retention.ts';
import { VpnDoor } from './door/vpn-door.ts';
import type { VpnNames } from './names.ts';
import { revocationListWarningDays, serverCertificateWarningDays } from './periods.ts';
import { letOutToAdminListener } from './to-admin-listener.ts';

/** Zones the VPN is attached to while it is open. The admins' way in may fail with a zone, the shop may not. */
const associations: Record<Tier, number> = { starter: 1, standard: 1, 'high-availability': 2 };

export interface AdminVpnProps {
  readonly shopName: string;
  readonly environment: Environment;
  readonly names: VpnNames;
  /** ACM certificate of the server, signed by the authority that signs the admins' certificates. */
  readonly certificateArn: string;
  readonly vpc: ec2.IVpc;
  /** Group of the admin listener: the only place its clients get to. */
  readonly adminListenerGroup: ec2.ISecurityGroup;
  readonly connectionHandler: lambda.IFunction;
  /** Where the function runs that opens and shuts it. */
  readonly network: FunctionNetwork;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

export interface VpnLogs {
  /** Who connected, and who was refused. */
  readonly connections: logs.ILogGroup;
  /** Who let it be opened and shut. */
  readonly door: logs.ILogGroup;
}

/**
 * The one way to the admin screens (ADM2): a VPN that asks for a certificate of one's own, for single sign-on where
 * configured, and then for the connection handler's consent; attached to the network only while somebody needs it.
 *
 * Its clients reach the admin listener and the VPC's resolver, which they ask for the admin host's address, and
 * nothing else (NET4): authorization rules name the listener's subnets only, and the security group only its port.
 */
export class AdminVpn extends Construct {
  /** The clients' group, as the load balancer sees them. */
  readonly clients: ec2.SecurityGroup;
  private readonly endpoint: ec2.ClientVpnEndpoint;

  readonly logs: VpnLogs;

  constructor(scope: Construct, id: string, props: AdminVpnProps) {
    super(scope, id);
    const { environment } = props;
    const { vpn } = environment.admin;

    this.clients = new ec2.SecurityGroup(this, 'Clients', {
      vpc: props.vpc,
      description: 'VPN clients: to the admin listener only',
      allowAllOutbound: false,
    });
    letOutToAdminListener(this, this.clients, props.adminListenerGroup, 'VPN clients');

    const listenerSubnets = props.vpc.selectSubnets(subnetsOf('app', environment)).subnets;
    const resolver = resolverAddress(environment.network.cidr);
    const connections = this.connectionLog(props);
    this.endpoint = new ec2.ClientVpnEndpoint(this, 'Endpoint', {
      vpc: props.vpc,
      vpcSubnets: { subnets: listenerSubnets.slice(0, associations[environment.tier]) },
      description: `Admins of ${props.shopName} ${environment.name}`,
      cidr: vpn.clientCidr,
      serverCertificateArn: props.certificateArn,
      // The server's certificate was imported with the authority in its chain, and the same authority signs clients.
      clientCertificateArn: props.certificateArn,
      userBasedAuthentication: vpn.samlProviderArn
        ? ec2.ClientVpnUserBasedAuthentication.federated(
            iam.SamlProvider.fromSamlProviderArn(this, 'SingleSignOn', vpn.samlProviderArn),
          )
        : undefined,
      clientConnectionHandler: props.connectionHandler,
      securityGroups: [this.clients],
      dnsServers: [resolver],
      // Only what is meant for the admin listener enters the tunnel; all other traffic of the admin's PC would end here.
      splitTunnel: true,
      authorizeAllUsersToVpcCidr: false,
      selfServicePortal: false,
      sessionTimeout: vpn.sessionHours,
      disconnectOnSessionTimeout: true,
      clientLoginBanner: `${props.shopName}: admins only. Every connection is recorded. / 管理者専用です。接続はすべて記録されます。`,
      logging: true,
      logGroup: connections,
    });
    this.enforceRoutes();
    this.leaveUnattached();
    const door = new VpnDoor(this, 'Door', {
      ...props,
      endpoint: this.endpoint,
      subnets: listenerSubnets.slice(0, associations[environment.tier]),
      clients: this.clients,
    });
    this.logs = { connections, door: door.logGroup };

    for (const subnet of listenerSubnets) {
      // Named after the zone: a rule that moved to another zone's addresses would meet the one that stands there.
      this.endpoint.addAuthorizationRule(`AdminListener-${subnet.availabilityZone}`, {
        cidr: subnet.ipv4CidrBlock,
        description: 'Subnet of the admin listener',
      });
    }
    this.endpoint.addAuthorizationRule('Resolver', {
      cidr: `${resolver}/32`,
      description: 'Address of the admin host',
    });

    new ssm.StringParameter(this, 'EndpointId', {
      parameterName: props.names.endpointParameter,
      description: 'Where "secure-shop vpn" finds the endpoint',
      stringValue: this.endpoint.endpointId,
    });
    this.alarmBeforeExpiry(props);
  }

  /**
   * AWS's client puts back the tunnel's routes when something on the PC bends them. Set on the resource itself: the
   * construct refuses it together with split tunnel, which AWS recommends for it.
   * https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/cvpn-working-cre.html
   */
  private enforceRoutes(): void {
    const endpoint = this.endpoint.node.defaultChild as ec2.CfnClientVpnEndpoint;
    endpoint.clientRouteEnforcementOptions = { enforced: true };
  }

  /** Attached by the door, while somebody needs it; the construct knows no endpoint without a subnet. */
  private leaveUnattached(): void {
    for (const { node } of this.endpoint.node.children) {
      if (node.id.startsWith('Association')) this.endpoint.node.tryRemoveChild(node.id);
    }
  }

  private connectionLog({ environment, logsKey }: AdminVpnProps): logs.LogGroup {
    return new logs.LogGroup(this, 'ConnectionLog', {
      encryptionKey: logsKey,
      retention: environment.logRetentionDays,
      removalPolicy: removalPolicyOf(environment),
    });
  }

  /** Whichever of the two ends, everybody is locked out. */
  private alarmBeforeExpiry({ alarmTopic, certificateArn }: AdminVpnProps): void {
    const ring = new actions.SnsAction(alarmTopic);
    new cloudwatch.Alarm(this, 'RevocationListExpires', {
      alarmDescription:
        'The revocation list of the admin VPN expires and then locks every admin out: run "secure-shop vpn renew-crl". Runbook: docs/runbooks/vpn.md',
      // https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/monitoring-cloudwatch.html
      metric: new cloudwatch.Metric({
        namespace: 'AWS/ClientVPN',
        metricName: 'CrlDaysToExpiry',
        dimensionsMap: { Endpoint: this.endpoint.endpointId },
        statistic: 'Minimum',
        period: Duration.hours(1),
      }),
      threshold: revocationListWarningDays,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // There is no list until the first certificate is revoked.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(ring);
    new cloudwatch.Alarm(this, 'ServerCertificateExpires', {
      alarmDescription:
        'The certificate of the admin VPN, or its authority, expires and then locks every admin out: run "secure-shop vpn init". Runbook: docs/runbooks/vpn.md',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/CertificateManager',
        metricName: 'DaysToExpiry',
        dimensionsMap: { CertificateArn: certificateArn },
        statistic: 'Minimum',
        period: Duration.days(1),
      }),
      threshold: serverCertificateWarningDays,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    }).addAlarmAction(ring);
  }
}

/** The VPC's resolver answers at the third address of the VPC. */
function resolverAddress(vpcCidr: string): string {
  const block = parseCidr(vpcCidr);
  if (!block) throw new Error(`"${vpcCidr}" is no IPv4 block`);
  const address = block.first + 2;
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
