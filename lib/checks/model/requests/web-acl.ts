import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, isMap, list, map, numeric, text, type Value, type ValueMap } from '../values.ts';
import type { WireRequest } from './request.ts';
import { transform } from './transformations.ts';

/** Whether a statement matches; `maybe` when only AWS knows: managed rules, countries, rates over time. */
export type Match = 'yes' | 'no' | 'maybe';

type AclOutcome =
  | { readonly action: 'block' | 'challenge'; readonly rule: string; readonly status: number }
  | { readonly action: 'allow'; readonly rule: string };

export interface AclAnswer {
  readonly outcome: AclOutcome;
  /** Managed rule groups that look at the request and may block it; only AWS knows their rules. */
  readonly managed: readonly string[];
  /** Other rules that may step in, each in words. */
  readonly maybe: readonly string[];
}

/** Walks the rules of a web ACL in their order until one decides. */
export function answerOfWebAcl(graph: EnvironmentGraph, acl: Resource, request: WireRequest): AclAnswer {
  const labels = new Set<string>();
  const evaluator = new StatementEvaluator(graph, request, labels);
  const managed: string[] = [];
  const maybe: string[] = [];
  const possibly = { managed, maybe };
  const rules = list(acl.properties.Rules)
    .filter(isMap)
    .toSorted((a, b) => (numeric(a.Priority) ?? 0) - (numeric(b.Priority) ?? 0));

  for (const rule of rules) {
    const name = text(rule.Name) ?? 'unnamed';
    const statement = map(rule.Statement);
    const match = evaluator.matches(statement);
    if (match === 'no') continue;
    const action = actionOf(rule, statement);
    if (match === 'maybe') {
      if (action.kind === 'allow' || action.kind === 'count') continue;
      if (action.kind === 'managed') managed.push(`${name} (${action.group})`);
      else maybe.push(describeMaybe(name, statement, action.verb));
      continue;
    }
    for (const label of list(rule.RuleLabels)) labels.add(text(map(label).Name) ?? '');
    if (action.kind === 'count' || action.kind === 'managed') continue;
    if (action.kind === 'allow') return { outcome: { action: 'allow', rule: name }, ...possibly };
    return { outcome: { action: action.kind, rule: name, status: action.status }, ...possibly };
  }
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
  const limit = numeric(at(statement, 'RateBasedStatement', 'Limit'));
  if (limit === undefined) return `rule "${name}" may ${verb}: what it looks at is not in the request`;
  const minutes = (numeric(at(statement, 'RateBasedStatement', 'EvaluationWindowSec')) ?? 300) / 60;
  return `rate rule "${name}" may ${verb} above ${limit} requests per address in ${minutes} minutes`;
}

/** Evaluates statements as the developer guide describes them, on one request. */
class StatementEvaluator {
  private readonly graph: EnvironmentGraph;
  private readonly request: WireRequest;
  private readonly labels: ReadonlySet<string>;

  constructor(graph: EnvironmentGraph, request: WireRequest, labels: ReadonlySet<string>) {
    this.graph = graph;
    this.request = request;
    this.labels = labels;
  }

  matches(statement: ValueMap): Match {
    const [type = '', body] = Object.entries(statement)[0] ?? [];
    const inner = map(body);
    switch (type) {
      case 'AndStatement':
        return conjunction(this.each(inner.Statements));
      case 'OrStatement':
        return opposite(conjunction(this.each(inner.Statements).map(opposite)));
      case 'NotStatement':
        return opposite(this.matches(map(inner.Statement)));
      case 'RateBasedStatement':
      case 'ManagedRuleGroupStatement':
        // Looked at only for requests that the scope-down statement lets in.
        return inner.ScopeDownStatement === undefined
          ? 'maybe'
          : conjunction([this.matches(map(inner.ScopeDownStatement)), 'maybe']);
      case 'ByteMatchStatement':
        return this.anyValue(inner, (value) => byteMatch(value, inner));
      case 'RegexMatchStatement':
        return this.anyValue(inner, (value) => regexMatch(value, [inner.RegexString]));
      case 'RegexPatternSetReferenceStatement': {
        const set = this.graph.target(inner.Arn, 'AWS::WAFv2::RegexPatternSet');
        if (!set) return 'maybe';
        return this.anyValue(inner, (value) => regexMatch(value, list(set.properties.RegularExpressionList)));
      }
      case 'SizeConstraintStatement':
        return this.anyValue(inner, (value) => sizeMatch(value.length, inner));
      case 'LabelMatchStatement':
        return this.labelMatch(inner);
      default:
        // Countries, address sets, injection detectors: the request does not say.
        return 'maybe';
    }
  }

  private each(statements: Value | undefined): Match[] {
    return list(statements).map((statement) => this.matches(map(statement)));
  }

  /** A component that the request lacks matches nothing; one with several values matches when any does. */
  private anyValue(statement: ValueMap, test: (value: string) => Match): Match {
    const values = this.component(map(statement.FieldToMatch));
    if (!values) return 'maybe';
    const types = list(statement.TextTransformations)
      .filter(isMap)
      .toSorted((a, b) => (numeric(a.Priority) ?? 0) - (numeric(b.Priority) ?? 0))
      .map(({ Type }) => text(Type) ?? '');
    const results = values.map((value): Match => {
      const transformed = transform(value, types);
      return transformed === undefined ? 'maybe' : test(transformed);
    });
    return opposite(conjunction(results.map(opposite)));
  }

