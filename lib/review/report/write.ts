import { join } from 'node:path';
import { problemWithFolder, writeFolder } from '../../cli/written-files.ts';
import { findingsCsv } from './formats/csv.ts';
import { junitXml } from './formats/junit.ts';
import { findingsOcsf } from './formats/ocsf.ts';
import { assessmentResultsOscal } from './formats/oscal.ts';
import { rowsJson } from './formats/rows.ts';
import { findingsSarif } from './formats/sarif.ts';
import { summaryMarkdown } from './formats/summary.ts';
import { reportPage } from './page/page.ts';
import type { Review } from './review.ts';

/** Each file of a report, and who reads it. */
const files: Readonly<Record<string, (review: Review) => string>> = {
  /** The reviewer. */
  'index.html': reportPage,
  /** Other programs, and the next review as its baseline. */
  'rows.json': rowsJson,
  /** Spreadsheets, and readers of cdk-nag 2. */
  'findings.csv': findingsCsv,
  /** Code scanning. */
  'findings.sarif': findingsSarif,
  /** Security Hub, and lakes of security data. */
  'findings.ocsf.json': findingsOcsf,
  /** Tools of governance and compliance. */
  'assessment-results.oscal.json': assessmentResultsOscal,
  /** Continuous integration. */
  'junit.xml': junitXml,
  /** The pull request. */
  'summary.md': summaryMarkdown,
};

/** What keeps a report from being written, asked before the review. */
export function problemWithReport(folder: string): string | undefined {
  return problemWithFolder('--out', folder, Object.keys(files));
}

/** Writes the report. @returns the names of its files */
export function writeReport(review: Review, folder: string): string[] {
  const texts = Object.entries(files).map(([name, render]): [string, string] => [name, render(review)]);
  writeFolder('--out', folder, Object.fromEntries(texts));
  return texts.map(([name]) => join(folder, name));
}
