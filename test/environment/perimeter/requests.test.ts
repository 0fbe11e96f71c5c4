import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import {
  type EnvironmentInput,
  rehearserOf,
  shopWith,
  synthesizeWay,
} from '../../review/rehearsal/fixture.ts';

/**
 * What WordPress 6.5 with WooCommerce 8.9, and EC-CUBE 4.3, answer to: their routes, read from the running
 * applications, one "METHODS target" a line.
 */
type List = 'customer' | 'admin' | 'vpn' | 'guarded' | 'providers' | 'plugins';
type Preset = 'woocommerce' | 'ec-cube';

interface Asked {
  readonly method: string;
  readonly target: string;
}

function requestsIn(preset: Preset, list: List): Asked[] {
  const file = join(packageRoot, 'test/environment/perimeter/requests', `${preset}-${list}.txt`);
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const [methods = '', target = ''] = line.split(' ');
      return methods.split(',').map((method) => ({ method, target }));
    });
}

const domestic: Partial<EnvironmentInput> = { waf: { allowCountries: ['JP'] } };
const rehearsers = {
  woocommerce: rehearserOf(synthesizeWay(shopWith({ preset: 'woocommerce' }, domestic))),
  'ec-cube': rehearserOf(synthesizeWay(shopWith({ preset: 'ec-cube' }, domestic))),
};

function verdictOn(preset: Preset, { method, target }: Asked, body?: string) {
  return rehearsers[preset].rehearse({ url: target, method, body }).verdict;
}

/** The requests of a list whose verdict is another one. */
function others(preset: Preset, list: List, expected: string): string[] {
  return requestsIn(preset, list)
    .filter((asked) => verdictOn(preset, asked).verdict !== expected)
    .map(({ method, target }) => `${method} ${target}`);
}

describe('the routes of the running applications', () => {
  it('let customers of WooCommerce through, but for what docs/edge.md names', () => {
    expect(others('woocommerce', 'customer', 'allow')).toEqual([
      // WooCommerce has its own pages for a new password and for signing out.
      'GET /wp-json/wp/v2/pages/6',
      'GET /wp-json/wp/v2/pages/8',
      'GET /wp-json/wp/v2/product/10',
      'GET /wp-login.php?action=logout&_wpnonce=abc',
      'HEAD /wp-login.php?action=logout&_wpnonce=abc',
      'GET /wp-login.php?action=rp&key=abc&login=cust',
      'HEAD /wp-login.php?action=rp&key=abc&login=cust',
    ]);
  });

  it('let customers of EC-CUBE through', () => {
    expect(others('ec-cube', 'customer', 'allow')).toEqual([]);
    expect(others('ec-cube', 'plugins', 'allow')).toEqual([]);
  });

  it('let payment providers through, with nothing but managed groups that may block', () => {
    expect(others('woocommerce', 'providers', 'allow')).toEqual([]);
  });

  it.each(['woocommerce', 'ec-cube'] as const)('refuse every admin function of %s', (preset) => {
    expect(others(preset, 'admin', 'block')).toEqual([]);
  });

  it.each(['woocommerce', 'ec-cube'] as const)('have a limit where %s is guarded', (preset) => {
    const unlimited = requestsIn(preset, 'guarded').filter((asked) => {
      const { limits } = verdictOn(preset, asked);
      return !limits.includes('rate-changes') && !limits.includes('rate-login');
    });
    expect(unlimited).toEqual([]);
  });

  const adminHost = 'https://admin.shop.example.jp:8443';
  it.each(['woocommerce', 'ec-cube'] as const)('let staff of %s through over the VPN', (preset) => {
    const refused = requestsIn(preset, 'vpn').filter(
      ({ method, target }) =>
        rehearsers[preset].rehearse({ url: `${adminHost}${target}`, method, from: 'vpn' }).verdict.verdict !==
        'allow',
    );
    expect(refused).toEqual([]);
  });
});

const limitsOn = (preset: Preset, target: string, body?: string, method = 'POST') =>
  verdictOn(preset, { method, target }, body).limits.filter((limit) => !/^rate-(all|changes)$/.test(limit));

const login = ['rate-login', 'rate-login-address'];
const checkout = ['rate-checkout', 'rate-checkout-address'];

