import { includedCapacity, maximumCapacity } from '../../../environment/perimeter/capacity.ts';
import { type Account, type Answer, look, problem, ready } from '../../account/check.ts';
import { unitsOf } from '../../templates/web-acl-units.ts';

/**
 * Capacity of each web ACL in the templates. Nobody is granted more: it is no quota of Service Quotas.
 * https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export function webAclCapacity({ stacks }: Pick<Account, 'stacks'>): Answer[] {
  return stacks.flatMap(({ region, template }) =>
    Object.values(template.Resources)
      .filter(({ Type }) => Type === 'AWS::WAFv2::WebACL')
      .map(({ Properties }) => judged(`Capacity of the web ACL in ${region}`, Properties?.Rules)),
  );
}

function judged(about: string, rules: unknown): Answer {
  const units = unitsOf(Array.isArray(rules) ? rules : []);
  if (units === undefined) {
    return look(about, 'is not known: it holds a rule group of somebody else', [
      `AWS tells it in the console, and refuses more than ${maximumCapacity} units.`,
    ]);
  }
  if (units > maximumCapacity) {
    return problem(about, `needs ${units} units, of ${maximumCapacity}`, [
      'Take rules out of waf in the config: AWS grants nobody more.',
    ]);
  }
  const paid = units > includedCapacity ? `; above ${includedCapacity} each request costs more` : '';
  return ready(about, `needs ${units} units, of ${maximumCapacity}${paid}`);
}
