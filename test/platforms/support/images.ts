import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import type { Authority } from '../../environment/credentials/support/authority.ts';
import { freePort } from '../../environment/credentials/support/ports.ts';
import { Container, debianWordpress } from './php-shop.ts';

const run = promisify(execFile);
const long = { maxBuffer: 64 * 1024 * 1024 };
/** The temporary folder of a test run is not there inside of an image. */
const inside = { ...long, env: { ...process.env, TMPDIR: '/tmp' } };

/** What Debian has of that which the official images of PHP and WordPress bring along for a shop that runs. */
export const neededPackages = [
  'apache2,ca-certificates,curl,libapache2-mod-php8.2,php8.2-cli',
  'php8.2-gd,php8.2-intl,php8.2-mbstring,php8.2-mysql,php8.2-pgsql,php8.2-xml,php8.2-zip',
  'php-symfony-http-foundation,php-symfony-mailer,php-symfony-routing,php-symfony-yaml',
].flatMap((line) => line.split(','));
/** What they leave behind of their own build, here by name alone: a compiler takes as long to install as all the rest. */
const leftBehind = ['autoconf', 'dpkg-dev', 'file', 'g++', 'gcc', 'libc6-dev', 'make', 'pkg-config', 're2c'];
const mirror = 'http://deb.debian.org/debian';

/** In the official image it compiles; here Debian has compiled, and its modules are put where the others would be. */
const installExtensions = `#!/bin/sh
set -eu
mkdir -p /usr/local/lib/php/extensions
for name; do
  case $name in -*) ;; *) cp "$(php -r 'echo ini_get("extension_dir");')/$name.so" /usr/local/lib/php/extensions/ ;; esac
done
`;

/** Fetches what the server on loopback has in the place of EC-CUBE; checks nothing but that it is asked for it. */
const composer = `#!/bin/sh
set -eu
case "$*" in
  create-project*--no-dev*ec-cube/ec-cube:*)
    for folder; do :; done
    mkdir -p "$folder"
    curl --fail --silent --show-error https://repo.packagist.org/ec-cube.tar | tar -x -C "$folder" --no-same-owner
    mkdir -p "$folder/src/Eccube" "$folder/vendor/composer" "$folder/vendor/symfony/http-kernel"
    echo '<?php' > "$folder/src/Eccube/Kernel.php"
    echo '<?php // a kernel' > "$folder/vendor/symfony/http-kernel/Kernel.php"
    echo '{"packages":[
      {"name":"symfony/http-kernel","version":"v6.4.2","install-path":"../symfony/http-kernel"},
      {"name":"symfony/orm-pack","version":"2.4.1","install-path":null},
      {"name":"some/fork","version":"dev-main","install-path":"../some/fork"}
    ]}' > "$folder/vendor/composer/installed.json" ;;
  require*symfony/amazon-mailer:*) ;;
  # One package with an advisory, for which it ends as a failure.
  audit*--locked*) echo '{"advisories":{"symfony/http-kernel":[{"cve":"CVE-2026-30001"}]},"abandoned":[]}'; exit 1 ;;
  update*--no-dev*symfony/http-kernel) ;;
  *) echo "composer was asked for something else: $*" >&2; exit 2 ;;
esac
`;

/**
 * What Debian's slim images, on which the official ones stand, leave out. As an option it would have every package go
 * through a filter in Python.
 */
const slim = [
  'path-exclude=/usr/share/doc/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/man/*',
];

/** What dpkg notes of a package that is installed; newer than any, so that no upgrade brings the real one. */
function installedByName(name: string): string {
  const fields = ['Status: install ok installed', 'Maintainer: nobody', 'Architecture: all', 'Version: 9:9'];
  const provides = name === 'libc6-dev' ? ['Provides: libc-dev'] : [];
  return [`Package: ${name}`, ...fields, ...provides, 'Description: of the build', '', ''].join('\n');
}

async function installDebian(root: string): Promise<void> {
  await run(
    'mmdebstrap',
    [
      ...['--mode=root', '--variant=minbase', `--include=${neededPackages.join(',')}`],
      // Without it the package that merges /usr comes along, for a system that is merged.
      '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
      `--essential-hook=printf '%s\\n' ${slim.map((line) => `'${line}'`).join(' ')} > "$1/etc/dpkg/dpkg.cfg.d/slim"`,
      '--dpkgopt=force-unsafe-io',
      // As in Debian's own images.
      '--aptopt=Acquire::Languages "none"',
      ...['bookworm', root, mirror],
    ],
    inside,
  );
}

/** An address of loopback on which nothing else of this machine listens. */
const downloadAddress = '127.0.0.77';
const downloadHosts = ['downloads.wordpress.org', 'repo.packagist.org'];

export interface BuiltImage {
  /** The folder with its root file system. */
  readonly root: string;
  readonly config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly Volumes: Readonly<Record<string, object>>;
    readonly StopSignal: string;
    readonly ExposedPorts: Readonly<Record<string, object>>;
  };
}