describe('a sign-in is limited wherever the application takes it', () => {
  const anywhere = [
    '/',
    '/shop/',
    '/robots.txt',
    '/feed/',
    '/?page_id=8',
    '/?pagename=my-account',
    '/product/cup/',
    '/index.php/shop/',
    '/?s=cup',
    '/cart/?x=1',
  ];
  it.each(anywhere)('of WooCommerce: posted to %s', (target) => {
    expect(limitsOn('woocommerce', target, 'username=a&password=b&login=Log+in')).toEqual(login);
  });

  const spellings = [
    'username=a&%70assword=b',
    '+password=b&username=a',
    '------x\r\nContent-Disposition: form-data; name="password"\r\n\r\nb',
    '------x\r\nContent-Disposition: form-data; name=password\r\n\r\nb',
    'email=a%40example.jp&register=Register',
    'wc_reset_password=true&user_login=a',
    'wc.reset_password=true&user login=a',
    'password_1=a&password_2=a&reset_key=x&reset_login=y',
    'post_password=x&Submit=Enter',
    'password_current=x&save-account-details-nonce=a',
    `${'a'.repeat(70_000)}&username=a&password=b`,
  ];
  it.each(spellings)('of WooCommerce: %s', (body) => {
    const asked = verdictOn('woocommerce', { method: 'POST', target: '/' }, body);
    expect(asked.limits).toEqual(expect.arrayContaining(login));
  });

  it.each(['GET', 'HEAD', 'POST'])('of WordPress: with an application password, by %s', (method) => {
    const { limits } = rehearsers.woocommerce.rehearse({
      url: '/wp-json/wc/store/v1/cart',
      method,
      body: '',
      headers: { Authorization: 'Basic YTpi' },
    }).verdict;
    expect(limits).toEqual(expect.arrayContaining(login));
  });

  const pages = [
    '/mypage/login',
    '/index.php/mypage/login',
    '/Mypage//login/',
    '/entry',
    '/forgot',
    '/forgot/reset/x',
  ];
  it.each([...pages, '/contact', '/index.php/entry', '/mypage/change', '/token'])(
    'of EC-CUBE: %s',
    (target) => {
      expect(limitsOn('ec-cube', target, 'a=b')).toEqual(login);
    },
  );

  it('and reading a page is none', () => {
    expect(limitsOn('woocommerce', '/my-account/', undefined, 'GET')).toEqual([]);
    expect(limitsOn('ec-cube', '/mypage/login', undefined, 'GET')).toEqual([]);
  });
});

