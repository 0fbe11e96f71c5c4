import { type Answer, either } from '../answers.ts';
import { constructPath } from '../declarations.ts';
import { isTakenOff } from '../protections.ts';
import { mayRefer } from '../references.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, display, text, token, unknown, type Value } from '../values.ts';
import { attachedPolicies } from './access-tables.ts';
import { managedPolicyStatements } from './managed-policies.ts';
import { mayMeet } from './patterns.ts';
import { type Statement, statementsOf } from './policies.ts';
import { accountReference, arnOf, piecesOf } from './resource-arns.ts';

/** Somebody or something that can call AWS: a role, user, group or permission set, or a caller from outside. */
export interface Principal {
  /** What a reader sees: the construct path of a role, or `account 999988887777`, `anyone`. */
  readonly name: string;
  /** Undefined for callers outside the templates. */
  readonly resource: Resource | undefined;
  /** The ARN that policies name, as text with references; undefined for callers known by no single one. */
  readonly arn: string | undefined;
  /** Whether it is one of the environment's own account. */
  readonly ofAccount: boolean;
  /** Groups that a user is in, or may be. */
  readonly groups: readonly Resource[];
  readonly statements: readonly Statement[];
  /** Policies whose content is not known here. */
  readonly unknownPolicies: readonly string[];
  /** What a permissions boundary leaves of the rest; undefined without one. */
  readonly boundary: Boundary | undefined;
}

export interface Boundary {
  /** What the policy may say, of which a deploy chooses; undefined for one that is not known here. */
  readonly options: readonly (readonly Statement[] | undefined)[];
  /** Whether one of them is in force whatever a deploy decides. */
  readonly certain: boolean;
}

export const principalTypes = [
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::SSO::PermissionSet',
] as const;

/** What CloudFormation turns into roles and policies that no template here holds; those of connectors are told. */
const unseen = /^AWS::Serverless::(?!(?:SimpleTable|LayerVersion|Connector)$)|::MODULE$/;

/** Everybody among the resources of the templates. */
export function principalsOf(graph: EnvironmentGraph): readonly Principal[] {
  const unread = graph.resources.filter(({ type }) => unseen.test(type));
  return [
    ...graph.ofType(...principalTypes).map((resource) => principalOf(resource, graph)),
    ...unread.map((resource) => unseenPrincipal(resource)),
  ];
}

function unseenPrincipal(resource: Resource): Principal {
  return {
    ...outsider(constructPath(resource), `arn:aws:iam::${accountReference}:role/${unknown('role')}`, true),
    resource,
    unknownPolicies: [`what ${resource.type} makes`],
  };
}

/** A role, user, group or permission set with everything its identity policies say. */
function principalOf(resource: Resource, graph: EnvironmentGraph): Principal {
  const { groups, unknownGroups } = groupsOf(resource, graph);
  const policies = [
    policiesOf(resource, graph),
    ...groups.map(({ group, certain }) => weakened(policiesOf(group, graph), certain)),
    { statements: [], unknownPolicies: unknownGroups },
  ];
  return {
    name: constructPath(resource),
    resource,
    arn:
      resource.type === 'AWS::SSO::PermissionSet'
        ? permissionSetArn(resource, graph)
        : arnOf(resource, graph),
    ofAccount: true,
    groups: groups.map(({ group }) => group),
    statements: policies.flatMap(({ statements }) => statements),
    unknownPolicies: policies.flatMap(({ unknownPolicies }) => unknownPolicies),
    boundary: boundaryOf(resource, graph),
  };
}

