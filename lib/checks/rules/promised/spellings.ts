import { spelledSchedule } from '../../model/schedules.ts';
import type { EnvironmentGraph } from '../../model/templates.ts';
import { hasToken, isMap, type Value } from '../../model/values.ts';

/** What AWS takes for the same, spelled one way: by the name of the property that holds it. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  IpProtocol: (text) => protocols[text.toLowerCase()] ?? text.toLowerCase(),
  ...each('Schedule ScheduleExpression', spelledSchedule),
  ...each('ScheduleExpressionTimezone ScheduleTimezone', (text) =>
    /^(?:Etc\/)?(?:UTC|GMT|UCT|Universal|Zulu)$/i.test(text) ? 'UTC' : text,
  ),
  ...each('Domains Aliases DomainName SubjectAlternativeNames HostHeaderConfig', (text) =>
    text.toLowerCase().replace(/\.$/, ''),
  ),
  ...each('Header HeaderName HttpHeaderName', (text) => text.toLowerCase()),
};

/** https://www.iana.org/assignments/protocol-numbers */
const protocols: Readonly<Record<string, string>> = {
  all: '-1',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

function each(names: string, spell: (text: string) => string): Record<string, (text: string) => string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, spell]));
}

/** A resolved value with everything in it that has several spellings in one of them. */
export function spelled(value: Value | undefined, graph: EnvironmentGraph, name = ''): Value | undefined {
  if (Array.isArray(value)) return value.map((member: Value) => spelled(member, graph, name) ?? null);
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        // What a host header may be stands one level deeper than the name that tells it.
        spelled(member, graph, key === 'Values' && Object.hasOwn(spellings, name) ? name : key),
      ]),
    );
  }
  const spell = Object.hasOwn(spellings, name) ? spellings[name] : undefined;
  if (spell && (typeof value === 'number' || (typeof value === 'string' && !hasToken(value))))
    return spell(String(value));
  return typeof value === 'string' && ownArn.test(value) ? ofAccount(value, graph) : value;
}

/** An ARN built around a reference; `arn:aws:s3:::${Bucket}` is `${Bucket.Arn}`. */
const ownArn = /^arn:[^:]*:[a-z0-9-]+:[^:]*:[^:]*:.*\uE000/;

function ofAccount(arn: string, graph: EnvironmentGraph): string {
  const account = arn.split(':')[4] ?? '';
  return account === '' || account === graph.account ? graph.canonicalArn(arn) : arn;
}
