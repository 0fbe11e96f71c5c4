import { Command } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, refuse, UserError } from '../../cli/user-error.ts';
import { problemWithFile, writeFile } from '../../cli/written-files.ts';
import type { Environment, Shop } from '../../config/index.ts';
import { browserOnThisMachine } from './browser.ts';
import type { PageChange, PageInventory } from './compare.ts';
import type { PageFacts } from './page-facts.ts';

interface Options extends ShopOptions {
  readonly browser?: string;
  readonly url?: string;
  readonly visit?: readonly string[];
  readonly json?: boolean;
}

/** `secure-shop scripts`: what runs on the payment page, and whether anything else does (PCI DSS 6.4.3 and 11.6.1). */
export function scriptsCommand(): Command {
  const scripts = new Command('scripts').description('Watches what the payment page runs, asks and sends.');
  scripts.addCommand(
    withBrowser(shopOptions(new Command('learn')))
      .description('Reads the payment page as a customer and writes what it found, for the config.')
      .option('--output <file>', 'the file to write', 'payment-page.json')
      .action((options: Options & { output: string }) => learn(options)),
  );
  scripts.addCommand(
    withBrowser(shopOptions(new Command('check')))
      .description(
        'Reads the payment page as a customer and tells what the config does not hold; exit code 1 then.',
      )
      .option('--json', 'print JSON')
      .action((options: Options) => check(options)),
  );
  return scripts;
}

function withBrowser(command: Command): Command {
  return command
    .option('--browser <file>', 'Chromium or Chrome (default: where it is usually installed)')
    .option('--url <address>', 'address of the shop (default: the first host of the environment)')
    .option(
      '--visit <paths...>',
      'paths that lead to the payment page, in order (default: payment.page.visit)',
    );
}

async function openShop(options: Options) {
  const [{ loadShop }, { chooseEnvironment }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
  ]);
  const shop = await loadShop(options.config);
  return { shop, origin: originOf(options, chooseEnvironment(shop, options.environment)) };
}

/** What the payment page holds, read in a browser as a customer. */
async function look(origin: string, paths: readonly string[], executablePath: string): Promise<PageFacts> {
  const [{ chromium }, { observe }] = await Promise.all([import('playwright-core'), import('./observe.ts')]);
  const browser = await chromium.launch({
    executablePath,
    // A sandbox needs rights that root in a container has not.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    return await observe(browser, { origin, paths });
  } catch (error) {
    throw new UserError([
      `cannot read ${origin}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    ]);
  } finally {
    await browser.close();
  }
}

function pathsOf({ visit }: Options, shop: Shop): readonly string[] {
  return visit ?? shop.paymentPage.page?.visit ?? ['/checkout'];
}

function originOf({ url }: Options, { hosts }: Environment): string {
  const written = url ?? `https://${hosts[0]}`;
  if (!URL.canParse(written) || !/^https?:/.test(written))
    throw new UserError([`--url: found "${written}"; write an address such as "https://shop.example.jp"`]);
  return new URL(written).origin;
}

async function learn({ output: file, ...options }: Options & { readonly output: string }): Promise<void> {
  const { inventoryOf } = await import('./inventory.ts');
  const [, { shop, origin }, browser] = await checkAll(
    () => refuse(problemWithFile('--output', file)),
    () => openShop(options),
    () => browserOnThisMachine(options.browser),
  );
  const paths = pathsOf(options, shop);
  const seen = await look(origin, paths, browser);
  const { scripts, ...page } = inventoryOf(seen, shop.paymentPage.scripts);
  writeFile('--output', file, `${JSON.stringify({ scripts, page: { visit: paths, ...page } }, null, 2)}\n`);
  const open = scripts.filter(({ reason }) => reason === '').length;
  print(`${file}: ${scripts.length} scripts, ${open} of them without a reason yet.`);
  print('Look at each, write why the page needs it, and put the file into `payment` of the config.');
}

async function check(options: Options): Promise<void> {
  const { comparePage } = await import('./compare.ts');
  const [{ shop, origin, inventory }, browser] = await checkAll(
    async () => {
      const opened = await openShop(options);
      return { ...opened, inventory: inventoryIn(opened.shop) };
    },
    () => browserOnThisMachine(options.browser),
  );
  const changes = comparePage(inventory, await look(origin, pathsOf(options, shop), browser));
  if (options.json) printJson(changes);
  else print(...toldAs(changes));
  if (changes.length > 0) process.exitCode = 1;
}

function inventoryIn({ paymentPage: { page, scripts } }: Shop): PageInventory {
  if (page && scripts) return { ...page, scripts };
  throw new UserError([
    'payment.scripts and payment.page: found nothing; run `secure-shop scripts learn` first, and put what it writes into the config',
  ]);
}

function toldAs(changes: readonly PageChange[]): readonly string[] {
  if (changes.length === 0) return ['The payment page is as the config says.'];
  return [
    ...changes.map(({ severity, what }) => `${severity === 'loud' ? 'ALARM' : 'changed'}  ${what}`),
    'Nobody released anything? Close the checkout, and follow docs/runbooks/tampered-page.md.',
  ];
}
