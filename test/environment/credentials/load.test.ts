import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault, steps } from '../../../lib/environment/credentials/rotation/errors.ts';
import type { Login } from '../../../lib/environment/credentials/rotation/secret.ts';
import { everyPoint } from '../../support/every-point.ts';
import { Killed } from './matrix/faults.ts';
import { World } from './matrix/world.ts';
import { needs, serversMissing } from './support/installed.ts';
import { type RunningService, SecretsService } from './support/secrets-service.ts';
import { SecretsStub } from './support/secrets-stub.ts';
import { type DatabaseServer, functionEnvironment, startMariadb, startPostgres } from './support/servers.ts';

/** A client of the shop's database: it logs in, does a little, and leaves; over and over. */
class Clients {
  readonly failures: string[] = [];
  logins = 0;
  #running = true;
  #given: Login | undefined;
  readonly #world: World;
  readonly #loops: Promise<void>[] = [];
  /** The login that each client is at. */
  readonly #attempts: Promise<void>[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Half of them read the secret each time; the others keep what they were given when they were started. */
  async start(): Promise<void> {
    await this.refresh();
    for (let client = 0; client < 8; client++) this.#loops.push(this.#loop(client));
  }

  /**
   * What the deployment after a rotation does to clients that read the secret only when they start. It waits until the
   * old ones are gone; real rotations lie hours apart, so that nobody is at a login for the length of a whole one.
   */
  async refresh(): Promise<void> {
    this.#given = await this.#world.current();
    await Promise.all(this.#attempts);
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#loops);
  }

  async #loop(client: number): Promise<void> {
    while (this.#running) {
      const attempt = this.#login(client % 2 === 0);
      this.#attempts[client] = attempt;
      await attempt;
      // Eight of them without rest would keep both processors busy, and each rotation waiting.
      await pause(200);
    }
  }

  async #login(rereads: boolean): Promise<void> {
    const login = rereads ? await this.#world.current() : this.#given;
    if (login === undefined) return;
    try {
      const session = await this.#world.server.connect(login);
      await session.query('SELECT 1');
      await session.close();
      this.logins++;
    } catch (thrown) {
      this.failures.push(thrown instanceof Fault ? thrown.category : String(thrown));
    }
  }
}

describe.skipIf(serversMissing)(`rotations while eight clients log in${needs}`, { timeout: 300_000 }, () => {
  let secrets: RunningService;
  let service: SecretsService;
  let servers: Record<'PostgreSQL' | 'MariaDB', DatabaseServer>;

  beforeAll(async () => {
    secrets = await new SecretsStub().listen();
    service = new SecretsService(secrets);
    const [PostgreSQL, MariaDB] = await Promise.all([startPostgres(), startMariadb()]);
    servers = { PostgreSQL, MariaDB };
  });
  afterAll(async () => {
    await Promise.all([servers?.PostgreSQL.stop(), servers?.MariaDB.stop(), secrets?.stop()]);
  });

  const engines = ['PostgreSQL', 'MariaDB'] as const;

  async function underLoad(
    engine: (typeof engines)[number],
    rotations: number,
    rotateOnce: (world: World, rotation: number) => Promise<void>,
  ): Promise<Clients> {
    const world = await World.create(servers[engine], service, 'alternating');
    Object.assign(world.clients, { patience: 8000 });
    await world.rotated();
    const clients = new Clients(world);
    await clients.start();
    try {
      for (let rotation = 0; rotation < rotations; rotation++) {
        await rotateOnce(world, rotation);
        await clients.refresh();
      }
    } finally {
      await clients.stop();
    }
    expect(clients.logins).toBeGreaterThan(rotations);
    return clients;
  }

  it.each(engines)('%s: no login fails', async (engine) => {
    const clients = await underLoad(engine, everyPoint ? 50 : 10, (world) => world.rotated());
    expect(clients.failures).toEqual([]);
  });

  it.each(engines)('%s: no login fails when the function dies somewhere in each rotation', async (engine) => {
    const seed = Math.floor(Math.random() * 1e9);
    const random = randomFrom(seed);
    const clients = await underLoad(engine, everyPoint ? 50 : 6, async (world) => {
      const token = await service.startRotation(world.secretId);
      let left = Math.floor(random() * 36);
      const strike = () => {
        if (left-- === 0) throw new Killed('killed');
      };
      await world.all(token, random() < 0.5 ? { before: strike } : { after: strike }).catch(() => {});
      await world.all(token);
    });
    expect(clients.failures, `seed ${seed}`).toEqual([]);
  });

  it.each(engines)(
    '%s: only the downtime itself is felt when the database restarts during rotations',
    async (engine) => {
      const seed = Math.floor(Math.random() * 1e9);
      const random = randomFrom(seed);
      const clients = await underLoad(engine, everyPoint ? 50 : 4, async (world) => {
        const token = await service.startRotation(world.secretId);
        const restarted = pause(random() * 300).then(() => world.server.restart());
        await world.all(token).catch(() => {});
        await restarted;
        await world.all(token);
      });
      const others = clients.failures.filter((category) => category !== 'unreachable');
      expect(others, `seed ${seed}`).toEqual([]);
    },
  );

  it('a process that is killed leaves nothing that the next one cannot finish', async () => {
    const world = await World.create(servers.PostgreSQL, service, 'alternating');
    await world.rotated();
    for (let rotation = 0; rotation < 3; rotation++) {
      const token = await service.startRotation(world.secretId);
      const child = startFunction(secrets.endpoint, world, token);
      await pause(400 + Math.random() * 900);
      child.kill('SIGKILL');
      await new Promise((resolve) =>
        child.exitCode === null && child.signalCode === null
          ? child.once('exit', resolve)
          : resolve(undefined),
      );
      expect(await world.live()).toBe(true);
      await world.all(token);
      expect(await world.live()).toBe(true);
    }
  });
});

/** The bundled function, in a process of its own. */
function startFunction(endpoint: string, world: World, token: string): ChildProcess {
  return fork('test/environment/credentials/support/run-function.mjs', [world.secretId, token, ...steps], {
    stdio: 'ignore',
    execArgv: [],
    env: functionEnvironment(endpoint, world.server),
  });
}

/** A small generator whose seed can be printed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
