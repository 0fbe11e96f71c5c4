import { type Answer, both } from '../answers.ts';
import { remembered } from '../remembered.ts';
import type { EnvironmentGraph, Resource } from '../templates.ts';
import { asWritten, map } from '../values.ts';
import { coverage, coversAll, mayBecome, mayMeet, type Piece, surelyMeets } from './patterns.ts';
import { coversAction, type Statement } from './policies.ts';
import { piecesOf } from './resource-arns.ts';
import { conditionsHold, type RequestContext } from './statement-conditions.ts';

/** What an Allow covers of a call. */
export interface Allowed {
  readonly answer: Exclude<Answer, 'no'>;
  /** Where the permission is written. */
  readonly source: Resource;
  readonly statement: Statement;
  /** The part of the resource it covers, as a pattern. */
  readonly scope: readonly Piece[];
}

/** What single statements say of a call: which of its resources they allow or refuse. */
export class StatementCoverage {
  private readonly graph: EnvironmentGraph;
  private readonly statementsByAction = new Map<readonly Statement[], Map<string, readonly Statement[]>>();

  constructor(graph: EnvironmentGraph) {
    this.graph = graph;
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

  /** The parts of a call that an Allow covers. */
  allowed(
    statement: Statement,
    action: string,
    text: readonly Piece[],
    context: RequestContext,
  ): readonly Allowed[] {
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

  /** Whether a Deny takes away all of what a permission covers. */
  refuses(statement: Statement, action: string, scope: readonly Piece[], context: RequestContext): Answer {
    const holds = conditionsHold(statement.conditions, context, this.graph);
    if (holds === 'never' || holds === 'sometimes') return 'no';
    const sure: Answer =
      holds === 'always' && statement.certain && coversAction(statement, action) === 'yes'
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

  /** A text of a policy or call, as what it may be after a deploy. */
  read(text: string, as: 'pattern' | 'text'): readonly Piece[] {
    return piecesOf(text, this.graph, as);
  }
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
