import { declarationKeys } from '../../../declarations/keys.ts';
import type { NetworkNode } from '../../model/network/interfaces.ts';
import type { Reachability } from '../../model/network/reachability.ts';
import { describePeer, type GroupRule } from '../../model/network/security-groups.ts';
import { defineRule, type Finding, fail, pass, type Verdict } from '../rule.ts';

/** The shop's tasks accept the load balancer, the check of a new image, and nobody else. */
export const taskIngress = defineRule({
  invariant: 'NET4',
  finding: 'TaskIngress',
  en: "The shop's tasks accept connections from the load balancer and the declared check of a new image only",
  ja: 'ショップのタスクはロードバランサーと、宣言された新イメージの確認関数からの接続だけを受け付ける',
  appliesTo: ['AWS::ECS::Service'],
  judgeAll({ reachability, declared }) {
    if (!declared) return [];
    return reachability.nodes
      .filter((node) => node.kind === 'task')
      .flatMap((task) =>
        task.groups.flatMap((group) =>
          reachability
            .rulesOf(group)
            .filter((rule) => rule.direction === 'ingress')
            .flatMap((rule) => judgeRule(task, rule, reachability)),
        ),
      );
  },
});

function judgeRule(task: NetworkNode, rule: GroupRule, reachability: Reachability): Finding[] {
  const on = ({ source }: GroupRule, verdict: Verdict): Finding => ({ resource: source, ...verdict });
  const members = rule.peer.kind === 'group' ? reachability.nodesWith(rule.peer.group) : [];
  if (members.length > 0 && members.every(({ kind }) => kind === 'load-balancer'))
    return [on(rule, pass('accepts the load balancer'))];
  if (members.length === 0 || !members.every(isDeclaredCheck))
    return [on(rule, fail(`${task.name} accepts ${describePeer(rule)}`))];
  const further = members.flatMap((member) => waysElsewhere(member, reachability));
  if (further.length === 0)
    return [on(rule, pass('accepts the check of a new image, which reaches nothing else'))];
  const reason = `${task.name} accepts a check that may also connect to ${[...new Set(further.map(describePeer))].join(', ')}`;
  return [rule, ...further].map((each) => on(each, fail(reason)));
}

function isDeclaredCheck({ kind, resource }: NetworkNode): boolean {
  return kind === 'function' && resource.metadata[declarationKeys.smokeCheck] === true;
}

/** Whoever it may connect to besides the tasks: a function that reaches both would be a bridge. */
function waysElsewhere(node: NetworkNode, reachability: Reachability): GroupRule[] {
  return node.groups
    .flatMap((group) => reachability.rulesOf(group))
    .filter(({ direction, peer }) => direction === 'egress' && !isTaskGroup(peer, reachability))
    .filter(({ peer }) => !(peer.kind === 'addresses' && peer.text === nowhere));
}

/** The broadcast address, which no packet of a VPC reaches: a group's only rule that keeps the default one away. */
const nowhere = '255.255.255.255/32';

function isTaskGroup(peer: GroupRule['peer'], reachability: Reachability): boolean {
  if (peer.kind !== 'group') return false;
  const members = reachability.nodesWith(peer.group);
  return members.length > 0 && members.every(({ kind }) => kind === 'task');
}
