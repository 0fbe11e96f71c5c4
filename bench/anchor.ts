import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { everyPrivilege } from '../lib/environment/credentials/rotation/privileges.ts';
import type { SecretsService } from '../test/environment/credentials/support/secrets-service.ts';
import { type DatabaseServer, functionEnvironment } from '../test/environment/credentials/support/servers.ts';

/**
 * AWS's own rotation functions, to measure ours beside: a clone of
 * https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas (MIT-0), and a Python that has boto3, PyMySQL and
 * PyGreSQL. Undefined without the environment variable ANCHOR, and ours is measured alone then.
 *
 * @throws Error where ANCHOR names something else
 */
export function anchorFolder(): string | undefined {
  const folder = process.env.ANCHOR;
  if (folder === undefined || folder === '') return undefined;
  if (existsSync(functionFile(folder, 'PostgreSQL', 'alternating'))) return folder;
  throw new Error(`ANCHOR=${folder} is no clone of aws-samples/aws-secrets-manager-rotation-lambdas`);
}

export type AnchorScheme = 'alternating' | 'admin';

function functionFile(folder: string, engine: string, scheme: AnchorScheme): string {
  const users = scheme === 'alternating' ? 'MultiUser' : 'SingleUser';
  return join(folder, `SecretsManagerRDS${engine}Rotation${users}`, 'lambda_function.py');
}

let anchors = 0;

/** One of AWS's functions in a warm process of its own, and a secret with a login of its own for it. */
export class Anchor {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #scratch: string;
  readonly #begin: () => Promise<string>;
  #secret = '';

  private constructor(
    child: ChildProcessWithoutNullStreams,
    scratch: string,
    begin: (secret: string) => Promise<string>,
  ) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.#scratch = scratch;
    this.#begin = () => begin(this.#secret);
  }

  /** @param over Secrets Manager over HTTP; without it, one in the function's own process */
  static async start(
    folder: string,
    server: DatabaseServer,
    scheme: AnchorScheme,
    over?: { readonly endpoint: string; readonly service: SecretsService },
  ): Promise<Anchor> {
    const scratch = mkdtempSync(join(tmpdir(), 'secure-shop-anchor-'));
    const authority = join(scratch, 'authority.pem');
    writeFileSync(authority, server.authority.pem);
    const child = spawn(
      process.env.ANCHOR_PYTHON ?? 'python3',
      ['bench/anchor.py', functionFile(folder, server.name, scheme), authority, over ? 'http' : 'local'],
      { env: { ...functionEnvironment(over?.endpoint ?? '', server), AWS_DEFAULT_REGION: 'ap-northeast-1' } },
    );
    child.stderr.pipe(process.stderr);
    const begin =
      over === undefined ? async () => randomUUID() : (id: string) => over.service.startRotation(id);
    const anchor = new Anchor(child, scratch, begin);
    const add = over?.service.create.bind(over.service) ?? anchor.#add.bind(anchor);
    anchor.#secret = await secretOf(server, scheme, add);
    return anchor;
  }

  /** @returns the milliseconds of a whole rotation */
  async rotate(): Promise<number> {
    const { took } = await this.#ask({ secret: this.#secret, token: await this.#begin() });
    if (typeof took !== 'number') throw new Error('the function beside which ours is measured failed');
    return took;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
    rmSync(this.#scratch, { recursive: true });
  }

  async #add(secret: string, fields: object): Promise<string> {
    await this.#ask({ secret, text: JSON.stringify(fields) });
    return secret;
  }

  async #ask(question: object): Promise<{ took?: unknown }> {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.#answers.next();
    return answer.done ? {} : (JSON.parse(answer.value) as { took?: unknown });
  }
}

/** A login as these functions want it: it is there before the first rotation, with its rights. */
async function secretOf(
  server: DatabaseServer,
  scheme: AnchorScheme,
  add: (name: string, fields: object) => Promise<string>,
): Promise<string> {
  const username = `anchor${++anchors}`;
  const password = `initial-Password-${anchors}`;
  const postgres = server.engine === 'postgres';
  const root = await server.root();
  if (postgres) await root.query(`CREATE ROLE ${username} LOGIN PASSWORD '${password}'`);
  else await root.query(`CREATE USER ${username}@'%' IDENTIFIED BY '${password}' REQUIRE SSL`);
  await root.query(`CREATE DATABASE ${username}`);
  if (postgres) {
    await root.query(`GRANT ${username} TO ${server.admin.username} WITH ADMIN OPTION`);
    await root.query(`ALTER DATABASE ${username} OWNER TO ${username}`);
  } else {
    await root.query(`GRANT ${everyPrivilege.join(', ')} ON ${username}.* TO ${username}@'%'`);
  }
  await root.close();
  const where = {
    engine: postgres ? 'postgres' : 'mariadb',
    host: 'localhost',
    port: server.port,
    dbname: username,
    ssl: true,
  };
  const { username: master, password: masters } = server.admin;
  const masterarn = await add(`anchor/${username}/master`, {
    ...where,
    dbname: postgres ? 'postgres' : undefined,
    username: master,
    password: masters,
  });
  return await add(`anchor/${username}`, {
    ...where,
    username,
    password,
    ...(scheme === 'alternating' ? { masterarn } : {}),
  });
}
