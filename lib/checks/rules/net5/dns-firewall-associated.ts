import { isSwitchedOn } from '../../model/protections.ts';
import { list, text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** A VPC from which something can go out resolves names through the allow-list. */
export const dnsFirewallAssociated = defineRule({
  invariant: 'NET5',
  finding: 'DnsFirewallAssociated',
  en: 'A DNS firewall is associated with the VPC',
  ja: 'VPCにDNS Firewallが関連付けられている',
  appliesTo: ['AWS::EC2::VPC'],
  judge(vpc, { graph, declared }) {
    const associations = graph.referring(vpc, 'AWS::Route53Resolver::FirewallRuleGroupAssociation', 'VpcId');
    if (associations.length === 0)
      return declared ? fail('no DNS firewall is associated with it') : skip('not part of a declared shop');
    const known = associations.filter((each) =>
      graph.target(each.properties.FirewallRuleGroupId, 'AWS::Route53Resolver::FirewallRuleGroup'),
    );
    return known.length > 0
      ? pass(`${known.length} rule group is associated`)
      : fail('the rule group is not in these templates');
  },
});

/** Nobody removes the association in passing. */
export const dnsFirewallLocked = defineRule({
  invariant: 'NET5',
  finding: 'DnsFirewallLocked',
  en: 'The DNS firewall cannot be removed in one step',
  ja: 'DNS Firewallの関連付けが変更から保護されている',
  appliesTo: ['AWS::Route53Resolver::FirewallRuleGroupAssociation'],
  judge(association, { disposable, declared, graph }) {
    if (disposable) return skip('the environment is disposable');
    if (!declared) return skip('not part of a declared shop');
    const { properties } = association;
    if (properties.MutationProtection === undefined && isSwitchedOn(association, graph))
      return pass('a schedule switches MutationProtection on');
    return list(properties.MutationProtection).includes('ENABLED')
      ? pass('MutationProtection is ENABLED')
      : fail(`MutationProtection is ${text(properties.MutationProtection) ?? 'not set'}; expected ENABLED`);
  },
});
