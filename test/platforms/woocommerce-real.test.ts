import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databasesTrusting } from '../../lib/environment/credentials/rotation/databases.ts';
import { rotate } from '../../lib/environment/credentials/rotation/rotate.ts';
import { createAuthority } from '../environment/credentials/support/authority.ts';
import { type RunningService, SecretsService } from '../environment/credentials/support/secrets-service.ts';
import {
  adminPassword,
  type DatabaseServer,
  startMariadb,
  startMoto,
} from '../environment/credentials/support/servers.ts';
import { program } from '../support/programs.ts';
import { type Container, debianWordpress, installWordpress, PhpShop, phpModule } from './support/php-shop.ts';

const missing = [
  ...(['mariadbd', 'moto_server', 'apache2'] as const).map(program).filter((each) => each.missing),
  ...(debianWordpress === undefined || phpModule === undefined ? [{ install: installWordpress }] : []),
].map(({ install }) => install);

describe.skipIf(missing.length > 0)(
  `WordPress under our configuration (${missing.join('; ') || 'runs'})`,
  () => {
    let database: DatabaseServer;
    let moto: RunningService;
    let shop: PhpShop;
    let secrets: SecretsService;
    let secret: string;

    beforeAll(async () => {
      [database, moto] = await Promise.all([startMariadb(), startMoto()]);
      // PHP takes "localhost" for a socket on disk, so the certificate has to name the address too.
      await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
      shop = new PhpShop(database.authority.pem);
      secrets = new SecretsService(moto);
      const place = { engine: 'mariadb', host: '127.0.0.1', port: database.port };
      const adminSecretArn = await secrets.create(`admin-${randomUUID()}`, {
        ...place,
        username: database.admin.username,
        password: adminPassword,
      });
      secret = await secrets.create(`shop-${randomUUID()}`, {
        ...place,
        scheme: 'alternating-users',
        dbname: 'shop',
        baseName: 'shop',
        logins: ['shop_a', 'shop_b'],
        username: 'shop_a',
        password: 'not-yet-set-1',
        adminSecretArn,
      });
      await turn();
      await shop.install(await settings());
    });

    afterAll(async () => {
      await shop?.close();
      await Promise.all([database?.stop(), moto?.stop()]);
    });

    async function turn(): Promise<void> {
      const ClientRequestToken = await secrets.startRotation(secret);
      const clients = {
        secretsManager: secrets.forFunction,
        databases: databasesTrusting(database.authority.pem),
        milliseconds: 20_000,
      };
      for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
        await rotate({ SecretId: secret, ClientRequestToken, Step }, clients);
      }
    }

    async function settings(changes: Record<string, string> = {}): Promise<Record<string, string>> {
      return { ...shop.settings(await secrets.fields(secret)), ...changes };
    }

    async function withContainer(
      changes: Record<string, string>,
      use: (container: Container) => Promise<void>,
    ): Promise<void> {
      const container = await shop.start(await settings(changes));
      try {
        await use(container);
      } finally {
        await container.kill();
      }
    }

    it('customers see no failed page while the database password turns six times', async () => {
      let serving = await shop.start(await settings());
      const failures: string[] = [];
      let pages = 0;
      let open = true;
      const visitor = async (path: string) => {
        while (open) {
          const { status, body } = await serving
            .visit({ path })
            .catch((error: unknown) => ({ status: 0, body: String(error) }));
          pages++;
          if (status !== 200 || body.includes('Error establishing a database connection')) {
            failures.push(`${path} answers ${status}`);
          }
          await pause(100);
        }
      };
      const visitors = ['/hello-world/', '/', '/wp-login.php'].map(visitor);
      const logins = new Set<unknown>();
      for (let number = 0; number < 6; number++) {
        await turn();
        logins.add((await secrets.fields(secret)).username);
        // The refresh: a new task reads the secret as it is now, then the old one is let go.
        const next = await shop.start(await settings());
        const before = serving;
        serving = next;
        await before.stop();
      }
      open = false;
      await Promise.all(visitors);
      await serving.stop();

      expect(failures).toEqual([]);
      expect(pages).toBeGreaterThan(20);
      expect(logins).toEqual(new Set(['shop_a', 'shop_b']));
    }, 600_000);

    it('a task that was never refreshed after two turns fails its health check', async () => {
      await withContainer({}, async (container) => {
        await turn();
        await turn();
        expect((await container.visit({ path: '/healthz' })).status).toBe(503);
      });
    });

    it('the database connection is encrypted, in the pages as in the health check', async () => {
      await withContainer({}, async () => {
        const cipher = await shop.php(
          await settings(),
          `$_SERVER['HTTP_HOST'] = 'shop.example.jp'; require '${shop.root}/wp-load.php';
         echo $wpdb->get_row("SHOW STATUS LIKE 'Ssl_cipher'")->Value;`,
        );
        expect(cipher).toMatch(/^(TLS_|ECDHE-)/);
      });
    });

    it('a database whose certificate an unknown authority signed gets no password', async () => {
      const { pem } = await createAuthority('Somebody else');
      const strange = new PhpShop(pem);
      const container = await strange.launch(strange.settings(await secrets.fields(secret)));
      try {
        await expect
          .poll(
            () =>
              container.visit({ path: '/healthz' }).then(
                ({ status }) => status,
                () => 0,
              ),
            { timeout: 60_000 },
          )
          .toBe(503);
        const page = await container.visit({ path: '/' });
        expect(page.status).toBe(500);
        expect(page.body).toContain('Error establishing a database connection');
        expect(container.log).toContain('Cannot connect to MySQL using SSL');
      } finally {
        await strange.close();
      }
    });

    it('a database whose certificate names another host gets no password', async () => {
      await database.restartWith(await database.authority.issue({ hosts: ['other.example'] }));
      try {
        const container = await shop.launch(await settings());
        await expect
          .poll(
            () =>
              container.visit({ path: '/healthz' }).then(
                ({ status }) => status,
                () => 0,
              ),
            { timeout: 60_000 },
          )
          .toBe(503);
        expect((await container.visit({ path: '/' })).status).toBe(500);
        await container.kill();
      } finally {
        await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
      }
    });

    it('the health check says 503 while the database is away, and 200 when it is back', async () => {
      await withContainer({}, async (container) => {
        await database.restartWith(undefined);
        // Without TLS the server answers, but not as it must.
        expect((await container.visit({ path: '/healthz' })).status).toBe(503);
        await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
        await container.untilHealthy();
      });
    });

    it('the health check reads the authorities of its own region alone, where the image has them', async () => {
      const answers = async (pem: string) => {
        shop.addAuthorities('xx-test-1', pem);
        const container = await shop.launch(await settings({ AWS_REGION: 'xx-test-1' }));
        // The page asks the whole bundle, and says that the container is up.
        await expect
          .poll(
            () =>
              container.visit({ path: '/wp-login.php' }).then(
                ({ status }) => status,
                () => 0,
              ),
            { timeout: 60_000 },
          )
          .toBe(200);
        const { status } = await container.visit({ path: '/healthz' });
        await container.kill();
        return status;
      };
      expect(await answers((await createAuthority('Somebody else')).pem)).toBe(503);
      expect(await answers(database.authority.pem)).toBe(200);
    });

    it('a container without its settings does not start, and names each', async () => {
      const container = await shop.launch(await settings({ WORDPRESS_DB_PASSWORD: '', SHOP_ORIGIN: '' }));
      expect(await container.exitCode).toBe(64);
      expect(container.log).toContain('WORDPRESS_DB_PASSWORD SHOP_ORIGIN');
    });

    it('files that help only an attacker are refused', async () => {
      await withContainer({}, async (container) => {
        const paths = [
          '/xmlrpc.php',
          '/wp-cron.php',
          '/wp-config.php',
          '/.git/config',
          '/.htaccess',
          '/license.txt',
          '/dump.sql',
        ];
        for (const path of paths) {
          const { status } = await container.visit({ path });
          expect([403, 404], `${path} answers ${status}`).toContain(status);
        }
        expect(
          (await container.visit({ path: '/xmlrpc.php', method: 'POST', body: '<methodCall/>' })).status,
        ).toBe(403);
        expect((await container.visit({ path: '/', method: 'TRACE' })).status).toBe(405);
      });
    });

    it('an uploaded script is not run', async () => {
      await withContainer({}, async (container) => {
        const { mkdirSync, writeFileSync } = process.getBuiltinModule('node:fs');
        mkdirSync(`${shop.root}/wp-content/uploads`, { recursive: true });
        for (const name of ['evil.php', 'evil.PHP', 'evil.php.jpg', 'evil.phtml', 'evil.phar']) {
          writeFileSync(
            `${shop.root}/wp-content/uploads/${name}`,
            '<?php echo "ran as " . get_current_user();',
          );
          const { status, body } = await container.visit({ path: `/wp-content/uploads/${name}` });
          expect(body, name).not.toContain('ran as');
          expect(status, name).toBe(403);
        }
      });
    });

    it('admin cookies are secure, HTTP-only, and the software does not say its version', async () => {
      await withContainer({}, async (container) => {
        const login = await container.visit({
          path: '/wp-login.php',
          method: 'POST',
          host: 'admin.shop.example.jp:8443',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
          },
          body: 'log=owner&pwd=owner-Password-1&testcookie=1&redirect_to=https%3A%2F%2Fadmin.shop.example.jp%3A8443%2Fwp-admin%2F',
        });
        expect(login.status).toBe(302);
        expect(login.headers.location).toBe('https://admin.shop.example.jp:8443/wp-admin/');
        const cookies = [login.headers['set-cookie'] ?? []]
          .flat()
          .filter((cookie) => /^wordpress_(sec|logged_in)/.test(cookie));
        expect(cookies.length).toBeGreaterThan(0);
        for (const cookie of cookies) expect(cookie).toMatch(/; secure; HttpOnly/i);

        const page = await container.visit({ path: '/' });
        expect(page.headers['x-powered-by']).toBeUndefined();
        expect(page.headers.server).toBe('Apache');
        expect(page.body).not.toContain('name="generator"');
      });
    });

    it('the admin screens offer no file changes and no updates', async () => {
      await withContainer({}, async () => {
        const rights = await shop.php(
          await settings(),
          `$_SERVER['HTTP_HOST'] = 'admin.shop.example.jp:8443'; require '${shop.root}/wp-load.php';
         $owner = get_user_by('login', 'owner');
         foreach (['edit_plugins', 'edit_themes', 'edit_files', 'install_plugins', 'install_themes', 'update_core', 'update_plugins', 'upload_plugins', 'unfiltered_html', 'manage_options'] as $right)
           echo $right, '=', user_can($owner, $right) ? 'yes' : 'no', ' ';`,
        );
        expect(rights.trim()).toBe(
          'edit_plugins=no edit_themes=no edit_files=no install_plugins=no install_themes=no update_core=no update_plugins=no upload_plugins=no unfiltered_html=no manage_options=yes',
        );
      });
    });

    it('a Host the shop does not know gets the shop’s own address, and only the load balancer says who visits', async () => {
      await withContainer({ SHOP_TRUSTED_PROXIES: '10.20.0.0/16' }, async (container) => {
        const page = await container.visit({
          path: '/',
          host: 'evil.example',
          headers: { 'x-forwarded-for': '203.0.113.7' },
        });
        expect(page.body).not.toContain('//evil.example');
        expect(container.log).not.toContain('203.0.113.7');
      });
      await withContainer({ SHOP_TRUSTED_PROXIES: '127.0.0.0/8' }, async (container) => {
        await container.visit({
          path: '/?reset=secret-key',
          headers: { 'x-forwarded-for': '198.51.100.9, 203.0.113.7, 127.0.0.2' },
        });
        // The line is written once the answer is sent.
        await expect.poll(() => container.log, { timeout: 60_000 }).toContain('203.0.113.7 "GET /');
        expect(container.log).not.toContain('198.51.100.9');
        expect(container.log).not.toContain('secret-key');
      });
    });

    it('scheduled tasks run beside the web server', async () => {
      const at = Math.floor(Date.now() / 1000) - 5;
      await shop.php(
        await settings(),
        `$_SERVER['HTTP_HOST'] = 'shop.example.jp'; require '${shop.root}/wp-load.php';
       wp_schedule_single_event(${at}, 'shop_test_task');`,
      );
      const due = async () =>
        shop.php(
          await settings(),
          `$_SERVER['HTTP_HOST'] = 'shop.example.jp'; require '${shop.root}/wp-load.php';
         echo wp_next_scheduled('shop_test_task') === false ? 'done' : 'due';`,
        );
      expect(await due()).toBe('due');
      await withContainer({ SHOP_CRON_SECONDS: '1' }, async () => {
        await expect.poll(due, { timeout: 60_000, interval: 500 }).toBe('done');
      });
    });
  },
);
