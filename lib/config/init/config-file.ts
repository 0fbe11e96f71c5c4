import { inReaders } from '../../cli/output.ts';
import { pathText } from '../problem.ts';

/**
 * A config file that holds a shop, with a comment above each setting.
 *
 * @param library what the file imports `defineShop` from
 * @param comments by the place of the setting
 */
export function configFile(shop: unknown, library: string, comments: ReadonlyMap<string, string>): string {
  return [
    `import { defineShop } from '${library}';`,
    '',
    inReaders({
      en: '// Written by "secure-shop init". Every further setting: docs/configuration.md.',
      ja: '// "secure-shop init" が書いたもの。ほかの設定：docs/configuration.ja.md。',
    }),
    `export default defineShop(${written(shop, [], comments)});`,
    '',
  ].join('\n');
}

function written(
  value: unknown,
  path: readonly (string | number)[],
  comments: ReadonlyMap<string, string>,
): string {
  const indent = '  '.repeat(path.length + 1);
  const end = '  '.repeat(path.length);
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry !== 'object')) {
      return `[${value.map((entry) => written(entry, path, comments)).join(', ')}]`;
    }
    const entries = value.map((entry, index) => `${indent}${written(entry, [...path, index], comments)},\n`);
    return `[\n${entries.join('')}${end}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const settings = Object.entries(value).map(([key, inner]) => {
      const place = [...path, key];
      const comment = comments.get(pathText(place)) ?? '';
      const name = /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
      return `${comment === '' ? '' : `${indent}// ${comment}\n`}${indent}${name}: ${written(inner, place, comments)},\n`;
    });
    return `{\n${settings.join('')}${end}}`;
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** A text as the house writes it; JSON where it holds what a single quote would end. */
function quoted(text: string): string {
  return /^[^'\\\p{Cc}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text);
}
