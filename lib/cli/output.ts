import type { Translate } from './language/pattern.ts';
import type { Language } from './language/reader.ts';
import { wrapped } from './wrap.ts';

let translate: Translate = () => undefined;
let language: Language = 'en';

/** @param translator what says lines in the language of the reader; undefined for whoever reads English */
export function speakBy(translator: Translate | undefined): void {
  translate = translator ?? (() => undefined);
  language = translator ? 'ja' : 'en';
}

/** A text in the language of the reader; as it is where it has no translation. */
export function inLanguage(english: string): string {
  return translate(english) ?? english;
}

/** A text that is known in both languages, in that of the reader. */
export function inReaders(text: { readonly en: string; readonly ja: string }): string {
  return text[language];
}

/** What was asked for, for people: standard output. */
export function print(...lines: readonly string[]): void {
  write(process.stdout, lines);
}

/** The way there, and what the reader of the output must not take for it: standard error. */
export function progress(...lines: readonly string[]): void {
  write(process.stderr, lines);
}

/** What was asked for, for programs, which read no language: standard output. A field that is not known is null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, unknownAsNull, 2)}\n`);
}

/** The same for one of many documents, each of which is a line. */
export function printJsonLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, unknownAsNull)}\n`);
}

function unknownAsNull(_key: string, value: unknown): unknown {
  return value ?? null;
}

function write(stream: NodeJS.WriteStream, lines: readonly string[]): void {
  const shown = lines.flatMap((text) => text.split('\n')).map((line) => printable(inReadersLanguage(line)));
  // Whoever reads no terminal searches for whole lines.
  const fitting = stream.columns ? shown.flatMap((line) => wrapped(line, stream.columns)) : shown;
  stream.write(fitting.map((line) => `${line}\n`).join(''));
}

function inReadersLanguage(line: string): string {
  const [indent = ''] = /^\s*/.exec(line) ?? [];
  return indent + inLanguage(line.slice(indent.length));
}

/** What AWS or a template says must not move the cursor, colour the terminal, or command a build server. */
export function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ').replace(/^(\s*)::/, '$1: :');
}
