import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandPageFiles, commandsPage, untranslated } from '../../lib/cli/reference.ts';
import { secureShopProgram } from '../../lib/program.ts';

const program = secureShopProgram((code) => {
  throw new Error(`exit ${code}`);
});

describe('the reference of the commands', () => {
  it.each(commandPageFiles)('$file is as the definitions are (else: npm run docs)', ({ file, language }) => {
    expect(readFileSync(file, 'utf8')).toBe(commandsPage(program, language));
  });

  it('says everything in Japanese, too (else: lib/cli/reference.ja.ts)', () => {
    expect(untranslated(program)).toEqual([]);
    expect(untranslated(new Command('x').description('never heard'))).toEqual(['never heard']);
  });

  it('keeps what is written out of the markup', () => {
    const odd = new Command('x').addCommand(
      new Command('y').description('d').option('-a, --a <b|c>', 'a | <img>'),
    );
    expect(commandsPage(odd, 'en')).toContain('| `-a, --a <b\\|c>` | a \\| &lt;img> |');
  });
});
