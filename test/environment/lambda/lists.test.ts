import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';

const lib = join(packageRoot, 'lib');

/** What is asked for by name or number has one page. */
const asksForOne = /imageIds|ClientVpnEndpointIds|StackName|max(?:Results|Items): 1\b|\(place\b/i;

/** Every call in a source of a command that AWS answers in pages, without looking for the next one. */
async function unpaged(source: string): Promise<string[]> {
  const clients = [...source.matchAll(/from '(@aws-sdk\/client-[a-z0-9-]+)'/g)].flatMap(
    ([, name = '']) => name,
  );
  const known: Record<string, unknown> = Object.assign(
    {},
    ...(await Promise.all(clients.map((name) => import(name)))),
  );
  return [...source.matchAll(/new ([A-Z]\w+)Command\(/g)].flatMap(({ 1: name = '', index }) => {
    if (!(`paginate${name}` in known)) return [];
    const call = callAt(source, index);
    return /next_?token|marker/i.test(call) || asksForOne.test(call) ? [] : [name];
  });
}

function callAt(source: string, start: number): string {
  let depth = 0;
  for (let at = source.indexOf('(', start); at < source.length; at++) {
    if (source[at] === '(') depth++;
    if (source[at] === ')' && --depth === 0) return source.slice(start, at);
  }
  return source.slice(start);
}

describe('every list of AWS is read to its last page', () => {
  it('by every function, step and command', async () => {
    const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const found = await Promise.all(
      files.map(async (file) =>
        (await unpaged(readFileSync(join(lib, file), 'utf8'))).map((name) => `${file}: ${name}`),
      ),
    );
    expect(found.flat()).toEqual([]);
  });

  it.each([
    ['new ListSecretsCommand({ Filters: [] })', ['ListSecrets']],
    ['new ListSecretsCommand({ Filters: [], NextToken })', []],
    ["new DescribeSecretCommand({ SecretId: 'x' })", []],
  ])('which this test would notice: %s', async (call, missing) => {
    expect(
      await unpaged(`import { x } from '@aws-sdk/client-secrets-manager';\nawait send(${call})`),
    ).toEqual(missing);
  });
});
