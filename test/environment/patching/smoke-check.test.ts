import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseShop } from '../../../lib/config/index.ts';
import {
  askTasks,
  type SmokeAnswer,
  type SmokePage,
  smokeProblems,
} from '../../../lib/environment/patching/smoke-check.ts';
import { smokeSettings } from '../../../lib/environment/patching/smoke-pages.ts';
import shop from '../../../shop.config.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A task on loopback, and what it answers for one page. */
async function asked(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  page: Omit<SmokePage, 'name'>,
): Promise<SmokeAnswer> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [only] = await askTasks(
    ['127.0.0.1'],
    {
      port: (server.address() as AddressInfo).port,
      host: 'shop.example.jp',
      adminHost: 'admin.shop.example.jp:8443',
      pages: [{ name: 'page', ...page }],
    },
    500,
  );
  if (only === undefined) throw new Error('nothing was asked');
  return only;
}

describe('the check of a new image', () => {
  it('asks as the load balancer does: by the host of customers or of staff, over TLS', async () => {
    const seen: unknown[] = [];
    const note = (request: IncomingMessage, response: ServerResponse) => {
      const { host, ...headers } = request.headers;
      seen.push([
        host,
        headers['x-forwarded-proto'],
        headers['x-forwarded-port'],
        headers['x-forwarded-for'],
      ]);
      response.end('ok');
    };
    expect(await asked(note, { path: '/' })).toMatchObject({ status: 200 });
    await asked(note, { path: '/wp-login.php', host: 'admin' });
    expect(seen).toEqual([
      ['shop.example.jp', 'https', '443', undefined],
      ['admin.shop.example.jp:8443', 'https', '8443', undefined],
    ]);
  });

  it('follows redirects within the shop, and no further', async () => {
    const within = await asked(
      (request, response) =>
        request.url === '/my-account'
          ? response.writeHead(301, { location: 'https://shop.example.jp/my-account/?a=1' }).end()
          : response.end(request.url),
      { path: '/my-account' },
    );
    expect(within).toMatchObject({ status: 200, detail: '(/my-account/?a=1) answers 200' });
    const elsewhere = await asked(
      (_, response) => response.writeHead(302, { location: 'https://parking.example/' }).end(),
      { path: '/' },
    );
    expect(elsewhere.status).toBe(302);
    const circle = await asked((_, response) => response.writeHead(302, { location: '/' }).end(), {
      path: '/',
    });
    expect(circle).toMatchObject({ status: 0, detail: '(/) leads in circles' });
  });

  it('finds a product by the link that the list names', async () => {
    const [{ path, link }] = pagesOf('woocommerce').filter(({ name }) => name === 'a product') as [SmokePage];
    const store = (request: IncomingMessage, response: ServerResponse) =>
      response.end(
        request.url === path
          ? JSON.stringify([{ id: 1, permalink: 'https://shop.example.jp/product/%e8%9d%8b/' }]).replaceAll(
              '/',
              '\\/',
            )
          : request.url,
      );
    expect(await asked(store, { path, ...(link ? { link } : {}) })).toMatchObject({
      status: 200,
      detail: '(/product/%e8%9d%8b/) answers 200',
    });
    const empty = await asked((_, response) => response.end('[]'), { path, ...(link ? { link } : {}) });
    expect(empty).toMatchObject({ status: 404, detail: 'is not to be found' });
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
    ['hangs', () => undefined, /does not answer: .*abort/i],
    ['hangs in the middle of a page', (_, response) => void response.write('<html>'), /does not answer/],
    [
      'breaks off in the middle of a page',
      (_, response) => {
        response.writeHead(200, { 'content-length': '99' });
        response.write('<html>');
        setTimeout(() => response.destroy(), 10);
      },
      /does not answer/,
    ],
    ['closes the connection', (request) => void request.socket.destroy(), /does not answer/],
  ])('of a task that %s says so in time', async (_what, answer, detail) => {
    expect(await asked(answer, { path: '/' })).toMatchObject({
      status: 0,
      detail: expect.stringMatching(detail),
    });
  });
});

describe('what is wrong with an image', () => {
  const answer = (page: string, status: number, required = false): SmokeAnswer => ({
    address: '10.0.0.8',
    page,
    required,
    status,
    detail: `answers ${status}`,
  });

  it.each<[string, SmokeAnswer[], SmokeAnswer[], number]>([
    ['all is well', [answer('cart', 200)], [answer('front', 200, true), answer('cart', 200)], 0],
    ['a required page that redirects away', [], [answer('front', 302, true)], 1],
    ['a required page that failed before too', [answer('front', 503, true)], [answer('front', 503, true)], 1],
    ['a page that is gone', [answer('cart', 200)], [answer('cart', 404)], 1],
    ['a page that was never there', [answer('cart', 404)], [answer('cart', 404)], 0],
    ['an error of the server, new or not', [answer('cart', 500)], [answer('cart', 500)], 1],
    ['a page that hangs', [answer('cart', 404)], [answer('cart', 0)], 1],
    ['one task of two', [answer('cart', 200)], [answer('cart', 200), answer('cart', 403)], 1],
    ['nobody to ask', [answer('cart', 200)], [], 1],
  ])('%s', (_what, before, after, problems) => {
    expect(smokeProblems(before, after)).toHaveLength(problems);
  });
});

function pagesOf(preset: 'woocommerce' | 'ec-cube'): readonly SmokePage[] {
  const parsed = parseShop({ ...shop, platform: { preset } });
  const environment = parsed.environments.production;
  if (environment === undefined) throw new Error('the example shop has no production');
  return smokeSettings(environment, parsed.platform).pages;
}

it.each(['woocommerce', 'ec-cube'] as const)(
  'a shop of the preset %s is asked for a product, the cart, both logins, health and front page',
  (preset) => {
    expect(pagesOf(preset).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'the health page',
        'the front page',
        'a product',
        'the cart',
        "customers' login",
        'the admin host',
      ]),
    );
  },
);
