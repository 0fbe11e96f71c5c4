import { looksSecret, redact } from './secrets.ts';

/** Where in the shop a value stands: names of settings and numbers of list entries. */
export type Path = readonly (string | number)[];

/** Takes note of one mistake; `text` says what was found and what to write instead. */
export type Report = (path: Path, text: string) => void;

/** `environments.production.admin.people[1].name` */
export function pathText(path: Path): string {
  if (path.length === 0) return 'default export';
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]{1,64}$/.test(part) || looksSecret(part)) return `[${quote(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** What stands in the file, short enough for one line and never a secret. */
export function found(value: unknown): string {
  if (value === undefined) return 'found nothing';
  if (value === '') return 'found an empty text';
  if (typeof value === 'string') return `found ${quote(value)}`;
  if (typeof value === 'bigint') return `found ${String(value).slice(0, 40)}n, a BigInt`;
  if (typeof value === 'symbol') return `found ${value.description ?? 'a symbol'}`;
  if (Array.isArray(value)) return value.length === 0 ? 'found an empty list' : 'found a list';
  if (typeof value === 'object' && value !== null) return 'found an object';
  return `found ${String(value)}`;
}

const longestQuote = 100;

export function quote(text: string): string {
  if (looksSecret(text)) return `a text of ${text.length} characters (not shown: it looks like a secret)`;
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(shown).replace(unprintable, escapeCharacter);
}

/** Control and direction characters that JSON leaves as they are and a terminal obeys. */
const unprintable = /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** One line of what was thrown, whatever it is; never a stack trace, never what looks like a secret. */
export function messageOf(thrown: unknown): string {
  try {
    const text =
      thrown instanceof Error ? `${thrown.name}: ${thrown.message || 'no message'}` : String(thrown);
    const line = redact(text.split('\n')[0] ?? '').slice(0, 300);
    return line === '' ? 'no message' : line;
  } catch {
    return 'no message';
  }
}
