import { SecretsService } from '../support/secrets-service.ts';
import { SecretsStub } from '../support/secrets-stub.ts';
import {
  type DatabaseServer,
  olderPostgres,
  startMariadb,
  startMysql,
  startPostgres,
} from '../support/servers.ts';
import { asTable, type Result, runMatrix } from './matrix.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

/**
 * `npm run rotation:matrix`: prints what becomes of each fault; exits with 1 when a row does not hold. Words choose rows
 * by their id; `--all` takes the older versions of PostgreSQL and a MySQL as well, `--on=14,MySQL` some of those alone.
 */
const some = process.argv.find((argument) => argument.startsWith('--on='))?.slice('--on='.length);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = wanted.length === 0 ? rows : rows.filter((row) => wanted.some((id) => row.id.includes(id)));

const secrets = await new SecretsStub().listen();
try {
  const service = new SecretsService(secrets);
  const results =
    some === undefined ? await onServers([() => startPostgres(), startMariadb], service, chosen) : [];
  const others = process.argv.includes('--all') || some !== undefined ? await onOthers(service) : [];
  report(results, others);
} finally {
  await secrets.stop();
}

/** What depends on the database, on other versions of it: two at a time. */
async function onOthers(service: SecretsService): Promise<Result[]> {
  const ofDatabase = chosen.filter(({ id }) => !id.startsWith('create-'));
  const starts = otherServers().filter(([name]) => some?.split(',').includes(name) ?? true);
  const results: Result[] = [];
  while (starts.length > 0) {
    const two = starts.splice(0, 2).map(([, start]) => start);
    results.push(...(await onServers(two, service, ofDatabase)));
  }
  return results;
}

type Start = [name: string, start: () => Promise<DatabaseServer>];

function otherServers(): Start[] {
  const { MYSQLD: mysqld } = process.env;
  if (mysqld === undefined) {
    console.error('MySQL: skipped; write MYSQLD=FILE, the mysqld of mysql-server-core of Debian unstable');
  }
  const older = olderPostgres.map((version): Start => [String(version), () => startPostgres(version)]);
  return mysqld === undefined ? older : [...older, ['MySQL', () => startMysql(mysqld)]];
}

async function onServers(
  starts: readonly (() => Promise<DatabaseServer>)[],
  service: SecretsService,
  only: readonly Row[],
): Promise<Result[]> {
  const servers = await Promise.all(starts.map((start) => start()));
  try {
    return await runMatrix(servers, service, only, (row, cell, milliseconds) => {
      const state = cell.problems.length === 0 ? 'ok' : cell.problems.join('; ');
      console.error(`${row.id} (${cell.engine}, ${cell.scheme}) ${milliseconds} ms: ${state}`);
    });
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function report(results: readonly Result[], others: readonly Result[]): void {
  const each = [...results, ...others];
  const failed = each.flatMap(({ row, cells }) =>
    cells.flatMap((cell) =>
      cell.problems.map((problem) => `${row.id} (${cell.engine}, ${cell.scheme}): ${problem}`),
    ),
  );
  if (process.argv.includes('--json')) {
    const plain = each.map(({ row: { id, fault, error = null }, cells }) => ({ id, fault, error, cells }));
    console.log(JSON.stringify(plain, null, 2));
  } else {
    if (results.length > 0) console.log(asTable(results));
    const cells = each.flatMap((result) => result.cells);
    console.log(`\n${chosen.length} faults, ${cells.length} cases, ${failed.length} problems`);
    for (const problem of failed) console.log(problem);
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}
