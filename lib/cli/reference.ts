import type { Argument, Command, Option } from 'commander';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { messagesInJapanese } from './language/messages.ja.ts';
import { translator } from './language/pattern.ts';
import type { Language } from './language/reader.ts';
import { commandsInJapanese } from './reference.ja.ts';

const said = translator(messagesInJapanese);

export const commandPageFiles: readonly { readonly file: string; readonly language: Language }[] = [
  { file: 'docs/commands.md', language: 'en' },
  { file: 'docs/commands.ja.md', language: 'ja' },
];

const texts = {
  title: { en: 'Commands', ja: 'コマンド' },
  other: { en: '日本語: [commands.ja.md](commands.ja.md)', ja: 'English: [commands.md](commands.md)' },
  made: {
    en: 'Written by `npm run docs` from the definitions of the commands: `npx --no-install secure-shop COMMAND --help` says the same.',
    ja: 'コマンドの定義から `npm run docs` が作ります。英語の同じ内容は `npx --no-install secure-shop COMMAND --help` で見られます。',
  },
  codes: {
    en: 'Every command ends with exit code 2 when its input or its command line is wrong, credentials are missing or of another account, or AWS cannot be reached; then it says what to do, and nothing is half-written. Ctrl-C ends it with 130. What was asked for stands on standard output, everything else on standard error; whoever closes a pipe early ends nothing.',
    ja: 'どのコマンドも、入力やコマンドラインの誤り、認証情報がないか別のアカウントのもの、AWS への接続不可のときは、対処を示して終了コード 2 で終わり、書きかけのものを残しません。Ctrl-C では 130 で終わります。結果は標準出力、それ以外は標準エラー出力に書きます。パイプの相手が先に閉じても、作業は中断しません。',
  },
  option: { en: 'option', ja: 'オプション' },
  meaning: { en: 'meaning', ja: '意味' },
  oneOf: { en: 'one of', ja: '次のいずれか：' },
  byDefault: { en: 'default', ja: '既定' },
} as const;

/** The page of all commands, as their definitions say it. */
export function commandsPage(program: Command, language: Language): string {
  const text = (key: keyof typeof texts) => texts[key][language];
  const head = [`# ${text('title')}`, text('other'), text('made'), text('codes')];
  const all = leavesOf(program);
  const index = all.map(({ path }) => `[${path}](#${anchorOf(path)})`).join(' · ');
  return `${[...head, index, ...all.map((each) => section(each, language))].join('\n\n')}\n`;
}

/** English texts of the commands that have no Japanese yet. */
export function untranslated(program: Command): string[] {
  const used = [program, ...leavesOf(program).map(({ command }) => command)].flatMap((command) => [
    command.description(),
    ...command.registeredArguments.map(({ description }) => description),
    ...optionsOf(command).map(({ description }) => description),
  ]);
  return [...new Set(used)].filter((text) => commandsInJapanese[text] === undefined);
}

interface Leaf {
  readonly path: string;
  readonly command: Command;
}

/** Every command that can be called, also one that has subcommands. */
function leavesOf(parent: Command, path: readonly string[] = []): Leaf[] {
  return parent.commands.flatMap((command) => {
    const here = [...path, command.name()];
    return [{ path: here.join(' '), command }, ...leavesOf(command, here)];
  });
}

function section({ path, command }: Leaf, language: Language): string {
  const text = (key: keyof typeof texts) => texts[key][language];
  const usage = ['npx --no-install secure-shop', path, command.usage()].join(' ');
  const rows = [
    ...command.registeredArguments.map((argument) => row(`<${argument.name()}>`, argument, language)),
    ...optionsOf(command).map((option) => row(option.flags, option, language)),
  ];
  return [
    `## ${path}`,
    translated(command.description(), language),
    ['```', usage, '```'].join('\n'),
    ...(rows.length > 0
      ? [[`| ${text('option')} | ${text('meaning')} |`, '|---|---|', ...rows].join('\n')]
      : []),
    ...(command.commands.length === 0 || exitCodes[path] ? [exitCode(path, language)] : []),
  ].join('\n\n');
}

function exitCode(path: string, language: Language): string {
  const english = exitCodeOf(path);
  return language === 'ja' ? (said(english) ?? english) : english;
}

function row(
  name: string,
  { description, argChoices, defaultValue }: Option | Argument,
  language: Language,
): string {
  const notes = [
    ...(argChoices
      ? [`${texts.oneOf[language]} ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`]
      : []),
    ...(defaultValue !== undefined && defaultValue !== true
      ? [`${texts.byDefault[language]} \`${String(defaultValue)}\``]
      : []),
  ];
  const says = [translated(description, language), ...notes].join('; ');
  return `| \`${name.replaceAll('|', '\\|')}\` | ${cell(says)} |`;
}

function optionsOf(command: Command): Option[] {
  return command.options.filter(({ hidden }) => !hidden);
}

function translated(english: string, language: Language): string {
  return language === 'ja' ? (commandsInJapanese[english] ?? english) : english;
}

/** A bar would end the cell, and what looks like an element would be one. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function anchorOf(path: string): string {
  return path.replaceAll(' ', '-');
}