describe('a card or a coupon is limited wherever the application takes it', () => {
  const calls: readonly [target: string, body?: string][] = [
    ['/', 'woocommerce_checkout_place_order=Place+order'],
    ['/?page_id=7', 'woocommerce%5Fcheckout_place_order=1'],
    ['/shop/', 'woocommerce.pay=1&payment_method=stripe'],
    ['/', 'woocommerce_add_payment_method=1'],
    ['/cart/', 'coupon_code=A&apply_coupon=Apply'],
    ['/?wc-ajax=checkout', 'a=b'],
    ['/?wc-ajax=checkout%20', 'a=b'],
    ['/shop/?wc-ajax=checkout', 'a=b'],
    ['/?wc%2Dajax=checkout', 'a=b'],
    ['/?+wc-ajax=checkout', 'a=b'],
    ['/?wc-ajax=check%3Cb%3Eout', 'a=b'],
    ['/?wc-ajax=%2541checkout', 'a=b'],
    ['/?wc-ajax=add_to_cart&wc-ajax=checkout', 'a=b'],
    ['/?wc-ajax=add_to_cart&%77c-ajax=checkout', 'a=b'],
    ['/?wc-ajax=apply_coupon', 'a=b'],
    ['/?wc-ajax=ppc-create-order', '{}'],
    ['/?wc-ajax=wc_stripe_create_payment_intent', 'a=b'],
    ['/checkout/order-pay/12/?key=wc_order_x', 'a=b'],
    ['/index.php/checkout/', 'a=b'],
    ['/wp-admin/admin-ajax.php?action=woocommerce_checkout', 'a=b'],
    ['/wp-admin/admin-ajax.php', 'action=woocommerce_apply_coupon'],
    ['/wp-json/wc/store/v1/checkout', '{}'],
    ['/index.php/wp-json/wc/store/checkout/12', '{}'],
    ['/wp-json/wc/store/v1/cart/apply-coupon', '{}'],
    ['/wp-json/wc/store/v1/cart/coupons', '{}'],
    ['/?rest_route=/wc/store/v1/checkout', '{}'],
    ['/index.php?rest_route=%2Fwc%2Fstore%2Fv1%2Fcheckout', '{}'],
    ['/wp-json/wc/store/v1/batch', '{"requests":[{"path":"/wc/store/v1/checkout"}]}'],
    ['/wp-json/wc/store/v1/batch', '{"requests":[{"path":"\\/wc\\/store\\/v1\\/\\u0063heckout"}]}'],
  ];
  it.each(calls)('of WooCommerce: %s %s', (target, body) => {
    expect(limitsOn('woocommerce', target, body)).toEqual(expect.arrayContaining(checkout));
  });

  it('also where the method is named beside the request', () => {
    const order = '/wp-json/wc/store/v1/checkout';
    expect(limitsOn('woocommerce', order, undefined, 'GET')).toEqual([]);
    expect(limitsOn('woocommerce', `${order}?_method=POST`, undefined, 'GET')).toEqual(checkout);
    const headers = { 'X-HTTP-Method-Override': 'POST' };
    expect(rehearsers.woocommerce.rehearse({ url: order, headers }).verdict.limits).toEqual(
      expect.arrayContaining(checkout),
    );
  });

  it.each([
    '/?wc-ajax=checkout',
    '/shop/?wc-ajax=apply_coupon',
    '/wp-admin/admin-ajax.php?action=woocommerce_apply_coupon',
    '/checkout-link/?products=1:2&coupon=A',
    '/?products=1&checkout-link=true&c%6Fupon=A',
  ])('by GET, where WooCommerce asks for no method: %s', (target) => {
    expect(limitsOn('woocommerce', target, undefined, 'GET')).toEqual(checkout);
  });

  const cart: readonly [target: string, body: string][] = [
    ['/?wc-ajax=update_order_review', 'billing_postcode=100'],
    ['/?wc-ajax=add_to_cart', 'product_id=10&quantity=1'],
    ['/checkout/?wc-ajax=update_shipping_method', 'shipping_method=a'],
    ['/cart/', 'cart%5Bab%5D%5Bqty%5D=2&update_cart=Update'],
    ['/product/cup/', 'add-to-cart=10&quantity=1'],
    ['/wp-json/wc/store/v1/cart/update-item', '{"key":"a","quantity":2}'],
    [
      '/wp-json/wc/store/v1/batch',
      '{"requests":[{"path":"/wc/store/v1/cart/update-item","body":{"key":"a"}}]}',
    ],
    ['/wp-admin/admin-ajax.php', 'action=elementor_ajax&_nonce=a'],
  ];
  it.each(cart)('but not a change of the cart: %s', (target, body) => {
    expect(limitsOn('woocommerce', target, body)).toEqual([]);
  });

  it.each(['/shopping/confirm', '/index.php/shopping/checkout', '/shopping/shopping_coupon', '/coupon'])(
    'of EC-CUBE: %s',
    (target) => expect(limitsOn('ec-cube', target, 'a=b')).toEqual(checkout),
  );

  it.each(['/cart', '/products/add_cart/1', '/shopping/redirect_to'])(
    'but not a change of EC-CUBE’s cart: %s',
    (target) => {
      expect(limitsOn('ec-cube', target, 'quantity=1')).toEqual([]);
      expect(verdictOn('ec-cube', { method: 'POST', target }, 'quantity=1').limits).toContain('rate-changes');
    },
  );
});

describe('who asks too often', () => {
  const hopsOf = (accept: string, method = 'GET') =>
    rehearsers.woocommerce
      .rehearse({ url: '/my-account/', method, body: 'password=a', headers: { Accept: accept } })
      .hops.map(({ says }) => says);

  it('is challenged on pages, where a browser can answer, and refused in words elsewhere', () => {
    const challenge = expect.stringContaining('"rate-pages" may challenge');
    expect(hopsOf('text/html,application/xhtml+xml')).toContainEqual(challenge);
    expect(hopsOf('application/json')).not.toContainEqual(challenge);
    expect(hopsOf('text/html', 'POST')).not.toContainEqual(challenge);
    expect(hopsOf('application/json', 'POST')).toContainEqual(
      'rate rule "rate-login" may block above 20 requests per address and TLS fingerprint in 5 minutes',
    );
  });
});

