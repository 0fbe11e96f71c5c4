import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../cli/user-error.ts';
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

/** Writes the report. @returns the names of its files */
export function writeReport(review: Review, folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(files).map(([name, render]) => {
      const file = join(folder, name);
      writeFileSync(file, render(review));
      return file;
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    throw new UserError([`${folder}: the report cannot be written there (${message})`]);
  }
}
