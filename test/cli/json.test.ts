import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secureShopProgram } from '../../lib/program.ts';
import { LoopbackAws } from '../environment/admin/support/aws.ts';
import { newOperator } from '../environment/admin/support/shop.ts';
import { AwsStub } from '../environment/patching/support/aws-stub.ts';
import { program as findProgram } from '../support/programs.ts';
import { exampleAssembly } from '../support/synthesize.ts';
import { called } from './support/called.ts';

const program = secureShopProgram((code) => {
  throw new Error(`exit ${code}`);
});

/** Every command that has the option, by the words that call it. */
function withJson(parent: Command, path: readonly string[] = []): string[] {
  return parent.commands.flatMap((command) => {
    const here = [...path, command.name()];
    const has = command.options.some(({ long }) => long === '--json');
    return [...(has ? [here.join(' ')] : []), ...withJson(command, here)];
  });
}

const moto = findProgram('moto_server');
const chromium = findProgram('chromium');
const install = [moto, chromium].map((each) => each.install).join('; ');

describe.skipIf(moto.missing || chromium.missing)(`every command with --json (needs ${install})`, () => {
  let aws: LoopbackAws;
  /** Those of moto have no runs. */
  let pipelines: AwsStub;
  let folder: string;
  let own: string;
  const page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<script>var a = 1;</script>');
  });
  const example = 'examples/eccube-standard.ts';
  const file = (name: string) => join(folder, name);
  const address = () => `http://127.0.0.1:${(page.address() as AddressInfo).port}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-json-'));
    page.listen(0, '127.0.0.1');
    [aws, pipelines] = await Promise.all([
      LoopbackAws.start(moto.path ?? ''),
      AwsStub.start({ ListPipelineExecutions: () => ({ pipelineExecutionSummaries: [] }) }),
      once(page, 'listening'),
    ]);
    vi.stubEnv('AWS_ENDPOINT_URL_CODEPIPELINE', pipelines.configuration.endpoint);
    const { shop, environment } = await newOperator();
    own = file('shop.json');
    const config = {
      name: shop.name,
      platform: { preset: 'woocommerce' },
      payment: { provider: 'stripe' },
      environments: {
        production: {
          account: environment.account,
          region: environment.region,
          domain: environment.domain,
          hostedZone: environment.hostedZone,
          alarms: environment.alarms,
          admin: { people: environment.admin.people },
          mail: 'none',
        },
      },
    };
    writeFileSync(own, JSON.stringify(config));
    const learned = file('page.json');
    await called(['scripts', 'learn', '-c', own, '--url', address(), '--visit', '/', '--output', learned]);
    const { scripts, ...rest } = JSON.parse(readFileSync(learned, 'utf8'));
    const reasoned = scripts.map((script: object) => ({ ...script, reason: 'Counts the visitors.' }));
    const payment = { ...config.payment, ...rest, scripts: reasoned };
    writeFileSync(own, JSON.stringify({ ...config, payment }));
    const made = await called(['vpn', 'init', '-c', own]);
    expect(made.code, made.said).toBe(0);
    const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
    writeFileSync(file('topic.json'), JSON.stringify(template));
  });
  afterAll(async () => {
    page.close();
    page.closeAllConnections();
    vi.unstubAllEnvs();
    await Promise.all([aws.stop(), pipelines.stop()]);
    rmSync(folder, { recursive: true });
  });

  const answers = ['environment', 'ready', 'problem', 'look', 'hidden', 'answers'];
  /** How each is called, and the fields of its document; of a list, those of its first entry, if it has any. */
  const documents: Readonly<
    Record<string, readonly [words: () => readonly string[], fields: readonly string[]]>
  > = {
    review: [
      () => ['--template', file('topic.json'), '--out', file('report')],
      ['title', 'source', 'generated', 'packs', 'notices', 'invariants', 'rows', 'facts', 'undecided'],
    ],
    // Credentials of another account: what is asked first is all there is.
    preflight: [() => ['-c', example, '-e', 'production'], answers],
    status: [() => ['-c', example, '-e', 'production'], answers],
    plan: [
      () => ['--assembly', exampleAssembly(example), '--from', 'nothing'],
      ['deployable', 'says', 'stacks'],
    ],
    cost: [() => ['--assembly', exampleAssembly(example)], ['environments', 'comparisons']],
    rehearse: [
      () => ['-c', own, '--dry-run'],
      ['environment', 'of', 'steps', 'minutes', 'usd', 'usdPerHour'],
    ],
    try: [
      () => ['https://shop.example.jp/', '--assembly', exampleAssembly(example)],
      ['url', 'verdict', 'status', 'by', 'limits', 'cache'],
    ],
    rotate: [() => ['-c', own, '--status'], ['name', 'ageDays', 'nextWindow', 'outcome', 'warnings']],
    patch: [
      () => ['-c', own, '--status'],
      ['running', 'ageDays', 'findings', 'scanned', 'lastRun', 'nextRun', 'attention'],
    ],
    'vpn list': [() => ['-c', own], ['certificates', 'revocationListUntil', 'authorityUntil', 'warnings']],
    'scripts check': [() => ['-c', own, '--url', address()], ['severity', 'what']],
  };

  it('is called here', () => {
    // The backups of moto cannot be listed: restore.test.ts.
    expect([...Object.keys(documents), 'restore'].sort()).toEqual(withJson(program).sort());
  });

  it.each(Object.entries(documents))(
    '%s prints one document, with all its fields, and everything else beside it',
    async (name, [words, fields]) => {
      const { code, out, said } = await called([...name.split(' '), ...words(), '--json']);
      expect([0, 1], said).toContain(code);
      const document = JSON.parse(out);
      const [entry] = Array.isArray(document) ? document : [document];
      if (entry !== undefined) expect(Object.keys(entry)).toEqual(expect.arrayContaining([...fields]));
    },
  );

  it('of one of these that has nothing to print says so', async () => {
    const { code, out, said } = await called(['rotate', 'database', '--json', '-c', own]);
    expect(said).toBe('--json goes with --status only\n');
    expect([code, out]).toEqual([2, '']);
    for (const words of [['patch'], ['patch', 'now']])
      expect((await called([...words, '--json', '-c', own])).said).toMatch(
        /^--json goes with --status only$/m,
      );
  });
});
