import { execFile } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolvePlatform } from '../../lib/config/platform.ts';
import { archivesFile, archivesIn } from '../../lib/environment/patching/archives.ts';
import { createAuthority } from '../environment/credentials/support/authority.ts';
import {
  type DatabaseServer,
  startMariadb,
  startPostgres,
} from '../environment/credentials/support/servers.ts';
import { everySecond } from '../support/every-point.ts';
import { program } from '../support/programs.ts';
import { writeStandIn } from './support/ec-cube-shop.ts';
import { type BuiltImage, ImageStore, ImageTasks, neededPackages } from './support/images.ts';
import { installedPackages, manualPackages, unneededPackages } from './support/packages.ts';
import { type Container, debianWordpress, installWordpress } from './support/php-shop.ts';

const run = promisify(execFile);
const missing = [
  ...(['buildah', 'mmdebstrap', 'bwrap', 'mariadbd'] as const).map(program).filter((each) => each.missing),
  ...(debianWordpress === undefined ? [{ install: installWordpress }] : []),
  ...(userInfo().uid === 0 ? [] : [{ install: 'run as root' }]),
].map(({ install }) => install);

const half = { 'save_image/no_image.png': 'a picture' };

describe.skipIf(missing.length > 0)(`images without an engine (${missing.join('; ') || 'runs'})`, () => {
  let store: ImageStore;

  beforeAll(async () => {
    store = new ImageStore(await createAuthority('Downloads'));
    await store.open();
  }, 900_000);

  afterAll(async () => {
    await store?.close();
  });

  describe.each(everySecond(['woocommerce', 'ec-cube'] as const))(
    'the image of %s, built and run',
    (preset) => {
      const platform = resolvePlatform({
        preset,
        architecture: 'x86_64',
        adminPaths: [],
        loginPaths: [],
        checkoutPaths: [],
        noticePaths: [],
        uploadPaths: [],
        openFunctions: [],
      });
      const media = platform.media.kind === 'file-system' ? platform.media.mountPath : '';
      let database: DatabaseServer;
      let image: BuiltImage;
      let tasks: ImageTasks;

      beforeAll(async () => {
        database = preset === 'woocommerce' ? await startMariadb() : await startPostgres();
        const root = await database.root();
        if (preset === 'woocommerce') {
          await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
          const again = await database.root();
          await again.query("CREATE USER shop_a@'%' IDENTIFIED BY 'shop-Password-1'");
          await again.query('CREATE DATABASE shop');
          await again.query("GRANT ALL ON shop.* TO shop_a@'%'");
          await again.close();
        } else {
          await root.query("CREATE ROLE shop_a LOGIN PASSWORD 'shop-Password-1'");
          await root.query('CREATE DATABASE shop OWNER shop_a');
        }
        await root.close().catch(() => undefined);

        image = await store.build(
          preset,
          preset === 'woocommerce' ? { WOOCOMMERCE_VERSION: '10.1.2' } : { ECCUBE_VERSION: '4.3.1' },
          {
            'downloads.wordpress.org/plugin/woocommerce.10.1.2.zip': await zipped(),
            'repo.packagist.org/ec-cube.tar': await packed(),
          },
          database.authority.pem,
        );
        tasks = new ImageTasks(image, media);
        if (preset === 'woocommerce') await installWordPress();
      }, 900_000);

      afterAll(async () => {
        await tasks?.close();
        await database?.stop();
      });

      function settings(changes: Record<string, string> = {}): Record<string, string> {
        const { databaseEnvironment: names } = platform;
        return {
          ...platform.environment,
          ...Object.fromEntries(platform.secretEnvironment.map((name) => [name, `value-of-${name}`])),
          [names.host]: preset === 'woocommerce' ? '127.0.0.1' : 'localhost',
          [names.port ?? '']: String(database.port),
          [names.name]: 'shop',
          [names.user]: 'shop_a',
          [names.password]: 'shop-Password-1',
          SHOP_ORIGIN: 'https://shop.example.jp',
          SHOP_ADMIN_ORIGIN: 'https://admin.shop.example.jp:8443',
          SHOP_CRON_SECONDS: '1',
          ...changes,
        };
      }

      /** As the owner does it over the VPN: the image's own PHP, and the installation page's function. */
      async function installWordPress(): Promise<void> {
        const container = await tasks.launch(settings());
        await container.untilHealthy();
        const answer = await container.visit({
          path: '/wp-admin/install.php?step=2',
          method: 'POST',
          host: 'admin.shop.example.jp:8443',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'weblog_title=Hana&user_name=owner&admin_password=owner-Password-1&admin_password2=owner-Password-1&pw_weak=1&admin_email=owner@example.jp&blog_public=1',
        });
        expect(answer.body).toMatch(/Success|成功/);
        await container.kill();
      }

      const front = (container: Container) =>
        container.visit({ path: preset === 'woocommerce' ? '/' : '/cart' });

      it('says user, volumes and stop signal as the task definition has them', () => {
        expect(image.config.User).toBe(`${platform.userId}:${platform.userId}`);
        expect(Object.keys(image.config.Volumes).sort()).toEqual([...platform.writableFolders, media].sort());
        expect(Object.keys(image.config.ExposedPorts)).toEqual([`${platform.port}/tcp`]);
        expect(image.config.StopSignal).toBe('SIGWINCH');
      });

      it('says which archives it was made from, as the build compares them', () => {
        const archives = archivesIn(readFileSync(join(image.root, archivesFile), 'utf8'));
        expect(archives.map(({ name }) => name)).toEqual(
          preset === 'woocommerce'
            ? ['woocommerce@10.1.2']
            : ['ec-cube/ec-cube@4.3.1', 'symfony/http-kernel@v6.4.2'],
        );
        expect(new Set(archives.map(({ sha256 }) => sha256)).size).toBe(archives.length);
      });

      it('holds no compiler, no tool or list of the build, and no package that nothing needs', async () => {
        const status = readFileSync(join(image.root, 'var/lib/dpkg/status'), 'utf8');
        const installed = installedPackages(status).map(({ name }) => name);
        expect(installed.length).toBeGreaterThan(50);
        const tools =
          /^(gcc|g\+\+|cpp|make|autoconf|pkg-config|pkgconf|re2c|dpkg-dev|git|composer|.*-dev)(-\d+)?$/;
        expect(installed.filter((name) => tools.test(name))).toEqual([]);

        const asked = [...neededPackages, ...(await packagesOfExtensions(image.root)), 'apt'];
        expect(unneededPackages(status, asked)).toEqual([]);
        const states = readFileSync(join(image.root, 'var/lib/apt/extended_states'), 'utf8');
        expect(manualPackages(status, states).filter((name) => !asked.includes(name))).toEqual([]);
        expect(readdirSync(join(image.root, 'var/lib/apt/lists'))).toEqual([]);
        expect(
          readdirSync(join(image.root, 'usr/local/bin')).filter((file) => /composer/.test(file)),
        ).toEqual([]);
        expect(readdirSync(join(image.root, 'tmp'))).toEqual([]);
      });

      it('holds nothing that its user may change outside of the volumes, and no program that changes the user', async () => {
        const volumes = Object.keys(image.config.Volumes).flatMap((folder) => [
          '-path',
          join(image.root, folder),
          '-prune',
          '-o',
        ]);
        const writable = [
          '(',
          '-perm',
          '-0002',
          '-o',
          '-uid',
          '33',
          '-perm',
          '-0200',
          '-o',
          '-gid',
          '33',
          '-perm',
          '-0020',
          ')',
        ];
        const { stdout } = await run('find', [
          image.root,
          '-xdev',
          ...volumes,
          '!',
          '-type',
          'l',
          ...writable,
          '-print',
        ]);
        const found = stdout
          .split('\n')
          .filter((path) => path !== '')
          .map((path) => path.slice(image.root.length));
        expect(found.filter((path) => !/^\/(proc|dev|sys)(\/|$)/.test(path))).toEqual([]);
        const changing = await run('find', [image.root, '-xdev', '-type', 'f', '-perm', '/6000', '-print']);
        expect(changing.stdout).toBe('');
        expect(
          statSync(join(image.root, platform.preset === 'woocommerce' ? 'usr/src/wordpress' : 'var/www/html'))
            .uid,
        ).toBe(0);
      });

      it('is of a size that the packages explain', async () => {
        const { stdout } = await run('du', [
          '--summarize',
          '--one-file-system',
          '--block-size=1M',
          image.root,
        ]);
        expect(Number(stdout.split('\t')[0])).toBeLessThan(700);
      });

      it('serves as ECS starts it: healthy, front page, clock, stop signal, and again', async () => {
        for (const round of [1, 2]) {
          const container = await tasks.launch(settings());
          await container.untilHealthy();
          const page = await front(container);
          expect(page.status, `round ${round}: ${container.log}`).toBe(200);
          expect(page.headers.server).toBe('Apache');
          expect(rightsOf(container)).toEqual({ uid: '33 33 33 33', capabilities: 0n, gainsNone: true });
          await container.stop();
          expect(container.log).not.toMatch(/PHP (Fatal|Warning)|Permission denied|Read-only file system/);
        }
      });

      it('starts again after it was killed at any step of its start', async () => {
        for (const milliseconds of [0, 60, 200, 500, 1200]) {
          const container = await tasks.launch(settings());
          await pause(milliseconds);
          await container.kill();
        }
        const container = await tasks.launch(settings());
        await container.untilHealthy();
        expect((await front(container)).status).toBe(200);
        await container.kill();
        if (preset === 'ec-cube') {
          for (const [file, text] of Object.entries(half)) {
            expect(readFileSync(join(tasks.mediaFolder, file), 'utf8')).toBe(text);
          }
        }
      });

      it('serves on with its volumes full, the media among them', async () => {
        const size = 'size=256k,uid=33,gid=33,mode=0750';
        await run('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', tasks.mediaFolder]);
        try {
          const first = await tasks.launch(settings());
          await first.untilHealthy();
          await first.kill();
          fill(join(tasks.mediaFolder, 'last-picture.png'));
          const container = await tasks.launch(settings(), { volumeBytes: 8192 });
          await container.untilHealthy();
          expect((await front(container)).status).toBe(200);
          await container.kill();
        } finally {
          await run('umount', ['--lazy', tasks.mediaFolder]);
        }
      });

      if (preset !== 'woocommerce') return;

      it('runs a task that is due, by its own clock', async () => {
        const root = await database.root('shop');
        await root.query(
          `UPDATE wp_options SET option_value = 'a:1:{i:0;s:27:"woocommerce/woocommerce.php";}' WHERE option_name = 'active_plugins'`,
        );
        const ran = async () =>
          JSON.stringify(
            await root.query("SELECT option_value FROM wp_options WHERE option_name = 'stand_in_task'"),
          );
        const container = await tasks.launch(settings());
        await container.untilHealthy();
        expect((await container.visit({ path: '/?stand-in=schedule' })).body).toBe('{"scheduled":true}');
        for (let second = 0; second < 60 && !(await ran()).includes('ran'); second++) await pause(1000);
        expect(await ran()).toContain('ran by cli');
        await container.kill();
        await root.close();
      });
    },
  );
});

