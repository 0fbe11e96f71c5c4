import { managedRuleLabel } from '../../../declarations/managed-rule-label.ts';
import type { Resource } from '../../model/templates.ts';
import { at, isMap, list, map, numeric, text, type Value } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/**
 * Managed rules that mistake ordinary callers for attackers: payment providers, link previews and canaries call from
 * hosting providers.
 */
const mayCount = ['HostingProviderIPList'];

const refusing = ['Block', 'Challenge', 'Captcha'];

/** A rule that counts, or lets through, stops nothing. Counting is for rules that only attach a label. */
export const webAclBlocks = defineRule({
  invariant: 'NET2',
  finding: 'WebAclBlocks',
  en: 'Every rule of a web ACL blocks, not counts',
  ja: 'Web ACLの全ルールがカウントではなくブロックする',
  appliesTo: ['AWS::WAFv2::WebACL', 'AWS::WAFv2::RuleGroup'],
  judge(acl, { graph }) {
    const rules = list(acl.properties.Rules);
    if (rules.length === 0) return fail('has no rules');
    const labels = labelsMatched(acl);
    // A rule on the size of bodies does the same as the managed one, at a size of its own.
    const answered = rules.some(limitsBodies) ? ['SizeRestrictions_BODY'] : [];
    const promised = graph.promisedOf(acl);
    const names = list(promised?.Rules).map((rule) => at(rule, 'Name'));
    return rules.map((rule) =>
      promised && !names.includes(at(rule, 'Name')) && counts(rule)
        ? pass(`rule ${text(at(rule, 'Name')) ?? '?'} counts, beside what is promised`)
        : verdict(rule, labels, [...mayCount, ...answered]),
    );
  },
});

/** A rule that somebody tries out stops nothing, and takes nothing away from those that do. */
function counts(rule: Value): boolean {
  return at(rule, 'Action', 'Count') !== undefined || at(rule, 'OverrideAction', 'Count') !== undefined;
}

function verdict(rule: Value, labelsMatched: ReadonlySet<string>, mayCount: readonly string[]): Verdict {
  const name = `rule ${text(at(rule, 'Name')) ?? '?'}`;
  const statement = map(at(rule, 'Statement'));
  if (
    statement.ManagedRuleGroupStatement !== undefined ||
    statement.RuleGroupReferenceStatement !== undefined
  ) {
    const override = Object.keys(map(at(rule, 'OverrideAction')));
    if (override.length !== 1 || override[0] !== 'None')
      return fail(`${name} only counts: OverrideAction is not None`);
    const group = map(statement.ManagedRuleGroupStatement ?? statement.RuleGroupReferenceStatement);
    if (list(group.ExcludedRules).length > 0) return fail(`${name} excludes managed rules (ExcludedRules)`);
    const softened = list(group.RuleActionOverrides)
      .filter((each) => !refusing.some((action) => map(at(each, 'ActionToUse'))[action] !== undefined))
      .map((each) => text(at(each, 'Name')) ?? '?')
      .filter((name) => !mayCount.includes(name))
      // A softened rule is answered for by a later rule that blocks on the label it leaves.
      .filter(
        (softenedRule) =>
          ![...labelsMatched].some((label) => label.endsWith(`:${managedRuleLabel(softenedRule)}`)),
      );
    return softened.length > 0
      ? fail(`${name} does not block on ${softened.join(', ')}`)
      : pass(`${name} blocks`);
  }
  const action = Object.keys(map(at(rule, 'Action')));
  const [only] = action;
  if (action.length === 1 && only !== undefined && refusing.includes(only)) return pass(`${name} blocks`);
  const labels = list(at(rule, 'RuleLabels')).flatMap((label) => text(at(label, 'Name')) ?? []);
  const answered =
    labels.length > 0 && labels.every((label) => [...labelsMatched].some((key) => key.endsWith(label)));
  if (only === 'Count' && answered) return pass(`${name} labels requests that a later rule blocks`);
  return fail(`${name} does not block: its action is ${only ?? 'not set'}`);
}

const largestBody = 64 * 1024;

/** Whether a rule refuses bodies above some size that AWS WAF can see. */
function limitsBodies(rule: Value): boolean {
  if (map(at(rule, 'Action')).Block === undefined) return false;
  return statementsIn(at(rule, 'Statement')).some((statement) => {
    const size = at(statement, 'SizeConstraintStatement');
    return (
      at(size, 'FieldToMatch', 'Body') !== undefined &&
      ['GT', 'GE'].includes(text(at(size, 'ComparisonOperator')) ?? '') &&
      (numeric(at(size, 'Size')) ?? Number.POSITIVE_INFINITY) <= largestBody
    );
  });
}

function statementsIn(value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value.flatMap((each: Value) => statementsIn(each));
  return isMap(value) ? [value, ...Object.values(value).flatMap((inner) => statementsIn(inner))] : [];
}

/** Labels on which some rule of the ACL refuses. */
function labelsMatched(acl: Resource): ReadonlySet<string> {
  const found = new Set<string>();
  for (const rule of list(acl.properties.Rules)) {
    if (!refusing.some((action) => map(at(rule, 'Action'))[action] !== undefined)) continue;
    collectLabels(at(rule, 'Statement'), found);
  }
  return found;
}

function collectLabels(statement: Value | undefined, found: Set<string>): void {
  if (Array.isArray(statement)) for (const each of statement) collectLabels(each as Value, found);
  else if (isMap(statement)) {
    const key = text(at(statement, 'LabelMatchStatement', 'Key'));
    if (key !== undefined) found.add(key);
    for (const inner of Object.values(statement)) collectLabels(inner, found);
  }
}
