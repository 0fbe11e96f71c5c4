import { arnOf } from '../../model/access/resource-arns.ts';
import { nameProperty } from '../../model/resource-types.ts';
import { spelledSchedule } from '../../model/schedules.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import {
  at,
  hasToken,
  isMap,
  list,
  map,
  text,
  token,
  tokenSource,
  type Value,
  type ValueMap,
} from '../../model/values.ts';

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
  ...each('Header HeaderName HttpHeaderName SingleHeader', (text) => text.toLowerCase()),
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
  PathPattern: (text) => text.replace(/^(?!\/)/, '/'),
  Parameters: (text) => switches[text.toLowerCase()] ?? text,
};

/** How parameters of databases are switched. */
const switches: Readonly<Record<string, string>> = { on: '1', off: '0' };

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
      Object.entries(oneWay(value, name, graph)).map(([key, member]) => [
        key,
        spelled(member, graph, isNamedAbove(key, name) ? name : key),
      ]),
    );
  }
  const spell = Object.hasOwn(spellings, name) ? spellings[name] : undefined;
  if (spell && (typeof value === 'number' || (typeof value === 'string' && !hasToken(value))))
    return spell(String(value));
  return typeof value === 'string' && ownArn.test(value) ? ofAccount(value, graph) : value;
}

/** What a host header may be, or a header is called, stands one level deeper than the name that tells it. */
function isNamedAbove(key: string, name: string): boolean {
  return name === 'Parameters' || (['Name', 'Values'].includes(key) && Object.hasOwn(spellings, name));
}

/** A block that may be written in two ways in one of them. */
function oneWay(block: ValueMap, name: string, graph: EnvironmentGraph): ValueMap {
  if (name === 'Conditions') return wholeCondition(block);
  if (name === 'Actions' || name === 'DefaultActions') return shortForward(block);
  if (name === 'PortMappings') return samePort(block);
  if (name === 'SecurityGroupEgress') return toNobody(block);
  if (name === 'EnvironmentVariables') return plainVariable(block);
  if (name === 'EventPattern') return ofOwnBus(block, graph);
  if (name === 'LifecycleConfiguration') return { ...block, Rules: list(block.Rules).flatMap(eachAction) };
  return block;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-listenerrule-rulecondition.html */
const conditionBlocks: Readonly<Record<string, string>> = {
  'host-header': 'HostHeaderConfig',
  'path-pattern': 'PathPatternConfig',
};

function wholeCondition({ Values, ...rest }: ValueMap): ValueMap {
  const block = conditionBlocks[text(rest.Field) ?? ''];
  const isShort = block !== undefined && Values !== undefined && rest[block] === undefined;
  return isShort ? { ...rest, [block]: { Values } } : { ...rest, Values };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-listenerrule-action.html */
function shortForward(action: ValueMap): ValueMap {
  const { ForwardConfig, ...rest } = action;
  const { TargetGroups, ...others } = map(ForwardConfig);
  const [only, ...more] = list(TargetGroups);
  const TargetGroupArn = at(only, 'TargetGroupArn');
  const isShort = TargetGroupArn !== undefined && more.length + Object.keys(others).length === 0;
  return isShort ? { ...rest, TargetGroupArn } : action;
}

/** A task with an interface of its own has one port for both. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
function samePort(mapping: ValueMap): ValueMap {
  const { HostPort, ...rest } = mapping;
  return text(HostPort) === text(mapping.ContainerPort) ? rest : mapping;
}

/** The rule that keeps a group's default rule away leads to no host, whatever it says of ports. */
function toNobody(rule: ValueMap): ValueMap {
  const { FromPort: _, ToPort: __, IpProtocol: ___, ...rest } = rule;
  return rule.CidrIp === '255.255.255.255/32' ? rest : rule;
}

/** Of a build's variable, plain text is what AWS takes it for. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html */
function plainVariable(variable: ValueMap): ValueMap {
  const { Type, ...rest } = variable;
  return Type === 'PLAINTEXT' ? rest : variable;
}

/** The default bus hears events of its own account. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html */
function ofOwnBus(pattern: ValueMap, { account }: EnvironmentGraph): ValueMap {
  const { account: asked, ...rest } = pattern;
  const [only, ...others] = list(asked);
  return others.length === 0 && only !== undefined && only === account ? rest : pattern;
}

/** A rule that does several things is as good as several rules that do one each. */
function eachAction(rule: Value): Value[] {
  const actions = Object.entries(map(rule)).filter(([key]) =>
    /^(?:Abort|Expir|Noncurrent|Transition)/.test(key),
  );
  const rest = Object.fromEntries(
    Object.entries(map(rule)).filter(([key]) => !actions.some(([each]) => each === key)),
  );
  return actions.length < 2 ? [rule] : actions.map(([key, value]) => ({ ...rest, [key]: value }));
}

/** An ARN built around a reference; `arn:aws:s3:::${Bucket}` is `${Bucket.Arn}`. */
const ownArn = /^arn:[^:]*:[a-z0-9-]+:[^:]*:[^:]*:.*\uE000/;

function ofAccount(arn: string, graph: EnvironmentGraph): string {
  const account = arn.split(':')[4] ?? '';
  return account === '' || account === graph.account ? graph.canonicalArn(arn) : arn;
}

/**
 * A value in which every reference to what has a name of its own is that name, and each id one reference: as good as what
 * is written out, and for whoever reads it less clear.
 */
export function named(value: Value | undefined, graph: EnvironmentGraph): Value | undefined {
  if (Array.isArray(value)) return value.map((member: Value) => named(member, graph) ?? null);
  if (isMap(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, named(member, graph)]));
  if (typeof value !== 'string' || !hasToken(value)) return value;
  return value
    .replace(listenerParts, (whole, body: string) => fullName(body, graph) ?? whole)
    .replace(tokens, (whole, body: string) => {
      const [stack = '', logicalId = '', attribute = ''] = body.split(separator);
      const resource = graph.get(stack, logicalId);
      return (resource && nameIn(resource, attribute, graph)) ?? whole;
    });
}

const tokens = new RegExp(tokenSource, 'g');
const separator = '\uE001';

function nameIn(resource: Resource, attribute: string, graph: EnvironmentGraph): string | undefined {
  const { type, stack, logicalId, properties } = resource;
  const property = nameProperty[type];
  const name = property === undefined ? undefined : text(properties[property]);
  const isNamed = name !== undefined && !hasToken(name);
  if (isNamed && attribute === 'Arn') return arnOf(resource, graph);
  if (isNamed && (attribute === 'Ref' || attribute === property)) return name;
  return isId(attribute, type) ? token(stack, logicalId, 'Ref') : undefined;
}

/** Attributes that say what `Ref` says; the id of a role or a user is another than its name. */
function isId(attribute: string, type: string): boolean {
  const [, service, kind = ''] = type.split('::');
  return service !== 'IAM' && ['Id', `${kind}Id`, `${kind}Name`].includes(attribute);
}

/** How the CDK finds the name of a load balancer in the ARN of its listener. */
const listenerParts = new RegExp(`${tokenSource}(?:/\uE000\\1\uE002){2}`, 'g');

function fullName(body: string, graph: EnvironmentGraph): string | undefined {
  const [stack = '', logicalId = ''] = body.split(separator);
  const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
  const balancer = graph.target(graph.get(stack, logicalId)?.properties.LoadBalancerArn, type);
  return balancer && token(balancer.stack, balancer.logicalId, 'LoadBalancerFullName');
}
