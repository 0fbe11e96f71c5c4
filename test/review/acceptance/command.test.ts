import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { canonical, sha256 } from '../../../lib/review/account/evidence.ts';
import { called } from '../../cli/support/called.ts';
import { exampleAssembly } from '../../support/synthesize.ts';
import { production } from '../preflight/recorded.ts';

const example = resolve('examples/eccube-standard.ts');
// The templates of the double are those of the example under other names.
vi.mock('../../../lib/synthesize.ts', () => ({
  withSynthesizedShop: async (_: unknown, use: (app: unknown, folder: string) => unknown) =>
    use(undefined, exampleAssembly('examples/eccube-standard.ts')),
}));

const identityOf = (account: string) =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:iam::${account}:user/hana</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** As much of AWS as is asked before anything is made. */
class Doorstep {
  readonly asked: string[] = [];
  /** Runs before the second question for the account, which the first step of the rehearsal asks. */
  atFirstStep: (() => Promise<void>) | undefined;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      // By this an answer of AWS is known.
      response.setHeader('x-amzn-requestid', 'one');
      this.#answer(request).then(
        (answer) => response.end(answer),
        (error: unknown) => response.destroy(error as Error),
      );
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage): Promise<string> {
    if (request.url?.startsWith('/detector')) {
      this.asked.push('ListDetectors');
      return '{"detectorIds":[]}';
    }
    const [, action = `${request.method} ${request.url}`] = /Action=(\w+)/.exec(await text(request)) ?? [];
    const again = this.asked.includes(action);
    this.asked.push(action);
    if (again) await this.atFirstStep?.();
    return identityOf(again ? '999999999999' : production.account);
  }
}

describe('secure-shop rehearse', () => {
  let doorstep: Doorstep;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'secure-shop-rehearse-'));
    doorstep = new Doorstep();
    vi.stubEnv('AWS_ENDPOINT_URL', await doorstep.open());
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    doorstep.close();
    rmSync(folder, { recursive: true });
  });

  it('says all that is wrong at once', async () => {
    const evidence = join(folder, 'kept.json');
    writeFileSync(evidence, '{}');
    const { code, out, said } = await called(['rehearse', '-c', 'none.ts', '--evidence', evidence]);
    expect([code, out]).toEqual([2, '']);
    expect(said).toMatch(/^--evidence: \S+ exists and is not overwritten/m);
    expect(said).toMatch(/^nobody can be asked here: run it in a terminal, or pass --yes/m);
    expect(said).toMatch(/^none\.ts: there is no such file/m);
  });

  it.each([
    ['a folder that is not there', join('nowhere', 'e.json')],
    ['no name', ''],
  ])('refuses evidence in %s before the work of which it is the end', async (_, name) => {
    const { code, said } = await called(['rehearse', '--yes', '-c', example, '--evidence', name]);
    expect(said).toMatch(/^--evidence: .*cannot be written \(ENOENT: /m);
    expect(code).toBe(2);
  });

  it('refuses what costs more than the limit before anything is made', async () => {
    const { code, out, said } = await called([
      'rehearse',
      '--yes',
      '--number',
      '97',
      '--max-cost',
      '1',
      '-c',
      example,
      '-e',
      'production',
    ]);
    expect(said).toMatch(
      /^it would cost about \d+\.\d\d USD, more than the limit of 1\.00: pass --max-cost \d+$/m,
    );
    expect([code, out]).toEqual([2, '']);
    expect(doorstep.asked).toEqual(['GetCallerIdentity', 'ListDetectors']);
    expect(existsSync('secure-shop-rehearsal-97.json')).toBe(false);
  });

  it('ends with 130 at Ctrl-C, says what stands, and keeps JSON and evidence whole', async () => {
    const child = spawn(
      process.execPath,
      [
        resolve('bin/secure-shop.mjs'),
        ...['rehearse', '--yes', '--json', '--evidence', 'e.json', '--max-cost', '9999'],
        ...['-c', example, '-e', 'production'],
      ],
      { cwd: folder },
    );
    doorstep.asked.length = 0;
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    doorstep.atFirstStep = async () => {
      child.kill('SIGINT');
      while (!said.includes('Ends at the next wait')) await once(child.stderr, 'data');
    };
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(code, said).toBe(130);
    const outcome = JSON.parse(out);
    expect(outcome).toMatchObject({ environment: 'rehearsal-1', result: 'interrupted', usd: 0 });
    expect(outcome.rows.map(({ status }: { status: string }) => status)).not.toContain('done');
    const kept = JSON.parse(readFileSync(join(folder, 'e.json'), 'utf8'));
    expect(kept.evidence).toMatchObject({ format: 'secure-shop-rehearsal-1', ...outcome });
    expect(kept.sha256).toBe(sha256(canonical(kept.evidence)));
    // Nothing stood, so that nothing has to be remembered.
    expect(readdirSync(folder).filter((name) => name.startsWith('secure-shop-'))).toEqual([]);
  });
});
