import { checkTemplates, type EnvironmentReview } from '../../checks/check-templates.ts';
import { packNames, runPacks } from '../../checks/packs/index.ts';
import type { RuleTally } from '../../checks/recorder/recorder.ts';
import {
  type Outcome,
  openOutcomes,
  type ResourceRef,
  type Row,
  type RuleRef,
} from '../../checks/recorder/row.ts';
import { declarationKeys } from '../../declarations/keys.ts';
import { packName } from '../../declarations/pack-name.ts';
import type { Evidence } from '../account/evidence.ts';
import { isObject } from '../templates/template-file.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import { type Baseline, type Change, changeSince } from './baseline.ts';
import { deployRows } from './deploy-rows.ts';
import { exitsOf } from './exits.ts';
import { type Facts, factsOf } from './facts.ts';
import { type NextDeploy, nextDeploy } from './next-deploy.ts';
import type { Notice } from './notices.ts';
import { changeOf } from './places.ts';
import type { EnvironmentProof } from './proof.ts';
import { readableOf } from './readable.ts';
import { requirementStatuses, type SourceStatus } from './requirements.ts';
import type { Subject } from './subject.ts';
import { thrownOnce, type Unjudged, unjudgedIn, unjudgedRemarks } from './unjudged.ts';

/** When a review fails: on any open finding, on those of severity error, also on what could not be decided, or never. */
export type FailureLevel = 'finding' | 'error' | 'undecided' | 'never';

export interface ReviewOptions {
  readonly packs: readonly string[];
  readonly failOn: FailureLevel;
  readonly baseline?: Baseline;
  /** What is deployed, to tell what the next deploy does. */
  readonly deployed?: { readonly from: string; readonly stacks: readonly StackTemplate[] };
  /** What somebody asked of the deployed environments last. */
  readonly statuses?: readonly Evidence[];
}

/** Counts of a pack, one per outcome. */
export interface PackSummary {
  readonly pack: string;
  readonly rules: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly open: number;
}

/** Everything a report says, before it takes the form of a file. */
export interface Review {
  readonly title: string;
  readonly source: string;
  readonly generated: Date;
  readonly stacks: readonly StackTemplate[];
  readonly notices: readonly Notice[];
  readonly packs: readonly PackSummary[];
  readonly tallies: readonly RuleTally[];
  /** Every resource the packs looked at; `RuleTally.notApplicable` points into it. */
  readonly resources: readonly ResourceRef[];
  readonly rows: readonly Row[];
  readonly proofs: readonly EnvironmentProof[];
  readonly sources: readonly SourceStatus[];
  readonly facts: Facts;
  readonly change?: Change;
  readonly nextDeploy?: NextDeploy;
  readonly statuses: readonly Evidence[];
  /** Resources about which nothing is said, in templates that declare no shop. */
  readonly unjudged: readonly Unjudged[];
  /** Rows for which the review fails. */
  readonly failing: readonly Row[];
}

const templateRule: RuleRef = {
  pack: 'Template',
  id: 'Template-Readable',
  severity: 'error',
  info: 'No pack could look at the resource as it stands in the template.',
  infoJa: 'テンプレートにあるままでは、どのパックもリソースを調べられない。',
  explanation: 'What cannot be read cannot be reviewed; CloudFormation would most likely refuse it too.',
  explanationJa: '読めないものはレビューできません。CloudFormation もおそらく拒否します。',
};

