import { createServer, connect as openSocket, type Socket } from 'node:net';
import { CancelRotateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Session } from '../../../../lib/environment/credentials/rotation/database.ts';
import type { Engine } from '../../../../lib/environment/credentials/rotation/secret.ts';
import { freePort } from '../support/ports.ts';
import type { Fault, Point } from './faults.ts';
import type { Row } from './row.ts';
import type { World } from './world.ts';
export const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });

/** Throws when the condition is not met: a row that did not place its fault proves nothing. */
export function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(`the row is not what it says: ${what}`);
}

export async function upTo(world: World, token: string, steps: readonly string[]): Promise<void> {
  for (const step of steps) await world.step(token, step);
}

/** The last run before the fault succeeds in these steps. */
export const created = ['createSecret'];
export const set = [...created, 'setSecret'];
export const tested = [...set, 'testSecret'];

export function killed(step: string, before: readonly string[], fault: () => Fault): Row['strike'] {
  return async (world, token) => {
    await upTo(world, token, before);
    await world.step(token, step, fault());
  };
}

/** Text of AWSCURRENT, put back by `mend`. */
export const texts = new WeakMap<World, string>();

export async function spoilCurrent(
  world: World,
  spoil: (fields: Record<string, unknown>) => object | string | Uint8Array,
) {
  const fields = await world.service.fields(world.secretId);
  if (!texts.has(world)) texts.set(world, JSON.stringify(fields));
  await world.service.overwrite(world.secretId, spoil(fields));
}

export async function restoreCurrent(world: World): Promise<void> {
  await world.service.overwrite(world.secretId, texts.get(world) ?? '');
  texts.delete(world);
}

export function malformed(
  id: string,
  what: string,
  spoil: (fields: Record<string, unknown>) => object | string | Uint8Array,
  says = '',
): Row {
  return {
    id,
    fault: `create: ${what}`,
    error: 'malformed',
    liveAfterwards: true,
    strike: async (world, token) => {
      await spoilCurrent(world, spoil);
      await saying(says, () => world.step(token, 'createSecret'));
    },
    mend: restoreCurrent,
  };
}

/** Runs into an error that must say this. */
export async function saying(what: string, work: () => Promise<void>): Promise<void> {
  await work().catch((thrown) => {
    must(String(thrown).includes(what), `the error says "${what}", but: ${thrown}`);
    throw thrown;
  });
}

/** Secrets Manager answers these calls with this error. */
export function refuses(
  matches: (point: Point) => boolean,
  name: string,
  words = 'arn:aws:kms and more that is not told',
) {
  return (): Fault => ({
    before(point) {
      if (matches(point)) throw Object.assign(new Error(words), { name });
    },
  });
}

/** What a row holds open until it is mended. */
export const held = new WeakMap<World, () => Promise<void>>();

export async function release(world: World): Promise<void> {
  await held.get(world)?.();
  held.delete(world);
}

export function hold(world: World, session: Session, ...last: string[]): void {
  held.set(world, async () => {
    for (const sql of last) await session.query(sql);
    await session.close();
  });
}

export const redirectTo = (port: number): Fault => ({ redirect: (login) => ({ ...login, port }) });

/** The login that is due next: its name, and the password it had. */
export async function due(world: World): Promise<string> {
  const { username } = await world.current();
  if (world.scheme !== 'alternating') return username;
  return username.endsWith('_a') ? username.replace(/_a$/, '_b') : username.replace(/_b$/, '_a');
}

export const account = (world: World, name: string) =>
  world.server.engine === 'postgres' ? `"${name}"` : `\`${name}\`@'%'`;

export async function drop(world: World, name: string): Promise<void> {
  await world.root(`DROP ${world.server.engine === 'postgres' ? 'ROLE' : 'USER'} ${account(world, name)}`);
}

export async function changeByHand(world: World, name: string): Promise<void> {
  await world.root(
    world.server.engine === 'postgres'
      ? `ALTER ROLE ${account(world, name)} PASSWORD 'changed by hand'`
      : `ALTER USER ${account(world, name)} IDENTIFIED BY 'changed by hand'`,
  );
}

export async function spoilAdmin(world: World): Promise<void> {
  const fields = await world.service.fields(world.adminId);
  await world.service.overwrite(world.adminId, { ...fields, password: 'wrong', username: 'nobody' });
}

export async function restoreAdmin(world: World): Promise<void> {
  const { engine, host, port, username, password } = world.server.admin;
  await world.service.overwrite(world.adminId, { engine, host, port, username, password });
}

