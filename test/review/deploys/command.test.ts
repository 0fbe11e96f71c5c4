import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../lib/cli/user-error.ts';
import { planCommand } from '../../../lib/review/deploys/command.ts';
import { exampleAssembly } from '../../support/synthesize.ts';

const starter = exampleAssembly('examples/woocommerce-starter.ts');
const other = exampleAssembly('examples/eccube-standard.ts');

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const folder = mkdtempSync(join(tmpdir(), 'secure-shop-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The starter's assembly as it was when it had one bucket more, that is deleted when it goes. */
function withOneBucketMore(): string {
  cpSync(starter, folder, { recursive: true, filter: (file) => !file.includes('asset.') });
  const file = join(folder, 'assembly-production', dataTemplate());
  const template = JSON.parse(readFileSync(file, 'utf8'));
  template.Resources.OldPictures = { Type: 'AWS::S3::Bucket' };
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

function dataTemplate(): string {
  const manifest = JSON.parse(readFileSync(join(starter, 'assembly-production', 'manifest.json'), 'utf8'));
  const stacks = Object.values<{ properties: { stackName?: string; templateFile: string } }>(
    manifest.artifacts,
  );
  const data = stacks.find(({ properties }) => properties?.stackName?.endsWith('-data'));
  return data?.properties.templateFile ?? '';
}

async function run(...args: string[]): Promise<{ output: string; code: number | string }> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  await planCommand().parseAsync(args, { from: 'user' });
  return { output, code: process.exitCode ?? 0 };
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

describe('secure-shop plan', () => {
  it('tells stack by stack, in the order in which they are deployed, what a first deploy creates', async () => {
    const { output } = await run('--assembly', starter, '--from', 'nothing');
    const stacks = output.split('\n').filter((line) => /^\d+\. /.test(line));
    expect(stacks[0]).toMatch(
      /^1\. mizu-ceramics-production-vault \(ap-northeast-1\): created, about \d+ minutes?$/,
    );
    expect(stacks.length).toBeGreaterThan(9);
    expect(output).toMatch(/refused: \d+, data lost: 0/);
  });

  it('finds nothing to do from a shop to itself', async () => {
    const { output, code } = await run('--assembly', starter, '--from', starter);
    expect(output.match(/unchanged/g)?.length).toBe(output.match(/^\d+\. /gm)?.length);
    expect({ end: output.trimEnd().split('\n').at(-1), code }).toEqual({
      end: 'Nothing refuses this.',
      code: 0,
    });
  });

  it('prints the plan as JSON, with the verdict', async () => {
    const { output } = await run('--assembly', starter, '--from', starter, '--json');
    expect(JSON.parse(output)).toMatchObject({
      deployable: true,
      refused: 0,
      lost: 0,
      stacks: expect.any(Array),
    });
  });

  it('lets a deploy fail at a resource, named by its construct path', async () => {
    const place = 'storefront/Shop/Service/Service';
    const { output } = await run('--assembly', starter, '--from', 'nothing', '--fail-at', place);
    expect(output).toContain('1. mizu-ceramics-production-storefront');
  });

  it('plans the deletion of what is deployed, the last first', async () => {
    const { output, code } = await run('--from', starter, '--remove');
    expect(output).toMatch(/^1\. mizu-ceramics-production-digest .*: deleted/);
    expect(code).toBe(1);
  });

  it('exits with 1 for losing data unless the loss is accepted', async () => {
    const lossy = ['--assembly', starter, '--from', withOneBucketMore()];
    expect((await run(...lossy)).code).toBe(1);
    process.exitCode = undefined;
    const accepted = await run(...lossy, '--accept', 'a rehearsal');
    expect(accepted.output).toContain('The loss of data is accepted: a rehearsal');
    expect(accepted.code).toBe(0);
  });

  it.each([
    [['--from', '/nowhere'], '/nowhere: no such folder'],
    [['--from', 'nothing', '--remove'], '--remove: with --from nothing there is nothing to remove'],
    [['--from', 'nothing', '--assembly', starter, '--accept', ' '], '--accept: write the reason'],
    [['--from', 'nothing', '--assembly', starter, '--fail-at', 'cellar'], 'no stack is called "cellar"'],
    [['--from', 'nothing', '--assembly', starter, '--fail-at', 'data/Nothing'], 'has no resource "Nothing"'],
    [
      ['--from', 'nothing', '--assembly', other, '--fail-at', 'data'],
      '"data" may be midori-tea-production-data or',
    ],
    [['--from', 'nothing', '--assembly', other, '-e', 'other'], 'no environment "other"'],
  ])('says what is wrong with %s', async (args, problem) => {
    expect((await problemsOf(...args)).join('\n')).toContain(problem);
  });
});
