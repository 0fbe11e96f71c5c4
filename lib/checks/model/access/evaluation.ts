import { type Answer, both, either } from '../answers.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import type { Piece } from './patterns.ts';
import { coversAction, type Statement } from './policies.ts';
import { matchesPrincipal, type PrincipalMatch } from './principal-match.ts';
import type { Principal } from './principals.ts';
import { contextOf, narrowed } from './request-context.ts';
import { spelled } from './resource-arns.ts';
import type { RequestContext } from './statement-conditions.ts';
import { StatementCoverage } from './statement-coverage.ts';

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
  private readonly coverage: StatementCoverage;
  private readonly matched = new Map<Statement, Map<Principal, PrincipalMatch>>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
    this.coverage = new StatementCoverage(graph);
  }

  /** The best permission that a principal has for a call; undefined when it surely has none. */
  decide(principal: Principal, call: Call, guard: Guard = unguarded): Decision | undefined {
    const guarding = this.coverage.about(guard.statements, call.action);
    if (!this.isAllowedAnything(principal, call.action, guarding)) return undefined;
    const context = contextOf(principal, call, this.graph, call.context);
    const text = this.coverage.read(call.arn, 'text');
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
    const text = this.coverage.read(call.arn, 'text');
    if (coversAction(through, call.action) === 'no') return undefined;
    for (const allowed of this.coverage.allowed(through, call.action, text, context)) {
      const answer = this.survives(
        outside,
        call,
        { ...allowed, bounded: false },
        context,
        this.coverage.about(guard.statements, call.action),
      );
      if (answer !== 'no') return { answer, source: allowed.source };
    }
    return undefined;
  }

  /** Statements about an action. */
  about(statements: readonly Statement[], action: string): readonly Statement[] {
    return this.coverage.about(statements, action);
  }

  /** Whether two spellings are of one ARN. */
  same(arn: string | undefined, other: string): boolean {
    return arn !== undefined && spelled(arn, this.graph) === spelled(other, this.graph);
  }

  // ---------------------------------------------------------------------------------------------- permissions

  /** Most pairs of a principal and an action end here: no permission speaks of it, whatever the resource. */
  private isAllowedAnything(principal: Principal, action: string, guarding: readonly Statement[]): boolean {
    const allows = ({ effect }: Statement) => effect === 'Allow';
    return (
      principal.unknownPolicies.length > 0 ||
      this.coverage.about(principal.statements, action).some(allows) ||
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
      for (const allowed of this.coverage.allowed(statement, call.action, text, context)) {
        yield { ...allowed, answer: weaker(allowed.answer, match.answer), bounded: match.byRole };
      }
    }
    for (const statement of this.coverage.about(principal.statements, call.action)) {
      if (statement.effect !== 'Allow') continue;
      const asked = narrowed(context, statement.conditions);
      const delegated = delegates ? this.delegation(matches, call, text, asked) : 'yes';
      if (delegated === 'no') continue;
      for (const allowed of this.coverage.allowed(statement, call.action, text, context)) {
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
      for (const allowed of this.coverage.allowed(statement, call.action, text, context)) {
        if (allowed.answer === 'yes' && match.answer === 'yes') return 'yes';
        answer = 'unknown';
      }
    }
    return answer;
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
        refuse(both(match.answer, this.coverage.refuses(statement, call.action, candidate.scope, asked)));
    }
    refuse(this.refused(principal.statements, call, candidate.scope, asked));
    if (answer === 'no') return 'no';
    if (!boundary) return answer;
    const left = boundary.options.map((option): Answer => {
      if (!option) return 'unknown';
      const refused = this.refused(option, call, candidate.scope, asked);
      const within = candidate.bounded ? this.within(option, call, candidate.scope, asked) : 'yes';
      return refused === 'yes' ? 'no' : refused === 'unknown' ? both(within, refused) : within;
    });
    if (!boundary.certain) left.push('yes');
    const [first = 'yes'] = left;
    return both(answer, left.every((each) => each === first) ? first : 'unknown');
  }

  /** Whether any of the statements refuses a call. */
  private refused(
    statements: readonly Statement[],
    call: Call,
    scope: readonly Piece[],
    context: RequestContext,
  ): Answer {
    return this.coverage
      .about(statements, call.action)
      .filter(({ effect }) => effect === 'Deny')
      .map((statement) => this.coverage.refuses(statement, call.action, scope, context))
      .reduce(either, 'no');
  }

  /** Whether a boundary allows any of what a permission covers. */
  private within(
    statements: readonly Statement[],
    call: Call,
    scope: readonly Piece[],
    context: RequestContext,
  ): Answer {
    let answer: Answer = 'no';
    for (const statement of this.coverage.about(statements, call.action)) {
      if (statement.effect !== 'Allow') continue;
      for (const allowed of this.coverage.allowed(statement, call.action, scope, context)) {
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
}

function weaker(answer: 'yes' | 'unknown', other: Answer): 'yes' | 'unknown' {
  return answer === 'yes' && other === 'yes' ? 'yes' : 'unknown';
}