/** Somebody outside the templates. */
export function outsider(name: string, arn?: string, ofAccount = false): Principal {
  return {
    name,
    resource: undefined,
    arn,
    ofAccount,
    groups: [],
    statements: [],
    unknownPolicies: [],
    boundary: undefined,
  };
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html */
function permissionSetArn({ properties }: Resource, graph: EnvironmentGraph): string {
  const account = graph.account ?? accountReference;
  const path = unknown('region of the identity center');
  const name = text(properties.Name) ?? unknown('name');
  return `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/${path}AWSReservedSSO_${name}_${unknown('id')}`;
}

type Policies = Pick<Principal, 'statements' | 'unknownPolicies'>;

/** Policies written in a holder, attached by it, and attached to it from elsewhere. */
function policiesOf(holder: Resource, graph: EnvironmentGraph): Policies {
  const { properties } = holder;
  const inline = [...graph.possible(properties.Policies), ...graph.possible(properties.InlinePolicy)];
  const documents = inline.flatMap(({ value, certain }) =>
    weaken(statementsOf(holder, at(value, 'PolicyDocument') ?? value, graph), certain),
  );
  const references = [
    ...graph.possible(properties.ManagedPolicyArns),
    ...graph.possible(properties.ManagedPolicies),
    ...graph.possible(properties.CustomerManagedPolicyReferences),
  ].map(({ value, certain }) => {
    const { policy, ...read } = managedPolicy(value, holder, graph);
    return { ...read, certain: certain && !(policy && isTakenOff(policy, graph)) };
  });
  const attached = attachedPolicies
    .flatMap((type) => graph.ofType(type))
    .flatMap((policy) =>
      attachments(policy, holder, graph).map((certain) =>
        weaken(statementsOf(policy, policy.properties.PolicyDocument, graph), certain),
      ),
    );
  return {
    statements: [
      ...documents,
      ...references.flatMap(({ statements, certain }) => weaken(statements ?? [], certain)),
      ...attached.flat(),
    ],
    unknownPolicies: references.flatMap(({ name, statements }) => (statements ? [] : [name])),
  };
}

function weakened({ statements, unknownPolicies }: Policies, certain: boolean): Policies {
  return { statements: weaken(statements, certain), unknownPolicies };
}

function weaken(statements: readonly Statement[], certain: boolean): readonly Statement[] {
  return certain ? statements : statements.map((statement) => ({ ...statement, certain: false }));
}

/** One entry for each way in which a policy says it is attached to the holder: whether it surely is. */
function attachments(policy: Resource, holder: Resource, graph: EnvironmentGraph): boolean[] {
  const { Roles, Users, Groups, RoleName, UserName, GroupName } = policy.properties;
  const holders = {
    'AWS::IAM::Role': [Roles, RoleName],
    'AWS::IAM::User': [Users, UserName],
    'AWS::IAM::Group': [Groups, GroupName],
  }[holder.type];
  const found = (holders ?? []).map((property) => mayHold(property, holder, graph)).reduce(either, 'no');
  return found === 'no' ? [] : [found === 'yes'];
}

/** Whether a property names an identity; a name that is written out may be one that CloudFormation makes. */
function mayHold(property: Value | undefined, holder: Resource, graph: EnvironmentGraph): Answer {
  const refers = mayRefer(property, holder, graph);
  if (refers !== 'no') return refers;
  const isMade = graph
    .possible(property)
    .some(
      ({ value }) =>
        typeof value === 'string' &&
        !graph.target(value, holder.type) &&
        mayMeet(
          piecesOf(value, graph, 'text'),
          piecesOf(token(holder.stack, holder.logicalId, 'Ref'), graph, 'text'),
        ),
    );
  return isMade ? 'unknown' : 'no';
}

/** A policy named by its ARN, or by its name as identity centers do; without statements when nobody can know them. */
function managedPolicy(
  value: Value,
  holder: Resource,
  graph: EnvironmentGraph,
): {
  readonly name: string;
  readonly statements: readonly Statement[] | undefined;
  readonly policy?: Resource;
} {
  const reference = at(value, 'Name') ?? value;
  const policy = graph.target(reference, 'AWS::IAM::ManagedPolicy');
  const name = display(reference);
  if (policy) return { name, statements: policyStatements(policy, holder, graph), policy };
  return {
    name: text(reference) ?? name,
    statements: managedPolicyStatements(text(reference) ?? '', holder, graph),
  };
}

/** A policy that also names its holder itself is read there. */
function policyStatements(policy: Resource, holder: Resource, graph: EnvironmentGraph): readonly Statement[] {
  return attachments(policy, holder, graph).includes(true)
    ? []
    : statementsOf(policy, policy.properties.PolicyDocument, graph);
}

interface Membership {
  readonly groups: readonly { readonly group: Resource; readonly certain: boolean }[];
  /** Groups that the templates do not make, and whose policies nobody knows. */
  readonly unknownGroups: readonly string[];
}

function groupsOf(user: Resource, graph: EnvironmentGraph): Membership {
  if (user.type !== 'AWS::IAM::User') return { groups: [], unknownGroups: [] };
  const added = graph.ofType('AWS::IAM::UserToGroupAddition').flatMap(({ properties, conditional }) => {
    const isIn = mayHold(properties.Users, user, graph);
    return isIn === 'no' ? [] : graph.possible(properties.GroupName, isIn === 'yes' && !conditional);
  });
  const named = [...graph.possible(user.properties.Groups), ...added].map(({ value, certain }) => ({
    value,
    certain,
    group: graph.target(value, 'AWS::IAM::Group'),
  }));
  return {
    groups: named.flatMap(({ group, certain }) => (group ? [{ group, certain }] : [])),
    unknownGroups: named.flatMap(({ group, value }) =>
      group ? [] : [`policies of group ${display(value)}`],
    ),
  };
}

function boundaryOf(holder: Resource, graph: EnvironmentGraph): Boundary | undefined {
  const written = holder.properties.PermissionsBoundary;
  if (written === undefined) return undefined;
  const named = at(written, 'ManagedPolicyArn') ?? at(written, 'CustomerManagedPolicyReference') ?? written;
  const chosen = alternatives(named, graph);
  const options = chosen.flatMap((value) => {
    if (value === undefined) return [];
    const policy = graph.target(at(value, 'Name') ?? value, 'AWS::IAM::ManagedPolicy');
    const statements = policy
      ? statementsOf(policy, policy.properties.PolicyDocument, graph)
      : managedPolicyStatements(text(value) ?? '', holder, graph);
    return [statements];
  });
  return { options, certain: !chosen.includes(undefined) };
}

/** Every value that a deploy may give; undefined where it gives none. */
function alternatives(value: Value | undefined, graph: EnvironmentGraph): readonly (Value | undefined)[] {
  return graph.choicesOf(value)?.flatMap((each) => alternatives(each, graph)) ?? [value];
}
