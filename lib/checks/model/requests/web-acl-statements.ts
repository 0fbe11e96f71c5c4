import { remembered } from '../remembered.ts';
import type { EnvironmentGraph } from '../templates.ts';
import { isMap, list, map, numeric, text, type Value, type ValueMap } from '../values.ts';
import { allOf, anyOf, type Match, matchIf, opposite } from './match.ts';
import type { WireRequest } from './request.ts';
import { transform } from './transformations.ts';
import { argumentsOf, componentOf, cookiesOf, type InspectionLimits } from './web-acl-components.ts';

/** Evaluates statements as the developer guide describes them, on one request. */
export class StatementEvaluator {
  private readonly graph: EnvironmentGraph;
  private readonly request: WireRequest;
  private readonly limits: InspectionLimits;
  /** Labels that earlier rules left, or may have left. */
  private readonly labels = new Map<string, Match>();

  constructor(graph: EnvironmentGraph, request: WireRequest, limits: InspectionLimits) {
    this.graph = graph;
    this.request = request;
    this.limits = limits;
  }

  /** Notes what a rule that matched, or may have matched, leaves for the rules after it. */
  label(name: string, match: Match): void {
    if (this.labels.get(name) !== 'yes') this.labels.set(name, match);
  }

  matches(statement: ValueMap): Match {
    const [type = '', body] = Object.entries(statement)[0] ?? [];
    const inner = map(body);
    switch (type) {
      case 'AndStatement':
        return this.all(inner.Statements);
      case 'OrStatement':
        return opposite(this.all(inner.Statements, opposite));
      case 'NotStatement':
        return opposite(this.matches(map(inner.Statement)));
      case 'RateBasedStatement':
        return allOf([this.counts(inner), 'maybe']);
      case 'ManagedRuleGroupStatement':
        return allOf([this.scope(inner), 'maybe']);
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

  /**
   * Whether a rate-based statement counts the request: its scope-down statement matches, and the request has every
   * aggregation key. One that lacks a key is neither counted nor limited.
   * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html
   */
  counts(rate: ValueMap): Match {
    const keys = list(rate.CustomKeys).map((key) => this.hasKey(map(key)));
    return allOf([this.scope(rate), ...keys]);
  }

  /** Looked at only for requests that the scope-down statement lets in. */
  private scope({ ScopeDownStatement }: ValueMap): Match {
    return ScopeDownStatement === undefined ? 'yes' : this.matches(map(ScopeDownStatement));
  }

  private hasKey(key: ValueMap): Match {
    const [type = '', options] = Object.entries(key)[0] ?? [];
    const name = text(map(options).Name)?.toLowerCase() ?? '';
    switch (type) {
      case 'IP':
      case 'HTTPMethod':
      case 'UriPath':
      case 'ASN':
        return 'yes';
      case 'QueryString':
        return matchIf(this.request.query !== undefined);
      case 'Header':
        return matchIf(this.request.headers.has(name));
      case 'Cookie':
        return matchIf(cookiesOf(this.request).some(([cookie]) => cookie.toLowerCase() === name));
      case 'QueryArgument':
        return matchIf(argumentsOf(this.request).some(([argument]) => argument.toLowerCase() === name));
      case 'LabelNamespace': {
        const namespace = text(map(options).Namespace) ?? '';
        return this.labelMatch({ Key: namespace, Scope: 'NAMESPACE' });
      }
      case 'JA3Fingerprint':
      case 'JA4Fingerprint':
        // AWS takes it from the TLS handshake; where it cannot, the fallback says whether the request counts.
        return map(options).FallbackBehavior === 'MATCH' ? 'yes' : 'maybe';
      default:
        return 'maybe';
    }
  }

  /** Whether all of them match, each read by `as`; what comes after one that does not is not looked at. */
  private all(statements: Value | undefined, as: (match: Match) => Match = (match) => match): Match {
    let answer: Match = 'yes';
    for (const statement of list(statements)) {
      const match = as(this.matches(map(statement)));
      if (match === 'no') return 'no';
      if (match === 'maybe') answer = 'maybe';
    }
    return answer;
  }

  /** A component that the request lacks matches nothing; one with several values matches when any does. */
  private anyValue(statement: ValueMap, test: (value: string) => Match): Match {
    const component = componentOf(map(statement.FieldToMatch), this.request, this.limits);
    if (component === 'unknown') return 'maybe';
    if ('oversize' in component) return component.oversize;
    if (component.values.length === 0) return 'no';
    const types = remembered(transformationsOf, statement, () => readTransformations(statement));
    return anyOf(
      component.values.map((value): Match => {
        const transformed = transform(value, types);
        return transformed === undefined ? 'maybe' : test(transformed);
      }),
    );
  }

  private labelMatch({ Key, Scope }: ValueMap): Match {
    const key = text(Key) ?? '';
    // Labels of managed rules are set by AWS.
    if (key.startsWith('awswaf:managed:')) return 'maybe';
    const found = [...this.labels].filter(([label]) =>
      text(Scope) === 'NAMESPACE' ? label.startsWith(key) : label === key || label.endsWith(`:${key}`),
    );
    return anyOf(found.map(([, match]) => match));
  }
}

/** Of each statement: the names of its transformations, in their order. */
const transformationsOf = new WeakMap<ValueMap, readonly string[]>();

function readTransformations({ TextTransformations }: ValueMap): readonly string[] {
  return list(TextTransformations)
    .filter(isMap)
    .toSorted((a, b) => (numeric(a.Priority) ?? 0) - (numeric(b.Priority) ?? 0))
    .map(({ Type }) => text(Type) ?? '');
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
