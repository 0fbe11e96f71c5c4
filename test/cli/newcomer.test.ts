import { type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secureShopProgram } from '../../lib/program.ts';
import { LoopbackAws } from '../environment/admin/support/aws.ts';
import { program as findProgram } from '../support/programs.ts';
import { called } from './support/called.ts';

/** Every command that can be called, by the words that call it. */
function leaves(parent: Command, path: readonly string[] = []): (readonly string[])[] {
  return parent.commands.flatMap((command) => {
    const here = [...path, command.name()];
    return command.commands.length > 0 ? leaves(command, here) : [here];
  });
}

const program = secureShopProgram((code) => {
  throw new Error(`exit ${code}`);
});
const all = leaves(program).map((path) => [path.join(' '), path] as const);
/** What a command needs besides the shop, so that it gets as far as its input or AWS. */
const more: Readonly<Record<string, readonly string[]>> = {
  rotate: ['database'],
  export: ['orders', '--for', 'midori', '--reason', 'stock-taking'],
  'vpn issue': ['midori'],
  'vpn revoke': ['hana'],
  deploy: ['--yes'],
  rehearse: ['--yes'],
  try: ['https://shop.example.jp/'],
  patch: ['--status'],
};
const commandAt = (path: readonly string[]) =>
  path.reduce<Command>((at, word) => at.commands.find((each) => each.name() === word) ?? at, program);
