import { describe, expect, it } from 'vitest';
import type { RequestInput } from '../../../lib/checks/model/requests/request.ts';
import { Rehearser } from '../../../lib/review/rehearsal/rehearse.ts';
import { synthesizedExample } from '../../support/synthesize.ts';
import { broken, rehearserOf, shopWith, synthesizeWay } from './fixture.ts';

const way = synthesizeWay(shopWith({ preset: 'woocommerce' }));
const rehearser = rehearserOf(way);

function verdictOf(url: string, rest: Omit<RequestInput, 'url'> = {}) {
  const { verdict, status, by } = rehearser.rehearse({ url, ...rest }).verdict;
  return [verdict, status, by];
}

describe('from the Internet', () => {
  it('a product page reaches the shop', () => {
    const [verdict, status, by] = verdictOf('https://shop.example.jp/product/candle/');
    expect([verdict, status]).toEqual(['allow', null]);
    expect(by).toMatch(/^listener 443, rule \d+ ".*": forwarded to the shop$/);
  });

  it('so does an alias, in any case and with its port', () => {
    expect(verdictOf('https://WWW.shop.example.jp:443/cart')[0]).toBe('allow');
  });

  it('an admin page is refused at the edge', () => {
    expect(verdictOf('https://shop.example.jp/wp-admin/')).toEqual([
      'block',
      403,
      'edge web ACL, rule "admin-paths"',
    ]);
  });

  it('over plain http the edge refuses it too, and sends the rest to https', () => {
    expect(verdictOf('http://shop.example.jp/wp-admin/')[0]).toBe('block');
    expect(verdictOf('http://shop.example.jp/cart')).toEqual([
      'allow',
      301,
      'CloudFront: redirects to https',
    ]);
  });

  it('a URL may be only a request target, for the domain of the shop', () => {
    expect(verdictOf('/wp-admin')[0]).toBe('block');
    expect(verdictOf('//wp-admin')[0]).toBe('block');
    expect(verdictOf('/cart')[0]).toBe('allow');
  });

  it('a host that is not the shop’s is unreachable', () => {
    expect(verdictOf('https://other.example.jp/')).toEqual([
      'unreachable',
      null,
      "DNS: other.example.jp is none of the shop's names on the Internet",
    ]);
  });

  it('the admin host is unreachable', () => {
    expect(verdictOf('https://admin.shop.example.jp:8443/wp-admin/')).toEqual([
      'unreachable',
      null,
      'DNS: admin.shop.example.jp exists in a private zone only',
    ]);
  });

  it.each([8443, 8080, 80])('port %i of the shop is unreachable over https', (port) => {
    expect(verdictOf(`https://shop.example.jp:${port}/`)[0]).toBe('unreachable');
  });

  it.each(['admin.shop.example.jp', 'localhost', '10.20.0.10', 'shop.example.jp.evil.example', ''])(
    'the Host header "%s" is refused by CloudFront',
    (host) => {
      expect(verdictOf('https://shop.example.jp/wp-admin/', { headers: { Host: host } }).slice(0, 2)).toEqual(
        ['block', 403],
      );
      expect(verdictOf('https://shop.example.jp/', { headers: { Host: host } })[2]).toMatch(/^CloudFront: /);
    },
  );

  it("CloudFront's own name for the distribution reaches no page", () => {
    expect(verdictOf('https://d111111abcdef8.cloudfront.net/cart')).toEqual([
      'block',
      403,
      'listener 443, default action',
    ]);
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])('method %s is refused', (method) => {
    expect(verdictOf('https://shop.example.jp/cart', { method })[0]).toBe('block');
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'method %s changes nothing about an admin path, overridden or not',
    (method) => {
      const headers = { 'X-HTTP-Method-Override': 'GET', 'X-HTTP-Method': 'GET', 'X-Method-Override': 'GET' };
      expect(verdictOf('https://shop.example.jp/wp-admin/users.php', { method, headers })[0]).toBe('block');
    },
  );

  it.each([
    'X-Original-URL',
    'x-rewrite-url',
    'X-Original-URI',
    'X-Override-URL',
    'X-Forwarded-Prefix',
    'X-Forwarded-Path',
    'X-Forwarded-Uri',
    'X-Original-Path',
    'X-Forwarded-URL',
    'X-Original-Request-URI',
    'X-HTTP-URL-Override',
    'x_rewrite_url',
    'X-Proxy-Path',
    'Destination',
    'X-Something-New',
  ])('%s cannot smuggle a path behind the edge', (name) => {
    expect(verdictOf('https://shop.example.jp/', { headers: { [name]: '/wp-admin/' } })).toEqual([
      'block',
      403,
      'edge web ACL, rule "deceptive-path"',
    ]);
  });

  it.each([
    '/WP-LOGIN.PHP',
    '//wp-admin',
    'https://shop.example.jp/wp-admin/users.php?x=1',
    ' /wp-json/wp/v2/users',
  ])('a header of whatever name cannot say %s', (value) => {
    expect(verdictOf('https://shop.example.jp/', { headers: { 'X-Any': value } })[0]).toBe('block');
  });

  it.each<Record<string, string>>([
    { 'X-Original-URL': '/%77p-admin' },
    { 'X-Rewrite-Path': 'wp-admin' },
    { 'X-Unencoded-URL': '/x/..%2fwp-admin' },
  ])('a header made to replace the path is refused whatever it says: %o', (headers) => {
    expect(verdictOf('https://shop.example.jp/', { headers })[0]).toBe('block');
  });

  it.each<Record<string, string>>([
    { Referer: 'https://admin.shop.example.jp:8443/wp-admin/post.php' },
    { Referer: 'https://shop.example.jp/wp-admin/' },
    { Cookie: '/wp-admin/=1; wp_woocommerce_session=x' },
    { 'User-Agent': 'WordPress/6.8; https://partner.example.jp/wp-admin/' },
    { 'X-Requested-With': 'XMLHttpRequest', 'X-WP-Nonce': '0a1b2c' },
    { 'X-HTTP-Method-Override': 'PUT' },
    { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'https', 'X-Real-IP': '203.0.113.9' },
    { 'PayPal-Cert-Url': 'https://api.paypal.com/v1/notifications/certs/CERT-1' },
    { 'HX-Current-URL': 'https://shop.example.jp/product/wp-admin-mug/', 'Next-Url': '/cart' },
    { 'X-Goog-Resource-URI': 'https://www.googleapis.com/calendar/v3/x' },
  ])('what browsers, scripts and payment providers send passes: %o', (headers) => {
    expect(verdictOf('https://shop.example.jp/product/mug/', { headers })[0]).toBe('allow');
  });

  it.each([
    '/wp-\u0430dmin',
    '/w%D1%80-admin',
    '/wp-admi%D5%B8',
    '/%d1%85mlrpc.php',
    '/xmlrp%d1%81.php',
    '/wp-ad%E2%80%8Bmin/',
    '/wp\u200b-admin',
    '/wp-ad%C2%ADmin/',
    '/&#119;p-admin',
  ])('letters that imitate an admin path are refused: %s', (target) => {
    expect(verdictOf(target)).toEqual(['block', 403, 'edge web ACL, rule "deceptive-path"']);
  });

  it.each([
    '/product/%d0%bc%d0%b0%d1%82%d1%80%d1%91%d1%88%d0%ba%d0%b0/',
    '/product/usb-%D0%BA%D0%B0%D0%B1%D0%B5%D0%BB%D1%8C-10/',
    '/product/usb-кабель/',
    '/product/10%CE%BCm-filter/',
    '/product/k%C4%B1z%C4%B1l/',
    '/product/caf%C3%A9/',
    '/tag/%F0%9F%91%A9%E2%80%8D%F0%9F%8D%B3/',
    '/product/%E3%83%8F%E3%83%8Ag%E3%83%8F/',
  ])('words of other languages pass: %s', (target) => {
    expect(verdictOf(target)[0]).toBe('allow');
  });

  it('a dot after the host resolves to the shop, and CloudFront knows no such name', () => {
    expect(verdictOf('https://shop.example.jp./cart')).toEqual([
      'block',
      403,
      'CloudFront: "shop.example.jp." is no name of the distribution',
    ]);
  });

  it.each(['/%E2%84%AAettle', '/\u212aettle', '/%c5%bfale', '/\u017fale'])(
    'a letter that becomes ASCII when case is ignored is refused: %s',
    (target) => {
      expect(verdictOf(target)).toEqual(['block', 403, 'edge web ACL, rule "deceptive-path"']);
    },
  );

  it('a user name in the URL does not move the host', () => {
    expect(verdictOf('https://shop.example.jp@other.example.jp/')[0]).toBe('unreachable');
  });
});

describe('the REST API of WordPress', () => {
  const admin = [
    '/?rest_route=/wp/v2/users',
    '/index.php?rest_route=/wp/v2/users',
    '/?rest_route=%2Fwp%2Fv2%2Fusers',
    '/?a=b&rest_route=/wp/v2/users',
    '/?rest%5Froute=/wp/v2/users',
    '/?%72est_route=/wp/v2/users',
    '/?rest.route=/wp/v2/users',
    '/?rest%20route=/wp/v2/users',
    '/?rest[route=/wp/v2/users',
    '/?+rest_route=/wp/v2/users',
    '/?%20rest_route=/wp/v2/users',
    '/?%00rest_route=/wp/v2/users',
    '/?%0Arest_route=/wp/v2/users',
    '/?rest_route[]=/wp/v2/users',
    '/?rest_route=/wc/v3/orders',
    '/?rest_route=/wc/store/../v3/orders',
    '/?rest_route=/wc/store/v1/cart&rest_route=/wp/v2/users',
    '/?rest_route=/wc/store/v1/cart&rest%5froute=/wp/v2/users',
    '/?rest_route=/wc/store%00/wp/v2/users',
    '/?rest_route=/batch/v1',
    '/wp-json/wp/v2/users',
    '/wp-json//wp/v2/users',
    '/index.php/wp-json/wp/v2/users',
    '/wp-json/wc/v3/orders?consumer_key=ck',
    '/WP-JSON/WC/V3/orders',
    '/wp-json/wc-analytics/reports',
    '/wp-json/batch/v1',
    '/wc-api/v3/orders',
  ];

  it.each(admin)('is closed to the Internet where it administers: %s', (target) => {
    expect(verdictOf(target).slice(0, 2)).toEqual(['block', 403]);
  });

  it.each([
    '/wp-json/wc/store/v1/cart',
    '/?rest_route=/wc/store/v1/cart&_locale=user',
    '/?rest_route=/',
    '/?rest_route=/oembed/1.0/embed&url=https%3A%2F%2Fshop.example.jp%2F',
    '/wp-json/oembed/1.0/embed',
  ])('is open where customers use it: %s', (target) => {
    expect(verdictOf(target)[0]).toBe('allow');
  });
});

describe('from the VPN', () => {
  const vpn = { from: 'vpn' } as const;

  it('the admin host answers on its own port', () => {
    expect(verdictOf('https://admin.shop.example.jp:8443/wp-admin/', vpn)[0]).toBe('allow');
    expect(verdictOf('https://admin.shop.example.jp:8443/wp-login.php', vpn)[0]).toBe('allow');
  });

  it.each([
    'https://admin.shop.example.jp/',
    'https://admin.shop.example.jp:8080/',
    'http://admin.shop.example.jp/',
  ])('nothing else does: %s', (url) => {
    expect(verdictOf(url, vpn)).toEqual([
      'unreachable',
      null,
      expect.stringMatching(/^authorization rules and security groups: no way from VPN clients to port \d+$/),
    ]);
  });

  it('another host on the admin listener is refused', () => {
    const headers = { Host: 'shop.example.jp' };
    expect(verdictOf('https://admin.shop.example.jp:8443/cart', { ...vpn, headers })[0]).toBe('block');
  });

  it('the shop itself is asked through the Internet, as by everybody', () => {
    expect(verdictOf('https://shop.example.jp/wp-admin/', vpn)[0]).toBe('block');
    expect(verdictOf('https://shop.example.jp/cart', vpn)[0]).toBe('allow');
  });

  it('without an authorization rule nothing is reachable', () => {
    const without = broken(way, (resources) => {
      for (const [id, { Type }] of Object.entries(resources)) {
        if (Type === 'AWS::EC2::ClientVpnAuthorizationRule') delete resources[id];
      }
    });
    const { verdict } = rehearserOf(without).rehearse({ url: 'https://admin.shop.example.jp:8443/', ...vpn });
    expect(verdict.verdict).toBe('unreachable');
  });
});

describe('by the ways in for people', () => {
  const admin = 'https://kanri.midori-tea.example.jp:8443/admin/';

  /** The example has both; one without the other is what a shop with that one alone has. */
  function by(from: 'vpn' | 'browser', url: string, without = /^$/) {
    const [production] = synthesizedExample('examples/eccube-standard.ts');
    const templates = Object.entries(production?.templates ?? {}).map(([name, template]) => {
      const { Resources, ...sections } = template.toJSON();
      const kept = Object.entries(Resources as Record<string, { Type: string }>).filter(
        ([, { Type }]) => !without.test(Type),
      );
      return { name, template: { ...sections, Resources: Object.fromEntries(kept) } };
    });
    return new Rehearser([{ name: 'production', templates }]).rehearse({ url, from }).verdict;
  }

  it.each(['vpn', 'browser'] as const)('the admin host answers where there are both: %s', (from) => {
    expect(by(from, admin).verdict).toBe('allow');
  });

  it('the one that is not there names the other', () => {
    expect(by('vpn', admin, /ClientVpn/)).toMatchObject({
      verdict: 'unreachable',
      by: 'Client VPN: the templates hold no endpoint; people come in with --from browser',
    });
    expect(by('browser', admin, /ClientVpn/).verdict).toBe('allow');
    expect(by('browser', admin, /WorkSpacesWeb/)).toMatchObject({
      verdict: 'unreachable',
      by: 'secure browser: the templates hold no portal; people come in with --from vpn',
    });
    expect(by('vpn', admin, /WorkSpacesWeb/).verdict).toBe('allow');
    expect(by('vpn', admin, /WorkSpacesWeb|ClientVpn/).by).toBe('Client VPN: the templates hold no endpoint');
  });

  it.each([
    ['https://www.midori-tea.example.jp/', 'www.midori-tea.example.jp:443'],
    ['https://webmail.example.com/', 'webmail.example.com:443'],
    ['https://kanri.midori-tea.example.jp/', 'kanri.midori-tea.example.jp:443'],
    ['http://kanri.midori-tea.example.jp:8443/', 'kanri.midori-tea.example.jp:8443'],
  ])('the browser opens nothing else: %s', (url, shut) => {
    expect(by('browser', url).by).toBe(`secure browser: its policy does not open ${shut}`);
  });

  it('a browser whose group leads nowhere reaches nothing', () => {
    expect(by('browser', admin, /SecurityGroupEgress/).by).toMatch(
      /^security groups: no way from the secure browser to port 8443$/,
    );
  });
});

describe('the way of a request', () => {
  it('is told station by station', () => {
    const { hops } = rehearser.rehearse({ url: 'https://shop.example.jp/my-account/' });
    expect(hops.map(({ at, says }) => `${at}: ${says}`)).toEqual([
      'edge web ACL: rate rule "rate-all" may block above 2000 requests per address in 5 minutes',
      'edge web ACL: rule "no-user-agent" may block: what it looks at is not in the request',
      expect.stringMatching(/^edge web ACL: managed rule groups that may block: ip-reputation .*, wordpress/),
      'edge web ACL: allows (default action)',
      'CloudFront: behaviour default: its cache may answer with what visitors with the same cookies were answered, if the shop marked it as public',
      'CloudFront: passes the request on to the VPC origin',
      'regional web ACL: managed rule groups that may block: known-bad-inputs (AWSManagedRulesKnownBadInputsRuleSet)',
      'regional web ACL: allows (default action)',
      expect.stringMatching(/^listener 443: rule \d+ ".*" forwards to the shop$/),
    ]);
  });
});

describe('the cache of the edge', () => {
  const cacheOf = (url: string, rest: Omit<RequestInput, 'url'> = {}) =>
    rehearser.rehearse({ url, ...rest }).verdict.cache;

  it.each<[string, Omit<RequestInput, 'url'>, string, string]>([
    ['/wp-content/themes/storefront/style.css?ver=4.5.5', {}, '/wp-content/*', 'shared'],
    ['/wp-content/uploads/2026/11/candle.jpg', {}, '/wp-content/uploads/*', 'shared'],
    ['/wp-includes/js/jquery/jquery.min.js?ver=3.7.1', { method: 'HEAD' }, '/wp-includes/*', 'shared'],
    ['/wp-includes/js/jquery/jquery.min.js', { method: 'OPTIONS' }, '/wp-includes/*', 'none'],
    ['/wp-content/plugins/pay/notify.php', { method: 'POST', body: '' }, '/wp-content/*.php*', 'none'],
    ['/', {}, 'default', 'own'],
    ['/my-account/x.css', {}, 'default', 'own'],
    ['/WP-CONTENT/x.css', {}, 'default', 'own'],
    ['/my-account/', { method: 'POST', body: '' }, 'default', 'none'],
  ])('may answer %s %o', (path, rest, behaviour, from) => {
    expect(cacheOf(path, rest)).toEqual({ behaviour, from });
  });

  it('is not asked about what is refused before, or comes another way', () => {
    expect(cacheOf('/wp-admin/')).toBeNull();
    expect(cacheOf('http://shop.example.jp/')).toBeNull();
    expect(cacheOf('/wp-content/themes/x.css', { method: 'POST', body: '' })).toBeNull();
    expect(cacheOf('https://admin.shop.example.jp:8443/wp-admin/', { from: 'vpn' })).toBeNull();
  });

  it('answers whatever the shop says when a policy keeps it', () => {
    const daily = broken(way, (resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        if (Type === 'AWS::CloudFront::CachePolicy') Properties.CachePolicyConfig.DefaultTTL = 86_400;
      }
    });
    const { verdict, hops } = rehearserOf(daily).rehearse({ url: '/wp-includes/x.css' });
    expect(verdict.cache).toEqual({ behaviour: '/wp-includes/*', from: 'unmarked' });
    expect(hops.map(({ says }) => says)).toContainEqual(
      expect.stringMatching(/^behaviour \/wp-includes\/\*: its cache may answer .* whatever the shop says$/),
    );
  });
});
