import { RotationError } from '../../../../lib/environment/credentials/rotation/errors.ts';
import type { SecretsService } from '../support/secrets-service.ts';
import type { DatabaseServer } from '../support/servers.ts';
import { everyScheme, type Row } from './row.ts';
import { rows } from './rows.ts';
import { type SchemeName, World } from './world.ts';

export interface Cell {
  readonly engine: string;
  readonly scheme: SchemeName;
  /** AWSCURRENT logs in right after the fault; undefined where the fault itself takes the login away. */
  readonly live: boolean | undefined;
  /** The same token heals; undefined where it is refused, and said so. */
  readonly retry: boolean | undefined;
  readonly renewed: boolean;
  /** The error names secret, step, stage and cause, and neither it nor a log holds a password. */
  readonly told: boolean;
  readonly problems: readonly string[];
}

export interface Result {
  readonly row: Row;
  readonly cells: readonly Cell[];
}

const everyEngine = ['postgres', 'mysql'] as const;

export function cellsOf(row: Row, engine: string): SchemeName[] {
  if (row.engines !== undefined && !row.engines.some((one) => one === engine)) return [];
  return everyScheme.filter((scheme) => row.schemes?.includes(scheme) ?? true);
}

const ofThisRun = Math.floor(Math.random() * 2);

/** Which engines a row can be tried on. */
export function enginesOf(row: Row, servers: readonly DatabaseServer[]): string[] {
  return servers
    .filter((server) => isPossible(row, server) && cellsOf(row, server.engine).length > 0)
    .map(({ engine }) => engine);
}

/**
 * One scheme of each row, on one engine, another one each time: all of them take minutes. Every row stands in every run;
 * of those that two engines have, each has every other one.
 */
export function sampleOn(servers: readonly DatabaseServer[]): typeof cellsOf {
  return (row, engine) => {
    const engines = enginesOf(row, servers);
    if (engines[(rows.indexOf(row) + ofThisRun) % engines.length] !== engine) return [];
    const all = cellsOf(row, engine);
    return all.slice(Math.floor(Math.random() * all.length)).slice(0, 1);
  };
}

/** One row on one server and scheme: strike, look, mend, try the same token; and once more with a new rotation. */
export async function runCell(
  row: Row,
  server: DatabaseServer,
  service: SecretsService,
  scheme: SchemeName,
): Promise<Cell> {
  const problems: string[] = [];
  const world = await World.create(server, service, scheme);
  await world.rotated();

  const first = await strike(row, world, problems);
  const retry = row.retryRefused ? undefined : await heals(world, () => world.all(first.token), problems);

  const second = await strike(row, world, problems);
  const renewed = await heals(world, () => world.rotated(), problems);

  const told = problems.length === 0 && (await nothingLeaked(world, problems));
  const live = row.liveAfterwards ? undefined : first.live && second.live;
  if (live === false) problems.push('AWSCURRENT did not log in right after the fault');
  return { engine: server.name, scheme, live, retry, renewed, told, problems };
}

async function strike(row: Row, world: World, problems: string[]): Promise<{ token: string; live: boolean }> {
  const token = await world.service.startRotation(world.secretId);
  let thrown: unknown;
  try {
    await row.strike(world, token);
  } catch (error) {
    thrown = error;
  }
  checkError(row, world, thrown, problems);
  const live = await world.live();
  await row.mend?.(world);
  return { token, live };
}

function checkError(row: Row, world: World, thrown: unknown, problems: string[]): void {
  if (row.error === undefined) {
    if (thrown !== undefined) problems.push(`failed: ${String(thrown)}`);
    return;
  }
  if (!(thrown instanceof RotationError)) {
    problems.push(`ended with ${String(thrown)} instead of the error ${row.error}`);
    return;
  }
  const { message } = thrown;
  if (thrown.category !== row.error)
    problems.push(`category ${thrown.category}, expected ${row.error}: ${message}`);
  if (!message.includes(world.secretName)) problems.push(`does not name the secret: ${message}`);
  if (!/(create|set|test|finish)Secret \(AWS[A-Z]+\)/.test(message))
    problems.push(`no step or stage: ${message}`);
}

