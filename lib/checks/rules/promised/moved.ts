import type { Promised } from '../../model/promises.ts';
import { remembered } from '../../model/remembered.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list, map, soleToken, text, type Value, type ValueMap } from '../../model/values.ts';
import { atomsOf, usedBy } from './policies.ts';
import { spelled } from './spellings.ts';

/**
 * What may be written in one resource or another and means the same: the statements of a role, inline, in a policy that
 * names the role, or in one that the role names; the rules of a security group, inside of it or apart.
 */
const policies = new Set(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy']);
const groupRules = new Set(['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']);
const written = new Set([...policies, ...groupRules, 'AWS::IAM::Role', 'AWS::EC2::SecurityGroup']);

/** Properties that hold what may be written elsewhere. */
const ofOwner = /^(?:Policies|ManagedPolicyArns|SecurityGroupIngress|SecurityGroupEgress)(?:\.|$)/;
const ofPolicy = /^(?:PolicyDocument|Roles|RoleName|Type)(?:\.|$)/;

interface Part {
  readonly stack: string;
  readonly name: string;
  readonly type: string;
  readonly properties: ValueMap;
}

/** What each role or group is given, by its token, and by which parts. */
class Given {
  readonly says = new Map<string, Set<string>>();
  private readonly parts: readonly Part[];
  private readonly owners = new Map<Part, Set<string>>();

  constructor(parts: readonly Part[]) {
    this.parts = parts;
    for (const part of parts) this.read(part);
  }

  /** The roles or groups that a part gives something. */
  ownersOf({ stack, name }: Pick<Part, 'stack' | 'name'>): readonly string[] {
    const part = this.parts.find((each) => each.stack === stack && each.name === name);
    return [...((part && this.owners.get(part)) ?? [])];
  }

  private read(part: Part): void {
    const { type, properties } = part;
    const own = keyOf(part.stack, part.name);
    if (policies.has(type)) {
      const roles = list(properties.Roles ?? properties.RoleName);
      for (const role of roles) this.give(part, keyOfValue(role), properties.PolicyDocument);
    } else if (type === 'AWS::IAM::Role') {
      for (const policy of list(properties.Policies)) this.give(part, own, at(policy, 'PolicyDocument'));
      for (const arn of list(properties.ManagedPolicyArns)) this.attach(part, own, arn);
    } else if (groupRules.has(type)) {
      this.rule(part, keyOfValue(properties.GroupId), type.endsWith('Ingress') ? 'in' : 'out', properties);
    } else {
      for (const rule of list(properties.SecurityGroupIngress)) this.rule(part, own, 'in', rule);
      for (const rule of list(properties.SecurityGroupEgress)) this.rule(part, own, 'out', rule);
    }
  }

  private attach(role: Part, own: string, arn: Value): void {
    const policy = this.parts.find(
      (each) => policies.has(each.type) && keyOf(each.stack, each.name) === keyOfValue(arn),
    );
    if (policy) this.give(policy, own, policy.properties.PolicyDocument);
    else this.say(role, own, `managed ${text(arn)}`);
  }

  private give(part: Part, owner: string, document: Value | undefined): void {
    for (const atom of atomsOf(document)?.keys() ?? []) this.say(part, owner, atom);
  }

  private rule(part: Part, owner: string, direction: string, rule: Value): void {
    const { GroupId: _, Description: __, ...rest } = map(rule);
    const fields = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`);
    this.say(part, owner, [direction, ...fields.sort()].join(' '));
  }

  private say(part: Part, owner: string, what: string): void {
    this.owners.set(part, (this.owners.get(part) ?? new Set()).add(owner));
    this.says.set(owner, (this.says.get(owner) ?? new Set()).add(what));
  }
}

const keyOf = (stack: string, logicalId: string) => `${stack} ${logicalId}`;

/** A reference to a role, policy or group, by whichever attribute. */
function keyOfValue(value: Value | undefined): string {
  const found = soleToken(value);
  return found ? keyOf(found.stack, found.logicalId) : String(value);
}

/**
 * Whether a difference of a part is none, because what it held is held by another.
 * @param path of the difference; none of a part that is gone
 */
export function movedParts(graph: EnvironmentGraph): (each: Promised, path?: string) => boolean {
  return (each, path) => {
    if (!written.has(each.type)) return false;
    const inside = each.type === 'AWS::IAM::Role' || each.type === 'AWS::EC2::SecurityGroup';
    if (path === undefined ? inside : !groupRules.has(each.type) && !(inside ? ofOwner : ofPolicy).test(path))
      return false;
    const sides = compared(graph);
    const owners = inside ? [keyOf(each.stack, each.name)] : sides.before.ownersOf(each);
    return owners.length > 0 && owners.every(sides.keeps);
  };
}

/** Whether a resource gives a role or group only what it was promised to have. */
export function isRestated(resource: Resource, graph: EnvironmentGraph): boolean {
  if (!written.has(resource.type)) return false;
  const { says } = new Given([partOf(resource, graph)]);
  const { before } = compared(graph);
  return says.size > 0 && [...says].every(([owner, words]) => isSubset(words, before.says.get(owner)));
}

/** The promised actions of those who are given something by a part; undefined of nobody, and where AWS's own policies are among it. */
export function actionsGiven(
  graph: EnvironmentGraph,
  part: Pick<Promised, 'stack' | 'name'>,
): ((action: string) => boolean) | undefined {
  const { before } = compared(graph);
  const owners = before.ownersOf(part);
  const words = owners.flatMap((owner) => [...(before.says.get(owner) ?? [])]);
  return owners.length === 0 || words.some((each) => each.startsWith('managed '))
    ? undefined
    : usedBy(words.filter((each) => each.startsWith('[')));
}

/**
 * Whether a role was promised to people alone, by itself or as one whom a policy is given: they miss what they may not do
 * any more, and no log, backup or rotation does.
 */
export function isOfPeople(
  graph: EnvironmentGraph,
  { stack, name, type }: Pick<Promised, 'stack' | 'name' | 'type'>,
): boolean {
  const isRole = type === 'AWS::IAM::Role';
  if (!isRole && !policies.has(type)) return false;
  const { before, trusts } = compared(graph);
  const owners = isRole ? [keyOf(stack, name)] : before.ownersOf({ stack, name });
  return owners.length > 0 && owners.every((owner) => letsPeopleIn(trusts.get(owner)));
}

/** People sign in as somebody of an account, or as one user; what runs by itself is a service or has a role. */
const ofPeople = /^AWS (?:\d{12}$|arn:[\w-]+:iam::\d{12}:user\/)/;

function letsPeopleIn(trust: Value | undefined): boolean {
  const atoms = [...(atomsOf(trust)?.values() ?? [])];
  return atoms.length > 0 && atoms.every(({ principal }) => ofPeople.test(principal));
}

interface Sides {
  /** What roles were promised to trust, by their tokens. */
  readonly trusts: ReadonlyMap<string, Value | undefined>;
  readonly before: Given;
  readonly keeps: (owner: string) => boolean;
}
const known = new WeakMap<EnvironmentGraph, Sides>();
const compared = (graph: EnvironmentGraph): Sides => remembered(known, graph, () => compare(graph));

function compare(graph: EnvironmentGraph): Sides {
  const promised = graph.promises.ofTypes(written);
  const names = new Set(promised.map(({ stack, name }) => keyOf(stack, name)));
  const parts = promised.map(
    ({ stack, name, type, promised: { Properties } }): Part => ({
      stack,
      name,
      type,
      properties: map(spelled(graph.resolveIn(stack, Properties), graph)),
    }),
  );
  const before = new Given(parts);
  const trusts = new Map(
    parts.map(({ stack, name, properties }) => [keyOf(stack, name), properties.AssumeRolePolicyDocument]),
  );
  const found = graph.ofType(...written);
  const after = new Given(found.map((resource) => partOf(resource, graph)));
  const promisedOnly = new Given(
    found
      .filter(({ stack, logicalId }) => names.has(keyOf(stack, logicalId)))
      .map((resource) => partOf(resource, graph)),
  );
  const keeps = (owner: string) => {
    const [one, all, own] = [before, after, promisedOnly].map((given) => given.says.get(owner) ?? nothing);
    return isSubset(one, all) && isSubset(own, one);
  };
  return { before, trusts, keeps };
}

const nothing: ReadonlySet<string> = new Set();

function partOf(resource: Resource, graph: EnvironmentGraph): Part {
  const { stack, logicalId: name, type, properties } = resource;
  return { stack, name, type, properties: map(spelled(properties, graph)) };
}

function isSubset(one = nothing, other = nothing): boolean {
  return [...one].every((each) => other.has(each));
}
