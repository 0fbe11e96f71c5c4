import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../lib/cli/package-root.ts';
import { exitOnUserError, UserError } from '../lib/cli/user-error.ts';
import { explained } from './other-scanners-explained.ts';

/**
 * `npm run scanners -- FOLDER [--write]`: runs checkov and cfn-lint on every `*.template.json` below FOLDER (what `cdk synth -o` left
 * there). Exit code 1 when they find something that `other-scanners-explained.ts` does not explain, when an explanation explains
 * nothing any more, or when the table in docs/other-scanners.md is another one; `--write` writes the table.
 */
interface Found {
  readonly rule: string;
  /** Logical id of the resource. */
  readonly resource: string;
}

interface Scan {
  readonly scanner: string;
  readonly version: string;
  readonly found: readonly Found[];
}

const page = join(packageRoot, 'docs', 'other-scanners.md');
const marks = ['<!-- what the scanners said -->', '<!-- end of what they said -->'] as const;
const run = promisify(execFile);

await exitOnUserError(async () => {
  const [folder, ...flags] = process.argv.slice(2);
  if (folder === undefined) throw new UserError(['name the folder of the templates']);
  const templates = templatesBelow(resolve(folder));
  if (templates.length === 0) throw new UserError([`${folder}: found no *.template.json below it`]);
  const scans = await Promise.all([checkov(templates), cfnLint(templates)]);
  const problems = scans.flatMap(problemsOf);
  const written = readFileSync(page, 'utf8');
  const renewed = withTable(written, tableOf(scans));
  if (flags.includes('--write')) writeFileSync(page, renewed);
  else if (written !== renewed)
    problems.push('docs/other-scanners.md: "npm run scanners -- FOLDER --write" renews its table');
  for (const { scanner, version, found } of scans)
    console.log(`${scanner} ${version}: ${found.length} findings in ${templates.length} templates`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});

function templatesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}

interface CheckovAnswer {
  readonly summary: {
    readonly checkov_version: string;
    readonly parsing_errors: number;
  };
  readonly results: {
    readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[];
  };
}

async function checkov(templates: readonly string[]): Promise<Scan> {
  const options = ['--framework', 'cloudformation', '-o', 'json', '--quiet', '--compact', '--soft-fail'];
  const args = [...options, '-f', ...templates];
  const { summary, results } = JSON.parse(await output('checkov', args)) as CheckovAnswer;
  if (summary.parsing_errors > 0)
    throw new UserError([`checkov could not read ${summary.parsing_errors} templates`]);
  return {
    scanner: 'checkov',
    version: summary.checkov_version,
    found: results.failed_checks.map(({ check_id, resource }) => ({
      rule: check_id,
      resource: resource.split('.').at(-1) ?? '',
    })),
  };
}

interface LintMatch {
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

async function cfnLint(templates: readonly string[]): Promise<Scan> {
  // Its exit code is a bit for each level of what it found.
  const answer = await output('cfn-lint', ['--format', 'json', ...templates], [0, 2, 4, 6, 8, 10, 12, 14]);
  const [, version = ''] = /([\d.]+)/.exec(await output('cfn-lint', ['--version'])) ?? [];
  return {
    scanner: 'cfn-lint',
    version,
    found: (JSON.parse(answer || '[]') as LintMatch[]).map(({ Rule, Location }) => ({
      rule: Rule.Id,
      resource: String(Location.Path?.[1] ?? ''),
    })),
  };
}

async function output(
  program: string,
  args: readonly string[],
  ends: readonly number[] = [0],
): Promise<string> {
  try {
    const { stdout } = await run(program, args, { maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    const { code, stdout, message } = error as Error & { code?: number | string; stdout?: string };
    if (code === 'ENOENT')
      throw new UserError([
        `${program} is not installed: "pip install checkov cfn-lint" in the versions of .ci/run`,
      ]);
    if (typeof code === 'number' && ends.includes(code)) return stdout ?? '';
    throw new UserError([`${program}: ${message}`]);
  }
}

function problemsOf({ scanner, found }: Scan): string[] {
  const reasons = explained.filter((each) => each.scanner === scanner);
  const unexplained = found.filter((each) => !reasons.some((reason) => explains(reason, each)));
  const stale = reasons.filter((reason) => !found.some((each) => explains(reason, each)));
  return [
    ...new Set(
      unexplained.map(
        ({ rule, resource }) =>
          `${scanner} ${rule} on ${resource}: mend it, or say why in scripts/other-scanners-explained.ts`,
      ),
    ),
    ...stale.map(
      ({ rule }) =>
        `${scanner} ${rule}: explained, and not found any more; take it out of scripts/other-scanners-explained.ts`,
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
