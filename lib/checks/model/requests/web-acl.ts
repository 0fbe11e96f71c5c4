import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, isMap, list, map, numeric, text, type Value, type ValueMap } from '../values.ts';
import type { Match } from './match.ts';
import type { WireRequest } from './request.ts';
import { inspectionLimits } from './web-acl-components.ts';
import { StatementEvaluator } from './web-acl-statements.ts';

type AclOutcome =
  | { readonly action: 'block' | 'challenge'; readonly rule: string; readonly status: number }
  | { readonly action: 'allow'; readonly rule: string };

export interface AclAnswer {
  readonly outcome: AclOutcome;
  /** Managed rule groups that look at the request and may block it; only AWS knows their rules. */
  readonly managed: readonly string[];
  /** Other rules that may step in, each in words. */
  readonly maybe: readonly string[];
  /** Rate rules that count the request and step in above their limit. */
  readonly limits: readonly Limit[];
}

export interface Limit {
  readonly rule: string;
  /** `maybe` when it depends on what the modelled request does not tell, such as its body. */
  readonly counts: Match;
}

/** Walks the rules of a web ACL in their order until one decides. */
export function answerOfWebAcl(graph: EnvironmentGraph, acl: Resource, request: WireRequest): AclAnswer {
  const evaluator = new StatementEvaluator(graph, request, inspectionLimits(acl.properties));
  const managed: string[] = [];
  const maybe: string[] = [];
  const limits: Limit[] = [];
  const possibly = { managed, maybe, limits };
  let challenged: AclOutcome | undefined;
  const rules = list(acl.properties.Rules)
    .filter(isMap)
    .toSorted((a, b) => (numeric(a.Priority) ?? 0) - (numeric(b.Priority) ?? 0));

  for (const rule of rules) {
    const name = text(rule.Name) ?? 'unnamed';
    const statement = map(rule.Statement);
    const match = evaluator.matches(statement);
    if (match === 'no') continue;
    for (const label of list(rule.RuleLabels)) evaluator.label(text(map(label).Name) ?? '', match);
    const action = actionOf(rule, statement);
    if (action.kind === 'count') continue;
    if (match === 'maybe') {
      if (action.kind === 'allow') continue;
      if (statement.RateBasedStatement !== undefined)
        limits.push({ rule: name, counts: evaluator.counts(map(statement.RateBasedStatement)) });
      if (action.kind === 'managed') managed.push(`${name} (${action.group})`);
      else maybe.push(describeMaybe(name, statement, action.verb));
      continue;
    }
    if (action.kind === 'managed') continue;
    if (action.kind === 'allow')
      return { outcome: challenged ?? { action: 'allow', rule: name }, ...possibly };
    const outcome = { action: action.kind, rule: name, status: action.status };
    if (action.kind === 'block') return { outcome, ...possibly };
    // Whoever solves it goes on to the next rules.
    challenged ??= outcome;
  }
  if (challenged) return { outcome: challenged, ...possibly };
  const defaultAction = map(acl.properties.DefaultAction);
  if (defaultAction.Block !== undefined) {
    return {
      outcome: { action: 'block', rule: 'default action', status: customStatus(defaultAction.Block) },
      ...possibly,
    };
  }
  return { outcome: { action: 'allow', rule: 'default action' }, ...possibly };
}

type Action =
  | { readonly kind: 'block' | 'challenge'; readonly status: number; readonly verb: string }
  | { readonly kind: 'managed'; readonly group: string }
  | { readonly kind: 'allow' }
  | { readonly kind: 'count' };

function actionOf(rule: ValueMap, statement: ValueMap): Action {
  const group = statement.ManagedRuleGroupStatement ?? statement.RuleGroupReferenceStatement;
  if (group !== undefined) {
    const counts = map(rule.OverrideAction).Count !== undefined;
    return counts ? { kind: 'count' } : { kind: 'managed', group: text(map(group).Name) ?? 'rule group' };
  }
  const action = map(rule.Action);
  if (action.Block !== undefined) return { kind: 'block', status: customStatus(action.Block), verb: 'block' };
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
  if (action.Captcha !== undefined) return { kind: 'challenge', status: 405, verb: 'show a CAPTCHA' };
  if (action.Challenge !== undefined) return { kind: 'challenge', status: 202, verb: 'challenge' };
  return action.Allow === undefined ? { kind: 'count' } : { kind: 'allow' };
}

function customStatus(block: Value): number {
  return numeric(at(block, 'CustomResponse', 'ResponseCode')) ?? 403;
}

function describeMaybe(name: string, statement: ValueMap, verb: string): string {
  const rate = map(statement.RateBasedStatement);
  const limit = numeric(rate.Limit);
  if (limit === undefined) return `rule "${name}" may ${verb}: what it looks at is not in the request`;
  const minutes = (numeric(rate.EvaluationWindowSec) ?? 300) / 60;
  const keys = list(rate.CustomKeys).flatMap((key) => Object.keys(map(key)).map(inWords));
  const each = keys.length > 0 ? keys.join(' and ') : 'address';
  return `rate rule "${name}" may ${verb} above ${limit} requests per ${each} in ${minutes} minutes`;
}

const keyNames: Readonly<Record<string, string>> = {
  IP: 'address',
  JA3Fingerprint: 'TLS fingerprint',
  JA4Fingerprint: 'TLS fingerprint',
  UriPath: 'path',
  HTTPMethod: 'method',
};

function inWords(key: string): string {
  return keyNames[key] ?? key;
}
