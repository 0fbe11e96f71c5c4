import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../environment/credentials/support/authority.ts';
import { type DatabaseServer, startMariadb } from '../environment/credentials/support/servers.ts';
import { program } from '../support/programs.ts';
import { MailServer, mailLogin } from './support/mail-server.ts';
import {
  type Container,
  debianWordpress,
  installWordpress,
  PhpShop,
  phpModule,
  type Visit,
} from './support/php-shop.ts';

const missing = [
  ...(['mariadbd', 'apache2'] as const).map(program).filter((each) => each.missing),
  ...(debianWordpress === undefined || phpModule === undefined ? [{ install: installWordpress }] : []),
].map(({ install }) => install);

const shopOrigin = 'https://shop.example.jp';
const adminOrigin = 'https://admin.shop.example.jp:8443';
const adminHost = 'admin.shop.example.jp:8443';

describe.skipIf(missing.length > 0)(`a shop on WordPress (${missing.join('; ') || 'runs'})`, () => {
  let database: DatabaseServer;
  let shop: PhpShop;
  let base: Record<string, string>;
  let running: Container | undefined;

  beforeAll(async () => {
    database = await startMariadb();
    await database.restartWith(await database.authority.issue({ addresses: ['127.0.0.1'] }));
    const root = await database.root();
    await root.query("CREATE USER shop_a@'%' IDENTIFIED BY 'shop-Password-1'");
    await root.query('CREATE DATABASE shop');
    await root.query("GRANT ALL ON shop.* TO shop_a@'%'");
    await root.close();
    shop = new PhpShop(database.authority.pem);
    shop.addStandIn();
    shop.addTheme();
    base = shop.settings({
      host: '127.0.0.1',
      port: database.port,
      dbname: 'shop',
      username: 'shop_a',
      password: 'shop-Password-1',
    });
    // Over the VPN, as the owner does it.
    await shop.install(base, adminHost);
    await shop.php(
      base,
      `require '${shop.root}/wp-load.php'; update_option('active_plugins', ['woocommerce-stand-in.php']); switch_theme('stand-in');
       wp_insert_user(['user_login' => 'hanako', 'user_pass' => 'x', 'user_email' => 'customer@example.com', 'role' => 'subscriber']);`,
    );
  });

  afterEach(async () => {
    await running?.kill();
    running = undefined;
  });

  afterAll(async () => {
    await shop?.close();
    await database?.stop();
  });

  async function start(changes: Record<string, string> = {}): Promise<Container> {
    running = await shop.start({ ...base, ...changes });
    return running;
  }

  async function ask(container: Container, visit: Visit): Promise<Record<string, unknown>> {
    const { body, status } = await container.visit(visit);
    expect(status, body).toBe(200);
    return JSON.parse(body) as Record<string, unknown>;
  }

  describe('mails', () => {
    const server = async (implicit: boolean, options: object = {}) => {
      const { certificate, key } = await database.authority.issue({ hosts: ['localhost'] });
      const mails = new MailServer({ secure: implicit, cert: certificate, key, ...options });
      const port = await mails.listen();
      const settings = {
        SHOP_MAIL_HOST: 'localhost',
        SHOP_MAIL_PORT: String(port),
        SHOP_MAIL_TLS: implicit ? 'implicit' : 'starttls',
        SHOP_MAIL_FROM: 'shop@shop.example.jp',
        SHOP_MAIL_USER: mailLogin.username,
        SHOP_MAIL_PASSWORD: mailLogin.password,
      };
      return { mails, settings };
    };

    it.each([
      ['STARTTLS', false],
      ['TLS', true],
    ])('of an order, a new password and a new account arrive over %s', async (_, implicit) => {
      const { mails, settings } = await server(implicit);
      try {
        const container = await start(settings);
        await ask(container, { path: '/?stand-in=order&number=17', host: adminHost });
        await container.visit({
          path: '/wp-login.php?action=lostpassword',
          method: 'POST',
          host: adminHost,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'user_login=owner',
        });
        await shop.php(
          { ...base, ...settings },
          `require '${shop.root}/wp-load.php'; wp_new_user_notification(get_user_by('login', 'hanako')->ID, null, 'both');
           retrieve_password('hanako');`,
        );
        for (const mail of mails.received) {
          expect(mail).toMatchObject({
            from: 'shop@shop.example.jp',
            user: mailLogin.username,
            secure: true,
          });
          expect(mail.text).toMatch(/^From: .*<?shop@shop\.example\.jp>?/m);
        }
        const order = mails.mail('Subject: Order 17');
        expect(order.to).toEqual(['customer@example.com']);
        expect(order.text).toMatch(/^Reply-To: .*<?staff@example\.jp>?/m);
        expect(order.text).toContain(`${shopOrigin}/checkout/order-pay/17/`);
        expect(order.text).not.toContain('admin.shop');
        expect(mails.mail('New order 17').text).toContain(
          `${adminOrigin}/wp-admin/post.php?post=17&action=edit`,
        );
        const reset = mails.received.filter(({ to }) => to.includes('owner@example.jp'));
        expect(reset.some(({ text }) => text.includes(`${adminOrigin}/wp-login.php?`))).toBe(true);
        const toCustomer = mails.received.filter(
          ({ to, text }) => to.includes('customer@example.com') && /lost-password/.test(text),
        );
        expect(toCustomer.length).toBeGreaterThan(0);
        expect(toCustomer[0]?.text).toMatch(
          new RegExp(`${shopOrigin}/myaccount/lost-password/\\?key=\\w+&login=hanako`),
        );
        expect(container.log).not.toContain('a mail was not sent');
      } finally {
        await mails.close();
      }
    });

    it('carry no login to a server that offers no STARTTLS', async () => {
      const { mails, settings } = await server(false, {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
      });
      try {
        const container = await start(settings);
        expect(await ask(container, { path: '/?stand-in=order&number=18' })).toEqual({ sent: false });
        expect(mails.tried).toEqual([]);
        expect(mails.received).toEqual([]);
        expect(container.log).toContain('a mail was not sent');
        expect(container.log).not.toContain('customer@example.com');
      } finally {
        await mails.close();
      }
    });

    it.each([
      ['an unknown authority signed', async () => (await createAuthority('Stranger')).issue()],
      ['names another host', async () => database.authority.issue({ hosts: ['other.example'] })],
    ])('carry no login to a server whose certificate %s', async (_, issue) => {
      const { certificate, key } = await issue();
      const { mails, settings } = await server(true, { cert: certificate, key });
      try {
        const container = await start(settings);
        expect(await ask(container, { path: '/?stand-in=order&number=19' })).toEqual({ sent: false });
        expect(mails.tried).toEqual([]);
      } finally {
        await mails.close();
      }
    });

    it('that cannot be sent are said in the log, without address or password', async () => {
      const { mails, settings } = await server(true);
      try {
        const container = await start({ ...settings, SHOP_MAIL_PASSWORD: 'wrong-Password-9' });
        expect(await ask(container, { path: '/?stand-in=order&number=20' })).toEqual({ sent: false });
        expect(container.log).toContain('a mail was not sent: SMTP Error: Could not authenticate');
        expect(container.log).not.toMatch(/wrong-Password-9|customer@/);
      } finally {
        await mails.close();
      }
    });

    it.each([
      [
        'before the login was written',
        { SHOP_MAIL_HOST: 'localhost', SHOP_MAIL_USER: 'not-written-yet' },
        'is written',
      ],
      ['where the config says none', {}, 'this shop sends no mail'],
    ])('are refused %s', async (_, settings, words) => {
      const container = await start(settings as Record<string, string>);
      expect(await ask(container, { path: '/?stand-in=order&number=21' })).toEqual({ sent: false });
      expect(container.log).toContain(words);
    });

    it('go through SES with the credentials of the task', async () => {
      const requests: { headers: Record<string, string>; body: string; path: string }[] = [];
      const credentials = {
        AccessKeyId: 'ASIAEXAMPLE',
        SecretAccessKey: 'se/cret+key',
        Token: 'session-token',
      };
      const service = await listen((path, headers, body) => {
        if (path === '/credentials') return { status: 200, body: JSON.stringify(credentials) };
        requests.push({ path, headers, body });
        return {
          status: requests.length > 2 ? 400 : 200,
          body: JSON.stringify({ message: 'MessageRejected' }),
        };
      });
      try {
        const endpoint = `http://127.0.0.1:${service.port}`;
        const container = await start({
          SHOP_MAIL_SES_REGION: 'ap-northeast-1',
          SHOP_MAIL_FROM: 'shop@shop.example.jp',
          AWS_ENDPOINT_URL_SESV2: endpoint,
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/credentials`,
        });
        expect(await ask(container, { path: '/?stand-in=order&number=22' })).toEqual({ sent: true });
        const [first] = requests;
        if (!first) throw new Error('nothing was sent');
        expect(first.path).toBe('/v2/email/outbound-emails');
        const sent = JSON.parse(first.body);
        expect(sent).toMatchObject({
          FromEmailAddress: 'shop@shop.example.jp',
          Destination: { ToAddresses: ['customer@example.com'] },
        });
        expect(Buffer.from(sent.Content.Raw.Data, 'base64').toString()).toContain('Subject: Order 22');
        expect(first.headers.authorization).toBe(await signatureOf(first, credentials, service.port));
        expect(await ask(container, { path: '/?stand-in=order&number=23' })).toEqual({ sent: false });
        expect(container.log).toContain('a mail was not sent: SES answers 400: MessageRejected');
      } finally {
        await service.close();
      }
    });
  });

  describe('one public face', () => {
    it('the installation over the VPN leaves the public address in the database', async () => {
      const root = await database.root('shop');
      const rows = await root.query(
        "SELECT option_name, option_value FROM wp_options WHERE option_name IN ('siteurl', 'home') ORDER BY 1",
      );
      await root.close();
      expect(JSON.stringify(rows)).not.toContain('admin.shop');
      expect(JSON.stringify(rows).match(/https:\/\/shop\.example\.jp"/g)).toHaveLength(2);
    });

    it('what customers and providers get is the same from both hosts', async () => {
      const container = await start();
      const expected = {
        pay: `${shopOrigin}/checkout/order-pay/0/`,
        webhook: `${shopOrigin}/wc-api/stand_in_gateway/`,
        rest: `${shopOrigin}/wp-json/stand-in/v1/webhook`,
        upload: expect.stringContaining(`${shopOrigin}/wp-content/uploads/`),
        plugin: `${shopOrigin}/wp-content/plugins/x.js`,
        permalink: `${shopOrigin}/hello-world/`,
        postpass: `${shopOrigin}/wp-login.php?action=postpass`,
        admin: `${adminOrigin}/wp-admin/edit.php`,
        restEditor: `${adminOrigin}/wp-json/wp/v2/posts`,
      };
      const fromShop = await ask(container, { path: '/?stand-in=addresses' });
      expect(fromShop).toMatchObject({
        ...expected,
        ajax: `${shopOrigin}/wp-admin/admin-ajax.php`,
        restRoot: `${shopOrigin}/wp-json/`,
        login: `${shopOrigin}/myaccount/`,
        logout: expect.stringContaining(`${shopOrigin}/my-account/customer-logout/`),
      });
      const fromAdmin = await ask(container, { path: '/?stand-in=addresses', host: adminHost });
      expect(fromAdmin).toMatchObject({
        ...expected,
        ajax: `${adminOrigin}/wp-admin/admin-ajax.php`,
        restRoot: `${adminOrigin}/wp-json/`,
        login: `${adminOrigin}/wp-login.php`,
        logout: expect.stringContaining(`${adminOrigin}/wp-login.php?action=logout`),
      });
    });

    it('a page that staff saves shows customers the public address, however it was built', async () => {
      const container = await start();
      const { page } = await ask(container, { path: '/?stand-in=page', host: adminHost });
      const root = await database.root('shop');
      const text = JSON.stringify(
        await root.query(`SELECT post_content, guid FROM wp_posts WHERE ID = ${Number(page)}`),
      );
      await root.close();
      expect(text).toContain(`${shopOrigin}/wp-content/uploads/a.png`);
      expect(text).toContain(`${shopOrigin}/about`);
      expect(text.replaceAll('\\', '')).toContain(`${shopOrigin}/wp-content/uploads/b.png`);
      expect(text.replaceAll('\\', '').split('admin.shop.example.jp')).toHaveLength(2);
      expect(text).toContain(`${adminOrigin}/wp-admin/post.php?post=1`);
    });

    it('a provider is given an address that it can reach', async () => {
      const given: string[] = [];
      const provider = await listen((_path, _headers, body) => {
        given.push(body);
        return { status: 201, body: '{}' };
      });
      try {
        const container = await start();
        const path = `/?stand-in=register&provider=${encodeURIComponent(`http://127.0.0.1:${provider.port}/`)}`;
        expect(await ask(container, { path, host: adminHost })).toEqual({ status: 201 });
        expect(JSON.parse(given[0] ?? '')).toEqual({
          url: `${shopOrigin}/?wc-api=stand_in`,
          dashboard: `${adminOrigin}/wp-admin/admin.php`,
        });
      } finally {
        await provider.close();
      }
    });

    it('staff signs in on the admin host, stays there, and its screens load from it', async () => {
      const container = await start();
      const login = await container.visit({
        path: '/wp-login.php',
        method: 'POST',
        host: adminHost,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: 'wordpress_test_cookie=WP%20Cookie%20check',
        },
        body: `log=owner&pwd=owner-Password-1&testcookie=1&redirect_to=${encodeURIComponent(`${adminOrigin}/wp-admin/edit.php`)}`,
      });
      expect(login.headers.location).toBe(`${adminOrigin}/wp-admin/edit.php`);
      const cookie = [login.headers['set-cookie'] ?? []]
        .flat()
        .map((each) => each.split(';')[0])
        .join('; ');
      const screen = await container.visit({
        path: '/wp-admin/post-new.php',
        host: adminHost,
        headers: { cookie },
      });
      expect(screen.status).toBe(200);
      const loaded = [...screen.body.matchAll(/(?:src|href)=['"](https:[^'"]+)['"]/g)].map(
        ([, url = '']) => url,
      );
      const closed = loaded.filter(
        (url) => /\/wp-(admin|login|includes)/.test(url) && url.startsWith(shopOrigin),
      );
      expect(closed).toEqual([]);
      expect(screen.body).toContain(`createRootURLMiddleware( "${adminOrigin}/wp-json/" )`);
      const front = await container.visit({ path: '/', host: adminHost });
      expect(front.body).not.toMatch(/rel=.canonical. href=.https:\/\/admin/);
    });
  });

  describe('staff', () => {
    /** The cookie that signing in on a host gives; its name is made of the host. */
    const signedIn = async (origin: string, login = 'owner'): Promise<string> => {
      const made = await shop.php(
        base,
        `$_SERVER['HTTP_HOST'] = '${new URL(origin).host}'; require '${shop.root}/wp-load.php';
         $user = get_user_by('login', '${login}'); $until = time() + 3600;
         $token = WP_Session_Tokens::get_instance($user->ID)->create($until);
         foreach (['logged_in' => LOGGED_IN_COOKIE, 'secure_auth' => SECURE_AUTH_COOKIE] as $scheme => $name) {
           echo $name, '=', rawurlencode(wp_generate_auth_cookie($user->ID, $until, $scheme, $token)), '; ';
         }`,
      );
      return made.replace(/; $/, '');
    };

    it('has the rights of a customer at the shop, and its own on the admin host', async () => {
      const container = await start();
      const rights = async (host: string | undefined, origin: string, login?: string) =>
        ask(container, {
          path: '/?stand-in=rights',
          headers: { cookie: await signedIn(origin, login) },
          ...(host && { host }),
        });
      expect(await rights(undefined, shopOrigin)).toMatchObject({
        user: 'owner',
        may: ['read', 'view_order'],
        bar: false,
      });
      expect(await rights(undefined, shopOrigin, 'hanako')).toMatchObject({
        user: 'hanako',
        may: ['read', 'view_order'],
        ownerIsStaff: true,
      });
      expect(await rights(adminHost, adminOrigin)).toMatchObject({
        user: 'owner',
        may: expect.arrayContaining(['edit_posts', 'manage_options', 'delete_users', 'administrator']),
      });
    });

    it('publishes nothing and opens no screen through the shop, even if the edge let it', async () => {
      const container = await start();
      const publish = async (origin: string, host?: string) => {
        const cookie = await signedIn(origin);
        const of = host ? { host } : {};
        const { nonce } = await ask(container, { path: '/?stand-in=rights', headers: { cookie }, ...of });
        const headers = { cookie, 'x-wp-nonce': String(nonce), 'content-type': 'application/json' };
        const body = '{"title":"x","status":"publish"}';
        const route = await container.visit({
          path: '/wp-json/wp/v2/posts',
          method: 'POST',
          headers,
          body,
          ...of,
        });
        const screen = await container.visit({ path: '/wp-admin/users.php', headers: { cookie }, ...of });
        return [route.status, screen.status];
      };
      expect(await publish(shopOrigin)).toEqual([403, 403]);
      expect(await publish(adminOrigin, adminHost)).toEqual([201, 200]);
    });

    it('exports nothing where customer data leaves through the desk, and works on as before', async () => {
      const cookie = await signedIn(adminOrigin);
      const statusesIn = async (changes: Record<string, string>) => {
        const container = await start(changes);
        const headers = { cookie };
        const { nonce } = await ask(container, { path: '/?stand-in=rights', headers, host: adminHost });
        const form = { 'content-type': 'application/x-www-form-urlencoded' };
        const visits: Visit[] = [
          { path: '/wp-admin/export.php' },
          { path: '/wp-admin/export.php?download=true&content=posts' },
          { path: '/wp-admin/admin.php?page=wc-reports' },
          { path: '/wp-admin/admin-ajax.php?action=woocommerce_admin_download_report_csv&filename=a' },
          { path: '/wp-json/wc/v3/orders' },
          { path: '/index.php/wp-json/WC/v3/orders/10/' },
          { path: '/?rest.route=/wc/v3/orders' },
          // More than the web ACL looks at.
          {
            path: '/',
            method: 'POST',
            headers: form,
            body: `x=${'x'.repeat(70_000)}&rest_route=/wc/v3/orders`,
          },
          { path: '/wp-json/wp/v2/users?context=edit' },
          { path: '/wp-json/wc/v3/orders/10/notes' },
          { path: '/wp-json/wp/v2/users?context=view' },
          { path: '/wp-json/wp/v2/users/me?context=edit' },
          { path: '/wp-admin/users.php' },
          { path: '/wp-admin/edit.php' },
        ];
        const statuses: number[] = [];
        for (const visit of visits) {
          const own = { ...visit.headers, cookie, 'x-wp-nonce': String(nonce) };
          statuses.push((await container.visit({ ...visit, host: adminHost, headers: own })).status);
        }
        await container.kill();
        return statuses;
      };
      const [shut, goesOn] = [9, 5];
      expect(await statusesIn({ SHOP_EXPORT_SCREENS: 'closed' })).toEqual([
        ...Array.from({ length: shut }, () => 403),
        ...Array.from({ length: goesOn }, () => 200),
      ]);
      const open = await statusesIn({});
      expect(open.filter((status) => status === 403)).toEqual([]);
    });

    it('keeps the rights of a key that the config opened a route for', async () => {
      const container = await start();
      expect(await ask(container, { path: '/?stand-in=rights&consumer_key=ck_test' })).toMatchObject({
        user: 'owner',
        may: expect.arrayContaining(['manage_options']),
      });
    });

    it('sees the shop in the customizer, on the admin host', async () => {
      const container = await start();
      const headers = { cookie: await signedIn(adminOrigin) };
      const address = encodeURIComponent(`${shopOrigin}/hello-world/`);
      const screen = await container.visit({
        path: `/wp-admin/customize.php?url=${address}`,
        host: adminHost,
        headers,
      });
      expect(screen.status).toBe(200);
      const written = /_wpCustomizeSettings = (\{.*?\});$/m.exec(screen.body)?.[1] ?? '{}';
      const { url, changeset, nonce } = JSON.parse(written);
      expect(url).toMatchObject({ preview: `${adminOrigin}/hello-world/`, isCrossDomain: false });
      expect(url.allowed.every((each: string) => each.startsWith(adminOrigin))).toBe(true);

      const { searchParams } = new URL('https://x/');
      searchParams.set('customize_changeset_uuid', changeset.uuid);
      searchParams.set('customize_theme', 'stand-in');
      searchParams.set('customize_messenger_channel', 'preview-0');
      const frame = await container.visit({
        path: `/?${searchParams}`,
        method: 'POST',
        host: adminHost,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: `wp_customize=on&nonce=${nonce.preview}&customized=%7B%22blogname%22%3A%22Hana%20of%20tomorrow%22%7D`,
      });
      expect(frame.status).toBe(200);
      expect(frame.body).toContain('Hana of tomorrow');
      expect(frame.body).toContain(`id="home" href="${adminOrigin}/"`);
      expect(frame.headers['content-security-policy']).toBe("frame-ancestors 'self'");
      // Nobody else is shown a draft, and customers see their own address.
      const shown = await container.visit({ path: `/?${searchParams}` });
      expect(shown.body).not.toContain('Hana of tomorrow');
      expect((await container.visit({ path: '/' })).body).toContain(`id="home" href="${shopOrigin}/"`);
    });

    it('signs out on the host where it signed in', async () => {
      const container = await start();
      const headers = { cookie: await signedIn(adminOrigin) };
      const { logout } = await ask(container, { path: '/?stand-in=addresses', host: adminHost, headers });
      const { pathname, search, origin } = new URL(String(logout));
      expect(origin).toBe(adminOrigin);
      const left = await container.visit({ path: pathname + search, host: adminHost, headers });
      expect(left.status).toBe(302);
      expect(left.headers.location).toMatch(new RegExp(`^${adminOrigin}/wp-login\\.php\\?loggedout=true`));
      const asked = await container.visit({ path: '/wp-admin/edit.php?paged=2', host: adminHost });
      expect(asked.headers.location).toBe(
        `${adminOrigin}/wp-login.php?redirect_to=${encodeURIComponent(`${adminOrigin}/wp-admin/edit.php?paged=2`)}&reauth=1`,
      );
    });
  });

  describe('the database', () => {
    const asRoot = async (sql: string): Promise<string> => {
      const root = await database.root();
      const answer = await root.query(sql);
      await root.close();
      return JSON.stringify(answer);
    };
    const connections = async () =>
      Number(/"(\d+)"/.exec(await asRoot("SHOW GLOBAL STATUS LIKE 'Connections'"))?.[1]);

    it('is connected to once by a worker, and anew when the connection is gone', async () => {
      const container = await start({ SHOP_MEMORY_MIB: '272' });
      const views = async (count: number) => {
        for (let view = 0; view < count; view++)
          expect((await container.visit({ path: '/' })).status).toBe(200);
      };
      await views(2);
      const before = await connections();
      await views(10);
      // Asking is a connection, too.
      expect((await connections()) - before).toBe(1);
      await asRoot('KILL USER shop_a');
      await views(2);
    });
  });

  describe('the visitor', () => {
    it('has the address that the load balancer saw, whatever else was sent', async () => {
      const container = await start({ SHOP_TRUSTED_PROXIES: '127.0.0.0/8' });
      const spoofed = {
        'x-forwarded-for': '198.51.100.9, 203.0.113.7, 127.0.0.2',
        'x-real-ip': '198.51.100.9',
        'x-client-ip': '198.51.100.9',
        'client-ip': '198.51.100.9',
        'true-client-ip': '198.51.100.9',
        'cf-connecting-ip': '198.51.100.9',
        'cf-ipcountry': 'KP',
        'x-country-code': 'KP',
        forwarded: 'for=198.51.100.9',
        'x-forwarded-host': 'evil.example',
        proxy: 'http://evil.example',
      };
      const { address, country, headers } = await ask(container, {
        path: '/?stand-in=visitor',
        headers: spoofed,
      });
      expect({ address, country }).toEqual({ address: '203.0.113.7', country: '' });
      expect(headers).toEqual(['HTTP_HOST', 'HTTP_CONNECTION']);
    });

    it('gets no answer about the shop’s health, which is the load balancer’s to ask', async () => {
      const container = await start({ SHOP_TRUSTED_PROXIES: '127.0.0.0/8' });
      const path = '/healthz';
      expect((await container.visit({ path })).status).toBe(200);
      for (const from of ['203.0.113.7', '198.51.100.9, 203.0.113.7', '127.0.0.9']) {
        expect((await container.visit({ path, headers: { 'x-forwarded-for': from } })).status, from).toBe(
          403,
        );
      }
    });
  });

  describe('what may be kept', () => {
    const cached = async (container: Container, path: string) => {
      const { headers, status } = await container.visit({ path });
      return { status, control: headers['cache-control'], cookie: headers['set-cookie'] };
    };

    it('is a file, for good where its address changes with its content', async () => {
      const container = await start();
      const file = '/wp-includes/css/dist/block-library/style.min.css';
      expect(await cached(container, file)).toEqual({
        status: 200,
        control: 'public, max-age=86400',
        cookie: undefined,
      });
      for (const path of [`${file}?ver=6.1.9`, `${file}?x=1&ver=2`]) {
        expect((await cached(container, path)).control, path).toBe('public, max-age=31536000, immutable');
      }
    });

    it('is no upload for good because a date is in its name, and nothing that WooCommerce keeps to itself', async () => {
      const uploads = `${shop.root}/wp-content/uploads`;
      for (const name of [
        'candle-20261128.jpg',
        'hash-5f3c9a12.jpg',
        'woocommerce_uploads/bought.pdf',
        'wc-logs/fatal.txt',
      ]) {
        mkdirSync(dirname(join(uploads, name)), { recursive: true });
        writeFileSync(join(uploads, name), 'x');
      }
      const container = await start();
      expect(await cached(container, '/wp-content/uploads/candle-20261128.jpg')).toMatchObject({
        status: 200,
        control: 'public, max-age=86400',
      });
      expect((await cached(container, '/wp-content/uploads/hash-5f3c9a12.jpg')).control).toContain(
        'immutable',
      );
      for (const kept of ['woocommerce_uploads/bought.pdf', 'wc-logs/fatal.txt']) {
        const answer = await cached(container, `/wp-content/uploads/${kept}`);
        expect(answer.status).toBe(403);
        expect(answer.control ?? '').not.toContain('public');
      }
    });

    it('is no page, unless the shop says so and gives no cookie with it', async () => {
      const container = await start();
      expect((await cached(container, '/')).control).toMatch(/^private/);
      expect((await cached(container, '/missing.png')).control).toMatch(/private|no-cache/);
      expect((await cached(container, '/?stand-in=public')).control).toBe('public, max-age=60');
      expect(await cached(container, '/?stand-in=cookie')).toMatchObject({
        control: 'private, no-cache',
        cookie: [expect.stringContaining('cart=1')],
      });
    });
  });
});

async function listen(
  answer: (path: string, headers: Record<string, string>, body: string) => { status: number; body: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(
        request.url ?? '',
        request.headers as Record<string, string>,
        Buffer.concat(chunks).toString(),
      );
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What the AWS SDK would have signed for the same request. */
async function signatureOf(
  { headers, body, path }: { headers: Record<string, string>; body: string; path: string },
  keys: { AccessKeyId: string; SecretAccessKey: string; Token: string },
  port: number,
): Promise<string | undefined> {
  const time = headers['x-amz-date'] ?? '';
  const signer = new SignatureV4({
    service: 'ses',
    region: 'ap-northeast-1',
    sha256: Sha256,
    applyChecksum: false,
    credentials: {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.Token,
    },
  });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      port,
      path,
      headers: { host: headers.host ?? '', 'content-type': headers['content-type'] ?? '' },
      body,
    },
    { signingDate: new Date(time.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')) },
  );
  return signed.headers.authorization;
}
