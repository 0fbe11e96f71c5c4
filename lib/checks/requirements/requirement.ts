import { packName } from '../../declarations/pack-name.ts';
import type { Bilingual } from '../bilingual.ts';
import { guarded } from '../rules/promised/guarded.ts';
import { type Invariant, invariants } from '../rules/rule.ts';

/** Whose a requirement is, and how far this project answers it while every check of it holds. */
export type Claim = 'met' | 'partly' | 'aws' | 'yours';

/** How a requirement stands: `acknowledged` when it would be met, were it not for findings that somebody accepted. */
export type Status = Claim | 'not' | 'acknowledged';

/** A requirement of a standard or guideline, and what of it this project answers. Wording is paraphrased. */
export interface Requirement {
  readonly id: string;
  readonly text: Bilingual;
  readonly claim: Claim;
  /** What stays with the shop's application, the firm or AWS; empty only when the requirement is met. */
  readonly stays: Bilingual;
  /** Rules that fail when the answer no longer holds; at least one, unless it is somebody else's to answer. */
  readonly rules: readonly string[];
  /** A rule that must hold in every environment, for what a shop has only when its config says so. @default none */
  readonly needs?: string;
  /** A rule that makes a part of it the whole where it holds in every environment. @default none */
  readonly wholeWith?: string;
}

/** What a review found, by the ids of rules. A rule may stand in several of them. */
export interface Findings {
  readonly compliant: ReadonlySet<string>;
  /** Compliant on something in each of the environments. */
  readonly everywhere: ReadonlySet<string>;
  readonly acknowledged: ReadonlySet<string>;
  /** Not compliant, failed, or not to be decided. */
  readonly open: ReadonlySet<string>;
}

/** The invariants that its rules belong to, in the order of docs/architecture.md. */
export function invariantsOf({ rules }: Requirement): readonly Invariant[] {
  return invariants.filter((id) => rules.some((rule) => rule.startsWith(`${packName}-${id}[`)));
}

const promising: ReadonlySet<Invariant> = new Set(Object.values(guarded).map(({ invariant }) => invariant));

/** Its rules, and of each invariant that they belong to what its constructs promised: an answer has to stay as it is. */
export function rulesOf(requirement: Requirement): readonly string[] {
  const promised = invariantsOf(requirement).filter((id) => promising.has(id));
  return [...requirement.rules, ...promised.map((id) => `${packName}-${id}[Promised]`)];
}

/**
 * How a requirement stands. Nothing is met without a check that could have failed: rules that found nothing to look at
 * prove nothing.
 */
export function statusOf(requirement: Requirement, findings: Findings): Status {
  const { claim, rules, needs } = requirement;
  const all = rulesOf(requirement);
  const { compliant, everywhere, acknowledged, open } = findings;
  if (claim === 'yours' || claim === 'aws') return claim;
  const checked = rules.filter((rule) => compliant.has(rule) || acknowledged.has(rule) || open.has(rule));
  if (checked.length === 0 || (needs !== undefined && !everywhere.has(needs))) return 'not';
  const broken = all.filter((rule) => open.has(rule));
  if (broken.length > 0) return rules.every((rule) => open.has(rule)) ? 'not' : 'partly';
  if (all.some((rule) => acknowledged.has(rule))) return 'acknowledged';
  return requirement.wholeWith !== undefined && everywhere.has(requirement.wholeWith) ? 'met' : claim;
}
