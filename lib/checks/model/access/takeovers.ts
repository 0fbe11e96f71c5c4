import { type Answer, both } from '../answers.ts';
import { personOf } from '../declarations.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, map, text, tokensIn, type Value } from '../values.ts';
import type { Decision, Evaluation, Guard } from './evaluation.ts';
import { outsidersOf } from './outsiders.ts';
import { coversAction, type Statement, statementsOf, texts } from './policies.ts';
import { isAccount } from './principal-match.ts';
import { outsider, type Principal } from './principals.ts';
import { arnOf, chosen } from './resource-arns.ts';
import { guardingStatements } from './resource-policies.ts';
import { isForeignAccount } from './restrictions.ts';
import {
  identityTakeovers,
  imageUsers,
  keptRoleUses,
  passedRoleUses,
  policyEdits,
  providerEdits,
  type Runner,
  runners,
} from './takeover-tables.ts';

/** A way in which one principal comes to act as another. */
export interface Takeover {
  readonly by: Principal;
  readonly role: Principal;
  readonly how: string;
  readonly source: Resource;
  readonly decided: boolean;
}

/** A repository whose images something runs, perhaps. */
interface PushedImage {
  readonly repository: Resource;
  readonly guard: Guard;
  readonly sure: Answer;
}

interface Found {
  readonly how: string;
  readonly source: Resource;
  readonly answer: Exclude<Answer, 'no'>;
}

const assumeActions = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Who can act as which role, user or group, in one step. */
export class Takeovers {
  private readonly graph: EnvironmentGraph;
  private readonly evaluation: Evaluation;
  private readonly principals: readonly Principal[];
  private readonly known = new Map<Principal, readonly Takeover[]>();
  private readonly users = new Map<Resource, Map<Runner, readonly Resource[]>>();
  private readonly pushed = new Map<Resource, readonly PushedImage[]>();
  private readonly attached = new Map<Resource, readonly Resource[]>();
  private readonly anywheres = new Map<Principal, Map<string, Answer>>();

  constructor(graph: EnvironmentGraph, evaluation: Evaluation, principals: readonly Principal[]) {
    this.graph = graph;
    this.evaluation = evaluation;
    this.principals = principals;
  }

  /** Everybody who can act as a principal of the templates. */
  of(role: Principal): readonly Takeover[] {
    const { resource } = role;
    return resource ? remembered(this.known, role, () => this.find(role, resource)) : [];
  }

  private find(role: Principal, resource: Resource): readonly Takeover[] {
    const trust =
      resource.type === 'AWS::IAM::Role'
        ? statementsOf(resource, resource.properties.AssumeRolePolicyDocument, this.graph)
        : [];
    const guard: Guard = { statements: trust, delegates: true };
    const found: Takeover[] = this.trustedOutsiders(resource, guard).map((each) => ({ ...each, role }));
    for (const by of this.principals) {
      if (by === role) continue;
      const way = this.best(this.ways(by, resource, guard));
      if (way) found.push({ by, role, how: way.how, source: way.source, decided: way.answer === 'yes' });
    }
    return found;
  }

  private best(ways: Iterable<Found>): Found | undefined {
    let best: Found | undefined;
    for (const way of ways) {
      if (way.answer === 'yes') return way;
      best ??= way;
    }
    return best;
  }

  private *ways(by: Principal, resource: Resource, trust: Guard): Generator<Found> {
    const arn = arnOf(resource, this.graph);
    const can = (action: string, on: string, guard?: Guard, context?: Readonly<Record<string, string>>) =>
      this.evaluation.decide(by, { action, arn: on, target: resource, ...(context && { context }) }, guard);
    const found = (how: string, decision: Decision | undefined): Found[] =>
      decision ? [{ how, source: decision.source, answer: decision.answer }] : [];

    if (resource.type === 'AWS::IAM::Role') yield* found('assuming', can('sts:AssumeRole', arn, trust));
    const named = resource.type === 'AWS::SSO::PermissionSet' ? chosen : arn;
    for (const { actions, how } of identityTakeovers[resource.type] ?? [])
      for (const action of actions) yield* found(how, can(action, named));
    for (const policy of this.attachedPolicies(resource))
      for (const action of policyEdits)
        yield* found('rewriting the policies of', can(action, arnOf(policy, this.graph)));
    if (resource.type !== 'AWS::IAM::Role') return;
    for (const [service, sure] of this.servicesOf(trust.statements)) {
      yield* this.passing(by, service, sure, (context) => can('iam:PassRole', arn, undefined, context));
      for (const { service: keeper, actions } of keptRoleUses)
        if (service === keeper)
          for (const action of actions)
            if (this.anywhere(by, action) !== 'no')
              yield { how: `changing what runs (${keeper}) as`, source: resource, answer: 'unknown' };
      yield* this.runningElsewhere(by, resource, service);
    }
    if (trust.statements.some(({ principals }) => principals?.Federated !== undefined))
      for (const action of providerEdits)
        if (this.anywhere(by, action) !== 'no')
          yield { how: 'signing in as anyone to', source: resource, answer: 'unknown' };
    yield* this.running(by, resource);
    yield* this.pushing(by, resource);
  }

