import type { GroupRule } from '../../model/network/security-groups.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { isMap, tokensIn, type Value } from '../../model/values.ts';
import { type Context, defineRule, type Finding, fail, pass } from '../rule.ts';

/** Kinds that the model of the network knows as members of a group, and those that only speak of groups. */
const members = [
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECS::Service',
  'AWS::ECS::TaskSet',
  'AWS::EFS::MountTarget',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::CodeBuild::Project',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
  'AWS::SSM::Parameter',
  'AWS::WorkSpacesWeb::NetworkSettings',
];

/** Who carries a group is let in wherever the group is: only those that the rules about the network know carry one. */
export const groupCarriers = defineRule({
  invariant: 'NET4',
  finding: 'GroupCarriers',
  en: 'Nothing else than the tasks, functions, listeners and stores of the shop carries its security groups',
  ja: 'ショップのセキュリティグループを使うのは既知のリソースだけである',
  appliesTo: ['*'],
  judgeAll(context) {
    const { graph, declared } = context;
    if (!declared) return [];
    return (
      graph.resources
        // A policy that names a group carries none: what its calls may do with it is judged there.
        .filter(({ type }) => !members.includes(type) && !/^(Custom|AWS::IAM)::/.test(type))
        .flatMap((resource): Finding[] => {
          const carried = groupsIn(resource.properties, graph).filter(
            (group) => !(resource.type === restoreTest && isOfCopiesOnly(resource, group, context)),
          );
          if (carried.length === 0) return [];
          const names = [...new Set(carried.map(({ logicalId }) => logicalId))].join(', ');
          return [{ resource, ...fail(`${resource.type} carries ${names}, and so reaches what accepts it`) }];
        })
        .concat(
          graph
            .ofType('AWS::EC2::SecurityGroup')
            .map((resource) => ({ resource, ...pass('is carried by known kinds') })),
        )
    );
  },
});

/**
 * What a restore test brings up is a database, with a group of its own: nothing else carries it, nothing accepts it, and
 * it accepts functions alone.
 */
const restoreTest = 'AWS::Backup::RestoreTestingSelection';

function isOfCopiesOnly(selection: Resource, group: Resource, { graph, reachability }: Context): boolean {
  const carriers = graph.resources.filter(
    (other) =>
      other !== selection && members.includes(other.type) && !isRuleOf(other) && carries(other, group, graph),
  );
  const isGroup = (peer: GroupRule['peer']) => peer.kind === 'group' && peer.group === group;
  const accepting = graph
    .ofType('AWS::EC2::SecurityGroup')
    .filter((other) => other !== group)
    .some((other) =>
      reachability.rulesOf(other).some((rule) => rule.direction === 'ingress' && isGroup(rule.peer)),
    );
  const ownRules = reachability.rulesOf(group).filter(({ direction }) => direction === 'ingress');
  const fromFunctions = ownRules.every(({ peer }) => {
    if (peer.kind !== 'group') return false;
    const nodes = reachability.nodesWith(peer.group);
    return nodes.length > 0 && nodes.every(({ kind }) => kind === 'function');
  });
  return carriers.length === 0 && !accepting && fromFunctions;
}

function isRuleOf({ type }: Resource): boolean {
  return /^AWS::EC2::SecurityGroup/.test(type);
}

/** A function may know the name of a group without carrying it. */
function carries({ type, properties }: Resource, group: Resource, graph: EnvironmentGraph): boolean {
  const where = type === 'AWS::Lambda::Function' ? (properties.VpcConfig ?? '') : properties;
  return groupsIn(where, graph).includes(group);
}

function groupsIn(value: Value | undefined, graph: EnvironmentGraph, depth = 0): Resource[] {
  if (depth > 12) return [];
  if (typeof value === 'string')
    return tokensIn(value).flatMap((token) => {
      const found = graph.get(token.stack, token.logicalId);
      return found?.type === 'AWS::EC2::SecurityGroup' ? [found] : [];
    });
  if (Array.isArray(value)) return value.flatMap((each) => groupsIn(each as Value, graph, depth + 1));
  return isMap(value) ? Object.values(value).flatMap((each) => groupsIn(each, graph, depth + 1)) : [];
}
