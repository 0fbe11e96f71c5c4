import { type Answer, both } from '../answers.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, map } from '../values.ts';
import { coverage, coversAll, mayBecome, mayMeet, type Piece, surelyMeets } from './patterns.ts';
import { coversAction, type Statement } from './policies.ts';
import { matchesPrincipal, type PrincipalMatch } from './principal-match.ts';
import type { Principal } from './principals.ts';
import { contextOf, narrowed } from './request-context.ts';
import { piecesOf, spelled } from './resource-arns.ts';
import { conditionsHold, type RequestContext } from './statement-conditions.ts';

/** A call: what is done, and to what. */
export interface Call {
  readonly action: string;
  /** The ARN it is asked for; what the caller may pick in it is `chosen`. */
  readonly arn: string;
  /** The resource it is about, for its tags and region. */
  readonly target?: Resource | undefined;
  /** Values of the request context that this call has. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface Decision {
  readonly answer: Exclude<Answer, 'no'>;
  /** Where the permission is written. */
  readonly source: Resource;
  readonly statement?: Statement;
}

/** What guards the thing that is asked for. */
export interface Guard {
  readonly statements: readonly Statement[];
  /** Whether identity policies count only where the guard hands the decision to the account, as a key's policy does. */
  readonly delegates: boolean;
}

const unguarded: Guard = { statements: [], delegates: false };

/** An Allow that covers the call or a part of it, before anything is refused. */
interface Candidate extends Decision {
  /** The part of the resource it covers, as a pattern. */
  readonly scope: readonly Piece[];
  /** Whether a permissions boundary that does not allow the call takes this away. */
  readonly bounded: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
export class Evaluation {
  private readonly graph: EnvironmentGraph;
  private readonly pieces = new Map<string, readonly Piece[]>();
  private readonly matched = new Map<Statement, Map<Principal, PrincipalMatch>>();
  private readonly statementsByAction = new Map<readonly Statement[], Map<string, readonly Statement[]>>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
  }

  /** The best permission that a principal has for a call; undefined when it surely has none. */
  decide(principal: Principal, call: Call, guard: Guard = unguarded): Decision | undefined {
    const guarding = this.about(guard.statements, call.action);
    if (!this.isAllowedAnything(principal, call.action, guarding)) return undefined;
    const context = contextOf(principal, call, this.graph, call.context);
    const text = this.read(call.arn, 'text');
    let best: Decision | undefined;
    for (const candidate of this.candidates(principal, call, text, context, guarding, guard.delegates)) {
      if (best?.answer === 'yes') break;
      if (best && candidate.answer === 'unknown') continue;
      const answer = this.survives(principal, call, candidate, context, guarding);
      if (answer !== 'no' && (!best || answer === 'yes')) {
        best = {
          answer,
          source: candidate.source,
          ...(candidate.statement && { statement: candidate.statement }),
        };
      }
    }
    return best;
  }

  /** The same for a caller outside the templates, whom one statement of the guard lets in. */
  decideFor(outside: Principal, through: Statement, call: Call, guard: Guard): Decision | undefined {
    const context = contextOf(outside, call, this.graph, call.context);
    const text = this.read(call.arn, 'text');
    if (coversAction(through, call.action) === 'no') return undefined;
    for (const allowed of this.allowed(through, call.action, text, context)) {
      const answer = this.survives(
        outside,
        call,
        { ...allowed, bounded: false },
        context,
        this.about(guard.statements, call.action),
      );
      if (answer !== 'no') return { answer, source: allowed.source };
    }
    return undefined;
  }

  /** Whether two spellings are of one ARN. */
  same(arn: string | undefined, other: string): boolean {
    return arn !== undefined && spelled(arn, this.graph) === spelled(other, this.graph);
  }

  /** Statements about an action: which are is asked once for each action, not for each target. */
  about(statements: readonly Statement[], action: string): readonly Statement[] {
    const byAction = remembered(
      this.statementsByAction,
      statements,
      () => new Map<string, readonly Statement[]>(),
    );
    return remembered(byAction, action, () =>
      statements.filter((statement) => coversAction(statement, action) !== 'no'),
    );
  }

