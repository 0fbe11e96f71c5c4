import type { Row } from '../../../checks/recorder/row.ts';
import type { Change } from '../baseline.ts';
import { shownLocation } from '../locations.ts';
import { openAnswersOf } from '../proof.ts';
import type { Review } from '../review.ts';
import { standingsOf, stateOf } from '../standings.ts';
import { writtenNextDeploy } from './next-deploy.ts';

/** A row as other programs read it. */
export interface WrittenRow {
  readonly rule: string;
  readonly pack: string;
  readonly resource: {
    readonly environment: string;
    readonly stack: string;
    readonly logicalId: string;
    readonly type: string;
    readonly path: string;
  };
  readonly outcome: string;
  /** Acknowledged: why the finding is accepted. Otherwise: what is wrong. */
  readonly reason: string;
  readonly severity: string;
  /** Where the resource was created, as `file:line:column`. */
  readonly source?: string;
  /** What would have to be changed: a setting of the config, such as `waf.mode`, or a property of the template. */
  readonly change?: { readonly what: string; readonly at: string };
  /** Where the acknowledgement was written. */
  readonly acknowledgedAt?: string;
}

export function writtenRow({
  rule,
  finding,
  resource,
  outcome,
  reason,
  change,
  acknowledgement,
}: Row): WrittenRow {
  const { environment, stack, logicalId, type, path, sources } = resource;
  const [source] = sources;
  return {
    rule: finding,
    pack: rule.pack,
    resource: { environment, stack, logicalId, type, path },
    outcome,
    reason: reason ?? (outcome === 'compliant' ? '' : rule.info),
    severity: rule.severity,
    ...(source && { source: shownLocation(source) }),
    ...(change && { change: { what: change.what, at: shownLocation(change.at) } }),
    ...(acknowledgement?.source && { acknowledgedAt: shownLocation(acknowledgement.source) }),
  };
}

/** Rows for what a rule had nothing to say about; most of the matrix, so they are written on demand only. */
export function* notApplicableRows({ tallies, resources }: Review): Generator<WrittenRow> {
  for (const { rule, notApplicable } of tallies) {
    for (const index of notApplicable) {
      const resource = resources[index];
      if (resource)
        yield writtenRow({ rule, finding: rule.id, resource, outcome: 'not-applicable', reason: '' });
    }
  }
}

/** `rows.json`: the rows, and in short form every pair of rule and resource that did not apply. */
export function rowsJson(review: Review): string {
  return JSON.stringify(written(review));
}

/** What `--json` prints: the same with a row a line, and if asked for a row for each rule that does not apply. */
export function printedJson(review: Review, all: boolean): string {
  const { rows, notApplicable, ...head } = written(review);
  const printed = [...rows, ...(all ? notApplicableRows(review) : [])].map((row) => JSON.stringify(row));
  return `${JSON.stringify(head).slice(0, -1)},"rows":[\n${printed.join(',\n')}\n]}\n`;
}

function written(review: Review) {
  const {
    title,
    source,
    generated,
    packs,
    notices,
    rows,
    facts,
    change,
    nextDeploy,
    resources,
    tallies,
    proofs,
  } = review;
  return {
    title,
    source,
    generated: generated.toISOString(),
    packs: packs.map(({ pack, rules, outcomes, open }) => ({ pack, rules, ...outcomes, open })),
    notices: notices.map(({ kind, environment, text }) => ({ kind, environment, text: text.en })),
    invariants: writtenStandings(review),
    rows: rows.map(writtenRow),
    facts,
    undecided: openAnswersOf(proofs),
    ...(change && { change: writtenChange(change) }),
    ...(nextDeploy && { nextDeploy: writtenNextDeploy(nextDeploy) }),
    resources: resources.map(({ environment, stack, logicalId, type }) => ({
      environment,
      stack,
      logicalId,
      type,
    })),
    notApplicable: tallies
      .filter(({ notApplicable }) => notApplicable.length > 0)
      .map(({ rule, notApplicable }) => ({ pack: rule.pack, rule: rule.id, resources: notApplicable })),
  };
}

/** How each invariant stands in each environment, with what is accepted or undecided of it by name. */
function writtenStandings({ rows, proofs }: Review) {
  return [...standingsOf(rows, proofs)].flatMap(([id, environments]) =>
    [...environments].map(([environment, standing]) => {
      const { compliant, open, acknowledged, undecided, accepted, doubts } = standing;
      const state = stateOf(standing);
      return { id, environment, state, compliant, open, acknowledged, undecided, accepted, doubts };
    }),
  );
}

function writtenChange({ added, undecided, accepted, ...rest }: Change) {
  return {
    ...rest,
    added: added.map(writtenRow),
    undecided: undecided.map(writtenRow),
    accepted: accepted.map(writtenRow),
  };
}