export async function silentPort(world: World): Promise<number> {
  const port = await freePort();
  const sockets = new Set<{ destroy(): unknown }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  held.set(world, async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return port;
}

export async function atOnce(world: World, token: string, step: string): Promise<void> {
  await Promise.all(Array.from({ length: 4 }, () => world.step(token, step, undefined, { patience: 6000 })));
}

export const impatient = { milliseconds: 1500, patience: 300 };
/** For what holds a lock all the time: the server makes a statement wait for seconds, and a second one shows no more. */
export const triedOnce = { patience: 250 };

/** Bytes on their way from the server to the function and back, each piece handed to `carry`. */
export async function proxied(
  world: World,
  carry: (piece: Buffer, to: Socket, fromServer: boolean) => void,
): Promise<Fault> {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = openSocket(world.server.port, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => to.destroy());
      from.on('data', (piece) => carry(piece, to, from === server));
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  held.set(world, async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
  return redirectTo(port);
}

/** The connection ends this many bytes into what the server says, in the middle of a handshake. */
export function cutAfter(bytes: number, how: 'reset' | 'silence'): Parameters<typeof proxied>[1] {
  const said = new WeakMap<Socket, number>();
  return (piece, to, fromServer) => {
    const sofar = (said.get(to) ?? 0) + piece.length;
    if (fromServer) said.set(to, sofar);
    if (!fromServer || sofar <= bytes) to.write(piece);
    else if (how === 'reset') to.resetAndDestroy();
  };
}

/** The version of the secret a person makes: the fields of AWSCURRENT, with these in place of its own. */
export async function writePendingByHand(world: World, token: string, fields: object): Promise<void> {
  const { madeFromVersion: _, ...rest } = await world.service.fields(world.secretId);
  await world.service.client.send(
    new PutSecretValueCommand({
      SecretId: world.secretId,
      ClientRequestToken: token,
      SecretString: JSON.stringify({ ...rest, ...fields }),
      VersionStages: ['AWSPENDING'],
    }),
  );
}

export async function versionWith(world: World, label: string): Promise<string> {
  const stages = await world.service.stages(world.secretId);
  return Object.keys(stages).find((id) => stages[id]?.includes(label)) ?? '';
}

export async function disableRotation(world: World): Promise<void> {
  await world.service.client.send(new CancelRotateSecretCommand({ SecretId: world.secretId }));
}

/** Statements for one engine or the other. */
export async function byHand(world: World, statements: Record<Engine, readonly string[]>): Promise<void> {
  await world.root(...statements[world.server.engine]);
}

/**
 * What a shop that was taken over could leave for the administrator to run: functions and an operator that fit better
 * than the system's own. Objects of the login and of the administrator make him look inside.
 */
export async function plantFunctions(world: World): Promise<void> {
  const { username } = world.server.admin;
  const body = 'LANGUAGE plpgsql AS $$BEGIN INSERT INTO public.ran VALUES (session_user); RETURN true; END$$';
  const shop = await world.server.connect(await world.current());
  for (const statement of [
    'CREATE TABLE IF NOT EXISTS ran (who text)',
    `CREATE OR REPLACE FUNCTION pg_has_role(who name, role text, what text) RETURNS bool ${body}`,
    `CREATE OR REPLACE FUNCTION unlike(one name, other text) RETURNS bool ${body}`,
    'DROP OPERATOR IF EXISTS public.!~ (name, text)',
    'CREATE OPERATOR public.!~ (LEFTARG = name, RIGHTARG = text, FUNCTION = unlike)',
    'SET ROLE NONE',
    'CREATE TABLE stray (id int)',
  ]) {
    await shop.query(statement);
  }
  await shop.close();
  const inside = await world.server.root(world.database);
  await inside.query('CREATE TABLE left_over (id int)');
  await inside.query(`ALTER TABLE left_over OWNER TO ${username}`);
  await inside.query(`ALTER ROLE ${username} SET search_path = public, pg_catalog`);
  await inside.close();
}

/** The function knows its own sessions by name (PostgreSQL); one of an application has another. */
export function applicationSession(world: World, session: Session): Session {
  if (world.server.engine === 'postgres') {
    void session.query(`SET application_name = 'shop'`);
  }
  return session;
}

export async function cutConnections(world: World): Promise<void> {
  const root = await world.server.root();
  try {
    if (world.server.engine === 'postgres') {
      await root.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'secure-shop-rotation' AND pid <> pg_backend_pid()`,
      );
    } else {
      const rows = await root.query(
        `SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user NOT IN ('system user', 'event_scheduler', 'superuser')`,
      );
      for (const { id } of rows) await root.query(`KILL CONNECTION ${Number(id)}`).catch(() => []);
    }
  } finally {
    await root.close();
  }
}

/** Whether the function warned of something that is named like this. */
export function warned(world: World, name: string): boolean {
  return world.warnings.some((warning) => warning.includes(name));
}
