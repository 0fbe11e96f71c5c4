import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment, Shop } from '../../config/index.ts';
import type { FunctionNetwork } from '../lambda/function-network.ts';
import { functionLogs } from '../lambda/hardened-function.ts';
import { type RetentionProps, removalPolicyOf } from '../retention.ts';
import { closeDefaultGroup } from './closed-default-group.ts';
import { DnsFirewall } from './dns-firewall.ts';
import { addS3Endpoint, addSecretsManagerEndpoint } from './endpoints.ts';
import { functionEniPolicy } from './function-eni-policy.ts';
import { ZonedNatProvider } from './nat.ts';
import { ShopSecurityGroups } from './security-groups.ts';
import { subnetGroups, workloadSubnets } from './subnets.ts';

export interface NetworkStackProps extends StackProps, RetentionProps {
  readonly shop: Shop;
  readonly environment: Environment;
  readonly logsKey: kms.IKey;
  readonly alarmTopic: sns.ITopic;
}

/**
 * The private network (NET1, NET4, NET5): no public subnet, no route to an internet gateway, names of allow-listed
 * domains only, and one place that says who may open a connection to whom.
 */
export class NetworkStack extends Stack {
  readonly vpc: ec2.Vpc;
  readonly securityGroups: ShopSecurityGroups;
  /** Where functions of other stacks run. */
  readonly functionNetwork: FunctionNetwork;
  private readonly zones: string[];

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    this.zones = props.environment.network.subnetZones;

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(props.environment.network.cidr),
      // Three from the start: subnets of another number of zones would take addresses of those that stand.
      availabilityZones: this.zones,
      natGatewayProvider: natProvider(props.environment),
      // Closed below, by a function with the settings of all others.
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: subnetGroups.app, subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: subnetGroups.data, subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    this.keepFlowLogs(props);

    this.securityGroups = new ShopSecurityGroups(this, 'SecurityGroups', {
      vpc: this.vpc,
      containerPort: props.shop.platform.port,
      mailPort: props.environment.mail?.kind === 'smtp' ? props.environment.mail.port : undefined,
    });
    this.keepForOthers();
    // Secrets and image layers are fetched without leaving AWS's network; the rest goes out through the firewall.
    addS3Endpoint(this.vpc);
    const appSubnets = workloadSubnets(props.environment);
    this.makeNatGatewayAfter(addSecretsManagerEndpoint(this.vpc, appSubnets, this.securityGroups.endpoints));
    new DnsFirewall(this, 'DnsFirewall', {
      vpc: this.vpc,
      allowedDomains: [
        ...props.shop.platform.updateDomains,
        ...props.shop.paymentHosts.server,
        // Admins ask the resolver of the VPC while they are connected.
        props.environment.admin.host,
        ...props.environment.network.allowedDomains,
        ...(props.environment.mail?.kind === 'smtp' ? [props.environment.mail.host] : []),
      ],
      logsKey: props.logsKey,
      logRetentionDays: props.environment.logRetentionDays,
      alarmTopic: props.alarmTopic,
      disposable: props.disposable,
    });

    this.functionNetwork = {
      vpc: this.vpc,
      subnets: appSubnets,
      securityGroup: this.securityGroups.functions,
      eniPolicy: functionEniPolicy(this),
    };
    closeDefaultGroup(this.vpc, {
      network: this.functionNetwork,
      logs: functionLogs(props.logsKey, props.environment),
      alarmTopic: props.alarmTopic,
    });
  }

  /** The VPC compares its zones with those of its stack, which the CDK would otherwise look up in the account. */
  override get availabilityZones(): string[] {
    return this.zones;
  }

  /**
   * The CDK waits for the internet gateway, but EC2 refuses a NAT gateway until the other is attached to the VPC.
   *
   * A regional NAT gateway serves the zones in which it finds network interfaces, and may take an hour to notice one in
   * a zone that had none. With those of the endpoint there before it, it begins in every zone in use.
   * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
   */
  private makeNatGatewayAfter(endpoint: ec2.InterfaceVpcEndpoint): void {
    const made = this.vpc.node.findAll();
    const attachment = made.find((each) => each instanceof ec2.CfnVPCGatewayAttachment);
    for (const nat of made.filter((each) => each instanceof ec2.CfnNatGateway)) {
      if (attachment) nat.node.addDependency(attachment);
      nat.node.addDependency(endpoint);
    }
  }

  /**
   * Exports every subnet and the group of the media, used or not. An export that came and went with the tier or the
   * kind of media could not go: this stack is deployed before those that let go of it, and CloudFormation refuses to
   * drop what another stack still reads.
   */
  private keepForOthers(): void {
    const subnets = [...this.vpc.privateSubnets, ...this.vpc.isolatedSubnets];
    for (const value of [
      ...subnets.map(({ subnetId }) => subnetId),
      this.securityGroups.media.securityGroupId,
    ]) {
      this.exportValue(value);
    }
  }

  private keepFlowLogs(props: NetworkStackProps): void {
    const logGroup = new logs.LogGroup(this, 'FlowLogs', {
      encryptionKey: props.logsKey,
      retention: props.environment.logRetentionDays,
      removalPolicy: removalPolicyOf(props),
    });
    const role = new iam.Role(this, 'FlowLogRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com'),
      description: 'Writes the flow log of the network',
    });
    const flowLog = this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role),
      trafficType: ec2.FlowLogTrafficType.ALL,
    });
    flowLog.node.addDependency(role);
  }
}

/** Automatic where the shop is in every zone of its load balancer, and no dearer than it must be where it is not. */
function natProvider({ network }: Environment): ec2.NatProvider {
  const { availabilityZones, workloadZones } = network;
  return workloadZones.length < availabilityZones.length
    ? new ZonedNatProvider(workloadZones)
    : ec2.NatProvider.regionalGateway();
}
