import { list, map, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** The default security group, which every VPC has and nobody asked for, lets nothing through. */
export const defaultGroup = defineRule({
  invariant: 'NET1',
  finding: 'DefaultGroup',
  en: "The VPC's default security group is closed",
  ja: 'VPCのデフォルトセキュリティグループが閉じている',
  appliesTo: ['AWS::EC2::VPC'],
  judge(vpc, { graph, declared }) {
    const closing = graph
      .ofType('Custom::VpcRestrictDefaultSG')
      .some((resource) => graph.target(resource.properties.DefaultSecurityGroupId) === vpc);
    if (closing) return pass('a custom resource removes every rule of the default group');
    // CloudFormation alone cannot empty the group; other templates may do it by another tool.
    return declared ? fail('nothing closes the default security group') : skip('a template cannot show it');
  },
});

/** Nobody uses the default group either: its rules are invisible in templates. */
export const defaultGroupUnused = defineRule({
  invariant: 'NET1',
  finding: 'DefaultGroupUnused',
  en: "Nothing uses the VPC's default security group",
  ja: 'デフォルトセキュリティグループが使われていない',
  appliesTo: [
    'AWS::ECS::Service',
    'AWS::Lambda::Function',
    'AWS::RDS::DBCluster',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::ClientVpnEndpoint',
    'AWS::EFS::MountTarget',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::WorkSpacesWeb::NetworkSettings',
  ],
  judge({ type, properties }) {
    if (type === 'AWS::Lambda::Function' && properties.VpcConfig === undefined)
      return skip('is not in a VPC');
    if (type === 'AWS::EC2::VPCEndpoint' && text(properties.VpcEndpointType) !== 'Interface')
      return skip('a gateway endpoint has no group');
    const nested = map(map(properties.NetworkConfiguration).AwsvpcConfiguration);
    if (type === 'AWS::ECS::Service' && Object.keys(nested).length === 0)
      return skip('has no interface of its own');
    const groups = [
      ...list(properties.SecurityGroupIds),
      ...list(properties.SecurityGroups),
      ...list(properties.VpcSecurityGroupIds),
      ...list(map(properties.VpcConfig).SecurityGroupIds),
      ...list(nested.SecurityGroups),
    ];
    if (groups.length > 0) return pass('names its security groups');
    if (text(properties.Type) === 'network') return skip('a network load balancer may have none');
    return fail('names no security group, so the default group applies');
  },
});
