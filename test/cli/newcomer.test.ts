import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secureShopProgram } from '../../lib/program.ts';
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
afterAll(() => rmSync(folder, { recursive: true }));

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
    const { code, said } = await called([...name.split(' '), ...argumentsOf(name), ...ofExample]);
    expect(said).toMatch(says);
    expect(said).not.toMatch(/^ {4}at /m);
    expect(code).toBe(2);
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

it('a command whose reader goes away ends quietly', () => {
  const piped = 'node bin/secure-shop.mjs completion bash | head -1';
  const { stdout, stderr } = spawnSync('bash', ['-c', piped], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('# secure-shop completion bash\n');
});
