import { at, isFalse, isTrue, list, text } from '../../model/values.ts';
import { defineRule, type Finding, fail, isClusterMember, pass, unsure, unsureOf } from '../rule.ts';
import { judgeEndpoint, publicEndpointTypes } from './public-endpoints.ts';

const judged = [
  'AWS::EC2::EIP',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::ECS::Service',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  ...publicEndpointTypes,
];

/** No network interface has a public address. */
export const publicAddress = defineRule({
  invariant: 'NET1',
  finding: 'PublicAddress',
  en: 'Nothing in the VPC has a public address',
  ja: 'VPC内のどのリソースもパブリックアドレスを持たない',
  appliesTo: judged,
  judge(resource, { graph, declared }) {
    const { properties, type } = resource;
    switch (type) {
      case 'AWS::EC2::EIP': {
        const nat = graph
          .ofType('AWS::EC2::NatGateway')
          .some(({ properties: { AllocationId, AvailabilityZoneAddresses } }) =>
            [
              AllocationId,
              ...list(AvailabilityZoneAddresses).flatMap((zone) => list(at(zone, 'AllocationIds'))),
            ].some((address) => graph.target(address, 'AWS::EC2::EIP') === resource),
          );
        return nat ? pass('belongs to a NAT gateway, which lets nothing in') : fail('is a public address');
      }
      case 'AWS::EC2::Instance':
      case 'AWS::EC2::LaunchTemplate': {
        const interfaces = list(
          properties.NetworkInterfaces ?? at(properties, 'LaunchTemplateData', 'NetworkInterfaces'),
        );
        const exposed = interfaces.some((each) => isTrue(at(each, 'AssociatePublicIpAddress')));
        if (exposed) return fail('AssociatePublicIpAddress is true');
        const open = interfaces.map((each) =>
          unsureOf({ AssociatePublicIpAddress: at(each, 'AssociatePublicIpAddress') }),
        );
        return open.find((each) => each) ?? pass('asks for no public address');
      }
      case 'AWS::ECS::Service': {
        const asked = at(properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp');
        if (asked === undefined || asked === 'DISABLED') return pass('tasks get no public address');
        return (
          unsureOf({ AssignPublicIp: asked }) ??
          fail('AssignPublicIp is not DISABLED: tasks get public addresses')
        );
      }
      case 'AWS::RDS::DBCluster':
        if (isTrue(properties.PubliclyAccessible)) return fail('PubliclyAccessible is true');
        return (
          unsureOf({ PubliclyAccessible: properties.PubliclyAccessible }) ??
          pass('is not publicly accessible')
        );
      case 'AWS::RDS::DBInstance':
        if (
          isFalse(properties.PubliclyAccessible) ||
          (properties.PubliclyAccessible === undefined &&
            isPrivateByDefault(properties.DBSubnetGroupName, isClusterMember(resource)))
        )
          return pass('is not publicly accessible');
        return (
          unsureOf({ PubliclyAccessible: properties.PubliclyAccessible }) ??
          fail('PubliclyAccessible is not false')
        );
      default:
        if (publicEndpointTypes.includes(type)) return judgeEndpoint(resource);
        if (text(properties.Scheme) === 'internal') return pass('is internal');
        if (declared) return unsureOf({ Scheme: properties.Scheme }) ?? fail('is internet-facing');
        return unsure(
          'is internet-facing: whether that is an entrance on purpose, these templates do not say',
        );
    }
  },
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    // Other kinds of resources that may have an address say so under the same names.
    return graph.resources
      .filter(({ type }) => !judged.includes(type))
      .flatMap((resource): Finding[] => {
        const { PubliclyAccessible, AssociatePublicIpAddress, MapPublicIpOnLaunch, PublicAccess } =
          resource.properties;
        return [PubliclyAccessible, AssociatePublicIpAddress, MapPublicIpOnLaunch, PublicAccess].some(
          isTrue,
        ) && resource.type !== 'AWS::EC2::Subnet'
          ? [{ resource, ...fail(`${resource.type} has a public address`) }]
          : [];
      });
  },
});

/** Without a public subnet group RDS makes an instance private; a cluster member follows its cluster's group. */
function isPrivateByDefault(subnetGroup: unknown, member: boolean): boolean {
  return subnetGroup !== undefined || member;
}
