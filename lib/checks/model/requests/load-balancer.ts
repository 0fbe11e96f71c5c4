import { UserError } from '../../../cli/user-error.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import {
  asWritten,
  at,
  display,
  isMap,
  list,
  map,
  numeric,
  text,
  type Value,
  type ValueMap,
} from '../values.ts';
import { hostHeader, type WireRequest } from './request.ts';

interface Answered {
  /** In words, such as `rule 5 "Shop"`. */
  readonly rule: string;
  /** That rule, or the listener when its default action answers. */
  readonly source: Resource;
}

export type ListenerAnswer =
  | ({ readonly action: 'forward' } & Answered)
  | ({ readonly action: 'respond' | 'redirect'; readonly status: number } & Answered);

/** Walks the rules of a listener by priority, its default action last. */
export function answerOfListener(
  graph: EnvironmentGraph,
  listener: Resource,
  request: WireRequest,
): ListenerAnswer {
  const rules = graph
    .referring(listener, 'AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn')
    .toSorted((a, b) => (numeric(a.properties.Priority) ?? 0) - (numeric(b.properties.Priority) ?? 0));
  for (const rule of rules) {
    const conditions = list(rule.properties.Conditions).filter(isMap);
    if (conditions.every((condition) => holds(condition, request))) {
      const name = /([^/]*)\/Resource$/.exec(rule.path ?? '')?.[1] ?? rule.logicalId;
      const words = `rule ${text(rule.properties.Priority)} "${name}"`;
      return answer(rule.properties.Actions, { rule: words, source: rule });
    }
  }
  return answer(listener.properties.DefaultActions, { rule: 'default action', source: listener });
}

function answer(actions: Value | undefined, by: Answered): ListenerAnswer {
  const last = map(list(actions).at(-1));
  switch (text(last.Type)) {
    case 'forward':
      return { action: 'forward', ...by };
    case 'redirect': {
      const moved = text(at(last, 'RedirectConfig', 'StatusCode')) === 'HTTP_301';
      return { action: 'redirect', status: moved ? 301 : 302, ...by };
    }
    case 'fixed-response':
      return {
        action: 'respond',
        status: numeric(at(last, 'FixedResponseConfig', 'StatusCode')) ?? 500,
        ...by,
      };
    default:
      throw new UserError([
        `listener ${by.rule}: found an action of type "${display(last.Type ?? '')}"; only forward, redirect and fixed-response can be answered for`,
      ]);
  }
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function holds(condition: ValueMap, request: WireRequest): boolean {
  const values = (config: string) => list(at(condition, config, 'Values') ?? condition.Values);
  const anyWildcard = (patterns: readonly unknown[], value: string, caseless: boolean) =>
    patterns.some((pattern) => wildcard(asWritten(pattern), caseless).test(value));
  const anyRegex = (config: string, value: string) =>
    list(at(condition, config, 'RegexValues')).some((pattern) => regex(asWritten(pattern)).test(value));

  switch (text(condition.Field)) {
    case 'path-pattern':
      return (
        anyWildcard(values('PathPatternConfig'), request.path, false) ||
        anyRegex('PathPatternConfig', request.path)
      );
    case 'host-header': {
      const host = hostHeader(request);
      return anyWildcard(values('HostHeaderConfig'), host, true) || anyRegex('HostHeaderConfig', host);
    }
    case 'http-header': {
      const name = text(at(condition, 'HttpHeaderConfig', 'HttpHeaderName')) ?? '';
      const value = request.headers.get(name.toLowerCase());
      if (value === undefined) return false;
      return anyWildcard(values('HttpHeaderConfig'), value, true) || anyRegex('HttpHeaderConfig', value);
    }
    case 'http-request-method':
      return values('HttpRequestMethodConfig').includes(request.method);
    case 'query-string':
      return parameters(request).some(({ key, value }) =>
        values('QueryStringConfig')
          .filter(isMap)
          .some(
            (wanted) =>
              (wanted.Key === undefined || wildcard(text(wanted.Key) ?? '', true).test(key)) &&
              wildcard(text(wanted.Value) ?? '', true).test(value),
          ),
      );
    default:
      throw new UserError([
        `found a listener condition on "${display(condition.Field ?? '')}", which a request alone does not tell`,
      ]);
  }
}

function parameters(request: WireRequest): { key: string; value: string }[] {
  return (request.query ?? '')
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [key = '', value = ''] = part.split(/=(.*)/s);
      return { key, value };
    });
}

function regex(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new UserError([
      `found the listener condition "${display(pattern)}", which is no regular expression`,
    ]);
  }
}

/** "*" stands for any characters, "?" for one. */
export function wildcard(pattern: string, caseless: boolean): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, caseless ? 'is' : 's');
}