export function review(subject: Subject, options: ReviewOptions): Review {
  const reviews = options.packs.includes(packName) ? environmentReviews(subject.stacks) : undefined;
  const recorder = runPacks(subject.tree, {
    ...subject.recorder,
    packs: options.packs,
    ...(reviews && { reviews }),
  });
  for (const { resource, outcome, cause } of subject.unreadable) {
    recorder.rows.push({ rule: templateRule, finding: templateRule.id, resource, outcome, reason: cause });
  }
  recorder.rows.push(...deployRows(subject.stacks, recorder.resources));
  // A declared shop has rules that look at every resource, and each thrown one of its is a fault to be mended.
  const isDeclared = subject.stacks.some(
    ({ template: { Metadata } }) =>
      isObject(Metadata) && Object.hasOwn(Metadata, declarationKeys.environment),
  );
  const rows = (isDeclared ? recorder.rows : thrownOnce(recorder.rows)).map((row) => placed(row, subject));
  const unjudged = isDeclared ? [] : unjudgedIn(recorder.resources, rows);
  const tallies = [...recorder.tallies.values()];
  const proofs = [...(reviews ?? [])].map(([environment, found]) => proofOf(environment, found));
  const notices: Notice[] = [
    ...subject.notices,
    ...unjudgedRemarks(unjudged, recorder.resources.length).map(
      (text): Notice => ({ kind: 'template', environment: '', text }),
    ),
  ];
  const facts = factsOf(subject.stacks, reviews && proofs, notices);
  const skipped = packNames.filter((pack) => !options.packs.includes(pack));
  const change = options.baseline && changeSince(options.baseline, rows, facts, skipped);
  const { deployed } = options;
  const judged = change ? [...change.added, ...change.undecided] : rows;
  const failing = judged.filter((row) => fails(row, options.failOn));
  return {
    title: subject.title,
    source: subject.source,
    generated: new Date(),
    stacks: subject.stacks,
    notices,
    unjudged,
    packs: summarize(options.packs, rows, tallies),
    tallies,
    resources: recorder.resources,
    rows,
    proofs,
    facts,
    sources: reviews ? requirementStatuses(rows) : [],
    ...(change && { change }),
    ...(deployed && { nextDeploy: nextDeploy(deployed.from, deployed.stacks, subject.stacks) }),
    statuses: options.statuses ?? [],
    failing,
  };
}

/** What holds needs no change. */
function placed(row: Row, { settingAt }: Subject): Row {
  const change = row.outcome === 'compliant' ? undefined : changeOf(row, settingAt);
  return change ? { ...row, change } : row;
}

/** The stacks of an environment are checked together: who reaches whom is no matter of a single template. */
function environmentReviews(stacks: readonly StackTemplate[]): Map<string, EnvironmentReview> {
  const environments = new Map<string, StackTemplate[]>();
  for (const stack of stacks) {
    environments.set(stack.environment, [...(environments.get(stack.environment) ?? []), stack]);
  }
  return new Map(
    [...environments].map(([environment, templates]) => [environment, checkTemplates(templates)]),
  );
}

function proofOf(environment: string, found: EnvironmentReview): EnvironmentProof {
  const { reachability } = found;
  return {
    environment,
    nodes: reachability.nodes.map(({ name, kind }) => ({ name, kind })),
    paths: reachability.paths(),
    exits: exitsOf(found),
    ...readableOf(found),
  };
}

function fails({ outcome, rule }: Row, level: FailureLevel): boolean {
  if (level === 'never') return false;
  if (outcome === 'undecided') return level === 'undecided';
  return openOutcomes.has(outcome) && (level !== 'error' || rule.severity === 'error');
}

function summarize(
  packs: readonly string[],
  rows: readonly Row[],
  tallies: readonly RuleTally[],
): PackSummary[] {
  const names = new Set([...packs, ...rows.map(({ rule }) => rule.pack)]);
  return [...names].map((pack) => {
    const outcomes: Record<Outcome, number> = {
      compliant: 0,
      'non-compliant': 0,
      acknowledged: 0,
      'not-applicable': 0,
      error: 0,
      undecided: 0,
    };
    const rules = new Set<string>();
    for (const row of rows) {
      if (row.rule.pack !== pack) continue;
      outcomes[row.outcome] += 1;
      rules.add(row.rule.id);
    }
    for (const { rule, notApplicable } of tallies) {
      if (rule.pack !== pack) continue;
      outcomes['not-applicable'] += notApplicable.length;
      rules.add(rule.id);
    }
    return { pack, rules: rules.size, outcomes, open: outcomes['non-compliant'] + outcomes.error };
  });
}