const argumentsOf = (name: string) => more[name] ?? [];
const ofExample = ['-c', 'examples/eccube-standard.ts', '-e', 'production'];
/** Commands that ask AWS only after they have made the templates, which takes its time, or never. */
const notAtOnce = ['init', 'review', 'plan', 'cost', 'deploy', 'try', 'patch', 'completion'];
/** The payment page is read by a browser, and not from AWS. */
const ofTheShop = ['scripts learn', 'scripts check'];
/** All others ask AWS at once: also a command that is added here later. */
const online = all.map(([name]) => name).filter((name) => ![...notAtOnce, ...ofTheShop].includes(name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-shop-newcomer-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('every command', () => {
  it('is among those that are tried here', () => {
    expect(all.map(([name]) => name)).toEqual(
      expect.arrayContaining([...online, 'init', 'review', 'plan', 'cost', 'deploy', 'completion']),
    );
  });

  it.each(all)('%s --help says what it does and ends with 0', async (_, path) => {
    const { code, said } = await called([...path, '--help']);
    expect(code).toBe(0);
    expect(said).toMatch(/^Usage: secure-shop /);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no colours, whatever the terminal is
    expect(said).not.toMatch(/\u001b/);
  });

  it.each(all)('%s ends with 2 at a flag that it has not, and names it', async (_, path) => {
    const { code, said } = await called([...path, '--no-such-flag']);
    expect(code).toBe(2);
    expect(said).toContain("unknown option '--no-such-flag'");
  });

  it.each(all)('%s ends with 2 at words that it does not take, and counts them', async (name, path) => {
    const { code, out, said } = await called([...path, ...argumentsOf(name), 'one', 'two', 'three']);
    expect([code, out]).toEqual([2, '']);
    expect(said).toMatch(/error: too many arguments|value 'one' is invalid|unknown command 'one'/);
  });

  it.each(all)(
    '%s ends with 2 at a value that an option has not, and names those it has',
    async (_, path) => {
      const chosen = commandAt(path).options.filter(({ argChoices }) => argChoices);
      for (const { long, argChoices = [] } of chosen) {
        const { code, out, said } = await called([...path, `${long}`, 'no-such-value']);
        expect([code, out], long).toEqual([2, '']);
        expect(said).toContain(`Allowed choices are ${argChoices.join(', ')}`);
      }
    },
  );

  it.each(all)('%s --help fits into 80 columns, and ends with exit codes and examples', async (_, path) => {
    const { columns } = process.stdout;
    process.stdout.columns = 80;
    const { out } = await called([...path, '--help']);
    process.stdout.columns = columns;
    const lines = out.split('\n').filter((line) => !line.includes('secure-shop '));
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/\nExit code: 0[\s\S]*\nExamples:\n/);
  });

  const withConfig = all.filter(([, path]) => !['init', 'completion'].includes(path[0] ?? ''));
  it.each(withConfig)('%s ends with 2 when the shop file is not there, and says so', async (name, path) => {
    const missing = join(folder, 'none.ts');
    const { code, said } = await called([...path, ...argumentsOf(name), '-c', missing]);
    expect(code).toBe(2);
    expect(said).toContain('none.ts: there is no such file');
    expect(said).not.toMatch(/^ {4}at /m);
    expect(readdirSync(folder)).toEqual([]);
  });

  const withEnvironment = withConfig.filter(([name]) => name !== 'review');
  it.each(withEnvironment)('%s ends with 2 at an environment that the shop has not', async (name, path) => {
    const { code, said } = await called([
      ...path,
      ...argumentsOf(name),
      '-c',
      'examples/eccube-standard.ts',
      '-e',
      'prodution',
    ]);
    expect(code).toBe(2);
    expect(said).toMatch(/prodution.*production/);
  });
});

it.each([
  ['deploy', ['--accept', ' '], [/^--accept: write the reason/m, /^nobody can be asked here/m]],
  ['rehearse', ['--clean', '--keep'], [/^--clean goes with neither/m]],
  [
    'review',
    ['--out', 'package.json/r', '--packs', 'None', '--baseline', 'no.json', '--status', 'no1', 'no2'],
    [
      /^--out: nothing can be written into package\.json\/r \(ENOTDIR: /m,
      /^--packs: no pack is called "None"/m,
      /^no\.json: no such file/m,
      /^no1: no such file/m,
      /^no2: no such file/m,
    ],
  ],
  [
    'plan',
    ['--from', 'no', '--accept', ' '],
    [/^--accept: write the reason/m, /^--from no: no such folder/m],
  ],
  ['cost', ['--from', 'no', '--orders', 'x'], [/^--orders: found "x"/m, /^--from no: no such folder/m]],
  ['try', ['--file', 'no.jsonl'], [/^no\.jsonl: cannot be read/m]],
  [
    'scripts learn',
    ['--output', 'docs', '--browser', 'no'],
    [/^--output: docs cannot be written \(EISDIR: /m, /^--browser: found no file "no"/m],
  ],
  [
    'restore',
    ['--at', 'yesterday', '--what', 'all'],
    [/^--at: found "yesterday"/m, /^--what: found "all"; write one of/m],
  ],
  ['scripts check', ['--browser', 'no'], [/^--browser: found no file "no"/m]],
  ['status', ['--evidence', 'none/e.json'], [/^--evidence: none\/e\.json cannot be written \(ENOENT: /m]],
] as const)('%s without a terminal says all at once what it needs', async (name, words, says) => {
  const { code, out, said } = await called([...name.split(' '), ...words, '-c', join(folder, 'none.ts')]);
  for (const each of [...says, /none\.ts: there is no such file/]) expect(said).toMatch(each);
  expect([code, out]).toEqual([2, '']);
});

it.each([
  [
    'vpn issue',
    ['midoru', '--days', '900'],
    [/did you mean "midori"/, /^--days is 900: write a whole number/m],
  ],
  ['vpn revoke', [], [/^write either the person to revoke, or --all$/m]],
  ['restore', ['--region', 'mars'], [/^--region: found "mars"/m]],
] as const)('%s says what is wrong before it asks for credentials', async (name, words, says) => {
  const { code, said } = await called([...name.split(' '), ...words, ...ofExample]);
  for (const each of says) expect(said).toMatch(each);
  expect(said).not.toContain('credentials');
  expect(code).toBe(2);
});

/** What stands between a newcomer and AWS. */
const states: readonly [string, Record<string, string | undefined>, RegExp][] = [
  ['no credentials', {}, /^found no AWS credentials: sign in, or set AWS_PROFILE/m],
  ['a profile that does not exist', { AWS_PROFILE: 'mistyped' }, /mistyped/],
  [
    'no network',
    {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
    },
    /^cannot reach AWS \(ECONNREFUSED\)/m,
  ],
];

describe.each(states)('with %s', (_, environment, says) => {
  beforeAll(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_ENDPOINT_URL'])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterAll(() => vi.unstubAllEnvs());

  it.each(online)('%s says so, ends with 2, and shows no stack trace', async (name) => {
    const path = name.split(' ');
    const mayJson = commandAt(path).options.some(({ long }) => long === '--json');
    // Of rotate, that of the status only.
    const json = mayJson && name !== 'rotate' ? ['--json'] : [];
    const { code, out, said } = await called([...path, ...argumentsOf(name), ...json, ...ofExample]);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/^ {4}at /m);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('behind a proxy that answers with a page of its own', () => {
  const server = createServer((_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><body>Sign in to the hotel</body></html>');
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  it.each(online)('%s says that it was not AWS who answered', async (name) => {
    const { code, said } = await called([...name.split(' '), ...argumentsOf(name), ...ofExample]);
    expect(said).toMatch(/what answered is not AWS but a web page/);
    expect(code).toBe(2);
  });
});

const moto = findProgram('moto_server');
describe.skipIf(moto.missing)(`with credentials of another account (needs moto: ${moto.install})`, () => {
  let aws: LoopbackAws;
  beforeAll(async () => {
    aws = await LoopbackAws.start(moto.path ?? '');
  });
  afterAll(() => aws.stop());

  it.each(online)('%s says of which, touches nothing, and does not end with 0', async (name) => {
    aws.calls.length = 0;
    const { code, said } = await called([...name.split(' '), ...argumentsOf(name), ...ofExample]);
    expect(said).toContain('the credentials are of account 123456789012');
    expect(said).toContain('123456789012');
    expect(code).toBeGreaterThan(0);
    expect(aws.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  it.each(['preflight', 'status'])('%s --json writes JSON only, and its progress beside it', async (name) => {
    const { out, said } = await called([name, '--json', ...ofExample]);
    expect(JSON.parse(out)).toMatchObject({ environment: 'production', problem: 1 });
    expect(said.replace(out, '')).toMatch(/^Account \(1 of 1\) \.\.\.$/m);
  });
});

/** The program itself, with a folder of its own for what is temporary. */
function started(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  stdio: StdioOptions = 'pipe',
) {
  const temporary = mkdtempSync(join(folder, 'tmp-'));
  const child = spawn(process.execPath, ['bin/secure-shop.mjs', ...words], {
    env: { ...process.env, TMPDIR: temporary, ...environment },
    stdio,
  });
  let said = '';
  child.stdout?.on('data', (text) => {
    said += String(text);
  });
  child.stderr?.on('data', (text) => {
    said += String(text);
  });
  const ended = once(child, 'close').then(([code]) => Number(code));
  return { child, ended, temporary, said: () => said };
}

describe('Ctrl-C', () => {
  it('ends with 130 in the midst of the work, and leaves nothing behind', async () => {
    const report = join(folder, 'report');
    const { child, ended, temporary, said } = started(['review', '--out', report, ...ofExample.slice(0, 2)]);
    while (!said().includes('Reading what is to be reviewed')) await once(child.stderr ?? child, 'data');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(existsSync(report)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each([
    ['preflight', [], ''],
    [
      'deploy',
      ['--yes'],
      'Stopped. What was begun goes on in AWS, or stands; the same command goes on from here.',
    ],
  ] as const)('ends %s with 130 while AWS does not answer', async (name, more, says) => {
    const silent = createServer(() => {});
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const asked = once(silent, 'request');
    const { child, ended, temporary, said } = started([name, ...more, ...ofExample], {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    await asked;
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(said()).toContain(says);
    expect(readdirSync(temporary)).toEqual([]);
    silent.closeAllConnections();
    silent.close();
  });
});

it.each([['completion', 'bash'], ['status', '--help'], ['--version']])(
  'says that the disk of its output is full, and ends with 2: %s',
  async (...call) => {
    const full = openSync('/dev/full', 'w');
    const { child, ended, said } = started(call, {}, ['pipe', full, 'pipe']);
    child.on('close', () => closeSync(full));
    expect([await ended, said()]).toEqual([2, 'the output cannot be written (ENOSPC: the disk is full)\n']);
  },
);

it('a command whose reader goes away ends quietly', async () => {
  const { child, ended, said } = started(['completion', 'bash']);
  child.stdout?.destroy();
  expect([await ended, said()]).toEqual([0, '']);
});

const terminal = findProgram('script');
it.skipIf(terminal.missing)(
  `on a terminal, NO_COLOR keeps colours away, and Ctrl-C at a question ends with 130 (needs script: ${terminal.install})`,
  async () => {
    const output = join(folder, 'shop.config.ts');
    const call = `stty cols 80 rows 24; exec ${process.execPath} bin/secure-shop.mjs init -o ${output}`;
    const child = spawn(terminal.path ?? '', ['-qec', call, '/dev/null'], {
      env: { ...process.env, NO_COLOR: '1', TERM: 'xterm' },
    });
    let said = '';
    for await (const text of child.stdout) {
      said += String(text);
      if (/Who will look after the shop/.test(said) && !child.stdin.destroyed) child.stdin.end('\u0003');
    }
    expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(130);
    expect(said).toContain('Nothing was written.');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(said).not.toMatch(/\u001b\[(3|4|9|10)\dm/);
    expect(existsSync(output)).toBe(false);
  },
);

it('no command writes but by the one way, which knows language, width and what is no text', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/lambda|codebuild|canary/.test(file),
  );
  const writes = sources.filter((file) =>
    /console\.(log|error|warn|info)\(/.test(readFileSync(join('lib', file), 'utf8')),
  );
  expect(writes).toEqual(['environment/patching/build.ts']);
});
