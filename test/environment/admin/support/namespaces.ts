import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Whether this machine lets the test make networks of its own. */
export function namespacesAllowed(): boolean {
  const probe = `ssprobe${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', probe], { stdio: 'ignore' }).status !== 0) return false;
  execFileSync('ip', ['netns', 'del', probe]);
  return true;
}

/** A process whose output can be waited for. */
export class Watched {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        this.#wake();
      });
    }
    this.#process.on('exit', () => this.#wake());
  }

  get exited(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** @returns the first line that matches, or undefined when the process ended without one */
  async line(pattern: RegExp, from = 0): Promise<string | undefined> {
    for (;;) {
      const found = this.lines.slice(from).find((line) => pattern.test(line));
      if (found !== undefined || this.exited) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async stop(): Promise<void> {
    if (this.exited) return;
    this.#process.kill();
    await once(this.#process, 'exit');
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/**
 * Three networks that know nothing of the machine's own: an admin's PC, the VPN server, and the shop behind it.
 *
 *     client 198.51.100.2 --- 198.51.100.1 server 10.20.0.1 --- 10.20.0.10 shop (and 10.20.0.2, its resolver)
 *
 * The server passes nothing from the client to the shop but what comes out of the tunnel.
 */
export class VpnWorld {
  readonly client = `ssc${process.pid}`;
  readonly server = `sss${process.pid}`;
  readonly shop = `ssd${process.pid}`;

  create(): void {
    for (const name of [this.client, this.server, this.shop]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    this.#connect(this.client, '198.51.100.2/24', this.server, '198.51.100.1/24');
    this.#connect(this.shop, '10.20.0.10/24', this.server, '10.20.0.1/24');
    ip('-n', this.shop, 'address', 'add', '10.20.0.2/32', 'dev', 'lo');
    ip('-n', this.server, 'route', 'add', '10.20.0.2/32', 'via', '10.20.0.10');
    ip('-n', this.client, 'route', 'add', 'default', 'via', '198.51.100.1');
    ip('-n', this.shop, 'route', 'add', 'default', 'via', '10.20.0.1');
    execFileSync('ip', ['netns', 'exec', this.server, 'sysctl', '-qw', 'net.ipv4.ip_forward=1']);
    ip('-n', this.server, 'rule', 'add', 'iif', `to${this.client}`, 'to', '10.20.0.0/16', 'prohibit');
    // Seen as /etc/resolv.conf in the client's network alone.
    mkdirSync(`/etc/netns/${this.client}`, { recursive: true });
    writeFileSync(`/etc/netns/${this.client}/resolv.conf`, 'nameserver 198.51.100.1\noptions timeout:1\n');
  }

  destroy(): void {
    for (const name of [this.client, this.server, this.shop]) {
      spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    }
    rmSync(`/etc/netns/${this.client}`, { recursive: true, force: true });
  }

  run(namespace: string, command: string, ...args: string[]): Watched {
    return new Watched('ip', ['netns', 'exec', namespace, command, ...args]);
  }

  #connect(a: string, addressA: string, b: string, addressB: string): void {
    ip('link', 'add', `to${b}`, 'netns', a, 'type', 'veth', 'peer', 'name', `to${a}`, 'netns', b);
    for (const [name, device, address] of [
      [a, `to${b}`, addressA],
      [b, `to${a}`, addressB],
    ] as const) {
      ip('-n', name, 'address', 'add', address, 'dev', device);
      ip('-n', name, 'link', 'set', device, 'up');
    }
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
