import { list } from '../../model/values.ts';
import {
  defineRule,
  type Finding,
  fail,
  isClusterMember,
  pass,
  skip,
  unsure,
  type Verdict,
} from '../rule.ts';

/** Databases live where no route leads in or out. */
export const databaseSubnets = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseSubnets',
  en: 'Databases live in subnets without a route to the Internet',
  ja: 'データベースはインターネットへの経路を持たないサブネットにある',
  appliesTo: [
    'AWS::RDS::DBSubnetGroup',
    'AWS::EFS::MountTarget',
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
  ],
  judge(resource, { graph, reachability, declared }) {
    if (resource.type !== 'AWS::RDS::DBSubnetGroup' && resource.type !== 'AWS::EFS::MountTarget') {
      if (isClusterMember(resource)) return skip('lives where its cluster lives');
      const group = graph.target(resource.properties.DBSubnetGroupName, 'AWS::RDS::DBSubnetGroup');
      if (group) return pass(`lives in the subnets of ${group.logicalId}`);
      return declared
        ? fail('names no subnet group of these templates')
        : skip('its subnets are not in these templates');
    }
    const values = list(resource.properties.SubnetIds ?? resource.properties.SubnetId);
    return values.map((value): Verdict => {
      const subnet = graph.target(value, 'AWS::EC2::Subnet');
      if (!subnet) return unsure('is in a subnet that these templates do not show');
      const routes = reachability.internetRoutes(subnet);
      const inward = routes.filter((each) => each.through !== 'NatGatewayId');
      const bad = declared ? routes : inward;
      return bad.length > 0
        ? fail(
            `${subnet.logicalId} has a route to the Internet (${bad.map((each) => each.route.logicalId).join(', ')})`,
          )
        : pass(`${subnet.logicalId} has no route to the Internet`);
    });
  },
  judgeAll({ graph, reachability, declared }) {
    if (!declared) return [];
    // The same, said of the route and of what joins it to the subnet.
    return graph.ofType('AWS::RDS::DBSubnetGroup', 'AWS::EFS::MountTarget').flatMap((store) =>
      list(store.properties.SubnetIds ?? store.properties.SubnetId).flatMap((value): Finding[] => {
        const subnet = graph.target(value, 'AWS::EC2::Subnet');
        const routes = subnet ? reachability.internetRoutes(subnet) : [];
        if (!subnet || routes.length === 0) return [];
        const joining = graph.referring(subnet, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId');
        return [...routes.map(({ route }) => route), ...joining].map((resource) => ({
          resource,
          ...fail(`gives ${subnet.logicalId}, where ${store.logicalId} lives, a way out`),
        }));
      }),
    );
  },
});
