import { at, display, list, numeric, text, type Value } from '../../../checks/model/values.ts';
import { type CidrBlock, overlaps, parseCidr } from '../../../config/cidr.ts';
import type { DeployedResource, Deployment } from '../model/deployment.ts';
import { type Demand, eachResource, type Found } from './demand.ts';
import { docs } from './pages.ts';

const sizesSource = `${docs}/vpc/latest/userguide/subnet-sizing.html`;
const clientVpn = `${docs}/vpn/latest/clientvpn-admin/what-is-best-practices.html`;

function blockOf(value: Value | undefined): CidrBlock | undefined {
  return parseCidr(text(value) ?? '');
}

/** A block that is written, and is none. */
function malformed(property: string, value: Value | undefined): Found[] {
  const written = text(value);
  if (written === undefined || !/^[\d./]+$/.test(written) || parseCidr(written)) return [];
  return [
    {
      says: `has ${property} ${written}, which is no block of addresses (InvalidParameterValue)`,
      way: 'Write the first address of a block and its size, such as 10.20.0.0/16.',
      source: sizesSource,
    },
  ];
}

const blocks = eachResource('network-blocks', ['AWS::EC2::VPC', 'AWS::EC2::Subnet'], (resource) => {
  const { CidrBlock: written } = resource.properties;
  const block = blockOf(written);
  if (!block) return malformed('CidrBlock', written);
  if (block.prefixLength >= 16 && block.prefixLength <= 28) return [];
  return [
    {
      says: `has CidrBlock ${text(written)}; AWS takes /16 to /28 (InvalidVpc.Range, InvalidSubnet.Range)`,
      way: 'Write a block of another size.',
      source: sizesSource,
    },
  ];
});

const subnetsInside = eachResource('network-blocks', ['AWS::EC2::Subnet'], (subnet, deployment) => {
  const block = blockOf(subnet.properties.CidrBlock);
  const [vpc, ...others] = deployment.referred(subnet, subnet.properties.VpcId);
  if (!block || !vpc || others.length > 0) return [];
  const further = deployment.resources.filter(
    (each) =>
      each.type === 'AWS::EC2::VPCCidrBlock' &&
      deployment.referred(each, each.properties.VpcId).includes(vpc),
  );
  const around = [vpc, ...further].map(({ properties }) => blockOf(properties.CidrBlock));
  if (around.some((outer) => !outer || (outer.first <= block.first && block.last <= outer.last))) return [];
  return [
    {
      says: `has CidrBlock ${text(subnet.properties.CidrBlock)}, which is not inside ${vpc.id} (InvalidSubnet.Range)`,
      way: 'Write a block of the VPC.',
      source: sizesSource,
    },
  ];
});

const vpnAddresses = eachResource(
  'vpn-client-addresses',
  ['AWS::EC2::ClientVpnEndpoint'],
  (endpoint, deployment) => {
    const written = endpoint.properties.ClientCidrBlock;
    const block = blockOf(written);
    if (!block) return malformed('ClientCidrBlock', written);
    const size = block.prefixLength < 12 || block.prefixLength > 22;
    const inside = vpcsOf(endpoint, deployment).filter(({ properties }) => {
      const vpc = blockOf(properties.CidrBlock);
      return vpc !== undefined && overlaps(vpc, block);
    });
    return [
      ...(size ? [`has ClientCidrBlock ${text(written)}; Client VPN takes /12 to /22`] : []),
      ...inside.map((vpc) => `gives its clients addresses of ${vpc.id}, which must not overlap`),
    ].map((says) => ({ says, way: 'Write a block of that size outside the VPC.', source: clientVpn }));
  },
);

function vpcsOf(endpoint: DeployedResource, deployment: Deployment): readonly DeployedResource[] {
  const named = deployment.referred(endpoint, endpoint.properties.VpcId);
  return named.length > 0
    ? named
    : deployment.resources.filter(
        ({ type, stack }) => type === 'AWS::EC2::VPC' && stack.environment === endpoint.stack.environment,
      );
}

