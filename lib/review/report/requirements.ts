import type { Bilingual } from '../../checks/bilingual.ts';
import type { Row } from '../../checks/recorder/row.ts';
import { invariantsOf, requirements, type Status, statusOf } from '../../checks/requirements/index.ts';

/** A requirement of a standard or guideline, and how far this review shows it met. */
export interface RequirementStatus {
  readonly id: string;
  readonly text: Bilingual;
  readonly status: Status;
  /** What stays with the application or the firm; empty when nothing does. */
  readonly stays: Bilingual;
  readonly invariants: readonly string[];
}

/** Nothing is met without a check that could have failed: rules that found nothing to look at prove nothing. */
export function requirementStatuses(rows: readonly Row[]): RequirementStatus[] {
  const looked = new Set(rows.map(({ finding }) => finding));
  const open = new Set(
    rows
      .filter(({ outcome }) => outcome !== 'compliant' && outcome !== 'acknowledged')
      .map(({ finding }) => finding),
  );
  return requirements.map((requirement) => {
    const { id, text, stays, rules } = requirement;
    const checked = rules.some((rule) => looked.has(rule));
    const status = checked ? statusOf(requirement, open) : 'not';
    return { id, text, stays, invariants: invariantsOf(requirement), status };
  });
}
