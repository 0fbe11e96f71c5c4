import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { tryCommand } from '../../../lib/review/rehearsal/command.ts';
import { shopWith, synthesizeAssembly } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'secure-shop-try-'));
const assembly = synthesizeAssembly(shopWith({ preset: 'woocommerce' })).directory;

afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(assembly, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<string> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  await tryCommand().parseAsync(args, { from: 'user' });
  return output;
}

async function problemsOf(...args: string[]): Promise<readonly string[]> {
  return run(...args).then(
    () => [],
    (error) => {
      if (error instanceof UserError) return error.problems;
      throw error;
    },
  );
}

describe('secure-shop try', () => {
  it('explains each station of one request, and who decided', async () => {
    const output = await run('https://shop.example.jp/wp-admin/', '--assembly', assembly);
    expect(output).toBe(
      [
        'https://shop.example.jp/wp-admin/',
        '  edge web ACL  rule "admin-paths" blocks: 403',
        '  => block 403, by edge web ACL, rule "admin-paths"',
        '',
      ].join('\n'),
    );
  });

  it('prints one verdict a line for many requests, in their order', async () => {
    const requests = [
      { url: 'https://shop.example.jp/%77p-admin/' },
      { url: '/', headers: { 'X-Original-URL': '/wp-admin' } },
      { url: 'https://admin.shop.example.jp:8443/wp-admin/', from: 'vpn' },
      { url: 'https://admin.shop.example.jp:8443/wp-admin/' },
      { url: 'http://shop.example.jp/cart', method: 'HEAD' },
    ];
    const file = join(folder, 'requests.jsonl');
    writeFileSync(file, requests.map((request) => JSON.stringify(request)).join('\n'));
    const verdicts = (await run('--file', file, '--json', '--assembly', assembly))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(verdicts.map(({ url }) => url)).toEqual(requests.map(({ url }) => url));
    expect(verdicts.map(({ verdict, status }) => [verdict, status])).toEqual([
      ['block', 403],
      ['block', 403],
      ['allow', null],
      ['unreachable', null],
      ['allow', 301],
    ]);
    for (const verdict of verdicts)
      expect(Object.keys(verdict)).toEqual(['url', 'verdict', 'status', 'by', 'limits', 'cache']);
  });

  it('takes method, headers and origin for one request', async () => {
    const options = ['--json', '--assembly', assembly];
    const verdictOf = async (...args: string[]) => JSON.parse(await run(...args, ...options)).verdict;
    expect(await verdictOf('/cart', '--method', 'TRACE')).toBe('block');
    expect(await verdictOf('/cart', '--header', 'Accept: */*', '--header', 'X-Rewrite-URL: /wp-admin')).toBe(
      'block',
    );
    expect(await verdictOf('https://admin.shop.example.jp:8443/', '--from', 'vpn')).toBe('allow');
  });

  it('shows control characters of a URL instead of sending them to the terminal', async () => {
    const output = await run('https://shop.example.jp/\u001b[2Jx', '--assembly', assembly);
    expect(output.split('\n')[0]).toBe('https://shop.example.jp/\\x1b[2Jx');
  });

  it('refuses a file whose bytes are not UTF-8, by line', async () => {
    const file = join(folder, 'latin.jsonl');
    writeFileSync(file, Buffer.from('{"url": "/cart"}\n{"url": "/\xe9"}\n', 'latin1'));
    expect(await problemsOf('--file', file)).toEqual([`${file}:2: not UTF-8, which JSON must be`]);
  });

  it('says everything that is wrong with its input, without a stack trace', async () => {
    const file = join(folder, 'bad.jsonl');
    writeFileSync(file, 'x\n{"url": 7}\n');
    expect(await problemsOf('--file', file)).toEqual([
      `${file}:1: not JSON: write one object such as {"url": "https://shop.example.jp/cart"}`,
      `${file}:2: url: write the URL as text`,
    ]);
    expect(await problemsOf()).toEqual(['Write either one URL to try, or --file with many.']);
    expect(await problemsOf('/cart', '--file', file)).toHaveLength(1);
    expect(await problemsOf('ftp://shop.example.jp')).toHaveLength(1);
    expect(await problemsOf('/cart', '--header', 'no colon')).toEqual([
      '--header "no colon": write "Name: value", such as "Host: shop.example.jp"',
    ]);
    expect(await problemsOf('--file', join(folder, 'none'))).toEqual([
      `${join(folder, 'none')}: cannot be read (ENOENT)`,
    ]);
    expect(await problemsOf('/cart', '--assembly', folder)).toEqual([
      `${folder}: holds no manifest.json, so it is no cloud assembly; run "cdk synth" first`,
    ]);
    expect(await problemsOf('/cart', '--assembly', assembly, '--environment', 'test')).toEqual([
      `no environment "test" in ${assembly}; it has app`,
    ]);
  });
});
