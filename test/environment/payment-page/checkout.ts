import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A checkout as WooCommerce and a provider's hosted fields make one. Each part can be changed. */
export interface Checkout {
  readonly head?: string;
  readonly body?: string;
  /** What the server's own file does besides. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly formAction?: string;
  readonly products?: readonly { readonly name: string; readonly price: number }[];
  readonly nonce?: string;
  readonly notice?: string;
  /** Further files of the shop, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

const candle = { name: 'Candle', price: 1200 };

export function page({
  head = '',
  body = '',
  formAction = '/checkout',
  products = [candle],
  nonce = 'a1b2c3d4e5',
  notice = '',
}: Checkout): string {
  const settings = encodeURIComponent(JSON.stringify({ cart: products, currency: 'JPY', locale: 'ja' }));
  return `<!doctype html><html><head><title>Checkout</title>${head}
<script src="/assets/checkout.js?ver=6.5"></script>
<script src="http://PROVIDER/v3/"></script>
<script>var checkoutParams = { ajax: "/?wc-ajax=checkout", nonce: "${nonce}", total: ${products.reduce((sum, { price }) => sum + price, 0)}, items: ${JSON.stringify(products)}, text: "${notice}" };</script>
<script>window.wcSettings = JSON.parse(decodeURIComponent('${settings}'));</script>
<script type="application/ld+json">${JSON.stringify({ offers: products })}</script>
</head><body>
<h1>Checkout ${notice}</h1>
${products.map(({ name, price }) => `<p class="item">${name} <b>${price}</b> <img src="/media/${encodeURIComponent(name)}.png"></p>`).join('\n')}
<form method="post" action="${formAction}"><input name="email"><input type="hidden" name="nonce" value="${nonce}">
<button onclick="return confirmOrder(${products.length})">Pay</button></form>
<iframe title="card" src="http://PROVIDER/fields"></iframe>
<script>initFields(document.querySelector('form'), ${products.length});</script>
${body}</body></html>`;
}

const ownCode = `function confirmOrder(count) { return count > 0; }
function initFields(form, count) { form.dataset.count = String(count); setTimeout("document.body.dataset.ready = 'yes'", 1); }`;

/** Serves a checkout, its provider, and a host that no customer should ever ask, on loopback. */
export class Shop {
  checkout: Checkout = {};
  private readonly servers: readonly Server[];
  readonly origin: string;
  readonly provider: string;
  /** Where a skimmer sends cards to. */
  readonly elsewhere: string;

  private constructor(servers: readonly Server[]) {
    this.servers = servers;
    const [own = 0, provider = 0, elsewhere = 0] = servers.map(
      (server) => (server.address() as AddressInfo).port,
    );
    this.origin = `http://127.0.0.1:${own}`;
    this.provider = `127.0.0.1:${provider}`;
    this.elsewhere = `127.0.0.1:${elsewhere}`;
  }

  static async open(): Promise<Shop> {
    let shop: Shop | undefined;
    const own = createServer((request, response) => {
      const answered = shop?.answer(request.url ?? '/') ?? { status: 503, type: 'text/plain', body: '' };
      response
        .writeHead(answered.status, { 'content-type': answered.type, ...answered.headers })
        .end(answered.body);
    });
    const provider = createServer((request, response) => {
      const isScript = request.url?.startsWith('/v3') === true;
      response
        .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
        .end(
          isScript
            ? 'window.Provider = { version: Date.now() };'
            : '<input name="cardnumber"><script>window.secret = 1</script>',
        );
    });
    const elsewhere = createServer((request, response) => {
      const isScript = request.url?.endsWith('.js') === true;
      response
        .writeHead(200, {
          'content-type': isScript ? 'text/javascript' : 'text/html',
          'access-control-allow-origin': '*',
        })
        .end(isScript ? 'window.skimmed = document.forms.length;' : '<p>card?</p>');
    });
    const servers = [own, provider, elsewhere];
    await Promise.all(
      servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))),
    );
    shop = new Shop(servers);
    return shop;
  }

  close(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  private answer(url: string): {
    status: number;
    type: string;
    body: string;
    headers?: Record<string, string>;
  } {
    const { pathname } = new URL(url, this.origin);
    const { code = '', files = {}, headers = {} } = this.checkout;
    const written = (text: string) =>
      text.replaceAll('PROVIDER', this.provider).replaceAll('ELSEWHERE', this.elsewhere);
    if (pathname === '/checkout') {
      const sent = Object.entries({
        'content-security-policy': "frame-ancestors 'none'; object-src 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin',
        ...headers,
      }).filter((entry): entry is [string, string] => entry[1] !== undefined);
      return {
        status: 200,
        type: 'text/html; charset=utf-8',
        body: written(page(this.checkout)),
        headers: Object.fromEntries(sent),
      };
    }
    if (pathname === '/assets/checkout.js')
      return { status: 200, type: 'text/javascript', body: written(`${ownCode}\n${code}`) };
    const file = files[pathname];
    if (file !== undefined) return { status: 200, type: 'text/javascript', body: written(file) };
    if (pathname.startsWith('/media/')) return { status: 200, type: 'image/png', body: '' };
    return { status: 404, type: 'text/plain', body: 'nothing here' };
  }
}