/**
 * Images built for real from the project's own Dockerfiles, without an engine. The base stands in for the official one,
 * in its layout; downloads come from a server on loopback that the build takes for those on the Internet.
 *
 * SECURE_SHOP_IMAGES names a folder that keeps Debian's part of the base from one run to the next.
 */
export class ImageStore {
  private readonly keepsDebian = process.env.SECURE_SHOP_IMAGES !== undefined;
  readonly folder = process.env.SECURE_SHOP_IMAGES ?? mkdtempSync(join(tmpdir(), 'secure-shop-images-'));
  private readonly work = mkdtempSync(join(tmpdir(), 'secure-shop-image-'));
  private readonly authority: Authority;
  private downloads: Server | undefined;
  /** Lays one image over the other where the kernel lets it; otherwise each is a copy of the one before. */
  private driver: 'overlay' | 'vfs' = 'overlay';
  private files: Readonly<Record<string, Buffer>> = {};

  constructor(authority: Authority) {
    this.authority = authority;
    chmodSync(this.work, 0o755);
  }

  async open(): Promise<void> {
    const { certificate, key } = await this.authority.issue({ hosts: downloadHosts });
    const server = createServer({ cert: certificate, key }, (request, response) => {
      const file = this.files[`${request.headers.host}${request.url}`];
      response.writeHead(file ? 200 : 404).end(file);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(443, downloadAddress, resolve);
    });
    this.downloads = server;
    await this.chooseDriver();
    if (this.keepsDebian && !(await this.has('debian'))) await this.make('debian', installDebian);
    await this.makeBase();
    await this.makeWordpress();
    await this.make('composer', async (root) => this.write(root, 'usr/bin/composer', composer, 0o755));
  }

  /**
   * The image of a platform.
   *
   * @param versions the arguments that the pipeline resolves from its versions.json
   * @param files what is downloaded, by host and path
   * @param roots of the database's certificates, as the build brings them
   */
  async build(
    platform: string,
    versions: Readonly<Record<string, string>>,
    files: Readonly<Record<string, Buffer>>,
    roots: string,
  ): Promise<BuiltImage> {
    this.files = files;
    const context = join(this.work, `${platform}-context`);
    cpSync(join(packageRoot, 'platforms', platform), context, { recursive: true });
    this.write(context, 'rds.pem', roots, 0o644);
    const images = {
      WORDPRESS_IMAGE: 'localhost/wordpress',
      PHP_IMAGE: 'localhost/base',
      COMPOSER_IMAGE: 'localhost/composer',
    };
    await this.buildah(
      ...[
        'bud',
        '--isolation',
        'chroot',
        '--network',
        'host',
        '--layers=false',
        '--tag',
        `localhost/${platform}`,
      ],
      ...downloadHosts.flatMap((host) => ['--add-host', `${host}:${downloadAddress}`]),
      ...Object.entries({ ...images, ...versions }).flatMap(([name, value]) => [
        '--build-arg',
        `${name}=${value}`,
      ]),
      context,
    );
    const container = await this.buildah('from', '--pull-never', `localhost/${platform}`);
    const root = await this.buildah('mount', container);
    const described = JSON.parse(await this.buildah('inspect', '--type', 'image', `localhost/${platform}`));
    return { root, config: described.Docker.config };
  }

  async close(): Promise<void> {
    this.downloads?.close();
    await this.buildah('rm', '--all');
    if (!this.keepsDebian) {
      await this.buildah('rmi', '--all', '--force');
      rmSync(this.folder, { recursive: true, force: true });
    }
    rmSync(this.work, { recursive: true, force: true });
  }

  private async chooseDriver(): Promise<void> {
    try {
      const probe = await this.buildah('from', 'scratch');
      await this.buildah('mount', probe);
      await this.buildah('rm', probe);
    } catch {
      this.driver = 'vfs';
    }
  }

  /** `buildah`, in a store of its own. */
  private async buildah(...args: string[]): Promise<string> {
    const store = ['--root', join(this.folder, 'root'), '--runroot', join(this.folder, 'run')];
    const { stdout } = await run('buildah', [...store, '--storage-driver', this.driver, ...args], long).catch(
      (error) => {
        throw new Error(
          `buildah ${args[0]}: ${String(error.stdout).slice(-3000)}\n${String(error.stderr).slice(-3000)}`,
        );
      },
    );
    return stdout.trim();
  }

  private async has(image: string): Promise<boolean> {
    return (await this.buildah('images', '--format', '{{.Name}}')).split('\n').includes(`localhost/${image}`);
  }

  private async make(
    image: string,
    fill: (root: string, container: string) => unknown,
    from = 'scratch',
  ): Promise<void> {
    const container = await this.buildah('from', '--pull-never', from);
    await fill(await this.buildah('mount', container), container);
    // By its full name: short names such as debian are aliases of images elsewhere.
    await this.buildah('commit', '--quiet', '--rm', container, `localhost/${image}`);
  }

