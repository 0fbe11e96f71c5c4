import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { presetPaths } from '../../../lib/config/platform.ts';
import { freePort } from '../../environment/credentials/support/ports.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Visit {
  readonly path: string;
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where Debian keeps what the image brings along; undefined when it is not installed. */
export const debianWordpress = existsSync('/usr/share/wordpress/wp-load.php')
  ? '/usr/share/wordpress'
  : undefined;
export const phpModule = ['8.2', '8.3', '8.4', '8.5']
  .map((version) => `/usr/lib/apache2/modules/libphp${version}.so`)
  .find((file) => existsSync(file));
export const installWordpress =
  'apt-get install --no-install-recommends wordpress apache2 libapache2-mod-php php-cli php-mysql';

const paths = presetPaths('woocommerce');

/** The user of the image; root cannot play it, so tests that run as root step down to it. */
const asShopUser = userInfo().uid === 0 ? { uid: 33, gid: 33 } : {};

/**
 * Debian's WordPress under our own configuration files: what the Dockerfile puts in place, put in place here.
 * images.test.ts builds the image itself.
 */
export class PhpShop {
  readonly folder: string;
  readonly root: string;
  readonly #files: string;
  readonly #running = new Set<Container>();

  constructor(databaseAuthority: string) {
    if (debianWordpress === undefined) throw new Error(`WordPress is not installed: ${installWordpress}`);
    this.folder = mkdtempSync(join(tmpdir(), 'secure-shop-php-'));
    chmodSync(this.folder, 0o755);
    const platform = join(packageRoot, 'platforms', 'woocommerce');
    this.#files = join(this.folder, 'files');
    this.root = join(this.folder, 'html');
    cpSync(debianWordpress, this.root, { recursive: true, dereference: true, filter: notDebiansOwn });
    cpSync(join(platform, 'wp-config.php'), join(this.root, 'wp-config.php'));
    cpSync(join(platform, 'must-use'), join(this.root, 'wp-content', 'mu-plugins'), { recursive: true });
    cpSync(join(platform, 'db.php'), join(this.root, 'wp-content', 'db.php'));
    cpSync(platform, this.#files, { recursive: true });
    cpSync(join(platform, 'php.ini'), join(this.folder, 'ini', '10-shop.ini'));
    const authority = join(this.folder, 'ca-bundle.pem');
    writeFileSync(authority, databaseAuthority);
    const trusting = `openssl.cafile = ${authority}\n`;
    writeFileSync(join(this.folder, 'ini', '20-authority.ini'), trusting);
    // For a server that has nothing else of ours.
    mkdirSync(join(this.folder, 'authority'));
    writeFileSync(join(this.folder, 'authority', '20-authority.ini'), trusting);
  }

  settings(database: Readonly<Record<string, unknown>>): Record<string, string> {
    const keys = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((use) => [
      [`WORDPRESS_${use}_KEY`, `key-${use}`],
      [`WORDPRESS_${use}_SALT`, `salt-${use}`],
    ]);
    return {
      PATH: `${this.#files}:${process.env.PATH ?? ''}`,
      PHP_INI_SCAN_DIR: `:${join(this.folder, 'ini')}`,
      SHOP_FILES: this.#files,
      SHOP_ROOT: this.root,
      SHOP_PHP_MODULE: phpModule ?? '',
      SHOP_ORIGIN: 'https://shop.example.jp',
      SHOP_ADMIN_ORIGIN: 'https://admin.shop.example.jp:8443',
      SHOP_CRON_SECONDS: '3600',
      SHOP_ADMIN_PATHS: paths?.adminPaths.join(',') ?? '',
      SHOP_PUBLIC_PATHS: paths?.publicPaths.join(',') ?? '',
      WORDPRESS_DB_HOST: String(database.host),
      WORDPRESS_DB_PORT: String(database.port),
      WORDPRESS_DB_NAME: String(database.dbname),
      WORDPRESS_DB_USER: String(database.username),
      WORDPRESS_DB_PASSWORD: String(database.password),
      ...Object.fromEntries(keys),
    };
  }

  /** Those of one region, which the Dockerfile takes out of the bundle. */
  addAuthorities(region: string, pem: string): void {
    writeFileSync(join(this.#files, `rds-${region}.pem`), pem);
  }

  /** The project's own plugin that does what of WooCommerce matters here; see the file. */
  addStandIn(): void {
    cpSync(
      join(import.meta.dirname, 'woocommerce-stand-in.php'),
      join(this.root, 'wp-content', 'plugins', 'woocommerce-stand-in.php'),
    );
  }

  /** Debian keeps themes in packages of their own; without one every page is empty. */
  addTheme(): void {
    const folder = join(this.root, 'wp-content', 'themes', 'stand-in');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'style.css'), '/* Theme Name: Stand-in */\n');
    writeFileSync(
      join(folder, 'index.php'),
      `<!DOCTYPE html><html><head><?php wp_head(); ?></head><body <?php body_class(); ?>>
<a id="home" href="<?php echo esc_url(home_url('/')); ?>">Home</a>
<?php while (have_posts()) { the_post(); the_title('<h2>', '</h2>'); the_content(); } wp_footer(); ?></body></html>
`,
    );
  }

  /** Starts a container's worth of processes, as ECS starts a task, and waits until it is healthy. */
  async start(settings: Record<string, string>): Promise<Container> {
    const container = await this.launch(settings);
    await container.untilHealthy();
    return container;
  }

  async launch(settings: Record<string, string>): Promise<Container> {
    const container = await launch(join(this.#files, 'start.sh'), settings, this.folder);
    this.#running.add(container);
    return container;
  }

  /** Runs PHP with the shop's settings, as `docker exec` would. */
  async php(settings: Record<string, string>, code: string): Promise<string> {
    const { stdout } = await promisify(execFile)('php', ['-r', code], { env: settings, ...asShopUser });
    return stdout;
  }

  /** What the owner does once through the installation page. */
  async install(settings: Record<string, string>, host = 'shop.example.jp'): Promise<void> {
    await this.php(
      settings,
      `define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '${host}';
       require '${this.root}/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
       wp_install('Hana candles', 'owner', 'owner@example.jp', true, '', 'owner-Password-1');`,
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((container) => container.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs an image's start script as the image's user, on a port of its own. */
export async function launch(
  script: string,
  settings: Record<string, string>,
  folder: string,
  ...args: string[]
): Promise<Container> {
  const port = await freePort();
  const log = join(folder, `${port}.log`);
  writeFileSync(log, '', { mode: 0o666 });
  chmodSync(log, 0o666);
  const output = openSync(log, 'a');
  const child = spawn(script, args, {
    env: { ...settings, SHOP_PORT: String(port) },
    stdio: ['ignore', output, output],
    detached: true,
    ...asShopUser,
  });
  return new Container(child, port, log);
}

/** One container: the web server and what runs beside it. */
export class Container {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #ended: Promise<number | null>;

  readonly #main: (() => number) | undefined;

  /** @param main the process that gets the stop signal, where it is not the child */
  constructor(child: ChildProcess, port: number, log: string, main?: () => number) {
    this.#main = main;
    this.#child = child;
    this.port = port;
    this.#log = log;
    this.#ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  get log(): string {
    return readFileSync(this.#log, 'utf8');
  }

  /** The process that a container's stop signal goes to. */
  get mainProcess(): number {
    return this.#main?.() ?? this.#child.pid ?? 0;
  }

  get exitCode(): Promise<number | null> {
    return this.#ended;
  }

  async untilHealthy(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      const status = await this.visit({ path: '/healthz' }).then(
        ({ status }) => status,
        () => undefined,
      );
      if (status === 200) return;
      if (this.#child.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`the shop did not become healthy:\n${this.log}`);
  }

  visit({ path, host = 'shop.example.jp', method = 'GET', headers = {}, body }: Visit): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: this.port, path, method, headers: { host, ...headers }, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks).toString(),
              headers: response.headers,
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** What the processes of the container hold in memory, shared pages counted once. */
  memoryMiB(): number {
    const group = String(this.#child.pid);
    const kilobytes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => {
        try {
          // The fifth field of `stat` is the process group; the second may hold spaces.
          const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ');
          if (fields[2] !== group) return 0;
          return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
        } catch {
          // It ended meanwhile.
          return 0;
        }
      });
    return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
  }

  /** As ECS stops a task: the image's stop signal lets requests under way finish. */
  async stop(): Promise<void> {
    process.kill(this.mainProcess, 'SIGWINCH');
    await this.#ended;
    await this.kill();
  }

  async kill(): Promise<void> {
    // Whatever was started beside the web server ends with its container.
    if (this.#child.pid !== undefined) {
      try {
        process.kill(-this.#child.pid, 'SIGKILL');
      } catch {
        // Nothing of it is left.
      }
    }
    await this.#ended;
    // The images' web server names its file itself, and one that is killed leaves it.
    rmSync(`/tmp/apache2-${this.port}.pid`, { force: true });
  }
}

/** Links into /etc and /var that make Debian's package an installation of its own. */
function notDebiansOwn(source: string): boolean {
  return !/\/(wp-config\.php|\.htaccess|readme\.html)$/.test(source) && existsSync(source);
}
