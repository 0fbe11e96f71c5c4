import type { Reachability } from '../../model/network/reachability.ts';
import { describePeer, type GroupRule } from '../../model/network/security-groups.ts';
import type { Resource } from '../../model/templates.ts';
import { defineRule, fail, pass, skip, unsure, type Verdict } from '../rule.ts';

/** Inside the VPC too, a group names who may connect and on which port: other groups, not address blocks. */
export const wideGroup = defineRule({
  invariant: 'NET4',
  finding: 'WideGroup',
  en: 'Security groups name the groups and the port they accept',
  ja: 'セキュリティグループは許可する相手のグループとポートを特定する',
  appliesTo: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'],
  judge(resource, { reachability, declared }) {
    if (!declared) return skip('not part of a declared shop');
    const rules = rulesWrittenIn(resource, reachability).filter((rule) => rule.direction === 'ingress');
    return rules.length === 0 ? pass('lets nothing in by itself') : rules.map(judge);
  },
});

export function rulesWrittenIn(resource: Resource, reachability: Reachability): readonly GroupRule[] {
  if (resource.type === 'AWS::EC2::SecurityGroup') {
    return reachability.rulesOf(resource).filter((rule) => rule.source === resource);
  }
  const direction = resource.type.endsWith('Egress') ? 'egress' : 'ingress';
  return reachability.readRule(direction, resource.properties, resource);
}

function judge(rule: GroupRule): Verdict {
  const source = describePeer(rule);
  if (!rule.portsKnown) return unsure(`accepts ${source} on a port known only after deployment`);
  if (rule.ports.from !== rule.ports.to)
    return fail(`accepts ${source} on ports ${rule.ports.from}-${rule.ports.to}`);
  if (rule.peer.kind === 'addresses' || rule.peer.kind === 'addresses6') {
    return fail(`accepts the addresses ${source}, whoever has them`);
  }
  return pass(`accepts ${source} on port ${rule.ports.from}`);
}
