import type { EnvironmentGraph, Resource } from '../templates.ts';
import type { Decision, Evaluation } from './evaluation.ts';
import type { Statement } from './policies.ts';
import type { Principal } from './principals.ts';
import { arnOf } from './resource-arns.ts';
import { boundaryEdits, policyEdits, selfEdits } from './takeover-tables.ts';

/** A principal as it is once it has given itself what it can give itself. */
export function afterSelfGrants(
  principal: Principal,
  graph: EnvironmentGraph,
  evaluation: Evaluation,
): Principal {
  const free = withoutBoundary(principal, graph, evaluation);
  const edit = bestEdit(free, graph, evaluation);
  if (!edit) return free;
  const allowed = free.statements.filter(({ effect }) => effect === 'Allow');
  // Whoever rewrites its own policies also takes refusals out of them.
  return { ...free, statements: [...(edit.answer === 'yes' ? allowed : free.statements), everything(edit)] };
}

function withoutBoundary(principal: Principal, graph: EnvironmentGraph, evaluation: Evaluation): Principal {
  const { resource, boundary } = principal;
  if (!resource || !boundary) return principal;
  const arn = arnOf(resource, graph);
  const answers = (boundaryEdits[resource.type] ?? []).map(
    (action) => evaluation.decide(principal, { action, arn, target: resource })?.answer,
  );
  if (answers.includes('yes')) return { ...principal, boundary: undefined };
  return answers.includes('unknown')
    ? { ...principal, boundary: { ...boundary, certain: false } }
    : principal;
}

function bestEdit(
  principal: Principal,
  graph: EnvironmentGraph,
  evaluation: Evaluation,
): Decision | undefined {
  let best: Decision | undefined;
  for (const decision of edits(principal, graph, evaluation)) {
    if (decision.answer === 'yes') return decision;
    best ??= decision;
  }
  return best;
}

function* edits(principal: Principal, graph: EnvironmentGraph, evaluation: Evaluation): Generator<Decision> {
  const { resource } = principal;
  if (!resource) return;
  const held = new Set(principal.statements.map(({ source }) => source));
  const identities = [resource, ...principal.groups];
  for (const identity of identities)
    for (const action of selfEdits[identity.type] ?? [])
      yield* decided(principal, action, identity, graph, evaluation);
  for (const policy of held)
    if (policy.type === 'AWS::IAM::ManagedPolicy')
      for (const action of policyEdits) yield* decided(principal, action, policy, graph, evaluation);
}

function* decided(
  principal: Principal,
  action: string,
  target: Resource,
  graph: EnvironmentGraph,
  evaluation: Evaluation,
): Generator<Decision> {
  const decision = evaluation.decide(principal, { action, arn: arnOf(target, graph), target });
  // A condition may allow some policies only: which, nobody can tell from here.
  const limited = Object.keys(decision?.statement?.conditions ?? {}).length > 0;
  if (decision) yield { ...decision, answer: limited ? 'unknown' : decision.answer };
}

/** Leave to do anything, written in `source`. */
export function everything({ answer, source }: Decision): Statement {
  return {
    source,
    effect: 'Allow',
    actions: ['*'],
    notActions: undefined,
    resources: ['*'],
    notResources: undefined,
    principals: undefined,
    notPrincipals: undefined,
    conditions: {},
    certain: answer === 'yes',
  };
}
