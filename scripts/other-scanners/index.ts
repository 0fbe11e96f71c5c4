import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { exitOnUserError } from '../../lib/cli/user-error.ts';
import { synthesizeExamples } from './examples.ts';
import { explained } from './explained.ts';
import { reducedTemplates } from './reduced-templates.ts';
import { type Found, type Scan, scan } from './scanners.ts';

/**
 * `npm run scanners [-- --all] [-- --write]`: synthesizes the example shops, and runs checkov, cfn-lint and the rules of Control Tower on what their templates
 * hold. Exit code 1 when they find something that `explained.ts` does not explain, when an explanation explains nothing any more, or
 * when the table in docs/other-scanners.md is another one; `--write` writes the table. `--all` scans the whole templates besides,
 * which takes minutes, and fails when they find more in them.
 */
const page = join(packageRoot, 'docs', 'other-scanners.md');
const marks = ['<!-- what the scanners said -->', '<!-- end of what they said -->'] as const;

await exitOnUserError(async () => {
  const flags = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-scanned-'));
  try {
    const whole = await synthesizeExamples(folder);
    const reduced = reducedTemplates(whole.map((file) => readFileSync(file, 'utf8'))).map(
      (template, index) => {
        const file = join(folder, `${index}.json`);
        writeFileSync(file, JSON.stringify(template, null, 1));
        return file;
      },
    );
    const scans = await scan(reduced);
    const problems = scans.flatMap(problemsOf);
    const written = readFileSync(page, 'utf8');
    const renewed = withTable(written, tableOf(scans));
    if (flags.includes('--write')) writeFileSync(page, renewed);
    else if (written !== renewed)
      problems.push('docs/other-scanners.md: "npm run scanners -- --write" renews its table');
    for (const { scanner, version, found } of scans)
      console.log(`${scanner} ${version}: ${found.length} findings in ${whole.length} templates`);
    if (flags.includes('--all')) problems.push(...missedBy(scans, await scan(whole)));
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** What the scanners find in the whole templates only. */
function missedBy(reduced: readonly Scan[], whole: readonly Scan[]): string[] {
  const findings = (scans: readonly Scan[]) =>
    new Set(
      scans.flatMap(({ scanner, found }) =>
        found.map(({ rule, resource }) => `${scanner} ${rule} on ${resource}`),
      ),
    );
  const known = findings(reduced);
  return [...findings(whole)]
    .filter((finding) => !known.has(finding))
    .map((finding) => `${finding}: not found in the reduced templates`);
}

function problemsOf({ scanner, found }: Scan): string[] {
  const reasons = explained.filter((each) => each.scanner === scanner);
  const unexplained = found.filter((each) => !reasons.some((reason) => explains(reason, each)));
  const stale = reasons.filter((reason) => !found.some((each) => explains(reason, each)));
  return [
    ...new Set(
      unexplained.map(
        ({ rule, resource }) =>
          `${scanner} ${rule} on ${resource}: mend it, or say why in scripts/other-scanners/explained.ts`,
      ),
    ),
    ...stale.map(
      ({ rule }) =>
        `${scanner} ${rule}: explained, and not found any more; take it out of scripts/other-scanners/explained.ts`,
    ),
  ];
}

function explains({ rule, resource }: (typeof explained)[number], found: Found): boolean {
  return rule === found.rule && resource.test(found.resource);
}

/** Without counts, which every change of a template would make others. */
function tableOf(scans: readonly Scan[]): string {
  const versions = scans.map(({ scanner, version, found }) => {
    const rules = new Set(found.map(({ rule }) => rule)).size;
    return `- ${scanner} ${version}: ${rules} ${rules === 1 ? 'rule finds' : 'rules find'} something.`;
  });
  const rows = explained.map(
    ({ scanner, rule, where, why }) => `| ${scanner} | ${rule} | ${where} | ${why} |`,
  );
  return [...versions, '', '| scanner | rule | where | why |', '|---|---|---|---|', ...rows].join('\n');
}

function withTable(text: string, table: string): string {
  const [begin, end] = marks.map((mark) => text.indexOf(mark));
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error(`${page}: its marks are gone`);
  return `${text.slice(0, begin + marks[0].length)}\n${table}\n${text.slice(end)}`;
}
