import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Declaration {
  readonly name: string;
  readonly kind: string;
  /** The description above, if any. */
  readonly described: string;
  /** Indented lines below, up to the closing bracket. */
  readonly body: readonly string[];
}

/** What a module declares or hands on, by the names under which others import it. */
function exportedBy(file: string): Map<string, string> {
  const exported = new Map<string, string>();
  for (const [, names = '', from = ''] of readFileSync(file, 'utf8').matchAll(
    /^export (?:type )?\{([^}]+)\} from '([^']+)';$/gm,
  )) {
    for (const name of names.match(/\w+(?=\s*(?:,|$))/g) ?? []) exported.set(name, join(file, '..', from));
  }
  return exported;
}

function declarationOf(name: string, file: string): Declaration {
  const handedOn = exportedBy(file).get(name);
  if (handedOn !== undefined) return declarationOf(name, handedOn);
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines.findIndex((line) =>
    new RegExp(`^export (?:class|interface|function|type|const) ${name}\\b`).test(line),
  );
  if (at < 0) throw new Error(`${file} does not export ${name}`);
  const [, kind = ''] = lines[at]?.split(' ') ?? [];
  const end = lines.findIndex((line, index) => index > at && /^\S/.test(line));
  return { name, kind, described: commentAbove(lines, at), body: lines.slice(at + 1, end) };
}

function commentAbove(lines: readonly string[], at: number): string {
  if (!lines[at - 1]?.trimEnd().endsWith('*/')) return '';
  const begin = lines.findLastIndex((line, index) => index < at && line.trimStart().startsWith('/**'));
  return lines.slice(begin, at).join('\n');
}

/** What of a declaration is not told to somebody who reads only its descriptions. */
function untold({ name, kind, described, body }: Declaration): string[] {
  const missing = described === '' ? [`${name}: no description`] : [];
  if (kind !== 'interface' && kind !== 'class') return missing;
  for (const [index, line] of body.entries()) {
    const [, member, optional] = /^ {2}readonly (\w+)(\?)?[:;]/.exec(line) ?? [];
    if (member === undefined || (kind === 'class' && member === 'name')) continue;
    const comment = commentAbove(body, index);
    if (comment === '') missing.push(`${name}.${member}: no description`);
    else if (optional && !comment.includes('@default')) missing.push(`${name}.${member}: no @default`);
  }
  return missing;
}

it('describes everything that the entry exports, and every default', () => {
  const exported = [...exportedBy('lib/index.ts')].map(([name, file]) => declarationOf(name, file));
  expect(exported.length).toBeGreaterThan(25);
  expect(exported.flatMap(untold)).toEqual([]);
  const undescribed = {
    name: 'A',
    kind: 'interface',
    described: '',
    body: ['  readonly b?: string;', '  /** C. */', '  readonly c?: string;'],
  };
  expect(untold(undescribed)).toEqual(['A: no description', 'A.b: no description', 'A.c: no @default']);
});