  // ---------------------------------------------------------------------------------------------- permissions

  /** Most pairs of a principal and an action end here: no permission speaks of it, whatever the resource. */
  private isAllowedAnything(principal: Principal, action: string, guarding: readonly Statement[]): boolean {
    const allows = ({ effect }: Statement) => effect === 'Allow';
    return (
      principal.unknownPolicies.length > 0 ||
      this.about(principal.statements, action).some(allows) ||
      guarding.some(allows)
    );
  }

  private *candidates(
    principal: Principal,
    call: Call,
    text: readonly Piece[],
    context: RequestContext,
    guarding: readonly Statement[],
    delegates: boolean,
  ): Generator<Candidate> {
    const matches = guarding.map((statement) => ({
      statement,
      match: this.match(statement, principal),
    }));
    for (const { statement, match } of matches) {
      if (statement.effect !== 'Allow' || match.answer === 'no' || match.byAccount) continue;
      for (const allowed of this.allowed(statement, call.action, text, context)) {
        yield { ...allowed, answer: weaker(allowed.answer, match.answer), bounded: match.byRole };
      }
    }
    for (const statement of this.about(principal.statements, call.action)) {
      if (statement.effect !== 'Allow') continue;
      const asked = narrowed(context, statement.conditions);
      const delegated = delegates ? this.delegation(matches, call, text, asked) : 'yes';
      if (delegated === 'no') continue;
      for (const allowed of this.allowed(statement, call.action, text, context)) {
        yield { ...allowed, answer: weaker(allowed.answer, delegated), bounded: true };
      }
    }
    if (principal.unknownPolicies.length > 0 && principal.resource) {
      const delegated = delegates ? this.delegation(matches, call, text, context) : 'yes';
      if (delegated !== 'no')
        yield { answer: 'unknown', source: principal.resource, scope: text, bounded: true };
    }
  }

  private delegation(
    matches: readonly { readonly statement: Statement; readonly match: PrincipalMatch }[],
    call: Call,
    text: readonly Piece[],
    context: RequestContext,
  ): Answer {
    let answer: Answer = 'no';
    for (const { statement, match } of matches) {
      if (statement.effect !== 'Allow' || match.answer === 'no') continue;
      for (const allowed of this.allowed(statement, call.action, text, context)) {
        if (allowed.answer === 'yes' && match.answer === 'yes') return 'yes';
        answer = 'unknown';
      }
    }
    return answer;
  }

  /** The parts of a call that an Allow covers. */
  private allowed(
    statement: Statement,
    action: string,
    text: readonly Piece[],
    context: RequestContext,
  ): readonly Omit<Candidate, 'bounded'>[] {
    if (isBoundToAwsServices(statement, action)) return [];
    const holds = conditionsHold(statement.conditions, context, this.graph);
    if (holds === 'never') return [];
    const sure = statement.certain && holds !== 'unknown' && coversAction(statement, action) === 'yes';
    const candidate = (covered: Answer, scope: readonly Piece[]) => ({
      answer: covered === 'yes' && sure ? ('yes' as const) : ('unknown' as const),
      source: statement.source,
      statement,
      scope,
    });
    if (statement.notResources !== undefined) {
      const excluded = statement.notResources.map((each) => this.read(each, 'pattern'));
      if (excluded.some((each) => coversAll(each, text))) return [];
      const open = excluded.some((each) => mayBecome(each, text));
      return [candidate(open ? 'unknown' : 'yes', text)];
    }
    if (statement.resources.length === 0) return [candidate('yes', text)];
    return statement.resources.flatMap((each) => {
      const pattern = this.read(each, 'pattern');
      const covered = coverage(pattern, text);
      if (covered === 'none') return [];
      return [candidate(covered === 'unknown' ? 'unknown' : 'yes', covered === 'all' ? text : pattern)];
    });
  }

  // ------------------------------------------------------------------------------------------------- refusals

