import { type Answer, both } from '../answers.ts';
import { personOf } from '../declarations.ts';
import { remembered } from '../remembered.ts';
import { nameProperty } from '../resource-types.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { at, hasUnknown, map, text, tokensIn, type Value } from '../values.ts';
import type { Call, Decision, Evaluation, Guard } from './evaluation.ts';
import { identityTakeovers, policyEdits, providerEdits } from './identity-edits.ts';
import { outsidersOf } from './outsiders.ts';
import { handedAnew, keptRoleUses, passedRoleUses } from './passed-roles.ts';
import { coversAction, type Statement, statementsOf, texts } from './policies.ts';
import { isAccount } from './principal-match.ts';
import { outsider, type Principal } from './principals.ts';
import { arnOf, chosen } from './resource-arns.ts';
import { guardingStatements } from './resource-policies.ts';
import { isForeignAccount } from './restrictions.ts';
import { codeHolders, codeSources, type Runner, runners } from './running-roles.ts';
import { callsOf } from './service-calls.ts';

/** A way in which one principal comes to act as another. */
export interface Takeover {
  readonly by: Principal;
  readonly role: Principal;
  readonly how: string;
  readonly source: Resource;
  readonly decided: boolean;
}

/** A call, on what is guarded by policies of its own, that makes a role the caller's. */
interface Lever {
  readonly call: Call;
  readonly guard: Guard;
  readonly sure: Answer;
  readonly how: string;
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
  private readonly pulled = new Map<Resource, readonly Lever[]>();
  private readonly others = new Map<Principal, Map<string, boolean>>();
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
    const outside = [
      ...this.trustedOutsiders(resource, guard),
      ...this.leversOf(resource).flatMap((lever) => this.outsidersAt(lever)),
    ];
    const found: Takeover[] = outside.map((each) => ({ ...each, role }));
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
      yield* this.keeping(by, resource, service);
    }
    const providers = trust.statements.flatMap(({ principals }) => principals?.Federated ?? []);
    for (const { provider, actions } of providerEdits)
      if (providers.some((each) => provider.test(each)))
        for (const action of actions)
          if (this.anywhere(by, action) !== 'no')
            yield { how: 'signing in as anyone to', source: resource, answer: 'unknown' };
    for (const { call, guard, sure, how } of this.leversOf(resource)) {
      const decision = this.evaluation.decide(by, call, guard);
      if (decision) yield { how, source: decision.source, answer: weakest(decision.answer, sure) };
    }
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
    if (uses.length > 0 && !uses.some(({ amongOthers }) => amongOthers)) return;
    // Which call of another service takes a role, the table does not say.
    if (uses.length > 0 && !this.mayCall(by, service)) return;
    const passed = pass({ 'iam:passedtoservice': service });
    if (passed) yield { how: `handing to ${service}`, source: passed.source, answer: 'unknown' };
  }

  /** Changing what has the role already: something that no template tells of, or of a kind that no table knows. */
  private *keeping(by: Principal, role: Resource, service: string): Generator<Found> {
    if (handedAnew.includes(service)) return;
    const listed = keptRoleUses.filter((each) => each.service === service).flatMap(({ actions }) => actions);
    if (listed.some((action) => this.anywhere(by, action) !== 'no'))
      yield { how: `changing what runs (${service}) as`, source: role, answer: 'unknown' };
    const known = runners.filter((runner) => runner.service === service);
    if (known.some((runner) => this.runningAs(runner, role).length > 0)) return;
    for (const { actions, how } of known)
      for (const action of actions)
        if (this.anywhere(by, action) !== 'no') yield { how, source: role, answer: 'unknown' };
    if (known.length === 0 && !hasUnknown(service) && this.mayCall(by, service))
      yield { how: `changing what runs (${service}) as`, source: role, answer: 'unknown' };
  }

  /** Whether a principal may make any call of a service that could hand over a role, or change what has one. */
  private mayCall(by: Principal, service: string): boolean {
    const byService = remembered(this.others, by, () => new Map<string, boolean>());
    return remembered(byService, service, () =>
      callsOf(by, service).some((action) => this.anywhere(by, action) !== 'no'),
    );
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

  /** What changes what already runs with the role, opens a shell in it, or replaces the code that it runs. */
  private leversOf(role: Resource): readonly Lever[] {
    return remembered(this.pulled, role, () =>
      role.type === 'AWS::IAM::Role' ? [...this.running(role), ...this.supplying(role)] : [],
    );
  }

  private *running(role: Resource): Generator<Lever> {
    for (const runner of runners) {
      for (const user of this.runningAs(runner, role)) {
        const { region } = user;
        const place = `${region ?? '*'}:${this.graph.account ?? '*'}`.replaceAll('*', chosen);
        const [service, kind] = runner.of?.split(/:(.*)/s) ?? [];
        const arn =
          service === undefined
            ? arnOf(user, this.graph)
            : `arn:aws:${service}:${service === 'apigateway' ? `${chosen}:` : place}:${kind}${chosen}`;
        const guard = this.guardOf(user);
        const sure = this.surelyRuns(user, runner, role) ? 'yes' : 'unknown';
        for (const action of runner.actions)
          yield { call: { action, arn, target: user }, guard, sure, how: runner.how };
      }
    }
  }

  private guardOf(resource: Resource): Guard {
    return { statements: guardingStatements(resource, this.graph), delegates: false };
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

  /** Whether something runs with the role whatever a deploy decides. */
  private surelyRuns({ properties, conditional }: Resource, { roles }: Runner, role: Resource): boolean {
    return !conditional && roles.some((path) => this.names(at(properties, ...path), role, true));
  }

  /** Whether a property names the role, or an instance profile with it. */
  private names(value: Value | undefined, role: Resource, surely = false): boolean {
    return this.graph.possible(value).some(({ value: each, certain }) => {
      if (surely && !certain) return false;
      if (this.graph.target(each, role.type) === role) return true;
      const profile = this.graph.target(each, 'AWS::IAM::InstanceProfile');
      return profile !== undefined && this.names(profile.properties.Roles, role, surely);
    });
  }

  /** What holds the code that runs with the role, and the calls that replace it there. */
  private *supplying(role: Resource): Generator<Lever> {
    for (const { heldBy, at: path, ...user } of codeSources) {
      const { actions, below, sure, how } = codeHolders[heldBy];
      for (const { properties } of this.usersOf(role, user)) {
        for (const code of this.textsAt(properties, path)) {
          for (const { holder, named } of this.holdersOf(code, heldBy)) {
            const arn = arnOf(holder, this.graph) + (below && below + chosen);
            for (const action of actions) {
              const call = { action, arn, target: holder };
              yield { call, guard: this.guardOf(holder), sure: both(named, sure), how };
            }
          }
        }
      }
    }
  }

  private textsAt(properties: Value, [first = '', ...rest]: readonly string[]): readonly string[] {
    return this.graph
      .possible(at(properties, first))
      .flatMap(({ value }) => this.graph.possible(rest.length === 0 ? value : at(value, ...rest)))
      .flatMap(({ value }) => text(value) ?? []);
  }

  /** Repositories and buckets that a text means; the digest of an image keeps what runs as it is. */
  private holdersOf(
    code: string,
    type: keyof typeof codeHolders,
  ): readonly { readonly holder: Resource; readonly named: Answer }[] {
    if (type === 'AWS::ECR::Repository' && code.includes('@')) return [];
    const referred = tokensIn(code).map(({ stack, logicalId }) => this.graph.get(stack, logicalId));
    const words = code.split(/[/:]+/);
    const property = nameProperty[type] ?? '';
    return this.graph.ofType(type).flatMap((holder) => {
      const name = text(holder.properties[property]);
      const isNamed = referred.includes(holder) || (name !== undefined && words.includes(name));
      if (!isNamed && !hasUnknown(code)) return [];
      return [{ holder, named: isNamed ? ('yes' as const) : ('unknown' as const) }];
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

  /** Whom the policy of what runs, or of what holds its code, lets in from outside the templates. */
  private outsidersAt({ call, guard, sure, how }: Lever): Omit<Takeover, 'role'>[] {
    return this.evaluation.about(guard.statements, call.action).flatMap((statement) => {
      if (statement.effect !== 'Allow') return [];
      return outsidersOf(statement, this.principals, this.graph).flatMap(({ principal, certain }) => {
        const decision = this.evaluation.decideFor(principal, statement, call, guard);
        if (!decision) return [];
        const decided = certain && weakest(decision.answer, sure) === 'yes';
        return [{ by: principal, how, source: decision.source, decided }];
      });
    });
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
