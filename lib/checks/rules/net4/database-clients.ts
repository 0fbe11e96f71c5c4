import type { NetworkNode } from '../../model/network/interfaces.ts';
import type { Reachability } from '../../model/network/reachability.ts';
import { describePeer, type GroupRule } from '../../model/network/security-groups.ts';
import type { Resource } from '../../model/templates.ts';
import { type Context, defineRule, type Finding, fail, pass, type Verdict } from '../rule.ts';

const clients: readonly NetworkNode['kind'][] = ['task', 'function', 'proxy'];
const foreignClients: readonly NetworkNode['kind'][] = [...clients, 'instance'];

/** The database and the shop's files accept the shop's tasks and the functions that serve them, by group. */
export const databaseClients = defineRule({
  invariant: 'NET4',
  finding: 'DatabaseClients',
  en: 'Databases and file systems accept only the tasks and functions of the shop',
  ja: 'データベースとファイルシステムはショップのタスクと関数だけを受け付ける',
  appliesTo: [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::EFS::MountTarget',
    'AWS::RDS::DBProxy',
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::ServerlessCache',
  ],
  judgeAll(context) {
    return stores(context.reachability).flatMap((store) => {
      const findings: Finding[] = judgeStore(store, context).map(([rule, verdict]) => ({
        resource: rule.source,
        ...verdict,
      }));
      const strangers = judgedNodes(store, context);
      const worst = findings.filter((finding) => finding.outcome !== 'compliant');
      return [
        worst.length > 0
          ? {
              resource: store.resource,
              outcome: 'non-compliant',
              reason: worst.map((each) => each.reason).join('; '),
            }
          : { resource: store.resource, ...pass('accepts only tasks and functions') },
        ...findings.filter((finding) => finding.resource !== store.resource),
        ...strangers,
      ];
    });
  },
});

function stores(reachability: Reachability): readonly NetworkNode[] {
  return reachability.nodes.filter((node) =>
    ['database', 'file-system', 'proxy', 'cache'].includes(node.kind),
  );
}

function judgeStore(store: NetworkNode, context: Context): [GroupRule, Verdict][] {
  const { reachability, declared } = context;
  return store.groups.flatMap((group) =>
    reachability
      .rulesOf(group)
      .filter((rule) => rule.direction === 'ingress')
      .map((rule): [GroupRule, Verdict] => [rule, judgeRule(rule, group, reachability, declared)]),
  );
}

/** Who wears a group that the store accepts, and is neither a task nor a function. */
function judgedNodes(store: NetworkNode, { reachability, declared }: Context): Finding[] {
  const allowed = declared ? clients : foreignClients;
  const accepted = store.groups.flatMap((group) =>
    reachability
      .rulesOf(group)
      .flatMap((rule) =>
        rule.direction === 'ingress' && rule.peer.kind === 'group' ? [rule.peer.group] : [],
      ),
  );
  return reachability.nodes
    .filter(
      (node) =>
        node !== store &&
        !allowed.includes(node.kind) &&
        !['database', 'file-system', 'cache'].includes(node.kind) &&
        node.groups.some((group) => accepted.includes(group)),
    )
    .map((node) => ({ resource: node.resource, ...fail(`may connect to ${store.name}`) }));
}

function judgeRule(rule: GroupRule, group: Resource, reachability: Reachability, declared: boolean): Verdict {
  const source = describePeer(rule);
  if (rule.peer.kind === 'unknown')
    return declared ? fail(`${source} may connect to the data`) : pass(`accepts ${source}`);
  if (rule.peer.kind !== 'group')
    return fail(`${source} may connect to the data: addresses, not a group of the shop`);
  if (
    rule.peer.group === group &&
    reachability.nodesWith(group).every((node) => ['database', 'file-system', 'cache'].includes(node.kind))
  ) {
    return pass('members of the group itself, which are data stores');
  }
  const allowed = declared ? clients : foreignClients;
  const others = reachability.nodesWith(rule.peer.group).filter((node) => !allowed.includes(node.kind));
  if (others.length > 0) return fail(`${others.map((node) => node.name).join(', ')} may connect to the data`);
  const members = reachability.nodesWith(rule.peer.group);
  if (members.length === 0 && declared)
    return fail(`${source} may connect to the data, and nothing is known to be in it`);
  return pass(`accepts ${source}`);
}