  private survives(
    principal: Principal,
    call: Call,
    candidate: Candidate,
    context: RequestContext,
    guarding: readonly Statement[],
  ): Answer {
    const asked = candidate.statement ? narrowed(context, candidate.statement.conditions) : context;
    const { boundary } = principal;
    let answer = candidate.answer as Answer;
    const refuse = (refused: Answer) => {
      if (refused === 'yes') answer = 'no';
      else if (refused === 'unknown') answer = both(answer, 'unknown');
    };
    for (const statement of guarding) {
      if (answer === 'no') return 'no';
      if (statement.effect !== 'Deny') continue;
      const match = this.match(statement, principal);
      if (match.answer !== 'no')
        refuse(both(match.answer, this.refuses(statement, call, candidate.scope, asked)));
    }
    const own = [principal.statements, boundary?.statements ?? []];
    for (const statement of own.flatMap((statements) => this.about(statements, call.action))) {
      if (answer === 'no') return 'no';
      if (statement.effect === 'Deny') refuse(this.refuses(statement, call, candidate.scope, asked));
    }
    if (boundary && candidate.bounded) {
      const within = this.within(boundary.statements, call, candidate.scope, asked);
      if (boundary.certain) answer = both(answer, within);
      else if (within !== 'yes') answer = both(answer, 'unknown');
    }
    return answer;
  }

  private refuses(
    statement: Statement,
    call: Call,
    scope: readonly Piece[],
    context: RequestContext,
  ): Answer {
    const holds = conditionsHold(statement.conditions, context, this.graph);
    if (holds === 'never' || holds === 'sometimes') return 'no';
    const sure: Answer =
      holds === 'always' && statement.certain && coversAction(statement, call.action) === 'yes'
        ? 'yes'
        : 'unknown';
    return both(sure, this.refusesScope(statement, scope));
  }

  private refusesScope(statement: Statement, scope: readonly Piece[]): Answer {
    if (statement.notResources !== undefined) {
      const spared = statement.notResources.map((each) => this.read(each, 'pattern'));
      if (!spared.some((each) => mayMeet(each, scope))) return 'yes';
      return spared.some((each) => surelyMeets(each, scope)) ? 'no' : 'unknown';
    }
    if (statement.resources.length === 0) return 'yes';
    const refused = statement.resources.map((each) => this.read(each, 'pattern'));
    if (refused.some((each) => coversAll(each, scope))) return 'yes';
    return refused.some((each) => mayBecome(each, scope)) ? 'unknown' : 'no';
  }

  /** Whether a boundary allows any of what a permission covers. */
  private within(
    statements: readonly Statement[],
    call: Call,
    scope: readonly Piece[],
    context: RequestContext,
  ): Answer {
    let answer: Answer = 'no';
    for (const statement of this.about(statements, call.action)) {
      if (statement.effect !== 'Allow') continue;
      for (const allowed of this.allowed(statement, call.action, scope, context)) {
        if (allowed.answer === 'yes') return 'yes';
        answer = 'unknown';
      }
    }
    return answer;
  }

  private match(statement: Statement, principal: Principal): PrincipalMatch {
    const byPrincipal = remembered(this.matched, statement, () => new Map<Principal, PrincipalMatch>());
    return remembered(byPrincipal, principal, () => matchesPrincipal(statement, principal, this.graph));
  }

  private read(text: string, as: 'pattern' | 'text'): readonly Piece[] {
    return remembered(this.pieces, as + text, () => piecesOf(text, this.graph, as));
  }
}

function weaker(answer: 'yes' | 'unknown', other: Answer): 'yes' | 'unknown' {
  return answer === 'yes' && other === 'yes' ? 'yes' : 'unknown';
}

/** Grants that only an AWS service can use on the principal's behalf give nobody the data. */
function isBoundToAwsServices(statement: Statement, action: string): boolean {
  return (
    action === 'kms:CreateGrant' &&
    Object.entries(statement.conditions).some(
      ([operator, keys]) =>
        /^Bool$/i.test(operator) &&
        Object.entries(map(keys)).some(
          ([key, value]) => key.toLowerCase() === 'kms:grantisforawsresource' && asWritten(value) === 'true',
        ),
    )
  );
}