  /** Handing the role to a service that then runs or does what the caller wants. */
  private *passing(
    by: Principal,
    service: string,
    sure: Answer,
    pass: (context: Readonly<Record<string, string>>) => Decision | undefined,
  ): Generator<Found> {
    const uses = passedRoleUses.filter((use) => use.service === service || hasUnknown(service));
    for (const use of uses) {
      const passed = pass({ 'iam:passedtoservice': use.service });
      if (!passed) continue;
      for (const action of use.actions) {
        const run = this.anywhere(by, action);
        if (run === 'no') continue;
        const answer = weakest(passed.answer, run, sure);
        yield { how: `running code (${use.service}) as`, source: passed.source, answer };
      }
    }
    if (uses.length > 0) return;
    // Which call of another service takes a role, the table does not say.
    const passed = pass({ 'iam:passedtoservice': service });
    if (passed) yield { how: `handing to ${service}`, source: passed.source, answer: 'unknown' };
  }

  /** What runs with a role that nothing of the templates uses may stand outside them. */
  private *runningElsewhere(by: Principal, role: Resource, service: string): Generator<Found> {
    const ofService = runners.filter((runner) => runner.service === service);
    if (ofService.some((runner) => this.runningAs(runner, role).length > 0)) return;
    for (const { actions, how } of ofService)
      for (const action of actions)
        if (this.anywhere(by, action) !== 'no') yield { how, source: role, answer: 'unknown' };
  }

  /** Services that may act with the role, and whether they surely may. */
  private servicesOf(trust: readonly Statement[]): readonly (readonly [service: string, sure: Answer])[] {
    return trust.flatMap((statement) =>
      statement.effect === 'Allow'
        ? [
            ...(statement.principals?.Service ?? []),
            ...(statement.principals?.AWS ?? []).filter(hasUnknown),
          ].map(
            (service) => [service, statement.certain && !hasUnknown(service) ? 'yes' : 'unknown'] as const,
          )
        : [],
    );
  }

  /** Whoever can change what already runs with the role, or open a shell in it. */
  private *running(by: Principal, role: Resource): Generator<Found> {
    for (const runner of runners) {
      for (const user of this.runningAs(runner, role)) {
        const { region } = user;
        const place = `${region ?? '*'}:${this.graph.account ?? '*'}`.replaceAll('*', chosen);
        const [service, kind] = runner.of?.split(/:(.*)/s) ?? [];
        const arn =
          service === undefined
            ? arnOf(user, this.graph)
            : `arn:aws:${service}:${service === 'apigateway' ? `${chosen}:` : place}:${kind}${chosen}`;
        for (const action of runner.actions) {
          const decision = this.evaluation.decide(by, { action, arn, target: user });
          if (decision) yield { how: runner.how, source: decision.source, answer: decision.answer };
        }
      }
    }
  }

  private runningAs(runner: Runner, role: Resource): readonly Resource[] {
    const byRunner = remembered(this.users, role, () => new Map<Runner, readonly Resource[]>());
    return remembered(byRunner, runner, () => this.usersOf(role, runner));
  }

  private usersOf(role: Resource, { type, roles }: Pick<Runner, 'type' | 'roles'>): readonly Resource[] {
    return this.graph
      .ofType(type)
      .filter((user) => roles.some((path) => this.names(at(user.properties, ...path), role)));
  }

  /** Whether a property names the role, or an instance profile with it. */
  private names(value: Value | undefined, role: Resource): boolean {
    return this.graph.possible(value).some(({ value: each }) => {
      if (this.graph.target(each, role.type) === role) return true;
      const profile = this.graph.target(each, 'AWS::IAM::InstanceProfile');
      return profile !== undefined && this.names(profile.properties.Roles, role);
    });
  }