describe('what staff do through public paths', () => {
  const verdicts = (asked: Asked, body?: string) => {
    const { verdict, status } = verdictOn('woocommerce', asked, body);
    return [verdict, status];
  };
  const post = (target: string, body: string) => verdicts({ method: 'POST', target }, body);
  const batch = '/wp-json/wc/store/v1/batch';

  const refused: readonly [target: string, body: string][] = [
    [batch, '{"requests":[{"path":"/wp/v2/posts?wc/store","method":"POST"}]}'],
    [batch, '{"requests": [ {"path" : "/wc/store/v1/cart"}, {"path":"//x/wp/v2/users?wc/store"}]}'],
    [batch, '{"requests":[{"\\u0070ath":"\\/\\u0077p\\/v2\\/users?wc\\/store"}]}'],
    [batch, 'requests[0][path]=/wp/v2/posts%3Fwc/store&requests[0][method]=POST'],
    [batch, '{a=b&requests%5B0%5D%5Bpath%5D=/wp/v2/posts%3Fwc/store'],
    [`${batch}?requests[0][path]=/wp/v2/users?wc/store`, '{}'],
    [batch, `{"requests":[${' '.repeat(70_000)}{"path":"/wp/v2/posts?wc/store"}]}`],
    ['/?rest_route=/wc/store/batch', '{"requests":[{"path":"/wp/v2/posts?wc/store"}]}'],
    ['/', 'wc-auth-version=1&wc-auth-route=authorize'],
    ['/wp-login.php?action=postpass', 'action=login&log=a&pwd=b'],
    ['/wp-login.php?action=postpass', `${'x'.repeat(70_000)}&action=login`],
    ['/wp-login.php?action=postpass&action=login', 'a=b'],
    ['/wp-login.php?action=postpass&key=a', 'a=b'],
    ['/wp-admin/admin-ajax.php', 'action=delete-post&id=1'],
    ['/wp-admin/admin-ajax.php', 'x=1&%61ction=install-plugin'],
    ['/wp-admin/admin-ajax.php', 'action%00x=edit-comment'],
    [
      '/wp-admin/admin-ajax.php',
      '--x\r\nContent-Disposition: form-data; name="action"\r\nContent-Type: text/plain\r\n\r\nsave-widget\r\n--x--',
    ],
    ['/?wp.customize=on', 'a=b'],
  ];
  it.each(refused)('is refused: %s %s', (target, body) => {
    const [verdict, status] = post(target, body);
    expect(verdict).toBe('block');
    expect([403, 413]).toContain(status);
  });

  const open: readonly [target: string, body: string][] = [
    [batch, '{"requests":[{"path":"/wc/store/v1/cart/add-item","method":"POST","body":{"id":10}}]}'],
    [batch, '{"requests":[{"path":"\\/wc\\/store\\/v1\\/cart"}]}'],
    ['/wp-login.php?action=postpass', 'post_password=secret&Submit=Enter'],
    ['/wp-admin/admin-ajax.php', 'action=woocommerce_add_to_cart&product_id=1'],
    ['/wp-admin/admin-ajax.php', 'action=woocommerce_remove_from_cart'],
    ['/wp-admin/admin-ajax.php', 'action=add-to-wishlist'],
    ['/contact/', 'message=Please edit-c my order, action required\nadd-tag'],
  ];
  it.each(open)('is not what customers send: %s %s', (target, body) => {
    expect(post(target, body)).toEqual(['allow', null]);
  });

  it('can be opened by name for a plugin, as a path and as a route', () => {
    const opened = rehearserOf(
      synthesizeWay(shopWith({ preset: 'woocommerce', openFunctions: ['/wp-json/jetpack', '/wc-auth'] })),
    );
    const verdictOf = (url: string) => opened.rehearse({ url }).verdict.verdict;
    for (const target of [
      '/wp-json/jetpack/v4/connection',
      '/?rest_route=/jetpack/v4/connection',
      '/wc-auth/v1/authorize?app_name=x',
      '/?wc-auth-version=1&wc-auth-route=authorize',
    ]) {
      expect([target, verdictOf(target)]).toEqual([target, 'allow']);
      expect([target, verdictOn('woocommerce', { method: 'GET', target }).verdict]).toEqual([
        target,
        'block',
      ]);
    }
    expect(verdictOf('/wp-json/wccom-site/v3/status')).toBe('block');
  });
});