  /** @returns the values of a request component; undefined when a request alone does not tell */
  private component(field: ValueMap): string[] | undefined {
    const request = this.request;
    const [type = '', options] = Object.entries(field)[0] ?? [];
    const parameters = () => (request.query ?? '').split('&').filter((part) => part !== '');
    const assigned = (parameter: string) => parameter.replace(/^[^=]*=?/, '');
    switch (type) {
      case 'UriPath':
        return [request.path];
      case 'QueryString':
        return request.query === undefined ? [] : [request.query];
      case 'Method':
        return [request.method];
      case 'SingleHeader': {
        const value = request.headers.get((text(map(options).Name) ?? '').toLowerCase());
        return value === undefined ? [] : [value];
      }
      case 'Headers':
        return this.headers(map(options));
      case 'SingleQueryArgument': {
        const name = (text(map(options).Name) ?? '').toLowerCase();
        return parameters()
          .filter((parameter) => parameter.replace(/=.*$/s, '').toLowerCase() === name)
          .map(assigned);
      }
      case 'AllQueryArguments':
        return parameters().map(assigned);
      case 'Body':
      case 'JsonBody':
        // The modelled request has no body.
        return [];
      default:
        return undefined;
    }
  }

  /** Of the first 8 KB and 200 headers, which is what AWS WAF sees; the modelled request has no more. */
  private headers(options: ValueMap): string[] {
    const { ExcludedHeaders, IncludedHeaders } = map(options.MatchPattern);
    const names = (written: Value | undefined) => list(written).map((name) => text(name)?.toLowerCase());
    const inspected = [...this.request.headers].filter(([name]) =>
      IncludedHeaders === undefined
        ? !names(ExcludedHeaders).includes(name)
        : names(IncludedHeaders).includes(name),
    );
    const scope = text(options.MatchScope);
    return [
      ...(scope === 'VALUE' ? [] : inspected.map(([name]) => name)),
      ...(scope === 'KEY' ? [] : inspected.map(([, value]) => value)),
    ];
  }

  private labelMatch({ Key, Scope }: ValueMap): Match {
    const key = text(Key) ?? '';
    // Labels of managed rules are set by AWS.
    if (key.startsWith('awswaf:managed:')) return 'maybe';
    const found = [...this.labels].some((label) =>
      text(Scope) === 'NAMESPACE' ? label.startsWith(key) : label === key || label.endsWith(`:${key}`),
    );
    return found ? 'yes' : 'no';
  }
}

function byteMatch(value: string, statement: ValueMap): Match {
  const search =
    text(statement.SearchString) ??
    Buffer.from(text(statement.SearchStringBase64) ?? '', 'base64').toString('latin1');
  const compare = positions[text(statement.PositionalConstraint) ?? ''];
  return compare ? matchIf(compare(value, search)) : 'maybe';
}

const positions: Readonly<Record<string, (value: string, search: string) => boolean>> = {
  EXACTLY: (value, search) => value === search,
  STARTS_WITH: (value, search) => value.startsWith(search),
  ENDS_WITH: (value, search) => value.endsWith(search),
  CONTAINS: (value, search) => value.includes(search),
  CONTAINS_WORD: containsWord,
};

/** The search text, with nothing alphanumeric or underscore on either side. */
function containsWord(value: string, search: string): boolean {
  for (let start = value.indexOf(search); start >= 0; start = value.indexOf(search, start + 1)) {
    const [before = '', after = ''] = [value[start - 1], value[start + search.length]];
    if (!/\w/.test(before) && !/\w/.test(after)) return true;
  }
  return false;
}

/** AWS WAF searches the pattern anywhere in the value. */
function regexMatch(value: string, patterns: readonly (Value | undefined)[]): Match {
  let unreadable = false;
  for (const pattern of patterns) {
    const source = text(map(pattern).RegexString) ?? text(pattern) ?? '';
    try {
      if (compile(source).test(value)) return 'yes';
    } catch {
      unreadable = true;
    }
  }
  return unreadable ? 'maybe' : 'no';
}

const compiled = new Map<string, RegExp>();

function compile(source: string): RegExp {
  let regex = compiled.get(source);
  if (!regex) {
    const caseless = source.startsWith('(?i)');
    regex = new RegExp(caseless ? source.slice(4) : source, caseless ? 'i' : '');
    compiled.set(source, regex);
  }
  return regex;
}

function sizeMatch(size: number, statement: ValueMap): Match {
  const limit = numeric(statement.Size);
  const compare = comparisons[text(statement.ComparisonOperator) ?? ''];
  return limit === undefined || !compare ? 'maybe' : matchIf(compare(size, limit));
}

const comparisons: Readonly<Record<string, (size: number, limit: number) => boolean>> = {
  EQ: (size, limit) => size === limit,
  NE: (size, limit) => size !== limit,
  LE: (size, limit) => size <= limit,
  LT: (size, limit) => size < limit,
  GE: (size, limit) => size >= limit,
  GT: (size, limit) => size > limit,
};

function matchIf(holds: boolean): Match {
  return holds ? 'yes' : 'no';
}

function opposite(match: Match): Match {
  return match === 'yes' ? 'no' : match === 'no' ? 'yes' : 'maybe';
}

function conjunction(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('maybe') ? 'maybe' : 'yes';
}
