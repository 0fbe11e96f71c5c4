import type { Bilingual } from './bilingual.ts';

/** A requirement of a standard or guideline, and how far this review shows it met. */
export interface RequirementStatus {
  readonly id: string;
  readonly text: Bilingual;
  readonly status: 'met' | 'partly' | 'not';
  /** What stays with the application or the firm; empty when nothing does. */
  readonly stays: Bilingual;
  readonly invariants: readonly string[];
}
