import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPoint } from '../../support/every-point.ts';
import { asTable, cellsOf, enginesOf, type Result, runMatrix, sampleOn } from './matrix/matrix.ts';
import { rows } from './matrix/rows.ts';
import { needs, serversMissing } from './support/installed.ts';
import { SecretsService } from './support/secrets-service.ts';
import { SecretsStub } from './support/secrets-stub.ts';
import { type DatabaseServer, startMariadb, startPostgres } from './support/servers.ts';

it('docs/rotation.md counts the faults', () => {
  expect(readFileSync('docs/rotation.md', 'utf8')).toContain(`the table's ${rows.length} faults`);
});

describe.skipIf(serversMissing)(`every fault of a rotation heals${needs}`, () => {
  const service = new SecretsService(new SecretsStub().inProcess);
  let servers: DatabaseServer[] = [];
  const results: Result[] = [];

  beforeAll(async () => {
    servers = await Promise.all([startPostgres(), startMariadb()]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  it.each(rows.map((row) => [row.fault, row] as const))('%s', async (_, row) => {
    const schemes = everyPoint ? cellsOf : sampleOn(servers);
    const [result] = await runMatrix(servers, service, [row], undefined, schemes);
    if (result !== undefined) results.push(result);
    const problems = result?.cells.flatMap((cell) =>
      cell.problems.map((problem) => `${cell.engine}, ${cell.scheme}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  it('leaves out no fault', () => {
    const tried = results.filter(({ cells }) => cells.length > 0).map(({ row }) => row.id);
    const possible = rows.filter((row) => enginesOf(row, servers).length > 0);
    expect(tried).toEqual(possible.map(({ id }) => id));
    expect(possible.length).toBeGreaterThan(rows.length - 10);
  });

  it('keeps the table in docs/rotation.md', () => {
    expect(readFileSync('docs/rotation.md', 'utf8')).toContain(asTable(results));
  });

  it('tells the same of each fault in docs/rotation.ja.md, in the same order', () => {
    const judged = (file: string, head: string, words: Readonly<Record<string, string>>) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      const first = lines.findIndex((line) => line.startsWith(head)) + 2;
      const end = lines.indexOf('', first);
      return lines.slice(first, end).map((line) =>
        line
          .split('|')
          .slice(2, -1)
          .map((cell) => words[cell.trim()] ?? cell.trim()),
      );
    };
    const words = {
      なし: 'none',
      はい: 'yes',
      直した後: 'once mended',
      拒否し理由を言う: 'refused, says why',
    };
    const english = judged('docs/rotation.md', '| step: fault |', {});
    expect(judged('docs/rotation.ja.md', '| 段階: 故障 |', words)).toEqual(english);
    expect(english.length).toBeGreaterThan(100);
  });
});
