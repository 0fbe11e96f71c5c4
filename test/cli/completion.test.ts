import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scripts, shells } from '../../lib/cli/completion/scripts.ts';
import { placesOf } from '../../lib/cli/completion/tree.ts';
import { secureShopProgram } from '../../lib/program.ts';
import { program as find } from '../support/programs.ts';

const program = secureShopProgram((code) => {
  throw new Error(`exit ${code}`);
});
const folder = mkdtempSync(join(tmpdir(), 'secure-shop-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** How each shell is asked what comes after these words, the last of which is not finished. */
const asks: Readonly<Record<(typeof shells)[number], (script: string, words: readonly string[]) => string>> =
  {
    bash: (script, words) =>
      `source ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; compopt() { echo files; }; _secure_shop; printf '%s\\n' "\${COMPREPLY[@]}"`,
    zsh: (script, words) =>
      `compdef() { :; }; _files() { print files; }; _describe() { print -l -- "\${(@P)argv[-1]}"; }; source ${script}; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _secure_shop`,
    fish: (script, words) => `source ${script}; complete -C '${words.join(' ')}'`,
  };

function completed(shell: (typeof shells)[number], words: readonly string[]): string[] {
  const script = join(folder, shell);
  writeFileSync(script, scripts[shell](placesOf(program)));
  const flags = { bash: ['--norc', '-c'], zsh: ['-f', '-c'], fish: ['--no-config', '-c'] }[shell];
  const { stdout, stderr } = spawnSync(find(shell).path ?? '', [...flags, asks[shell](script, words)], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(stderr).toBe('');
  // A description stands behind a colon or a tab.
  return stdout.split('\n').flatMap((line) => line.split(/[:\t]/)[0] || []);
}

describe.each(shells)('the completion of %s', (shell) => {
  const { missing, install } = find(shell);
  const skip = describe.skipIf(missing);
  skip(`on the shell itself (${install})`, () => {
    it('names the commands', () => {
      expect(completed(shell, ['secure-shop', ''])).toEqual(
        expect.arrayContaining(['init', 'review', 'preflight', 'deploy', 'status', 'vpn', 'completion']),
      );
    });

    it('names the subcommands of one, and then its options', () => {
      const found = completed(shell, ['secure-shop', 'vpn', '']);
      expect(found).toEqual(expect.arrayContaining(['init', 'issue', 'list', 'revoke']));
      expect(found).not.toContain('preflight');
      expect(completed(shell, ['secure-shop', 'vpn', 'issue', '--'])).toEqual(
        expect.arrayContaining(['--days', '--output']),
      );
    });

    it('names the values of an option, in whatever place it stands', () => {
      const found = completed(shell, ['secure-shop', 'review', '--json', '--fail-on', '']);
      expect(found.sort()).toEqual(['error', 'finding', 'never', 'undecided']);
    });

    it('takes the values of options for no commands', () => {
      expect(completed(shell, ['secure-shop', 'review', '-c', 'vpn', '--'])).toContain('--fail-on');
    });
  });
});
