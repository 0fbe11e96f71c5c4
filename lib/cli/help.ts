import type { Command, Help } from 'commander';
import { exitCodeOf } from './exit-codes.ts';
import type { Translate } from './language/pattern.ts';
import { commandsInJapanese } from './reference.ja.ts';
import { widthOf, wrapped } from './wrap.ts';

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

/** Ends the help of a command with its exit code and examples, and says it in the language of the reader. */
export function completeHelp(command: Command, path: string, translate: Translate | undefined): void {
  const lines = (examples[path] ?? []).map((words) => `  npx --no-install secure-shop ${words}`);
  const examplesBelow = lines.length > 0 ? ['', 'Examples:', ...lines] : [];
  command.addHelpText('after', ['', exitCodeOf(path), ...examplesBelow].join('\n'));
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
    .flatMap((line) => wrapped(line, columns ?? 80))
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
      .flatMap((line) => wrapped(line, width))
      .join('\n'),
};