describe('how much may be sent', () => {
  const sent = (preset: Preset, target: string, bytes: number) =>
    verdictOn(preset, { method: 'POST', target }, `comment=${'%E6%B9%AF'.repeat(Math.ceil(bytes / 9))}`)
      .status;

  it.each<[Preset, string, number, number | null]>([
    ['woocommerce', '/any/form/', 15_000, null],
    ['woocommerce', '/any/form/', 17_000, 413],
    ['woocommerce', '/?wc-ajax=checkout', 30_000, null],
    ['woocommerce', '/checkout/', 30_000, null],
    ['woocommerce', '/wp-comments-post.php', 30_000, null],
    ['woocommerce', '/contact/', 30_000, null],
    ['woocommerce', '/checkout/', 70_000, 413],
    ['woocommerce', '/?wc-api=wc_gateway_x', 70_000, null],
    ['woocommerce', '/wp-json/paypal/v1/incoming', 70_000, null],
    ['woocommerce', '/checkout/?wc-api=x', 70_000, 413],
    ['ec-cube', '/contact', 30_000, null],
    ['ec-cube', '/shopping/confirm', 30_000, null],
    ['ec-cube', '/cart', 30_000, 413],
  ])('%s %s, %i bytes: %s', (preset, target, bytes, status) => {
    expect(sent(preset, target, bytes)).toBe(status);
  });
});

describe('a payment provider’s notice', () => {
  const possible = (target: string) =>
    rehearsers.woocommerce.rehearse({ url: target, method: 'POST', body: '{}' }).hops.map(({ says }) => says);

  it.each([
    '/wc-api/wc_gateway_stripe/',
    '/?wc-api=WC_Gateway_Paypal',
    '/wp-json/mollie/v1/webhook',
    '/?rest_route=/paypal/v1/incoming',
  ])('is not asked for its country or its user agent: %s', (target) => {
    expect(possible(target)).not.toContainEqual(expect.stringMatching(/"countries"|"no-user-agent"/));
    expect(possible('/cart/')).toContainEqual(expect.stringContaining('"countries" may block'));
    expect(possible('/cart/')).toContainEqual(expect.stringContaining('"no-user-agent" may block'));
  });
});

