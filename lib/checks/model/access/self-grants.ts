import { type Answer, both } from '../answers.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { map } from '../values.ts';
import type { Decision, Evaluation } from './evaluation.ts';
import {
  boundaryEdits,
  freshIdentities,
  identityTakeovers,
  policyEdits,
  refusalEdits,
  selfEdits,
} from './identity-edits.ts';
import { type Statement, statementsOf } from './policies.ts';
import type { Principal } from './principals.ts';
import { accountReference, arnOf, chosen } from './resource-arns.ts';

/** Who gives whom what: the model's own parts that every step here asks. */
interface Asked {
  readonly principals: readonly Principal[];
  readonly graph: EnvironmentGraph;
  readonly evaluation: Evaluation;
}

/** A principal as it is once it has given itself what it can give itself, by its own policies or as somebody else. */
export function afterSelfGrants(principal: Principal, asked: Asked): Principal {
  const { resource } = principal;
  if (!resource) return principal;
  const free = withoutRefusals(withoutBoundary(principal, resource, asked), resource, asked);
  const own = best(ownEdits(free, resource, asked));
  // Another identity has neither the boundary nor the refusals of this one.
  const other = own?.answer === 'yes' && !free.boundary ? undefined : best(editsElsewhere(free, asked));
  const edit = own?.answer === 'yes' ? own : (other ?? own);
  if (!edit) return free;
  return {
    ...free,
    statements: [...relaxed(free.statements, edit.answer), everything(edit)],
    boundary: other ? unbound(free, other.answer).boundary : free.boundary,
  };
}

/** Whoever rewrites its own policies also takes refusals out of them. */
function relaxed(statements: readonly Statement[], answer: Answer): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (statement.effect === 'Allow' || answer === 'no') return [statement];
    return answer === 'yes' ? [] : [{ ...statement, certain: false }];
  });
}

function unbound(principal: Principal, answer: Answer): Principal {
  const { boundary } = principal;
  if (!boundary || answer === 'no') return principal;
  return { ...principal, boundary: answer === 'yes' ? undefined : { ...boundary, certain: false } };
}

function withoutBoundary(principal: Principal, resource: Resource, asked: Asked): Principal {
  if (!principal.boundary) return principal;
  const edits = [
    ...answersOn(principal, boundaryEdits[resource.type] ?? [], resource, asked),
    ...managedOf(principal.boundary.options.flatMap((option) => option ?? [])).flatMap((policy) =>
      answersOn(principal, policyEdits, policy, asked),
    ),
  ];
  return unbound(principal, edits.includes('yes') ? 'yes' : edits.includes('unknown') ? 'unknown' : 'no');
}

/** Deleting a policy takes its refusals too; which policy holds which, only both calls together leave no doubt of. */
function withoutRefusals(principal: Principal, resource: Resource, asked: Asked): Principal {
  if (!principal.statements.some(({ effect }) => effect === 'Deny')) return principal;
  const answers = [resource, ...principal.groups].flatMap((identity) =>
    answersOn(principal, refusalEdits[identity.type] ?? [], identity, asked),
  );
  const some = answers.some((answer) => answer !== 'no');
  const answer = some && answers.every((each) => each === 'yes') ? 'yes' : some ? 'unknown' : 'no';
  return answer === 'no' ? principal : { ...principal, statements: relaxed(principal.statements, answer) };
}

function answersOn(
  principal: Principal,
  actions: readonly string[],
  target: Resource,
  asked: Asked,
): readonly Answer[] {
  return actions.map((action) => decided(principal, action, target, asked)?.answer ?? 'no');
}

function best(decisions: Iterable<Decision>): Decision | undefined {
  let found: Decision | undefined;
  for (const decision of decisions) {
    if (decision.answer === 'yes') return decision;
    found ??= decision;
  }
  return found;
}

function* ownEdits(principal: Principal, resource: Resource, asked: Asked): Generator<Decision> {
  for (const identity of [resource, ...principal.groups]) yield* edits(principal, identity, asked);
  yield* editsOfPolicies(principal, principal.statements, asked);
}

function* edits(principal: Principal, identity: Resource, asked: Asked): Generator<Decision> {
  for (const action of selfEdits[identity.type] ?? []) {
    const decision = decided(principal, action, identity, asked);
    if (decision && !attachesNothing(action, decision, asked.graph)) yield decision;
  }
}

