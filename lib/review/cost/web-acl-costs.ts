import { includedCapacity } from '../../environment/perimeter/capacity.ts';
import { unitsOf } from '../templates/web-acl-units.ts';
import { objectsIn } from './priced-environment.ts';
import { fixed, type Subject, text, type Usage, used } from './usage.ts';

export function webAclCosts({ resource, assumed }: Subject): Usage[] {
  const { Scope, Rules } = resource.properties;
  const rules = objectsIn(Rules);
  const requests = (Scope === 'CLOUDFRONT' ? assumed.requests : assumed.originRequests) / 1e6;
  // What is included, where the rules are not known.
  const units = unitsOf(rules) ?? includedCapacity;
  const steps = Math.max(0, Math.ceil((units - includedCapacity) / 500));
  const has = (group: string) => JSON.stringify(rules).includes(`"${group}"`);
  return [
    fixed('waf.web-acl', 1, text('web ACLs', 'Web ACL')),
    fixed('waf.rule', rules.length, text('web ACLs: rules', 'Web ACL：ルール')),
    used('waf.requests', requests, text('web ACLs: requests', 'Web ACL：リクエスト')),
    ...(steps > 0
      ? [used('waf.capacity', requests * steps, text('web ACLs: capacity', 'Web ACL：追加容量'))]
      : []),
    ...(has('AWSManagedRulesBotControlRuleSet')
      ? [
          fixed('waf.bot-control', 1, text('bot control', 'Bot Control')),
          used(
            'waf.bot-control.requests',
            requests,
            text('bot control: requests', 'Bot Control：リクエスト'),
          ),
        ]
      : []),
    ...(has('AWSManagedRulesATPRuleSet')
      ? [
          fixed('waf.account-takeover', 1, text('account takeover prevention', 'アカウント乗っ取り防止')),
          used(
            'waf.account-takeover.logins',
            assumed.orders / 1000,
            text('account takeover: logins', 'アカウント乗っ取り防止：ログイン'),
          ),
        ]
      : []),
  ];
}
