import { packName } from '../../declarations/pack-name.ts';
import type { Bilingual } from '../bilingual.ts';
import { type Invariant, invariants } from '../rules/rule.ts';

export type Status = 'met' | 'partly' | 'not';

/** A requirement of a standard or guideline, and what of it this project answers. Wording is paraphrased. */
export interface Requirement {
  readonly id: string;
  readonly text: Bilingual;
  /** How far the infrastructure answers it while every check below passes. */
  readonly status: Status;
  /** What stays with the shop's application or the firm; empty only when the requirement is met. */
  readonly stays: Bilingual;
  /** Rules that fail when the answer no longer holds; at least one, unless nothing is claimed. */
  readonly rules: readonly string[];
}

/** The invariants that its rules belong to, in the order of docs/architecture.md. */
export function invariantsOf({ rules }: Requirement): readonly Invariant[] {
  return invariants.filter((id) => rules.some((rule) => rule.startsWith(`${packName}-${id}[`)));
}

/** How a requirement stands in an environment: what is claimed, and whether a check of it is open. */
export function statusOf(requirement: Requirement, openRules: ReadonlySet<string>): Status {
  if (requirement.status === 'not') return 'not';
  const broken = requirement.rules.filter((rule) => openRules.has(rule));
  if (broken.length === 0) return requirement.status;
  return broken.length === requirement.rules.length ? 'not' : 'partly';
}