function* editsOfPolicies(
  principal: Principal,
  statements: readonly Statement[],
  asked: Asked,
): Generator<Decision> {
  for (const policy of managedOf(statements)) {
    for (const action of policyEdits) {
      const decision = decided(principal, action, policy, asked);
      if (decision) yield decision;
    }
  }
}

function managedOf(statements: readonly Statement[]): readonly Resource[] {
  return [...new Set(statements.map(({ source }) => source))].filter(
    ({ type }) => type === 'AWS::IAM::ManagedPolicy',
  );
}

/** Rewriting somebody whom the principal can be: a role, user or group of the templates, or one that it makes. */
function* editsElsewhere(principal: Principal, asked: Asked): Generator<Decision> {
  for (const other of asked.principals) {
    const { resource } = other;
    if (!resource || resource === principal.resource) continue;
    const edit = best(
      (function* () {
        yield* edits(principal, resource, asked);
        yield* editsOfPolicies(principal, other.statements, asked);
      })(),
    );
    if (!edit) continue;
    const use = usesOf(principal, resource, asked);
    if (use === 'no') continue;
    const sure = both(edit.answer, use) === 'yes' && !other.boundary;
    yield { ...edit, answer: sure ? 'yes' : 'unknown' };
  }
  for (const fresh of freshIdentities) yield* made(principal, fresh, asked);
}

/** Whether a principal can be another: of roles there are more ways than those asked here. */
function usesOf(principal: Principal, other: Resource, asked: Asked): Answer {
  const { graph, evaluation } = asked;
  if (other.type === 'AWS::IAM::Role') {
    const trust = statementsOf(other, other.properties.AssumeRolePolicyDocument, graph);
    const call = { action: 'sts:AssumeRole', arn: arnOf(other, graph), target: other };
    const decision = evaluation.decide(principal, call, { statements: trust, delegates: true });
    return decision?.answer ?? 'unknown';
  }
  if (other.type === 'AWS::SSO::PermissionSet') return 'unknown';
  const actions = (identityTakeovers[other.type] ?? []).flatMap((each) => each.actions);
  const answers = answersOn(principal, actions, other, asked);
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function* made(
  principal: Principal,
  { kind, steps }: (typeof freshIdentities)[number],
  asked: Asked,
): Generator<Decision> {
  const arn = `arn:aws:iam::${asked.graph.account ?? accountReference}:${kind}/${chosen}`;
  const taken = steps.map((actions) =>
    best(
      actions.flatMap((action) => unconditioned(asked.evaluation.decide(principal, { action, arn })) ?? []),
    ),
  );
  const [first] = taken;
  if (!first || taken.includes(undefined)) return;
  // Permissions for names apart from each other make nobody whole.
  const alike = taken.every((each) => each?.answer === 'yes' && each.statement === first.statement);
  yield { ...first, answer: alike ? 'yes' : 'unknown' };
}

function decided(
  principal: Principal,
  action: string,
  target: Resource,
  { graph, evaluation }: Asked,
): Decision | undefined {
  return unconditioned(evaluation.decide(principal, { action, arn: arnOf(target, graph), target }));
}

/** Whether the edit attaches policies of these templates only, by name, none of which allows anything. */
function attachesNothing(action: string, { statement }: Decision, graph: EnvironmentGraph): boolean {
  if (!action.startsWith('iam:Attach')) return false;
  const { ArnEquals, StringEquals } = statement?.conditions ?? {};
  return [ArnEquals, StringEquals].some((asked) => {
    const [, named] = Object.entries(map(asked)).find(([key]) => key.toLowerCase() === 'iam:policyarn') ?? [];
    const policies = (named === undefined ? [] : [named].flat()).map((arn) =>
      graph.target(arn, 'AWS::IAM::ManagedPolicy'),
    );
    return (
      policies.length > 0 &&
      policies.every(
        (policy) =>
          policy &&
          statementsOf(policy, policy.properties.PolicyDocument, graph).every(
            ({ effect }) => effect === 'Deny',
          ),
      )
    );
  });
}

/** A condition may allow some policies only: which, nobody can tell from here. */
function unconditioned(decision: Decision | undefined): Decision | undefined {
  const limited = Object.keys(decision?.statement?.conditions ?? {}).length > 0;
  return decision && { ...decision, answer: limited ? 'unknown' : decision.answer };
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