const oneSubnetPerZone: Demand = {
  id: 'vpn-one-subnet-per-zone',
  violations: (deployment) => {
    const taken = new Map<string, DeployedResource>();
    return deployment.resources
      .filter(({ type }) => type === 'AWS::EC2::ClientVpnTargetNetworkAssociation')
      .flatMap((association) => {
        const [subnet] = deployment.referred(association, association.properties.SubnetId);
        const zone = subnet?.properties.AvailabilityZone;
        if (zone === undefined) return [];
        const key = `${display(association.properties.ClientVpnEndpointId)} ${display(zone)}`;
        const other = taken.get(key);
        taken.set(key, association);
        if (!other) return [];
        return [
          {
            of: association,
            says: `associates a second subnet of ${display(zone)}, where ${other.id} has one (InvalidClientVpnDuplicateAssociation)`,
            way: 'Associate one subnet of each zone.',
            source: `${docs}/vpn/latest/clientvpn-admin/cvpn-working-target.html`,
          },
        ];
      });
  },
};

const balancerZones = eachResource(
  'balancer-zones',
  ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  (balancer, deployment) => {
    const { Type: kind, Subnets: written, SubnetMappings: mappings } = balancer.properties;
    if (kind !== undefined && kind !== 'application') return [];
    const subnets = list(written ?? list(mappings).map((each) => at(each, 'SubnetId') ?? null));
    const zones = subnets.map((subnet) => {
      const [found] = deployment.referred(balancer, subnet);
      return found ? display(found.properties.AvailabilityZone) : display(subnet);
    });
    const twice = zones.some((zone, index) => zones.indexOf(zone) !== index);
    if (subnets.length === 0 || (zones.length > 1 && !twice)) return [];
    return [
      {
        says: twice
          ? 'stands twice in one zone (InvalidConfigurationRequest)'
          : 'stands in one zone; an application load balancer needs two',
        way: 'Name one subnet in each of two zones or more.',
        source: `${docs}/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html`,
      },
    ];
  },
);

/** CloudFront's prefix list counts as many rules as it may have entries. */
const prefixListWeight = 55;
const rulesPerGroup = 60;

const groupRules: Demand = {
  id: 'security-group-rules',
  violations: (deployment) =>
    (['Ingress', 'Egress'] as const).flatMap((direction) => {
      const weights = new Map<DeployedResource, number>();
      const add = (group: DeployedResource, rule: Value) => {
        const listed =
          at(rule, 'SourcePrefixListId') !== undefined || at(rule, 'DestinationPrefixListId') !== undefined;
        weights.set(group, (weights.get(group) ?? 0) + (listed ? prefixListWeight : 1));
      };
      for (const resource of deployment.resources) {
        if (resource.type === 'AWS::EC2::SecurityGroup') {
          for (const rule of list(resource.properties[`SecurityGroup${direction}`])) add(resource, rule);
        } else if (resource.type === `AWS::EC2::SecurityGroup${direction}`) {
          for (const group of deployment.referred(resource, resource.properties.GroupId))
            add(group, resource.properties);
        }
      }
      return [...weights]
        .filter(([, weight]) => weight > rulesPerGroup)
        .map(([group, weight]) => ({
          of: group,
          says: `has ${weight} ${direction === 'Ingress' ? 'inbound' : 'outbound'} rules, a prefix list counted as its entries; EC2 takes ${rulesPerGroup} (RulesPerSecurityGroupLimitExceeded)`,
          way: 'Let in a security group instead of addresses, or have the quota raised.',
          source: `${docs}/vpc/latest/userguide/amazon-vpc-limits.html`,
        }));
    }),
};

const portRanges = eachResource(
  'security-group-rules',
  ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'],
  ({ type, properties }) => {
    const rules =
      type === 'AWS::EC2::SecurityGroup'
        ? [...list(properties.SecurityGroupIngress), ...list(properties.SecurityGroupEgress)]
        : [properties];
    return rules.flatMap((rule) => {
      const [from, to] = [numeric(at(rule, 'FromPort')), numeric(at(rule, 'ToPort'))];
      // For ICMP the two are its type and its code.
      if (
        from === undefined ||
        to === undefined ||
        !/^(tcp|udp|6|17)$/.test(text(at(rule, 'IpProtocol')) ?? '')
      )
        return [];
      if (from <= to && from >= 0 && to <= 65_535) return [];
      return [
        {
          says: `has a rule for the ports ${from} to ${to} (InvalidParameterValue)`,
          way: 'Write the lower port first, 0 to 65535.',
          source: `${docs}/AWSEC2/latest/APIReference/API_IpPermission.html`,
        },
      ];
    });
  },
);

/** What EC2 demands of addresses, and of who may connect. */
export const network: readonly Demand[] = [
  blocks,
  subnetsInside,
  vpnAddresses,
  oneSubnetPerZone,
  balancerZones,
  groupRules,
  portRanges,
];
