import { declarationKeys } from '../../../declarations/keys.ts';
import { declaredNames } from '../../model/declarations.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, text } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** One more name is one more way out: the firewall allows what was declared, and nothing besides. */
export const declaredDomains = defineRule({
  invariant: 'NET5',
  finding: 'DeclaredDomains',
  en: 'The DNS firewall allows the declared names only',
  ja: 'DNS Firewallは宣言したドメインだけを許可する',
  appliesTo: ['AWS::Route53Resolver::FirewallRuleGroup', 'AWS::Route53Resolver::FirewallDomainList'],
  judgeAll({ graph }) {
    return graph.ofType('AWS::Route53Resolver::FirewallRuleGroup').flatMap((group): Finding[] => {
      const names = declaredNames(group, declarationKeys.allowedDomains);
      if (!names) return [];
      const declared = names.map(spelledDomain);
      const verdicts = allowedLists(group, graph).map((domains): Finding => {
        const others = list(domains.properties.Domains)
          .flatMap((each) => text(each) ?? [])
          .filter((each) => !declared.includes(spelledDomain(each)));
        return {
          resource: domains,
          ...(others.length > 0
            ? fail(`allows ${others.join(', ')}, which nobody declared`)
            : pass('allows what was declared')),
        };
      });
      const open = verdicts.filter(({ outcome }) => outcome === 'non-compliant');
      return [
        ...verdicts,
        {
          resource: group,
          ...(open.length > 0
            ? fail(open.map(({ resource, reason }) => `${resource.logicalId} ${reason}`).join('; '))
            : pass('allows the declared names only')),
        },
      ];
    });
  },
});

/** DNS knows no case, and a name ends at its root whether that is written or not. */
const spelledDomain = (name: string) => name.toLowerCase().replace(/\.$/, '');

function allowedLists(group: Resource, graph: EnvironmentGraph): Resource[] {
  return list(group.properties.FirewallRules)
    .filter((rule) => text(at(rule, 'Action')) === 'ALLOW')
    .flatMap(
      (rule) =>
        graph.target(at(rule, 'FirewallDomainListId'), 'AWS::Route53Resolver::FirewallDomainList') ?? [],
    );
}
