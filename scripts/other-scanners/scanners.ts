import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../../lib/cli/user-error.ts';

/** What a scanner says of one resource. */
export interface Found {
  readonly rule: string;
  /** Logical id of the resource. */
  readonly resource: string;
}

export interface Scan {
  readonly scanner: string;
  readonly version: string;
  readonly found: readonly Found[];
}

const run = promisify(execFile);

/** Runs each scanner once, on all templates. */
export function scan(templates: readonly string[]): Promise<Scan[]> {
  return Promise.all([checkov(templates), cfnLint(templates), controlTower(templates)]);
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
  // It would ask its maker for severities and links.
  const args = [...options, '--skip-download', '-f', ...templates];
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

interface GuardAnswer {
  readonly not_compliant: readonly object[];
}

/** The proactive controls of AWS Control Tower, in cfn-guard, which a package for the CDK brings along. */
async function controlTower(templates: readonly string[]): Promise<Scan> {
  const about = fileURLToPath(import.meta.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  const { version } = JSON.parse(readFileSync(about, 'utf8')) as { version: string };
  const system = process.platform === 'darwin' ? 'macos' : 'ubuntu';
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const program = join(dirname(about), 'bin', system, machine, 'cfn-guard');
  const rules = join(dirname(about), 'rules', 'control-tower', 'cfn-guard');
  const data = templates.map((file) => withImports(file));
  const options = ['--structured', '--output-format', 'json', '--show-summary', 'none'];
  // 19: something does not comply.
  const answer = await output(program, ['validate', ...options, '-r', rules, '-d', ...data], [0, 19]);
  const rows = (JSON.parse(answer) as GuardAnswer[]).flatMap(({ not_compliant }) => not_compliant);
  return { scanner: 'Control Tower', version, found: rows.flatMap(foundBy) };
}

/**
 * A rule of cfn-guard looks for a literal or a resource of the same template: a value that another stack exports would count as
 * missing. Control Tower itself sees the value.
 *
 * @returns the file of a copy that has them
 */
function withImports(file: string): string {
  const copy = `${file}.guard.json`;
  const template = JSON.parse(readFileSync(file, 'utf8'), (_, value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    ('Fn::ImportValue' in value || 'Fn::GetStackOutput' in value)
      ? 'imported'
      : value,
  );
  writeFileSync(copy, JSON.stringify(template));
  return copy;
}

/** Names of controls stand in what their rules say, and resources in the paths of what does not comply. */
function foundBy(row: object): Found[] {
  const text = JSON.stringify(row);
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];
  const resources = named(/"path":"\/Resources\/([^/"]+)/g);
  return named(/\[(CT\.[A-Z\d.]+)\]/g).flatMap((rule) => resources.map((resource) => ({ rule, resource })));
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
        `${program} is not installed: "npm ci", and "pip install checkov cfn-lint" in the versions of .ci/run`,
      ]);
    if (typeof code === 'number' && ends.includes(code)) return stdout ?? '';
    throw new UserError([`${program}: ${message}`]);
  }
}
