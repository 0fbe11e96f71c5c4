import type { Guidance } from '../guidance/guidance.ts';

/**
 * What a rule said of a resource.
 *
 * - `compliant`: the rule applies and holds.
 * - `non-compliant`: it applies and does not hold; an open finding.
 * - `acknowledged`: it does not hold, and somebody wrote down why that is accepted.
 * - `not-applicable`: the rule has nothing to say about this resource. Not the same as compliant.
 * - `error`: the rule threw, so nothing is known; an open finding.
 * - `undecided`: the templates do not hold what the rule would have to know. Never a pass.
 */
export type Outcome =
  | 'compliant'
  | 'non-compliant'
  | 'acknowledged'
  | 'not-applicable'
  | 'error'
  | 'undecided';

/** Outcomes that leave something to do. */
export const openOutcomes: ReadonlySet<Outcome> = new Set<Outcome>(['non-compliant', 'error']);

/** A line of somebody's source code. */
export interface SourceLocation {
  /** Absolute, or relative to the folder the reader knows. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The resource a row is about. One object per resource: rows share it. */
export interface ResourceRef {
  /** Construct path of the stage, empty when the resource belongs to none. */
  readonly environment: string;
  /** Stack name; a nested stack adds its own name behind a slash. */
  readonly stack: string;
  /** Logical id in the stack's template; empty when the row is about a construct that is no resource. */
  readonly logicalId: string;
  /** CloudFormation type, such as `AWS::S3::Bucket`. */
  readonly type: string;
  /** Construct path, or stack and logical id where only a template is known. */
  readonly path: string;
  /** Where the resource was created, innermost call first. */
  readonly sources: readonly SourceLocation[];
  /** Where its template sets each property, of a resource whose source is not known. */
  readonly lines?: ReadonlyMap<string, SourceLocation>;
}

export type Severity = 'error' | 'warning';

/** A rule of a pack. One object per rule: rows share it. */
export interface RuleRef {
  readonly pack: string;
  /** Rule id without the part in brackets that tells findings of one rule apart, such as `AwsSolutions-IAM5`. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong when the rule does not hold. */
  readonly info: string;
  /** The same in Japanese, where the pack has it. */
  readonly infoJa?: string;
  /** Why the rule exists. */
  readonly explanation: string;
  /** The same in Japanese, where the pack has it and no guidance says more. */
  readonly explanationJa?: string;
  /** How bad it is, what can happen and what to change, where the pack says it. */
  readonly guidance?: Guidance;
}

/** One rule on one resource. */
export interface Row {
  readonly rule: RuleRef;
  /** Rule id as one acknowledges it, such as `AwsSolutions-IAM5[Resource::*]`. */
  readonly finding: string;
  readonly resource: ResourceRef;
  readonly outcome: Outcome;
  /** Acknowledged: why the finding is accepted. Error: what the rule threw. */
  readonly reason?: string;
  /** What would have to be changed, and where: a setting of the config or a property of the template. */
  readonly change?: { readonly what: string; readonly at: SourceLocation };
  /** The acknowledgement that covers this row. */
  readonly acknowledgement?: Acknowledgement;
}

/** Somebody's written acceptance of a finding. */
export interface Acknowledgement {
  /** As CDK records it: `Pack::Rule`, or `Annotation::id` when the pack was left out. */
  readonly id: string;
  readonly reason: string;
  /** Construct path of the construct that carries it. */
  readonly path: string;
  readonly scope: 'app' | 'stage' | 'stack' | 'construct';
  /** Where in the source it was written. */
  readonly source?: SourceLocation;
}

/** Whether the row leaves something to do. */
export function isOpen({ outcome }: Pick<Row, 'outcome'>): boolean {
  return openOutcomes.has(outcome);
}
