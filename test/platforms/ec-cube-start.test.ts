import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../environment/credentials/support/authority.ts';
import { type DatabaseServer, startPostgres } from '../environment/credentials/support/servers.ts';
import { canPlayEcCube, EcCubeShop, installEcCube } from './support/ec-cube-shop.ts';
import { MailServer, mailLogin } from './support/mail-server.ts';
import type { Container } from './support/php-shop.ts';

/** A password that would end an address, a pattern or a quotation, if it were not encoded. */
const password = "p@ss/w:rd?&#' %\\";

describe.skipIf(!canPlayEcCube)(`the start of EC-CUBE (${canPlayEcCube ? 'runs' : installEcCube})`, () => {
  let database: DatabaseServer;
  let shop: EcCubeShop;
  let healthy: Container;

  beforeAll(async () => {
    database = await startPostgres();
    const root = await database.root();
    await root.query(`CREATE ROLE shop_a LOGIN PASSWORD '${password.replaceAll("'", "''")}'`);
    await root.query('CREATE DATABASE shop OWNER shop_a');
    await root.close();
    shop = new EcCubeShop(database.authority.pem);
    healthy = await shop.launch(settings());
    await healthy.untilHealthy();
  });

  afterAll(async () => {
    await shop?.close();
    await database?.stop();
  });

  function settings(changes: Record<string, string> = {}): Record<string, string> {
    return shop.settings({
      ECCUBE_DB_HOST: 'localhost',
      ECCUBE_DB_PORT: String(database.port),
      ECCUBE_DB_NAME: 'shop',
      ECCUBE_DB_USER: 'shop_a',
      ECCUBE_DB_PASSWORD: password,
      ...changes,
    });
  }

  async function ended(changes: Record<string, string>, ...args: string[]) {
    const container = await shop.launch(settings(changes), ...args);
    return { code: await container.exitCode, log: container.log };
  }

  const cart = async (container: Container, cookie = '', host = 'shop.example.jp') => {
    const answer = await container.visit({ path: '/cart', host, headers: cookie === '' ? {} : { cookie } });
    const [set = ''] = [answer.headers['set-cookie'] ?? []].flat();
    return { ...answer, set };
  };

  it('fills the cache, then becomes the web server, as the user of the image', async () => {
    expect(healthy.log).toContain('cache:warmup --env=prod --no-debug --no-interaction');
    expect(healthy.log).toContain('run this image once with the argument "setup"');
  });

  it('keeps a cart when the next request goes to another container', async () => {
    const other = await shop.launch(settings());
    await other.untilHealthy();
    const first = await cart(healthy);
    expect(JSON.parse(first.body)).toMatchObject({ items: 1, secure: true, path: '/cart' });
    const [cookie = ''] = first.set.split(';');
    expect(JSON.parse((await cart(other, cookie)).body).items).toBe(2);
    expect(JSON.parse((await cart(healthy, cookie)).body).items).toBe(3);
    await other.kill();
  });

  it('gives its cookie over TLS only, out of reach of scripts', async () => {
    expect((await cart(healthy)).set).toMatch(/; secure; HttpOnly; SameSite=None/i);
  });

  it('answers for its own two hosts only', async () => {
    expect((await cart(healthy, '', 'shop.example.jp')).status).toBe(200);
    expect((await cart(healthy, '', 'admin.shop.example.jp:8443')).status).toBe(200);
    for (const host of ['evil.example', 'shopXexample.jp', 'shop.example.jp.evil.example']) {
      expect((await cart(healthy, '', host)).status, host).toBe(400);
    }
  });

  it('refuses its own code and settings, however they are spelled', async () => {
    for (const path of [
      '/vendor/autoload.php',
      '/VENDOR/autoload.php',
      '/bin/console',
      '/app/config/eccube/packages/prod/zz_shop.yaml',
      '/html/upload/.maintenance',
      '/.env',
      '/composer.json',
    ]) {
      expect((await healthy.visit({ path })).status, path).toBe(403);
    }
  });

  it('never runs what was uploaded, and shows the pictures EC-CUBE brings along', async () => {
    const uploads = join(shop.root, 'html', 'upload', 'save_image');
    writeFileSync(join(uploads, 'shell.php'), '<?php echo "ran";');
    const shell = await healthy.visit({ path: '/html/upload/save_image/shell.php' });
    expect(shell.status).toBe(403);
    const picture = await healthy.visit({ path: '/html/upload/save_image/no_image.png' });
    expect(picture.body).toBe('a picture');
    expect(picture.headers['content-security-policy']).toContain('sandbox');
  });

  it('fills an empty media file system, and touches one that is in use no more', async () => {
    const picture = join(shop.root, 'html', 'upload', 'save_image', 'no_image.png');
    expect(existsSync(picture)).toBe(true);
    writeFileSync(picture, 'another picture');
    const other = await shop.launch(settings());
    await other.untilHealthy();
    await other.kill();
    expect(readFileSync(picture, 'utf8')).toBe('another picture');
    writeFileSync(picture, 'a picture');
  });

  it.each(['in cp 1', 'cp 1', 'mv 1', 'mv 2'])(
    'killed after or in "%s", leaves a media file system that the next start fills',
    async (kill) => {
      const uploads = join(shop.root, 'html', 'upload');
      for (const name of readdirSync(uploads)) rmSync(join(uploads, name), { recursive: true });
      await (await shop.cutOff(settings(), kill)).exitCode;
      expect(await (await shop.cutOff(settings(), 'nothing')).exitCode).toBe(0);
      expect(readFileSync(join(uploads, 'save_image', 'no_image.png'), 'utf8')).toBe('a picture');
      expect(existsSync(join(uploads, 'temp_image'))).toBe(true);
    },
  );

  it('several containers may start at once on a new database', async () => {
    const root = await database.root('shop');
    await root.query('DROP TABLE shop_sessions');
    await root.close();
    const containers = await Promise.all([1, 2, 3].map(() => shop.launch(settings())));
    await Promise.all(containers.map((container) => container.untilHealthy()));
    await Promise.all(containers.map((container) => container.kill()));
  });

  it('leads customers to the shop and staff to the admin host, whichever of them asks', async () => {
    for (const host of ['shop.example.jp', 'admin.shop.example.jp:8443']) {
      const { body } = await healthy.visit({ path: '/addresses', host });
      expect(JSON.parse(body), host).toEqual({
        homepage: ['https://shop.example.jp/', '/'],
        entry_activate: [
          'https://shop.example.jp/entry/activate/a%20b?x=/admin/',
          '/entry/activate/a%20b?x=/admin/',
        ],
        admin_order_edit: ['https://admin.shop.example.jp:8443/admin/order/3/edit', '/admin/order/3/edit'],
        administration: ['https://shop.example.jp/administration', '/administration'],
        network: '//shop.example.jp/',
      });
    }
  });

  it('sends what comes by another of its names to the shop', async () => {
    const other = await shop.launch(settings({ SHOP_ALIASES: 'www.shop.example.jp,tea.example' }));
    await other.untilHealthy();
    const answer = await other.visit({ path: '/cart?a=%2Fb', host: 'tea.example' });
    expect(answer).toMatchObject({
      status: 308,
      headers: { location: 'https://shop.example.jp/cart?a=%2Fb' },
    });
    expect((await other.visit({ path: '/cart', host: 'teaXexample' })).status).toBe(400);
    await other.kill();
  });

  describe('mails', () => {
    async function mailed(implicit: boolean, options: object = {}, changes: Record<string, string> = {}) {
      const { certificate, key } = await database.authority.issue();
      const mails = new MailServer({ secure: implicit, cert: certificate, key, ...options });
      const port = await mails.listen();
      const container = await shop.launch(
        settings({
          SHOP_MAIL_HOST: 'localhost',
          SHOP_MAIL_PORT: String(port),
          SHOP_MAIL_TLS: implicit ? 'implicit' : 'starttls',
          SHOP_MAIL_FROM: 'shop@shop.example.jp',
          SHOP_MAIL_USER: mailLogin.username,
          SHOP_MAIL_PASSWORD: mailLogin.password,
          ...changes,
        }),
      );
      await container.untilHealthy();
      const { body } = await container.visit({ path: '/mail?number=17' });
      const { log } = container;
      await container.kill();
      await mails.close();
      return { answer: JSON.parse(body) as { sent: boolean; why?: string }, mails, log };
    }

    it.each([
      ['STARTTLS', false],
      ['TLS', true],
    ])('arrive over %s, from the one sender', async (_, implicit) => {
      const { answer, mails, log } = await mailed(implicit);
      expect(answer).toEqual({ sent: true });
      const mail = mails.mail('Subject: Order 17');
      expect(mail).toMatchObject({
        from: 'shop@shop.example.jp',
        to: ['customer@example.com'],
        user: mailLogin.username,
        secure: true,
      });
      expect(mail.text).toMatch(/^From: Midori tea <shop@shop\.example\.jp>/m);
      expect(mail.text).toMatch(/^Reply-To: Midori tea <staff@example\.jp>/m);
      expect(log).not.toContain(mailLogin.password);
    });

    it('carry no login to a server that offers no STARTTLS, or that proves another name', async () => {
      const plain = await mailed(false, { disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
      expect(plain.answer).toEqual({ sent: false, why: expect.stringContaining('offers no STARTTLS') });
      const { certificate, key } = await database.authority.issue({ hosts: ['other.example'] });
      const other = await mailed(false, { cert: certificate, key });
      expect(other.answer.sent).toBe(false);
      expect([...plain.mails.tried, ...other.mails.tried]).toEqual([]);
    });

    it('do not leave before the login was written, and the start says so', async () => {
      const { mails, log } = await mailed(true, {}, { SHOP_MAIL_USER: 'not-written-yet' });
      expect(mails.tried).toEqual([]);
      expect(log).toContain('no mail leaves');
    });
  });

  it('without its settings stops at once, and names each', async () => {
    expect(await ended({ APP_SECRET: '', ECCUBE_DB_HOST: '' })).toMatchObject({
      code: 64,
      log: expect.stringContaining('ECCUBE_DB_HOST APP_SECRET'),
    });
  });

  it('gives no password to a database whose certificate an unknown authority signed', async () => {
    const { pem } = await createAuthority('Somebody else');
    const file = join(shop.folder, 'strange.pem');
    writeFileSync(file, pem);
    const { code, log } = await ended({ SHOP_DATABASE_CA: file });
    expect(code).toBe(69);
    expect(log).toContain('certificate verify failed');
    expect(log).not.toContain(password);
  });

  it('gives no password to a database under another name', async () => {
    const { code, log } = await ended({ ECCUBE_DB_HOST: '127.0.0.1' });
    expect(code).toBe(69);
    expect(log).toMatch(/certificate for .* does not match host name/);
  });

  it('a container whose sessions lose their authority shows no page, instead of going on without TLS', async () => {
    const strange = join(shop.folder, 'lost.pem');
    writeFileSync(strange, database.authority.pem);
    const container = await shop.launch(settings({ SHOP_DATABASE_CA: strange }));
    await container.untilHealthy();
    writeFileSync(strange, (await createAuthority('Somebody else')).pem);
    expect((await cart(container)).status).toBe(500);
    expect((await container.visit({ path: '/healthz' })).status).toBe(503);
    await container.kill();
  });

  describe('the first time', () => {
    it('needs an administrator whose password nobody knows', async () => {
      expect(await ended({}, 'setup')).toMatchObject({
        code: 64,
        log: expect.stringContaining('12 characters or more'),
      });
      expect((await ended({ ECCUBE_ADMIN_USER: 'owner', ECCUBE_ADMIN_PASS: 'password' }, 'setup')).code).toBe(
        64,
      );
    });

    it('creates the tables once, and never again', async () => {
      const administrator = { ECCUBE_ADMIN_USER: 'owner', ECCUBE_ADMIN_PASS: 'a-long-Password-1' };
      const first = await ended(administrator, 'setup');
      expect(first).toMatchObject({ code: 0, log: expect.stringContaining('doctrine:schema:create') });
      expect(first.log.indexOf('eccube:fixtures:load')).toBeGreaterThan(
        first.log.indexOf('doctrine:schema:create'),
      );
      expect(first.log.indexOf('doctrine:migrations:version --add --all')).toBeGreaterThan(
        first.log.indexOf('eccube:fixtures:load'),
      );
      expect(first.log).not.toContain('a-long-Password-1');
      expect(await ended(administrator, 'setup')).toMatchObject({
        code: 65,
        log: expect.stringContaining('nothing was changed'),
      });
    });

    it('is begun anew where it was interrupted, and only there', async () => {
      const root = await database.root('shop');
      await root.query('INSERT INTO shop_setup VALUES (TRUE)');
      const container = await shop.launch(settings());
      await container.untilHealthy();
      expect(container.log).toContain('run this image once with the argument "setup"');
      await container.kill();
      const again = await ended(
        { ECCUBE_ADMIN_USER: 'owner', ECCUBE_ADMIN_PASS: 'a-long-Password-1' },
        'setup',
      );
      expect(again).toMatchObject({ code: 0, log: expect.stringContaining('doctrine:schema:drop --force') });
      expect(await root.query('SELECT * FROM shop_setup')).toHaveLength(0);
      await root.close();
    });

    it.each([...[3, 4, 5, 6, 7].map((call) => `php ${call}`), 'in schema:create'])(
      'killed after or in its step "%s", is set up whole by the next',
      async (kill) => {
        const root = await database.root('shop');
        await root.query('DROP TABLE IF EXISTS dtb_authority, dtb_base_info, shop_setup');
        const administrator = { ECCUBE_ADMIN_USER: 'owner', ECCUBE_ADMIN_PASS: 'a-long-Password-1' };
        await (await shop.cutOff(settings(administrator), kill, 'setup')).exitCode;
        const again = await ended(administrator, 'setup');
        // Of the last step nothing was left to do.
        expect([0, 65], again.log).toContain(again.code);
        expect(await root.query('SELECT * FROM dtb_base_info')).toEqual([{ id: 1 }]);
        expect(await root.query('SELECT * FROM shop_setup')).toEqual([]);
        await root.close();
      },
    );

    it('does not start on tables that are older than the code, and says what to run', async () => {
      const refused = await ended({ SHOP_TEST_PENDING: '1' });
      expect(refused.code).toBe(65);
      expect(refused.log).toContain('run this image once with the argument "migrate"');
      expect(refused.log).not.toContain('cache:warmup');
      expect((await ended({ SHOP_TEST_PENDING: '1' }, 'migrate')).code).toBe(0);
    });

    it('is followed by changes of the tables, when they are asked for', async () => {
      expect(await ended({}, 'migrate')).toMatchObject({
        code: 0,
        log: expect.stringContaining('doctrine:migrations:migrate --allow-no-migration'),
      });
    });
  });
});
