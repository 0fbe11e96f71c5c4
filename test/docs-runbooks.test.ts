import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rules } from '../lib/checks/rules/index.ts';
import { families, familyNames } from '../lib/environment/notices/findings/families.ts';
import { exampleFiles, synthesizedExample } from './support/synthesize.ts';

const folder = 'docs/runbooks';
/** What a person without training follows on the worst day; the other runbooks answer one alarm each. */
const incidents = [
  'suspected-leak',
  'lost-laptop',
  'ransom',
  'bad-deploy',
  'restore',
  'person-leaves',
  'card-brand-inquiry',
  'tampered-page',
];
const languages = [
  { ending: '.md', mark: 'needs AWS' },
  { ending: '.ja.md', mark: 'AWS が必要' },
];

/** Commands that run without AWS, with the test that runs what each does. */
const offline: Readonly<Record<string, { readonly test: string; readonly runs: string }>> = {
  review: { test: 'test/review/report/command.test.ts', runs: 'parseAsync(args' },
  'scripts check': { test: 'test/environment/payment-page/watch.test.ts', runs: 'observe(' },
  'scripts learn': { test: 'test/environment/payment-page/watch.test.ts', runs: 'inventoryOf(' },
};

/** Each command, with what stands behind it until the end of its sentence. */
function commandsOf(text: string): { readonly command: string; readonly about: string }[] {
  const joined = text.replaceAll(/\n {3}(?=\S)/g, (_, at: number) => (isCode(text, at) ? '\n   ' : ' '));
  const found = /(npx --no-install secure-shop|npx cdk|(?<=^ *|`)aws) ([^`#\n]*)(?=(`?[^\n]{0,90}))/gm;
  return [...joined.matchAll(found)].map(([, program = '', command = '', about = '']) => ({
    command: program.endsWith('secure-shop') ? command.trim() : `${program} ${command.trim()}`,
    // What is said of the next one says nothing of this one.
    about: about.split('npx ')[0] ?? '',
  }));
}

function isCode(text: string, at: number): boolean {
  return (text.slice(0, at).match(/```/g)?.length ?? 0) % 2 === 1;
}

function unmarked(text: string, mark: string): string[] {
  return commandsOf(text)
    .filter(({ command, about }) => {
      const [first = '', second = ''] = command.split(' ');
      return !(first in offline) && !(`${first} ${second}` in offline) && !about.includes(mark);
    })
    .map(({ command }) => command);
}

it('sees a command that is neither run by a test nor marked', () => {
  const text =
    'Type `npx --no-install secure-shop status` (needs AWS), then `npx --no-install secure-shop plan`.';
  expect(unmarked(text, 'needs AWS')).toEqual(['plan']);
  expect(unmarked('```sh\naws s3 ls  # needs AWS\naws sts x\n```', 'needs AWS')).toEqual(['aws sts x']);
});

it.each(incidents)(
  '%s: each command is run by a test or marked as needing AWS, in both languages',
  (name) => {
    const [english = [], japanese = []] = languages.map(({ ending, mark }) => {
      const text = readFileSync(join(folder, `${name}${ending}`), 'utf8');
      expect(unmarked(text, mark)).toEqual([]);
      return commandsOf(text).map(({ command }) => command);
    });
    expect(english.length).toBeGreaterThan(1);
    expect([...japanese].sort()).toEqual([...english].sort());
  },
);

it('the tests that run a command without AWS do run it', () => {
  for (const [command, { test, runs }] of Object.entries(offline))
    expect([command, readFileSync(test, 'utf8').includes(runs)]).toEqual([command, true]);
});

it.each(languages)('the index leads to every runbook, and every incident to it ($ending)', ({ ending }) => {
  const index = readFileSync(join(folder, `README${ending}`), 'utf8');
  const pages = readdirSync(folder).filter((file) =>
    ending === '.md' ? !file.endsWith('.ja.md') : file.endsWith(ending),
  );
  const own = (file: string) => file === `README${ending}`;
  expect(pages.filter((file) => !own(file) && !index.includes(`](${file})`))).toEqual([]);
  for (const name of incidents) {
    expect(pages).toContain(`${name}${ending}`);
    const text = readFileSync(join(folder, `${name}${ending}`), 'utf8');
    expect([name, text.includes(`](README${ending}#`)]).toEqual([name, true]);
  }
});

/** What a page says that the screen shows. */
function shownIn(text: string): string[] {
  const table = [...text.matchAll(/^\| (`[^|]+`[^|]*) \|/gm)].flatMap(([, cell = '']) => [
    ...cell.matchAll(/`([^`]+)`/g),
  ]);
  const ends = [...text.matchAll(/(?:ends with|最後に) "?(?:NAME|\w+: )?([a-z][\w ]+)/g)];
  return [...table, ...ends].map(([, words = '']) => words.trim());
}

it('what the index and the incidents say that a command shows, one shows', () => {
  const code = ['lib/cli', 'lib/environment']
    .flatMap((below) =>
      readdirSync(below, { recursive: true, encoding: 'utf8' }).map((file) => join(below, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join();
  const isShown = (words: string) =>
    words.split(/…|shop\.config\.ts: |(?<=the VPN is) /).every((part) => code.includes(part.trim()));
  expect(isShown('found no AWS credentals')).toBe(false);
  const said = ['README', ...incidents].flatMap((name) =>
    languages.flatMap(({ ending }) => shownIn(readFileSync(join(folder, `${name}${ending}`), 'utf8'))),
  );
  expect(said.length).toBeGreaterThan(12);
  expect(said.filter((words) => !isShown(words))).toEqual([]);
});

it('the legal clock is the same wherever it is told', () => {
  for (const name of ['suspected-leak', 'tampered-page']) {
    const [english = '', japanese = ''] = languages.map(({ ending }) =>
      readFileSync(join(folder, `${name}${ending}`), 'utf8'),
    );
    for (const text of [english, japanese]) expect(text).toMatch(/30/);
    for (const text of [english, japanese]) expect(text).toMatch(/60/);
    expect(english).toMatch(/3 to 5 days/);
    expect(japanese).toMatch(/3〜5 日/);
  }
});

it('the rule for customers’ data names checks that exist, the same ones in both languages', () => {
  const known = new Set(rules.map(({ id }) => id));
  const named = ['docs/customer-data-rule.md', 'docs/customer-data-rule.ja.md'].map((file) => [
    ...new Set(readFileSync(file, 'utf8').match(/SecureShop-[A-Z]+\d\[\w+\]/g)),
  ]);
  expect(named[0]?.length).toBeGreaterThan(15);
  expect(named[0]?.filter((id) => !known.has(id))).toEqual([]);
  expect(named[1]).toEqual(named[0]);
});

it('every sentence of the rule says who enforces it', () => {
  for (const [file, firm] of [
    ['docs/customer-data-rule.md', /\byou\b/],
    ['docs/customer-data-rule.ja.md', /会社/],
  ] as const) {
    const rows = [...readFileSync(file, 'utf8').matchAll(/^\| \d+ \| [^|]+ \| ([^|]+) \|$/gm)];
    expect(rows.length).toBe(16);
    for (const [row, enforced = ''] of rows)
      expect([row, firm.test(enforced) || enforced.includes('SecureShop-')]).toEqual([row, true]);
  }
});

const pageOf = (name: string, ending: string) => readFileSync(join(folder, `${name}${ending}`), 'utf8');

const resources = () =>
  exampleFiles
    .flatMap(synthesizedExample)
    .flatMap((environment) => Object.entries(environment.resources))
    .map(([path, resource]) => ({ id: path.split('/').at(-1) ?? '', ...resource }));

it('each alarm leads to a runbook that says its name, as the subject of the mail has it', () => {
  const alarms = resources().filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  expect(alarms.length).toBeGreaterThan(50);
  const lost = alarms.flatMap(({ id, Properties }) => {
    const named = [...String(Properties.AlarmDescription).matchAll(/docs\/runbooks\/([\w-]+)\.md/g)].at(-1);
    return languages
      .filter(({ ending }) => {
        if (named?.[1] === undefined) return true;
        const words = pageOf(named[1], ending).matchAll(/`([A-Z][a-z]\w+)`/g);
        return ![...words].some(([, word = '-']) => id.includes(word));
      })
      .map(({ ending }) => `${id}: ${named?.[1]}${ending}`);
  });
  expect([...new Set(lost)]).toEqual([]);
});

it('no event reaches a person without words, and without what to do', () => {
  const told = resources()
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .flatMap(({ id, Properties }) =>
      (Properties.Targets as Record<string, unknown>[])
        .filter(({ Arn }) => /topic/i.test(JSON.stringify(Arn)))
        .map((target) => ({ id, words: JSON.stringify(target.InputTransformer ?? '') })),
    );
  expect(told.length).toBeGreaterThan(10);
  const mute = told.filter(({ words }) => !/docs\/[\w/-]+\.md|secure-shop \w+/.test(words));
  expect([...new Set(mute.map(({ id }) => id))]).toEqual([]);
});

it('each finding leads to a runbook with its sentence, or to the first hour', () => {
  for (const family of familyNames) {
    const { runbook, words } = families[family];
    for (const [ending, { what }] of [
      ['.md', words.en],
      ['.ja.md', words.ja],
    ] as const)
      if (runbook !== 'suspected-leak')
        expect([family, pageOf(runbook, ending).includes(what)]).toEqual([family, true]);
  }
});
