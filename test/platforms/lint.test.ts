import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/cli/package-root.ts';
import { patchingApp } from '../environment/patching/support/patching-environment.ts';
import { program } from '../support/programs.ts';

const run = promisify(execFile);
const hadolint = program('hadolint');
const shellcheck = program('shellcheck');
const platforms = ['woocommerce', 'ec-cube'];

/** What a linter says; empty when it is content. */
async function complaints(tool: { path: string | undefined }, ...args: string[]): Promise<string> {
  try {
    await run(tool.path ?? '', args);
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}

describe.each(platforms)('%s', (platform) => {
  const folder = join(packageRoot, 'platforms', platform);
  const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');

  it.skipIf(hadolint.missing)(
    `the Dockerfile follows the rules of hadolint (${hadolint.install})`,
    async () => {
      expect(await complaints(hadolint, '--no-color', join(folder, 'Dockerfile'))).toBe('');
    },
  );

  it.skipIf(shellcheck.missing)(
    `the scripts follow the rules of ShellCheck (${shellcheck.install})`,
    async () => {
      const scripts = readdirSync(folder).filter((file) => file.endsWith('.sh'));
      expect(await complaints(shellcheck, ...scripts.map((script) => join(folder, script)))).toBe('');
    },
  );

  it('the image runs without root, and what it may write is declared', () => {
    expect(dockerfile).toMatch(/^USER 33:33$/m);
    expect(dockerfile).toMatch(/^EXPOSE 8080$/m);
    const [, declared] = /^VOLUME (\[.*\])$/m.exec(dockerfile) ?? [];
    expect(JSON.parse(declared ?? '[]')).toEqual(expect.arrayContaining(['/tmp', '/run']));
    expect(dockerfile.indexOf('USER 33:33')).toBeGreaterThan(dockerfile.lastIndexOf('RUN '));
  });

  it('no secret is written into the image', () => {
    expect(dockerfile).not.toMatch(/^(ENV|ARG) .*(PASSWORD|SECRET|TOKEN|_KEY)/m);
  });
});

it.skipIf(shellcheck.missing)(
  `the commands of the build follow the rules of ShellCheck (${shellcheck.install})`,
  async () => {
    const template = Template.fromStack(patchingApp().stack);
    const folder = mkdtempSync(join(tmpdir(), 'secure-shop-lint-'));
    const projects = Object.entries(template.findResources('AWS::CodeBuild::Project'));
    expect(projects).toHaveLength(2);
    for (const [id, { Properties }] of projects) {
      const { phases } = JSON.parse(Properties.Source.BuildSpec);
      const script = join(folder, `${id}.sh`);
      writeFileSync(script, `#!/bin/bash\n${phases.build.commands.join('\n')}\n`);
      // The project sets the variables, so none is assigned in the script.
      expect(await complaints(shellcheck, '--exclude=SC2154', script)).toBe('');
    }
  },
);
