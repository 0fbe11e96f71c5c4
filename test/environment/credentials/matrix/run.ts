import { SecretsService } from '../support/secrets-service.ts';
import { startMariadb, startMoto, startPostgres } from '../support/servers.ts';
import { asTable, runMatrix } from './matrix.ts';
import { rows } from './rows.ts';

/** `npm run rotation:matrix`: prints what becomes of each fault; exits with 1 when a row does not hold. */
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = wanted.length === 0 ? rows : rows.filter((row) => wanted.some((id) => row.id.includes(id)));

const moto = await startMoto();
const servers = await Promise.all([startPostgres(), startMariadb()]);
try {
  const results = await runMatrix(
    servers,
    new SecretsService(moto.endpoint),
    chosen,
    (row, cell, milliseconds) => {
      const state = cell.problems.length === 0 ? 'ok' : cell.problems.join('; ');
      console.error(`${row.id} (${cell.engine}, ${cell.scheme}) ${milliseconds} ms: ${state}`);
    },
  );
  const failed = results.flatMap(({ row, cells }) =>
    cells.flatMap((cell) =>
      cell.problems.map((problem) => `${row.id} (${cell.engine}, ${cell.scheme}): ${problem}`),
    ),
  );
  if (process.argv.includes('--json')) {
    const plain = results.map(({ row, cells }) => ({
      id: row.id,
      fault: row.fault,
      error: row.error ?? null,
      cells,
    }));
    console.log(JSON.stringify(plain, null, 2));
  } else {
    console.log(asTable(results));
    const cells = results.flatMap((result) => result.cells);
    console.log(`\n${results.length} faults, ${cells.length} cases, ${failed.length} problems`);
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  await Promise.all([...servers.map((server) => server.stop()), moto.stop()]);
}