async function heals(world: World, again: () => Promise<void>, problems: string[]): Promise<boolean> {
  try {
    await again();
    if (!(await world.live())) throw new Error('AWSCURRENT does not log in');
    const stages = Object.values(await world.service.stages(world.secretId)).flat();
    if (stages.includes('AWSPENDING')) throw new Error('AWSPENDING was left behind');
    return true;
  } catch (thrown) {
    problems.push(`not healed: ${String(thrown)}`);
    return false;
  }
}

/** No password of any version in what the function said or the server logged. */
async function nothingLeaked(world: World, problems: string[]): Promise<boolean> {
  const logs = [...world.said, ...world.warnings, world.server.logged()].join('\n');
  const shops = await world.service.everyText(world.secretId);
  const admins = await world.service.everyText(world.adminId);
  for (const text of [...shops, ...admins]) {
    const password = /"password":"([^"]+)"/.exec(text)?.[1];
    // Passwords a row itself wrote in plain SQL are not the function's.
    if (password === undefined || password.startsWith('initial-Password') || !logs.includes(password))
      continue;
    if ((world.scheme === 'admin' || admins.includes(text)) && writtenByTheRow(logs, password)) continue;
    problems.push('a password stands in a log');
    return false;
  }
  return true;
}

function writtenByTheRow(logs: string, password: string): boolean {
  return logs
    .split('\n')
    .filter((line) => line.includes(password))
    .every((line) =>
      /(ALTER|CREATE) (ROLE|USER) [`"]?(w\d+|rds_admin)[`"]?(@[`']%[`'])? (PASSWORD|IDENTIFIED BY)/.test(
        line,
      ),
    );
}

function isPossible(
  { mariadbOnly = false, versions: [first, last] = [0, newest] }: Row,
  server: DatabaseServer,
) {
  const { version = newest } = server;
  return first <= version && version <= last && !(mariadbOnly && server.name === 'MySQL');
}

const newest = Number.POSITIVE_INFINITY;

export async function runMatrix(
  servers: readonly DatabaseServer[],
  service: SecretsService,
  only: readonly Row[] = rows,
  progress: (row: Row, cell: Cell, milliseconds: number) => void = () => {},
  schemesOf: (row: Row, engine: string) => readonly SchemeName[] = cellsOf,
): Promise<Result[]> {
  const perServer = await Promise.all(
    servers.map(async (server) => {
      const cells = new Map<string, Cell[]>();
      for (const row of only) {
        const results: Cell[] = [];
        for (const scheme of isPossible(row, server) ? schemesOf(row, server.engine) : []) {
          const started = Date.now();
          const cell = await runCell(row, server, service, scheme);
          progress(row, cell, Date.now() - started);
          results.push(cell);
        }
        cells.set(row.id, results);
      }
      return cells;
    }),
  );
  return only.map((row) => ({ row, cells: perServer.flatMap((cells) => cells.get(row.id) ?? []) }));
}

/** The table as docs/rotation.md shows it. A cell lists what is true of every engine and scheme of its row. */
export function asTable(results: readonly Result[]): string {
  const mark = (values: readonly (boolean | undefined)[], absent: string) => {
    if (values.every((value) => value === undefined)) return absent;
    return values.every((value) => value !== false) ? 'yes' : '**no**';
  };
  const lines = results
    .filter(({ cells }) => cells.length > 0)
    .map(({ row, cells }) => {
      const schemes = [...new Set(everyEngine.flatMap((engine) => cellsOf(row, engine)))].join(', ');
      const live = mark(
        cells.map((cell) => cell.live),
        'once mended',
      );
      const retry = mark(
        cells.map((cell) => cell.retry),
        'refused, says why',
      );
      const renewed = mark(
        cells.map((cell) => cell.renewed),
        '-',
      );
      return `| ${row.fault} | ${schemes} | ${row.error ?? 'none'} | ${live} | ${retry} | ${renewed} |`;
    });
  return [
    '| step: fault | schemes | error | live | retry | new |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