/** Packages of the libraries that the extensions load which were compiled for the image. */
async function packagesOfExtensions(root: string): Promise<string[]> {
  const script = `for file in /usr/local/lib/php/extensions/*.so; do ldd "$file" 2>/dev/null || true; done |
    awk '$2 == "=>" { parts = split($3, path, "/"); print "*/" path[parts] }' | sort -u | xargs -r dpkg-query --search`;
  const { stdout } = await run('chroot', [root, 'sh', '-c', script]);
  return stdout.split('\n').map((line) => line.replace(/:.*$/, ''));
}

/** What Linux lets the main process of a container do. */
function rightsOf({ mainProcess }: Container): object {
  const status = readFileSync(`/proc/${mainProcess}/status`, 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, 'm').exec(status)?.[1] ?? '';
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => BigInt(`0x${field(name)}`));
  return {
    uid: field('Uid').replaceAll('\t', ' '),
    capabilities: sets.reduce((all, set) => all | set, 0n),
    gainsNone: field('NoNewPrivs') === '1',
  };
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

/** An archive with the project's own plugin in the place of WooCommerce. */
async function zipped(): Promise<Buffer> {
  return inFolder(async (folder) => {
    const plugin = join(import.meta.dirname, 'support', 'woocommerce-stand-in.php');
    await run(
      'python3',
      [
        '-c',
        `import zipfile; zipfile.ZipFile('a.zip', 'w').write(${JSON.stringify(plugin)}, 'woocommerce/woocommerce.php')`,
      ],
      { cwd: folder },
    );
    return readFileSync(join(folder, 'a.zip'));
  });
}

async function packed(): Promise<Buffer> {
  return inFolder(async (folder) => {
    writeStandIn(join(folder, 'ec-cube'));
    writeFileSync(join(folder, 'ec-cube', '.env.dist'), 'APP_ENV=prod\n');
    await run('tar', ['-cf', 'a.tar', '-C', 'ec-cube', '.'], { cwd: folder });
    return readFileSync(join(folder, 'a.tar'));
  });
}

async function inFolder(make: (folder: string) => Promise<Buffer>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-shop-archive-'));
  try {
    return await make(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
