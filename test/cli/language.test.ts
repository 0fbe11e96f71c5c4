import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { examples } from '../../lib/cli/help.ts';
import { translatorOfReader } from '../../lib/cli/language/index.ts';
import { languageOfReader } from '../../lib/cli/language/reader.ts';
import { inReaders, print, speakBy } from '../../lib/cli/output.ts';
import { widthOf, wrapped } from '../../lib/cli/wrap.ts';
import { problemInJapanese } from '../../lib/config/problems.ja.ts';
import { secureShopProgram } from '../../lib/program.ts';
import { answerInJapanese } from '../../lib/review/japanese/answers/index.ts';

const exit = (code: number): never => {
  throw new Error(`exit ${code}`);
};

function everyCommand(parent: Command, path: readonly string[] = []): (readonly [string, Command])[] {
  return parent.commands.flatMap((command) => {
    const here = [...path, command.name()];
    return [[here.join(' '), command] as const, ...everyCommand(command, here)];
  });
}

async function inJapanese() {
  vi.stubEnv('LC_ALL', undefined);
  vi.stubEnv('LC_MESSAGES', undefined);
  vi.stubEnv('LANG', 'ja_JP.UTF-8');
  const translate = await translatorOfReader(async () => problemInJapanese);
  vi.unstubAllEnvs();
  if (translate === undefined) throw new Error('nothing is translated');
  return translate;
}

describe('the language of the reader', () => {
  it.each([
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'ja' }, 'ja'],
    [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'jav_ID' }, 'en'],
    [{}, 'en'],
  ])('of %j is %s', (environment, language) => {
    expect(languageOfReader(environment)).toBe(language);
  });
});

describe('the help of every command', () => {
  const commands = everyCommand(secureShopProgram(exit));
  const runnable = commands.filter(([, { commands: below }]) => below.length === 0).map(([path]) => path);

  it('ends with an example that the command understands', () => {
    expect(runnable.filter((path) => !examples[path]?.length)).toEqual([]);
    for (const [path, calls] of Object.entries(examples)) {
      for (const call of calls) {
        const words = call.replace(/ > .*/, '').split(' ');
        const command = commands.find(([name]) => name === path)?.[1];
        const flags = words.filter((word) => word.startsWith('-'));
        const known = command?.options.flatMap(({ long, short }) => [long, short]) ?? [];
        expect(
          flags.filter((flag) => !known.includes(flag)),
          call,
        ).toEqual([]);
        expect(call).toMatch(new RegExp(`^${path}\\b`));
      }
    }
  });

  it('is Japanese for whoever reads that, and fits into 80 columns', async () => {
    const japanese = everyCommand(secureShopProgram(exit, await inJapanese()));
    for (const [path, command] of japanese) {
      let said = '';
      command.configureOutput({ ...command.configureOutput(), getOutHelpWidth: () => 80 });
      const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        said += String(text);
        return true;
      });
      command.outputHelp();
      write.mockRestore();
      const words = said.replace(/^.*(secure-shop|使い方).*$/gm, '');
      expect(words, path).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/);
      const widths = words.split('\n').map((line) => line.replace(/[^ -~]/g, '..').length);
      expect(
        widths.filter((width) => width > 80),
        path,
      ).toEqual([]);
    }
  });
});

it.each([
  ["error: unknown option '--jsno'\n(Did you mean --json?)", /知らないオプション「--jsno」/],
  ["error: missing required argument 'person'", /引数「person」が必要/],
  ["error: option '--fail-on <level>' argument 'x' is invalid. Allowed choices are a, b.", /使える値：a, b/],
  ['shop.ts: there is no such file; write its path relative to /tmp', /そのファイルはありません/],
  [
    '1. tea-production-vault (ap-northeast-1): created, about 1 minute',
    /^1\. tea-production-vault（ap-northeast-1）：作成、約 1 分$/,
  ],
  ['production (ap-northeast-1): about 421 USD a month, without tax', /月額約 421 ドル/],
  ['no environment "x" in the config; it has production', /環境 "x" は設定にありません/],
  [
    'found no AWS credentials: sign in, or set AWS_PROFILE. Nothing is lost: run the command again afterwards',
    /^AWS の認証情報がありません.*何も失われていません/,
  ],
])('says in Japanese: %s', async (english, says) => {
  const translate = await inJapanese();
  const said = english.split('\n').map((line) => translate(line) ?? line);
  expect(said.join('\n')).toMatch(says);
});