/** Written from the sources of WooCommerce 8.9, WordPress 6.5 and EC-CUBE 4.3, beside the lists of routes. */
describe('a stranger with the sources', () => {
  type Request = readonly [method: string, target: string, body?: string];
  const verdict = (preset: Preset, [method, target, body]: Request) =>
    verdictOn(preset, { method, target }, body).verdict;

  const customers: readonly [Preset, ...Request][] = [
    ['woocommerce', 'GET', '/?s=%E3%82%8D%E3%81%86%E3%81%9D%E3%81%8F&post_type=product'],
    ['woocommerce', 'GET', '/shop/page/2/?orderby=price-desc&filter_color=red,blue&query_type_color=or'],
    ['woocommerce', 'GET', '/product/%E9%A6%99%E3%82%8A%E3%81%AE%E3%82%8D%E3%81%86%E3%81%9D%E3%81%8F/'],
    ['woocommerce', 'POST', '/%E3%83%9E%E3%82%A4%E3%83%9A%E3%83%BC%E3%82%B8/', 'username=a&password=b'],
    ['woocommerce', 'POST', '/my-account/edit-address/%E8%AB%8B%E6%B1%82%E5%85%88/', 'action=edit_address'],
    ['woocommerce', 'GET', '/my-account/lost-password/?key=a&login=hana%40example.jp'],
    ['woocommerce', 'POST', '/checkout/order-pay/12/?pay_for_order=true&key=wc_order_A', 'woocommerce_pay=1'],
    ['woocommerce', 'GET', '/cart/?cancel_order=true&order=wc_order_A&order_id=12&redirect&_wpnonce=a'],
    ['woocommerce', 'GET', '/?download_file=12&order=wc_order_A&uid=5d41402abc4b2a76&key=6b1c6d0e'],
    ['woocommerce', 'PUT', '/wp-json/wc/store/v1/checkout?__experimental_calc_totals=true', '{}'],
    ['woocommerce', 'POST', '/wp-admin/admin-ajax.php', 'action=heartbeat&_nonce=a&screen_id=front'],
    ['woocommerce', 'GET', '/wp-login.php?action=confirmaction&request_id=12&confirm_key=AbC123'],
    ['woocommerce', 'POST', '/wp-content/plugins/old-gateway/notify.php', 'transaction=1'],
    ['woocommerce', 'GET', '/wp-sitemap-taxonomies-product_cat-1.xml'],
    ['ec-cube', 'GET', '/products/list?category_id=&name=アイス&pageno=2&orderby=2'],
    ['ec-cube', 'PUT', '/cart/up/11', '_token=a'],
    ['ec-cube', 'DELETE', '/mypage/favorite/2/delete', '_token=a'],
    ['ec-cube', 'PUT', '/mypage/order/12', '_token=a'],
    ['ec-cube', 'GET', '/entry/activate/AbCd1234/2'],
    ['ec-cube', 'GET', '/sitemap_product_1.xml'],
    ['ec-cube', 'GET', '/user_data/install-guide'],
    ['ec-cube', 'GET', '/products/list?name=admin'],
    ['ec-cube', 'POST', '/gmo_payment_gateway/3dsecure', 'MD=a&PaRes=b'],
  ];
  it.each(customers)('is let through as a customer of %s: %s %s', (preset, ...request) => {
    expect(verdict(preset, request)).toBe('allow');
  });

  const part = '--x\r\nContent-Disposition: form-data; name="rest_route"\r\n\r\n/wp/v2/users\r\n--x--';
  const staff: readonly [Preset, ...Request][] = [
    ['woocommerce', 'GET', '/wp-json//wp/v2/users'],
    ['woocommerce', 'GET', '/index.php/wp-json/wp/v2/users'],
    ['woocommerce', 'GET', '/shop/?rest_route=/wp/v2/users'],
    ['woocommerce', 'GET', '/?rest_route[]=/wp/v2/users'],
    ['woocommerce', 'GET', '/?rest_route=/wc/store/../../wp/v2/users'],
    ['woocommerce', 'GET', '/?rest_route=/wc/v3/orders&consumer_key=ck_a'],
    ['woocommerce', 'POST', '/', part],
    ['woocommerce', 'POST', '/wp-json/wp/v2/users/1/application-passwords', '{}'],
    ['woocommerce', 'GET', '/wp-json/wp-block-editor/v1/url-details?url=http://169.254.169.254'],
    ['woocommerce', 'POST', '/wp-admin/admin-ajax.php', 'action=x&action=woocommerce_save_attributes'],
    ['woocommerce', 'GET', '/wp-login.php/?action=postpass'],
    ['woocommerce', 'GET', '/wp-content/../wp-admin/'],
    ['woocommerce', 'GET', '/wp-includes/..%2fwp-admin/'],
    ['woocommerce', 'POST', '/blog/xmlrpc.php', '<methodCall/>'],
    ['ec-cube', 'GET', '/INDEX.PHP/admin'],
    ['ec-cube', 'GET', '/index.php/index.php/admin'],
    ['ec-cube', 'GET', '/html/../admin'],
    ['ec-cube', 'GET', '/admin.json'],
    ['ec-cube', 'GET', '/index.php;/admin'],
    ['ec-cube', 'PUT', '/install/plugin/x/enable', ''],
  ];
  it.each(staff)('is refused as staff of %s: %s %s', (preset, ...request) => {
    expect(verdict(preset, request)).toBe('block');
  });

  const counted: readonly [Preset, ...Request][] = [
    ['woocommerce', 'POST', '/%E3%83%9E%E3%82%A4%E3%83%9A%E3%83%BC%E3%82%B8/', 'username=a&password=b'],
    ['woocommerce', 'POST', '/wp-content/plugins/x.php', 'username=a&password=b'],
    ['woocommerce', 'PUT', '/', 'username=a&password=b'],
    ['woocommerce', 'POST', '/wp-json/jwt-auth/v1/token', '{"username":"a","password":"b"}'],
    ['woocommerce', 'PATCH', '/wp-json/wc/store/checkout', '{}'],
    ['woocommerce', 'POST', '/?wc-ajax=wc_stripe_confirm_setup_intent', 'a=b'],
    ['ec-cube', 'PUT', '/mypage/login', 'a=b'],
    ['ec-cube', 'POST', '/MYPAGE//LOGIN/', 'a=b'],
    ['ec-cube', 'POST', '/', 'login_email=a&login_pass=b'],
  ];
  it.each(counted)('is counted where %s is guarded: %s %s', (preset, method, target, body) => {
    expect(limitsOn(preset, target, body, method).length).toBeGreaterThan(0);
  });
});
