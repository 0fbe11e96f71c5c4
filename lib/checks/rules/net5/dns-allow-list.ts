import type { EnvironmentGraph } from '../../model/templates.ts';
import { at, list, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Names on the list are allowed; a last rule blocks every other name. */
export const dnsAllowList = defineRule({
  invariant: 'NET5',
  finding: 'DnsAllowList',
  en: 'The DNS firewall blocks every name that is not on the allow-list',
  ja: 'DNS Firewallは許可リスト以外の全ドメインをブロックする',
  appliesTo: ['AWS::Route53Resolver::FirewallRuleGroup'],
  judge(group, { graph, declared }) {
    const rules = [...list(group.properties.FirewallRules)].sort((a, b) => priority(a) - priority(b));
    if (!declared && !rules.some((rule) => action(rule) === 'ALLOW')) return skip('is a block-list');
    const everything = rules.findIndex(
      (rule) => domains(rule, graph).includes('*') && at(rule, 'Qtype') === undefined,
    );
    const verdicts: Verdict[] = rules.flatMap((rule, index) => {
      if (!['ALLOW', 'BLOCK'].includes(action(rule)))
        return [fail(`a rule answers ${action(rule)}, which lets the query through`)];
      if (action(rule) === 'ALLOW' && domains(rule, graph).some(isTooWide)) {
        return [fail(`allows ${domains(rule, graph).filter(isTooWide).join(', ')}`)];
      }
      if (text(at(rule, 'BlockResponse')) === 'OVERRIDE')
        return [fail(`answers ${text(at(rule, 'BlockOverrideDomain'))} in place of a blocked name`)];
      if (action(rule) === 'BLOCK' && index < everything) return [pass('blocks some names first')];
      return [];
    });
    const last = everything === -1 ? undefined : rules[everything];
    if (!last || action(last) !== 'BLOCK')
      return [...verdicts, fail('no rule blocks every other name ("*")')];
    return [...verdicts, pass('every other name is blocked')];
  },
});

/** The list itself: a wildcard over a whole public suffix is no list. */
export const dnsDomains = defineRule({
  invariant: 'NET5',
  finding: 'DnsDomains',
  en: 'The DNS allow-list names domains, not whole suffixes',
  ja: 'DNS許可リストは個別のドメインを列挙する',
  appliesTo: ['AWS::Route53Resolver::FirewallDomainList'],
  judge(domainList, { graph }) {
    const allowing = graph
      .ofType('AWS::Route53Resolver::FirewallRuleGroup')
      .some((group) =>
        list(group.properties.FirewallRules).some(
          (rule) =>
            action(rule) === 'ALLOW' &&
            graph.target(at(rule, 'FirewallDomainListId'), domainList.type) === domainList,
        ),
      );
    if (!allowing) return skip('no rule allows it');
    const wide = list(domainList.properties.Domains)
      .flatMap((domain) => text(domain) ?? [])
      .filter(isTooWide);
    if (domainList.properties.DomainFileUrl !== undefined)
      return fail('takes its names from a file that is not in the template');
    return wide.length > 0 ? fail(`allows ${wide.join(', ')}`) : pass('names single domains');
  },
});

/** Domains anyone can get a name below: allowing all of them allows everything. */
const sharedSuffixes = [
  'amazonaws.com',
  's3.amazonaws.com',
  'cloudfront.net',
  'herokuapp.com',
  'github.io',
  'azurewebsites.net',
  'workers.dev',
  'ngrok.io',
  'googleusercontent.com',
];

function isTooWide(domain: string): boolean {
  if (domain === '*') return true;
  const below = domain.startsWith('*.') ? domain.slice(2).replace(/\.$/, '') : undefined;
  if (below === undefined) return false;
  return (
    !below.includes('.') ||
    /^(co|ne|or|ac|go|com|net|org)\.[a-z]{2}$/.test(below) ||
    sharedSuffixes.includes(below) ||
    /^(s3|execute-api)[.-][a-z0-9-]+\.amazonaws\.com$/.test(below)
  );
}

function priority(rule: Value): number {
  return numeric(at(rule, 'Priority')) ?? 0;
}

function action(rule: Value): string {
  return text(at(rule, 'Action')) ?? 'nothing';
}

function domains(rule: Value, graph: EnvironmentGraph): string[] {
  const target = graph.target(at(rule, 'FirewallDomainListId'), 'AWS::Route53Resolver::FirewallDomainList');
  return list(target?.properties.Domains).flatMap((domain) => text(domain) ?? []);
}
