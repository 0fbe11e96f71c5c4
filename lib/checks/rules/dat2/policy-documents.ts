import { type Statement, statementsOf } from '../../model/access/policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list } from '../../model/values.ts';

const documents = [
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
];

/** Everything that may hold an identity policy, as a document of its own or inline. */
export const policyHolders = [...documents, 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];

/** Identity policies written in a resource: its document, or the inline ones of a role. */
export function policyDocuments(holder: Resource, graph: EnvironmentGraph): Statement[] {
  if (documents.includes(holder.type)) {
    return statementsOf(holder, holder.properties.PolicyDocument, graph);
  }
  return list(holder.properties.Policies).flatMap((inline) =>
    statementsOf(holder, at(inline, 'PolicyDocument'), graph),
  );
}
