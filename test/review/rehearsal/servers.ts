import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../../support/programs.ts';

/** A real web server on loopback that says whether it takes a request target as an admin path. */
export interface Oracle {
  takesAsAdmin(target: string): Promise<boolean>;
  stop(): Promise<void>;
}

const marker = 'taken-as-admin';

/**
 * Patterns on the path as the server reads it: the admin path with everything below it, in any case, and behind a
 * script name as PHP front controllers take it.
 */
function patternsOf(adminPaths: readonly string[]): string[] {
  return adminPaths.map((path) => {
    const name = path.slice(1).replace(/[.+]/g, '\\$&').replaceAll('/', '/+');
    return `^(/.*\\.php)?/+${name}(/|$)`;
  });
}

export async function startNginx(adminPaths: readonly string[]): Promise<Oracle> {
  const ports = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-nginx-'));
  const locations = patternsOf(adminPaths)
    .map((pattern) => `location ~* "${pattern}" { add_header ${marker} yes always; return 200 "admin"; }`)
    .join('\n');
  const server = (port: number | undefined, mergeSlashes: string) => `
    server {
      listen 127.0.0.1:${port};
      merge_slashes ${mergeSlashes};
      ${locations}
      location / { return 200 "shop"; }
    }`;
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off;
    master_process off;
    pid ${folder}/pid;
    error_log ${folder}/error.log;
    events {}
    http {
      access_log off;
      client_body_temp_path ${folder}/a;
      proxy_temp_path ${folder}/b;
      fastcgi_temp_path ${folder}/c;
      uwsgi_temp_path ${folder}/d;
      scgi_temp_path ${folder}/e;
      ${server(ports[0], 'on')}
      ${server(ports[1], 'off')}
    }`,
  );
  return oracle('nginx', ['-e', `${folder}/error.log`, '-c', config], folder, ports);
}

export async function startApache(adminPaths: readonly string[]): Promise<Oracle> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-apache-'));
  const root = join(folder, 'root');
  mkdirSync(root);
  // The server drops to a user of its own when it is started by root.
  chmodSync(folder, 0o755);
  for (const file of ['index.php', 'index.html']) writeFileSync(join(root, file), 'shop');
  const locations = patternsOf(adminPaths)
    .map((pattern) => `<LocationMatch "(?i)${pattern}">\nHeader always set ${marker} yes\n</LocationMatch>`)
    .join('\n');
  const virtualHost = (port: number | undefined, settings: string) => `
    <VirtualHost 127.0.0.1:${port}>
      DocumentRoot ${root}
      ${settings}
      ${locations}
    </VirtualHost>`;
  const modules = ['mpm_event', 'authz_core', 'headers', 'dir'];
  const config = join(folder, 'apache.conf');
  writeFileSync(
    config,
    `ServerName localhost
    ServerRoot ${folder}
    DefaultRuntimeDir ${folder}
    PidFile ${folder}/pid
    ErrorLog ${folder}/error.log
    User www-data
    Group www-data
    ${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
    ${ports.map((port) => `Listen 127.0.0.1:${port}`).join('\n')}
    AcceptPathInfo On
    <Directory ${root}>
      AllowOverride None
      Require all granted
    </Directory>
    ${virtualHost(ports[0], '')}
    ${virtualHost(ports[1], 'AllowEncodedSlashes On')}
    ${virtualHost(ports[2], 'AllowEncodedSlashes NoDecode\nMergeSlashes Off')}`,
  );
  return oracle('apache2', ['-D', 'FOREGROUND', '-f', config], folder, ports);
}

async function oracle(
  name: 'nginx' | 'apache2',
  args: readonly string[],
  folder: string,
  ports: readonly (number | undefined)[],
): Promise<Oracle> {
  const server = spawn(program(name).path ?? name, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));
  await untilAnswering(server, ports[0] ?? 0, () => output);
  return {
    async takesAsAdmin(target) {
      const answers = await Promise.all(ports.map((port) => answerTo(port ?? 0, target)));
      return answers.some((answer) => answer.includes(marker));
    },
    async stop() {
      if (server.exitCode === null) {
        const ended = once(server, 'exit');
        server.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends the target byte by byte as it is written, and reads to the end. */
function answerTo(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        Buffer.from(`GET ${target} HTTP/1.1\r\nHost: shop.example.jp\r\nConnection: close\r\n\r\n`),
      );
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
  });
}

async function untilAnswering(server: ChildProcess, port: number, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) throw new Error(`the server stopped: ${output()}`);
    const answer = await answerTo(port, '/').catch(() => '');
    if (answer !== '') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error(`the server does not answer: ${output()}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
