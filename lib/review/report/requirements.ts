import type { Bilingual } from '../../checks/bilingual.ts';
import type { Row } from '../../checks/recorder/row.ts';
import {
  invariantsOf,
  requirements,
  rulesOf,
  type Status,
  sources,
  statusOf,
} from '../../checks/requirements/index.ts';
import { packName } from '../../declarations/pack-name.ts';

/** A standard or guideline, and how far this review shows each of its requirements met. */
export interface SourceStatus {
  readonly id: string;
  readonly name: Bilingual;
  readonly requirements: readonly RequirementStatus[];
}

export interface RequirementStatus {
  readonly id: string;
  readonly text: Bilingual;
  readonly status: Status;
  /** What stays with the application, the firm or AWS; empty when nothing does. */
  readonly stays: Bilingual;
  readonly invariants: readonly string[];
  /** Its rules, by id. */
  readonly rules: readonly string[];
  /** Rules of it with a finding that somebody accepted. */
  readonly acknowledged: readonly string[];
}

export function requirementStatuses(rows: readonly Row[]): SourceStatus[] {
  const withOutcome = (wanted: (outcome: Row['outcome']) => boolean) =>
    new Set(rows.filter(({ outcome }) => wanted(outcome)).map(({ finding }) => finding));
  const compliant = withOutcome((outcome) => outcome === 'compliant');
  const environments = [
    ...new Set(rows.filter(({ rule }) => rule.pack === packName).map(({ resource }) => resource.environment)),
  ];
  const findings = {
    compliant,
    everywhere: heldInEach(environments, rows),
    acknowledged: withOutcome((outcome) => outcome === 'acknowledged'),
    open: withOutcome((outcome) => outcome !== 'compliant' && outcome !== 'acknowledged'),
  };
  return sources.map((source) => ({
    id: source.id,
    name: source.name,
    requirements: source.requirements.map((requirement) => ({
      id: requirement.id,
      text: requirement.text,
      stays: requirement.stays,
      rules: rulesOf(requirement),
      invariants: invariantsOf(requirement),
      status: statusOf(requirement, findings),
      acknowledged: rulesOf(requirement).filter((rule) => findings.acknowledged.has(rule)),
    })),
  }));
}

/** Rules that are compliant on something in each of the environments. */
function heldInEach(environments: readonly string[], rows: readonly Row[]): ReadonlySet<string> {
  const heldIn = new Map<string, Set<string>>();
  for (const { finding, outcome, resource } of rows)
    if (outcome === 'compliant')
      heldIn.set(finding, (heldIn.get(finding) ?? new Set()).add(resource.environment));
  return new Set([...heldIn].filter(([, held]) => held.size === environments.length).map(([rule]) => rule));
}

const served = new Map<string, string[]>();
for (const requirement of requirements)
  for (const rule of rulesOf(requirement)) served.set(rule, [...(served.get(rule) ?? []), requirement.id]);

/** The ids of the requirements that a rule serves. */
export function requirementsOf(rule: string): readonly string[] {
  return served.get(rule) ?? [];
}
