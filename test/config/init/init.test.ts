import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { translatorOfReader } from '../../../lib/cli/language/index.ts';
import { speakBy } from '../../../lib/cli/output.ts';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { initCommand } from '../../../lib/config/init/command.ts';
import {
  contractPoints,
  recommend,
  type Situation,
  tradeOffs,
  ways,
} from '../../../lib/config/init/decision.ts';
import { flagOf, isAsked, questions } from '../../../lib/config/init/questions.ts';
import { problemWith, shopOf } from '../../../lib/config/init/shop-of-answers.ts';
import { situationQuestions } from '../../../lib/config/init/situation.ts';
import { askedInWords } from '../../../lib/config/init/words.ts';
import { loadShop } from '../../../lib/config/load.ts';
import { problemInJapanese } from '../../../lib/config/problems.ja.ts';
import { answerInJapanese } from '../../../lib/review/japanese/answers/index.ts';
import { synthesizeShop } from '../../support/synthesize.ts';

let folder: string;
let printed: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-shop-init-'));
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const situation = [
  '--keeper',
  'me',
  '--hours',
  '6',
  '--budget',
  '600',
  '--design',
  'own',
  '--data',
  'orders',
];
const answers = {
  name: 'hana-candles',
  payment: 'stripe',
  account: '111122223333',
  domain: 'shop.example.jp',
  hostedZoneName: 'example.jp',
  hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  alarmEmails: 'owner@example.jp, second@example.jp',
  adminName: 'hana',
  adminEmail: 'hana@example.jp',
};
const flags = (given: Readonly<Record<string, string>>) =>
  Object.entries(given).flatMap(([id, answer]) => [flagOf(id), answer]);
const config = () => join(folder, 'shop.config.ts');
const init = (...args: string[]) =>
  initCommand().parseAsync(['--output', config(), ...args], { from: 'user' });
const problemsOf = (...args: string[]) =>
  init(...args).then(
    () => [],
    (error) => (error as { problems?: string[] }).problems ?? [String(error)],
  );

describe('secure-shop init with flags only', () => {
  const custom = {
    preset: 'custom',
    engine: 'mysql',
    port: '3000',
    buildContext: join(packageRoot, 'examples/custom-shop'),
    adminPaths: '/backoffice, /staff',
  };
  it.each([
    ['woocommerce', { preset: 'woocommerce' }],
    ['ec-cube', { preset: 'ec-cube', mail: 'none', tier: 'standard' }],
    [
      'custom',
      { ...custom, mail: 'smtp', mailHost: 'smtp.mail.example.com', mailFrom: 'orders@shop.example.jp' },
    ],
  ])('%s: what is written loads', async (preset, more) => {
    await init(...flags({ ...answers, ...more }));
    const shop = await loadShop(config());
    expect(shop.platform.preset).toBe(preset);
    expect(shop.environments.production?.alarms.emails).toEqual(['owner@example.jp', 'second@example.jp']);
    if (preset === 'custom') {
      expect(shop.environments.production?.mail).toMatchObject({ host: 'smtp.mail.example.com' });
      expect(synthesizeShop(shop).map(({ name }) => name)).toEqual(['production']);
    }
  });

  it('each setting that it writes has its comment, and no line is longer than 110 columns', async () => {
    await init(
      ...flags({ ...answers, contractorName: 'agency-yui', contractorEmail: 'yui@agency.example.jp' }),
    );
    const text = readFileSync(config(), 'utf8');
    for (const name of ['name', 'preset', 'account', 'tier', 'domain', 'emails', 'mail']) {
      expect(text).toMatch(new RegExp(`// .+\\n +${name}: `));
    }
    expect(text).toContain('take this entry away when the contract ends');
    expect(text.split('\n').filter((line) => line.length > 110)).toEqual([]);
    const { production } = (await loadShop(config())).environments;
    expect(production?.admin.people.map(({ name }) => name)).toEqual(['hana', 'agency-yui']);
  });

  it('lists every wrong answer at once, and writes nothing', async () => {
    const wrong = {
      ...answers,
      name: 'AWS Shop',
      account: '12',
      adminEmail: 'nobody',
      region: 'mars-1',
      mail: 'pigeon',
    };
    const problems = await problemsOf(...flags(wrong));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      '--name',
      '--account',
      '--region',
      '--admin-email',
      '--mail',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lists what is wrong with the decision beside it', async () => {
    const problems = await problemsOf('--hours', 'many', ...flags({ ...answers, account: '12' }));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['--hours', '--account']);
  });

  it.each([
    ['', /--output: "" is no file; write one, such as shop\.config\.ts/],
    ['.', /--output: \. is no file/],
    ['shop.json', /--output: shop\.json cannot be a config; name a file that ends in \.ts/],
    [
      '/nonexistent/shop.ts',
      /--output: \/nonexistent\/shop\.ts cannot be written \(ENOENT: there is no such folder\)/,
    ],
    ['/proc/shop.ts', /--output: \/proc\/shop\.ts cannot be written \(E/],
  ])('an output like "%s" is refused in clear words', async (output, says) => {
    expect((await problemsOf(...flags(answers), '--output', output)).join('\n')).toMatch(says);
  });

  it('speaks and writes Japanese to whoever reads it', async () => {
    vi.stubEnv('LC_ALL', 'ja_JP.UTF-8');
    speakBy(
      await translatorOfReader(async () => (text) => problemInJapanese(text) ?? answerInJapanese(text)),
    );
    await init(...situation, ...flags(answers));
    const problems = await problemsOf('--output', join(folder, 'other.ts'), '--name', 'hana');
    const asked = [...situationQuestions, ...questions].map(askedInWords);
    speakBy(undefined);
    vi.unstubAllEnvs();
    const english = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;
    expect(printed.join('').replace(/npx .*/g, '')).not.toMatch(english);
    expect(printed.join('')).toMatch(/^ {2}docs\/first-deploy\.ja\.md$/m);
    expect(
      readFileSync(config(), 'utf8')
        .match(/(?<=\/\/ ).*/g)
        ?.join('\n'),
    ).not.toMatch(english);
    expect(problems.join('\n')).toMatch(/^--payment がありません：/m);
    expect([...problems, ...asked].filter((text) => english.test(text))).toEqual([]);
    expect(await loadShop(config())).toMatchObject({ name: 'hana-candles' });
  });

  it('names the flag of what two answers make wrong together', async () => {
    const [problem] = await problemsOf(...flags({ ...answers, hostedZoneName: 'elsewhere.example.com' }));
    expect(problem).toMatch(/^--(domain|hosted-zone-name): /);
  });

  it.each([
    ['--keeper', 'robot'],
    ['--hours', 'many'],
    ['--budget', '-1'],
    ['--design', 'nice'],
    ['--data', 'all'],
  ])('%s %s is refused', async (flag, answer) => {
    expect(await problemsOf(flag, answer, ...flags(answers))).toEqual([
      expect.stringMatching(new RegExp(`^${flag}: found .*; write `)),
    ]);
  });

  it('without a terminal and without flags, says which flags are missing', async () => {
    const problems = await problemsOf();
    expect(problems).toContainEqual(
      expect.stringMatching(/^--account is missing: .*, such as 111122223333$/),
    );
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      '--name',
      '--payment',
      '--account',
      '--domain',
      '--hosted-zone-id',
      '--alarm-emails',
      '--admin-name',
      '--admin-email',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never overwrites', async () => {
    writeFileSync(config(), 'mine');
    expect(await problemsOf(...flags(answers))).toEqual([
      expect.stringMatching(/exists and is not overwritten/),
    ]);
    expect(readFileSync(config(), 'utf8')).toBe('mine');
  });

  it('recommends and writes nothing when only the first questions are answered', async () => {
    process.stdout.columns = 80;
    await init(...situation);
    Reflect.deleteProperty(process.stdout, 'columns');
    expect(printed.join('')).toMatch(/^Recommended: a shop of your own\. You decide/);
    expect(
      printed
        .join('')
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
    expect(existsSync(config())).toBe(false);
  });
});

it('ends with exit code 2 and no stack trace on a pipe', () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(packageRoot, 'bin/secure-shop.mjs'), 'init'],
    {
      encoding: 'utf8',
      cwd: folder,
      input: '',
    },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^--name is missing: /);
  expect(stderr).not.toContain('    at ');
});