  /** Whoever can push the image that runs with the role. */
  private *pushing(by: Principal, role: Resource): Generator<Found> {
    for (const { repository, guard, sure } of remembered(this.pushed, role, () => this.imagesOf(role))) {
      const call = { action: 'ecr:PutImage', arn: arnOf(repository, this.graph), target: repository };
      const decision = this.evaluation.decide(by, call, guard);
      if (decision)
        yield {
          how: 'pushing the image of',
          source: decision.source,
          answer: weakest(decision.answer, sure),
        };
    }
  }

  /** Repositories of what runs with the role; a digest keeps what runs as it is. */
  private imagesOf(role: Resource): readonly PushedImage[] {
    return imageUsers.flatMap(({ images, ...user }) =>
      this.usersOf(role, user).flatMap(({ properties }) =>
        images
          .flatMap(([first = '', ...rest]) =>
            this.graph
              .possible(properties[first])
              .flatMap(({ value }) => this.graph.possible(rest.length === 0 ? value : at(value, ...rest))),
          )
          .flatMap(({ value }) => this.repositoriesOf(text(value) ?? '')),
      ),
    );
  }

  private repositoriesOf(image: string): readonly PushedImage[] {
    if (image.includes('@')) return [];
    const named = tokensIn(image).map(({ stack, logicalId }) => this.graph.get(stack, logicalId));
    return this.graph.ofType('AWS::ECR::Repository').flatMap((repository): readonly PushedImage[] => {
      const name = text(repository.properties.RepositoryName);
      const isNamed = named.includes(repository) || (name !== undefined && `${image}:`.includes(`/${name}:`));
      if (!isNamed && !hasUnknown(image)) return [];
      const guard = { statements: guardingStatements(repository, this.graph), delegates: false };
      return [{ repository, guard, sure: isNamed ? 'yes' : 'unknown' }];
    });
  }

  private attachedPolicies(holder: Resource): readonly Resource[] {
    return remembered(this.attached, holder, () => {
      const listed = this.graph
        .possible(holder.properties.ManagedPolicyArns)
        .map(({ value }) => this.graph.target(value, 'AWS::IAM::ManagedPolicy'));
      return this.graph
        .ofType('AWS::IAM::ManagedPolicy')
        .filter(
          (policy) =>
            listed.includes(policy) ||
            [policy.properties.Roles, policy.properties.Users, policy.properties.Groups].some((each) =>
              this.names(each, holder),
            ),
        );
    });
  }

  /** Whether a principal may make a call for anything at all. */
  private anywhere(by: Principal, action: string): Answer {
    const byAction = remembered(this.anywheres, by, () => new Map<string, Answer>());
    return remembered(
      byAction,
      action,
      () => this.evaluation.decide(by, { action, arn: chosen })?.answer ?? 'no',
    );
  }

  private trustedOutsiders(resource: Resource, guard: Guard): Omit<Takeover, 'role'>[] {
    const arn = arnOf(resource, this.graph);
    return guard.statements.flatMap((statement) => {
      const action = assumeActions.find((each) => coversAction(statement, each) !== 'no');
      if (statement.effect !== 'Allow' || action === undefined) return [];
      if (isForOnePerson(resource, statement)) return [];
      const named = [...outsidersOf(statement, this.principals, this.graph)];
      if (
        (statement.principals?.AWS ?? []).some(
          (each) => isAccount(each) && !isForeignAccount(each, this.graph.account),
        )
      )
        named.push({ principal: accountOthers, certain: false });
      return named.flatMap(({ principal, certain }) => {
        const decision = this.evaluation.decideFor(
          principal,
          statement,
          { action, arn, target: resource },
          guard,
        );
        if (!decision) return [];
        const decided = certain && decision.answer === 'yes';
        return [{ by: principal, how: 'assuming', source: decision.source, decided }];
      });
    });
  }
}

/** Whoever a role declares as its person, and its trust asks for by name, is no other of the account. */
function isForOnePerson(role: Resource, { conditions, principals = {} }: Statement): boolean {
  const person = personOf(role);
  const asked = texts(map(conditions.ArnEquals)['aws:PrincipalArn']);
  return (
    person !== undefined &&
    !/[*?]/.test(person) &&
    asked.length === 1 &&
    asked[0] === person &&
    Object.keys(principals).every((kind) => kind === 'AWS')
  );
}

/** Identity policies outside the templates may let others of the account assume a role that trusts the account. */
const accountOthers = outsider('others of the account', undefined, true);

function weakest(...answers: readonly Answer[]): 'yes' | 'unknown' {
  return answers.reduce(both) === 'yes' ? 'yes' : 'unknown';
}
