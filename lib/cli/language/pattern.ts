/**
 * An English text and its translation. `{}` stands for what differs from case to case: the same parts, themselves
 * translated where they can be, take the places `{1}`, `{2}` … of the translation. `{,}` stands for texts in quotes and numbers only.
 */
export type Translation = readonly [english: string, translated: string];

export type Translate = (english: string) => string | undefined;

/**
 * Reads a table of translations. A text that no row fits as a whole is translated clause by clause, parted by `; `.
 *
 * @returns undefined for a text of which a part has no translation
 */
export function translator(table: readonly Translation[]): Translate {
  const rows = table.map(([english, translated]) => ({ fits: patternOf(english), translated }));
  const whole: Translate = (text) => {
    for (const { fits, translated } of rows) {
      const parts = fits.exec(text)?.slice(1);
      if (parts === undefined) continue;
      const said = parts.map((part) => translate(part) ?? part);
      return translated.replace(/\{(\d)\}/g, (_, number: string) => said[Number(number) - 1] ?? '');
    }
    return undefined;
  };
  const translate: Translate = (text) => {
    const found = whole(text);
    if (found !== undefined) return found;
    for (let at = text.indexOf('; '); at >= 0; at = text.indexOf('; ', at + 1)) {
      const left = whole(text.slice(0, at));
      // Looked for at every part, the rest of a long line would be looked for as often as there are ways to part it.
      const right = left === undefined ? undefined : translate(text.slice(at + 2));
      if (right !== undefined) return `${left}。${right}`;
    }
    return undefined;
  };
  return translate;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
/** Whatever stands in a text, and no clause of its own. */
const anything = `((?:${quoted}|(?!; )[^"])*?)`;
/** Texts in quotes and numbers, parted by commas. */
const values = String.raw`((?:${quoted}|-?\d+)(?:, (?:${quoted}|-?\d+))*)`;

function patternOf(english: string): RegExp {
  const parts = english.split(/(\{\}|\{,\})/).map((part) => {
    if (part === '{}') return anything;
    return part === '{,}' ? values : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
