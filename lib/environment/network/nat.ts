import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * The way out for a small tier: a regional NAT gateway in manual mode, in the named zones only. In automatic mode it
 * follows every network interface, so that the load balancer's second zone would cost as much as the first.
 *
 * Subnets of other zones get no route out: a gateway in manual mode serves the zones it lists
 * (https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.RegionalNatGatewayProviderProps.html), and what
 * stands in them, the load balancer and the stores, opens no connection to the Internet. Needs no public subnet.
 */
export class ZonedNatProvider extends ec2.RegionalNatGatewayProvider {
  private readonly zones: readonly string[];

  constructor(zones: readonly string[]) {
    super();
    this.zones = zones;
  }

  override configureNat({ vpc, privateSubnets }: ec2.ConfigureNatOptions): void {
    // Not named as the gateway of the other mode: EC2 has no call that changes the mode of one that stands.
    const gateway = new ec2.CfnNatGateway(vpc, 'ZonedNatGateway', {
      vpcId: vpc.vpcId,
      availabilityMode: 'regional',
      connectivityType: 'public',
      availabilityZoneAddresses: this.zones.map((availabilityZone) => ({
        availabilityZone,
        allocationIds: [
          new ec2.CfnEIP(vpc, `NatAddress-${availabilityZone}`, { domain: 'vpc' }).attrAllocationId,
        ],
      })),
    });
    gateway.node.addDependency(vpc.internetConnectivityEstablished);
    for (const subnet of privateSubnets.filter(({ availabilityZone }) =>
      this.zones.includes(availabilityZone),
    )) {
      subnet.addRoute('DefaultRoute', {
        routerType: ec2.RouterType.NAT_GATEWAY,
        routerId: gateway.attrNatGatewayId,
        enablesInternetConnectivity: true,
      });
    }
  }
}