it('speaks Japanese from end to end: what is wrong, what to do, and how it ended', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-japanese-'));
  const template = join(folder, 'queue.json');
  const anybody = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const resources = {
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [anybody] } },
    },
  };
  writeFileSync(template, JSON.stringify({ Resources: resources }));
  const words = ['review', '--template', template, '--packs', 'SecureShop', '--out', folder];
  const { status, stdout, stderr } = spawnSync('node', ['bin/secure-shop.mjs', ...words], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'ja_JP.UTF-8' },
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stderr).toMatch(/1 個のスタックに SecureShop を適用しています/);
  expect(stdout).toMatch(/^パック +評価したルール +適合/m);
  expect(stdout).toMatch(/^ {2}対応：.*。$/m);
  expect(stdout).toMatch(/^未解決の指摘：\d+ 件/m);
  expect(stdout.replace(/^.*(SecureShop|queue\.json).*$/gm, '')).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
});

/** What runs in AWS writes into a log, and what a rehearsal of a request passes is named as the templates do. */
const writesLog =
  /\.lambda\.ts$|patching\/(?:copy-image|pass-gate|release|watch)\.ts$|rehearsal\/cloudfront\.ts$/;

/** The strings and templates in what `found` finds in the sources, with a number in the place of each value. */
function textsInSource(found: RegExp): string[] {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !writesLog.test(file),
  );
  return (
    files
      .flatMap((file) => [...readFileSync(join('lib', file), 'utf8').matchAll(found)])
      .flatMap(([code]) => [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)+)`/g)])
      .map(([, plain, template]) => plain ?? template?.replace(/\$\{[^}]*\}/g, '7') ?? '')
      .map((text) => text.replace(/\\(.)/g, '$1').trimStart())
      // Part of a text, a value or the name of an option alone, or a command to copy.
      .filter(
        (text) =>
          !text.includes('${') &&
          /[a-z]{2}/.test(text.replace(/--\w+/, '')) &&
          !/^(?:\S*|(?:aws|npx|admin:) .*)$/.test(text),
      )
  );
}

it.each([
  ['of a command', /\b(?:print|progress)\(\s*(?:'[^'\\\n]+'|`[^`]+`)/g, 15],
  [
    'that refuses what was asked for',
    /\b(?:new UserError|(?<!\.)refuse|problems\.push(?=.*new UserError))\(.*?\);\n/gs,
    120,
  ],
  ['told on the way', /(?<!this\.)\bsay\((?!JSON).*?\);\n/gs, 70],
  [
    'said of a restore',
    /\bfunction (?:say[A-Z]\w*|faultsOf|filesStep)\(.*?\n\}\n|\bpassedOver\.push\(.*?\);\n|const warnings: string\[\] = \[\];\n {2}const problems.*?\n\}\n/gs,
    20,
  ],
  ['written by hand', /\bstderr\.write\(.*?\);\n/gs, 1],
  ['that asks yes or no', /\bconfirm\((?!\{).*?\)\)/gs, 4],
  ['that heads a step of a deploy', /\{ title: '[^']+',(?: when: \w+,)? run:/g, 7],
])('every text %s has a Japanese one', async (_of, found, least) => {
  const translate = await inJapanese();
  const texts = textsInSource(found);
  expect(texts.length).toBeGreaterThan(least);
  expect(texts.filter((text) => (translate(text) ?? answerInJapanese(text)) === undefined)).toEqual([]);
});

it('gives up at once on a long line of which it knows no part', async () => {
  const translate = await inJapanese();
  const line = Array.from({ length: 60 }, (_, index) => `part ${index} that nobody translated`).join('; ');
  expect(translate(line)).toBeUndefined();
  expect(answerInJapanese(line)).toBeUndefined();
});

it('says a line of a table, indented as it was, and a text that is known in both languages', async () => {
  const written: string[] = [];
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => written.push(String(text)) > 0);
  speakBy(await inJapanese());
  print('   created 12');
  const said = inReaders({ en: 'keys', ja: '鍵' });
  write.mockRestore();
  speakBy(undefined);
  expect(written).toEqual(['   作成 12\n']);
  expect([said, inReaders({ en: 'keys', ja: '鍵' })]).toEqual(['鍵', 'keys']);
});

it.each([20, 40, 80])('a line is wrapped at %d columns, below its own text, and loses nothing', (width) => {
  const lines = [
    '   WAITS  for 1 AWS::EC2::NatGateway, 5 to 60 minutes: a regional gateway spreads to each zone',
    'ok    キーはすべてローテーションされています。次の期間は来週の日曜日です。',
  ];
  for (const line of lines) {
    const parts = wrapped(line, width);
    expect(parts.length).toBeGreaterThan(width === 80 ? 0 : 1);
    expect(parts.filter((part) => widthOf(part) > width && /\S\s+\S/.test(part.trim()))).toEqual([]);
    expect(parts.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
    const [label = ''] = /^\s*\S+ {2,}/.exec(line) ?? [];
    for (const part of parts.slice(1)) expect(part.startsWith(' '.repeat(label.length))).toBe(true);
  }
  const command = `      $ aws service-quotas ${'x'.repeat(100)}`;
  expect(wrapped(command, width)).toEqual([command]);
});
