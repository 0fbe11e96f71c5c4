import { constructPath } from '../declarations.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, list, text } from '../values.ts';
import { attachedPolicies } from './access-tables.ts';
import { managedPolicyStatements } from './managed-policies.ts';
import { type Statement, statementsOf } from './policies.ts';

/** Somebody or something that can call AWS: a role, user or group of the environment, or a caller outside of it. */
export interface Principal {
  /** What a reader sees: the construct path of a role, or `account 999988887777`, `anyone`. */
  readonly name: string;
  /** Undefined for callers outside the templates. */
  readonly resource: Resource | undefined;
  readonly statements: readonly Statement[];
  /** AWS managed policies whose content is not known here. */
  readonly unknownPolicies: readonly string[];
}

/** A role, user or group with everything its identity policies say. */
export function principalOf(resource: Resource, graph: EnvironmentGraph): Principal {
  const statements: Statement[] = [];
  const unknownPolicies: string[] = [];
  for (const inline of list(resource.properties.Policies)) {
    statements.push(...statementsOf(resource, at(inline, 'PolicyDocument'), graph));
  }
  const property = { 'AWS::IAM::Role': 'Roles', 'AWS::IAM::User': 'Users', 'AWS::IAM::Group': 'Groups' }[
    resource.type
  ];
  const attached = new Set<Resource>();
  for (const type of attachedPolicies) {
    for (const policy of graph.ofType(type)) {
      const { RoleName, UserName, GroupName } = policy.properties;
      const holders = [
        ...list(property ? policy.properties[property] : undefined),
        ...[RoleName, UserName, GroupName].flatMap((name) => name ?? []),
      ];
      if (holders.some((holder) => graph.target(holder, resource.type) === resource)) attached.add(policy);
    }
  }
  for (const arn of list(resource.properties.ManagedPolicyArns)) {
    const policy = graph.target(arn, 'AWS::IAM::ManagedPolicy');
    if (policy) attached.add(policy);
    else {
      const known = managedPolicyStatements(text(arn) ?? '', resource, graph);
      if (known) statements.push(...known);
      else unknownPolicies.push(text(arn) ?? 'a policy');
    }
  }
  for (const policy of attached) {
    statements.push(...statementsOf(policy, policy.properties.PolicyDocument, graph));
  }
  return { name: constructPath(resource), resource, statements, unknownPolicies };
}
