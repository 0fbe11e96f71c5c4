import type { Command, Help } from 'commander';
import type { Translate } from './language/pattern.ts';
import { commandsInJapanese } from './reference.ja.ts';

/** Titles of commander's own help. */
const titles: Readonly<Record<string, string>> = {
  'Usage:': '使い方：',
  'Arguments:': '引数：',
  'Options:': 'オプション：',
  'Commands:': 'コマンド：',
  'Global Options:': '共通のオプション：',
};

/** One call of every command, by the words that call it: what its help ends with. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  init: ['init', 'init --name my-shop --preset woocommerce'],
  review: ['review', 'review --json > rows.json', 'review --template stack.yaml'],
  preflight: ['preflight', 'preflight -e staging --json'],
  plan: ['plan', 'plan -e production --json'],
  cost: ['cost', 'cost --tier starter'],
  deploy: ['deploy', 'deploy -e staging --yes'],
  status: ['status', 'status -e production --evidence status.json'],
  rehearse: ['rehearse --dry-run', 'rehearse --yes --max-cost 50'],
  try: ['try https://shop.example.jp/wp-admin/', 'try https://shop.example.jp/ --method POST --body a=1'],
  rotate: ['rotate database', 'rotate --status'],
  patch: ['patch --status', 'patch now'],
  'patch now': ['patch now'],
  restore: ['restore', 'restore --at 2026-12-01T09:00:00+09:00 --what database'],
  export: ['export orders --for hana --reason "new-year cards"'],
  'vpn open': ['vpn open --hours 4'],
  'vpn close': ['vpn close'],
  'vpn state': ['vpn state'],
  'vpn init': ['vpn init'],
  'vpn issue': ['vpn issue hana --days 30'],
  'vpn list': ['vpn list --json'],
  'vpn revoke': ['vpn revoke hana'],
  'vpn renew-crl': ['vpn renew-crl'],
  'contractor revoke': ['contractor revoke'],
  'contractor admit': ['contractor admit'],
  'scripts learn': ['scripts learn'],
  'scripts check': ['scripts check --json'],
  completion: ['completion bash'],
};

/** Ends the help of a command with examples, and says it in the language of the reader. */
export function completeHelp(command: Command, path: string, translate: Translate | undefined): void {
  const lines = (examples[path] ?? []).map((words) => `  npx --no-install secure-shop ${words}`);
  if (lines.length > 0) command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  if (translate !== undefined) command.configureHelp(helpInJapanese);
  command.configureOutput({
    writeOut: (text) => process.stdout.write(byLine(text, process.stdout.columns, translate)),
    // Whoever reads no terminal searches for whole sentences.
    writeErr: (text) =>
      process.stderr.write(byLine(text, process.stderr.columns ?? Number.POSITIVE_INFINITY, translate)),
  });
}

/** What stands below the help is not wrapped by commander; a call to be copied stays in one line. */
function byLine(text: string, columns: number | undefined, translate: Translate = (line) => line): string {
  return text
    .split('\n')
    .map((line) => translate(line) ?? line)
    .map((line) => (line.includes('secure-shop') ? line : wrap(line, columns ?? 80)))
    .join('\n');
}

const said = (english: string) => commandsInJapanese[english] ?? english;

const helpInJapanese: Partial<Help> = {
  styleTitle: (title) => titles[title] ?? title,
  commandDescription: (command) => said(command.description()),
  subcommandDescription: (command) => said(command.description()),
  argumentDescription: ({ description, argChoices }) =>
    [said(description), argChoices ? `（${argChoices.join('、')}）` : ''].join(''),
  optionDescription: ({ description, argChoices, defaultValue }) =>
    [
      said(description),
      argChoices ? `（次のいずれか：${argChoices.join('、')}）` : '',
      defaultValue !== undefined && defaultValue !== true ? `（既定：${String(defaultValue)}）` : '',
    ].join(''),
  displayWidth: widthOf,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .map((line) => wrap(line, width))
      .join('\n'),
};

const wide = /[\u2e80-\ua4cf\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]/;

/** Letters of Japanese take two columns. https://www.unicode.org/reports/tr11/ */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (wide.test(letter) ? 2 : 1), 0);
}

/** Japanese may be parted between any two letters, and words of other languages between them only. */
function wrap(line: string, width: number): string {
  const lines: string[] = [''];
  for (const part of line.match(/[!-~]+[。、）]?| +|[^!-~ ][。、）]*/g) ?? []) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + widthOf(part) > width && last.trim() !== '') lines.push(part.trimStart());
    else lines[lines.length - 1] = last + part;
  }
  return lines.join('\n');
}