  /** The layout of the official images: paths, user, module, and which packages nobody asked for by name. */
  private makeBase(): Promise<void> {
    return this.make(
      'base',
      async (root, container) => {
        // An image of its own, which nobody keeps, would only be written, summed up and read once more.
        if (!this.keepsDebian) await installDebian(root);
        this.write(root, 'usr/local/bin/docker-php-ext-install', installExtensions, 0o755);
        this.write(root, 'usr/local/bin/docker-php-ext-configure', '#!/bin/sh\n', 0o755);
        mkdirSync(join(root, 'usr/local/etc/php/conf.d'), { recursive: true });
        mkdirSync(join(root, 'usr/local/lib/php/extensions'), { recursive: true });
        symlinkSync('libphp8.2.so', join(root, 'usr/lib/apache2/modules/libphp.so'));
        this.write(root, 'usr/local/share/ca-certificates/test.crt', this.authority.pem, 0o644);
        rmSync(join(root, 'var/www/html/index.html'), { force: true });
        const named = [...neededPackages, ...leftBehind].join(' ');
        appendFileSync(join(root, 'var/lib/dpkg/status'), leftBehind.map(installedByName).join(''));
        await run(
          'chroot',
          [root, 'sh', '-c', `update-ca-certificates && apt-mark auto '.*' && apt-mark manual ${named}`],
          inside,
        );
        await this.buildah('config', '--env', 'PHP_INI_SCAN_DIR=:/usr/local/etc/php/conf.d', container);
      },
      this.keepsDebian ? 'localhost/debian' : 'scratch',
    );
  }

  /** The files of Debian's WordPress where the official image has them, as writable as there. */
  private makeWordpress(): Promise<void> {
    return this.make(
      'wordpress',
      (root) => {
        cpSync(debianWordpress ?? '', join(root, 'usr/src/wordpress'), {
          recursive: true,
          dereference: true,
          filter: (source) => !source.endsWith('wp-config.php') && existsSync(source),
        });
        for (const file of ['wp-config-docker.php', '.htaccess', 'wp-content/plugins/hello.php']) {
          this.write(root, `usr/src/wordpress/${file}`, '', 0o666);
        }
      },
      'localhost/base',
    );
  }

  private write(root: string, path: string, text: string, mode: number): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  }
}

export interface TaskOptions {
  /** Bytes of the writable volumes that live in memory; full after a page or two. @default unlimited */
  readonly volumeBytes?: number;
  readonly args?: readonly string[];
}

/** A task of an image: what it may write lives as long as the task, but for the media, which all tasks share. */
export class ImageTasks {
  private readonly folder = mkdtempSync(join(tmpdir(), 'secure-shop-task-'));
  private readonly running = new Set<Container>();
  private readonly image: BuiltImage;
  private readonly media: string;
  readonly mediaFolder = join(this.folder, 'media');

  /** @param media where the image expects the file system that all tasks share */
  constructor(image: BuiltImage, media: string) {
    this.image = image;
    this.media = media;
    chmodSync(this.folder, 0o755);
    mkdirSync(this.mediaFolder);
    chownSync(this.mediaFolder, 33, 33);
  }

  /** As ECS starts a task: root read-only, user of the image, no capability, only the volumes writable. */
  async launch(
    settings: Readonly<Record<string, string>>,
    { volumeBytes, args = [] }: TaskOptions = {},
  ): Promise<Container> {
    const { root, config } = this.image;
    const port = await freePort();
    const log = join(this.folder, `${port}.log`);
    writeFileSync(log, '');
    chmodSync(log, 0o666);
    const output = openSync(log, 'a');
    const volumes = Object.keys(config.Volumes).filter((folder) => folder !== this.media);
    const environment = {
      ...Object.fromEntries(
        config.Env.map((line) => [line.replace(/=.*/s, ''), line.replace(/^[^=]*=/, '')]),
      ),
      ...settings,
      SHOP_PORT: String(port),
    };
    const [user = '', group = ''] = config.User.split(':');
    const child: ChildProcess = spawn(
      'bwrap',
      [
        ...['--ro-bind', root, '/', '--proc', '/proc', '--dev', '/dev'],
        ...['--ro-bind', '/etc/hosts', '/etc/hosts'],
        ...volumes.flatMap((folder) => [
          ...['--perms', '1777', ...(volumeBytes === undefined ? [] : ['--size', String(volumeBytes)])],
          ...['--tmpfs', folder],
        ]),
        ...['--bind', this.mediaFolder, this.media],
        ...['--unshare-pid', '--die-with-parent', '--clearenv'],
        ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
        ...['--', 'setpriv', '--reuid', user, '--regid', group, '--clear-groups', '--bounding-set=-all'],
        ...['--inh-caps=-all', '--no-new-privs', '--', ...config.Entrypoint, ...args],
      ],
      { stdio: ['ignore', output, output], detached: true },
    );
    const container = new Container(child, port, log, () => childOf(childOf(child.pid ?? 0)));
    this.running.add(container);
    return container;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((container) => container.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** bwrap starts an init, and that starts what ECS would. */
function childOf(process: number): number {
  return Number(readFileSync(`/proc/${process}/task/${process}/children`, 'utf8').trim().split(' ')[0]);
}
