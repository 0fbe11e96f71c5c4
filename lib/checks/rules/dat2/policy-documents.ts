import { type Statement, statementsOf } from '../../model/policies.ts';
import type { EnvironmentGraph, Resource } from '../../model/templates.ts';
import { at, list } from '../../model/values.ts';

/** Identity policies written in a resource: its document, or the inline ones of a role. */
export function policyDocuments(holder: Resource, graph: EnvironmentGraph): Statement[] {
  if (holder.type === 'AWS::IAM::ManagedPolicy' || holder.type === 'AWS::IAM::Policy') {
    return statementsOf(holder, holder.properties.PolicyDocument, graph);
  }
  return list(holder.properties.Policies).flatMap((inline) =>
    statementsOf(holder, at(inline, 'PolicyDocument'), graph),
  );
}
