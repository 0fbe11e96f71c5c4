import { describePeer, isPublicPeer } from '../../model/network/security-groups.ts';
import { text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** No security group lets the Internet in. */
export const openGroup = defineRule({
  invariant: 'NET4',
  finding: 'OpenGroup',
  en: 'No security group is open to the Internet',
  ja: 'インターネットに開いたセキュリティグループがない',
  appliesTo: ['AWS::EC2::SecurityGroup'],
  judge(group, { reachability, declared }) {
    const members = reachability.nodesWith(group);
    const entrance =
      !declared &&
      members.length > 0 &&
      members.every(
        (node) => node.kind === 'load-balancer' && text(node.resource.properties.Scheme) !== 'internal',
      );
    const inward = reachability
      .rulesOf(group)
      .filter((rule) => rule.direction === 'ingress' && rule.source === group);
    if (inward.length === 0) return pass('lets nothing in by itself');
    return inward.map((rule): Verdict => {
      if (!isPublicPeer(rule.peer)) return pass(`accepts ${describePeer(rule)}`);
      const web = [80, 443].includes(rule.ports.from) && rule.ports.from === rule.ports.to;
      return entrance && web
        ? pass('is the web entrance of a public load balancer')
        : fail(`accepts ${describePeer(rule)}`);
    });
  },
});

/** Rules written apart from their group, and those of groups made elsewhere. */
export const openGroupRule = defineRule({
  invariant: 'NET4',
  finding: 'OpenGroupRule',
  en: 'No separate security-group rule is open to the Internet',
  ja: 'インターネットに開いた個別のセキュリティグループルールがない',
  appliesTo: ['AWS::EC2::SecurityGroupIngress'],
  judge(rule, { reachability }) {
    return reachability
      .readRule('ingress', rule.properties, rule)
      .map((read) =>
        isPublicPeer(read.peer)
          ? fail(`accepts ${describePeer(read)}`)
          : pass(`accepts ${describePeer(read)}`),
      );
  },
});
