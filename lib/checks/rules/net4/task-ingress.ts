import { describePeer } from '../../model/network/security-groups.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** The shop's tasks accept the load balancer and nobody else. */
export const taskIngress = defineRule({
  invariant: 'NET4',
  finding: 'TaskIngress',
  en: "The shop's tasks accept connections from the load balancer only",
  ja: 'ショップのタスクはロードバランサーからの接続だけを受け付ける',
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
            .map((rule): Finding => {
              const members = rule.peer.kind === 'group' ? reachability.nodesWith(rule.peer.group) : [];
              const balancer = members.length > 0 && members.every((node) => node.kind === 'load-balancer');
              return {
                resource: rule.source,
                ...(balancer
                  ? pass('accepts the load balancer')
                  : fail(`${task.name} accepts ${describePeer(rule)}`)),
              };
            }),
        ),
      );
  },
});