describe('a recommendation', () => {
  const able: Situation = { keeper: 'me', hours: 6, budget: 600, design: 'own', data: 'orders' };
  it.each<[Partial<Situation>, string]>([
    [{}, 'own'],
    [{ keeper: 'nobody' }, 'mall'],
    [{ hours: 0.5 }, 'mall'],
    [{ budget: 100 }, 'mall'],
    [{ hours: 2, design: 'standard' }, 'mall'],
    [{ hours: 2 }, 'outsourced'],
    [{ keeper: 'contractor', hours: 2 }, 'outsourced'],
    [{ keeper: 'contractor', hours: 2, design: 'standard' }, 'outsourced'],
  ])('%j: %s', (changed, way) => {
    expect(recommend({ ...able, ...changed }).way).toBe(way);
  });

  it('names the duty that comes with what would hurt, whichever way', () => {
    for (const keeper of ['me', 'contractor', 'nobody'] as const) {
      const said = recommend({ ...able, keeper, data: 'sensitive' }).reasons.map(({ en }) => en);
      expect(said.join(' ')).toContain('ask a lawyer');
    }
  });

  it.each(['en', 'ja'] as const)('docs/decide holds the same in %s', (language) => {
    const page = readFileSync(join(packageRoot, `docs/decide${language === 'ja' ? '.ja' : ''}.md`), 'utf8');
    for (const way of ways)
      for (const text of Object.values(tradeOffs[way])) expect(page).toContain(text[language]);
    for (const point of contractPoints) expect(page).toContain(point[language]);
  });
});

describe('while somebody types', () => {
  const question = (id: string) => {
    const found = questions.find((each) => each.id === id);
    if (!found) throw new Error(`no question ${id}`);
    return found;
  };

  it.each([
    ['name', 'Hana!', 'hana'],
    ['account', '1234', '111122223333'],
    ['domain', 'https://x', 'shop.example.jp'],
    ['hostedZoneId', 'abc', 'Z0123456789ABCDEFGHIJ'],
    ['alarmEmails', 'owner', 'owner@example.jp'],
    ['adminEmail', 'hana@', 'hana@example.jp'],
    ['region', 'tokyo', 'ap-northeast-1'],
    ['tier', 'huge', 'starter'],
  ])('%s %s is wrong, %s is not', (id, wrong, right) => {
    expect(problemWith(question(id), wrong, {})).toEqual(expect.any(String));
    expect(problemWith(question(id), right, {})).toBeUndefined();
  });

  it('asks what a container needs only for a container of one’s own', () => {
    const asked = (preset: string) =>
      questions.filter((each) => isAsked(each, { preset })).map(({ id }) => id);
    expect(asked('woocommerce')).not.toContain('port');
    expect(asked('custom')).toContain('port');
    expect(shopOf({ preset: 'woocommerce', port: '3000' })).toEqual({ platform: { preset: 'woocommerce' } });
  });
});
