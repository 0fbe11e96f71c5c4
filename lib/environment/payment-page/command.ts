import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { UserError } from '../../cli/user-error.ts';
import type { Environment, Shop } from '../../config/index.ts';
import type { PageChange } from './compare.ts';
import type { PageFacts } from './page-facts.ts';

interface Options extends ShopOptions {
  readonly browser?: string;
  readonly url?: string;
  readonly visit?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
}

/** `secure-shop scripts`: what runs on the payment page, and whether anything else does (PCI DSS 6.4.3 and 11.6.1). */
export function scriptsCommand(): Command {
  const scripts = new Command('scripts').description('Watches what the payment page runs, asks and sends.');
  scripts.addCommand(
    withBrowser(shopOptions(new Command('learn')))
      .description('Reads the payment page as a customer and writes what it found, for the config.')
      .option('--output <file>', 'the file to write (default: payment-page.json)')
      .action((options: Options) => run(options, learn)),
  );
  scripts.addCommand(
    withBrowser(shopOptions(new Command('check')))
      .description(
        'Reads the payment page as a customer and tells what the config does not hold; exit code 1 then.',
      )
      .option('--json', 'print JSON')
      .action((options: Options) => run(options, check)),
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

type Action = (shop: Shop, paths: readonly string[], seen: PageFacts, options: Options) => Promise<void>;

async function run(options: Options, action: Action): Promise<void> {
  const [{ chromium }, { loadShop }, { chooseEnvironment }, { observe }, { browserOnThisMachine }] =
    await Promise.all([
      import('playwright-core'),
      import('../../config/load.ts'),
      import('../../config/choose-environment.ts'),
      import('./observe.ts'),
      import('./browser.ts'),
    ]);
  const shop = await loadShop(options.config);
  const origin = originOf(options, chooseEnvironment(shop, options.environment));
  const paths = options.visit ?? shop.paymentPage.page?.visit ?? ['/checkout'];
  const browser = await chromium.launch({
    executablePath: browserOnThisMachine(options.browser),
    // A sandbox needs rights that root in a container has not.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  let seen: PageFacts;
  try {
    seen = await observe(browser, { origin, paths });
  } catch (error) {
    throw new UserError([
      `cannot read ${origin}: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    ]);
  } finally {
    await browser.close();
  }
  await action(shop, paths, seen, options);
}

function originOf({ url }: Options, { hosts }: Environment): string {
  const written = url ?? `https://${hosts[0]}`;
  if (!URL.canParse(written) || !/^https?:/.test(written))
    throw new UserError([`--url: found "${written}"; write an address such as "https://shop.example.jp"`]);
  return new URL(written).origin;
}

const learn: Action = async (shop, paths, seen, options) => {
  const { inventoryOf } = await import('./inventory.ts');
  const { scripts, ...page } = inventoryOf(seen, shop.paymentPage.scripts);
  const file = options.output ?? 'payment-page.json';
  writeFileSync(file, `${JSON.stringify({ scripts, page: { visit: paths, ...page } }, null, 2)}\n`);
  const open = scripts.filter(({ reason }) => reason === '').length;
  print(`${file}: ${scripts.length} scripts, ${open} of them without a reason yet.`);
  print('Look at each, write why the page needs it, and put the file into `payment` of the config.');
};

const check: Action = async (shop, _, seen, options) => {
  const { comparePage } = await import('./compare.ts');
  const { page, scripts } = shop.paymentPage;
  if (!page || !scripts)
    throw new UserError([
      'payment.scripts and payment.page: found nothing; run `secure-shop scripts learn` first, and put what it writes into the config',
    ]);
  const changes = comparePage({ ...page, scripts }, seen);
  if (options.json) printJson(changes);
  else print(...toldAs(changes));
  if (changes.length > 0) process.exitCode = 1;
};

function toldAs(changes: readonly PageChange[]): readonly string[] {
  if (changes.length === 0) return ['The payment page is as the config says.'];
  return [
    ...changes.map(({ severity, what }) => `${severity === 'loud' ? 'ALARM' : 'changed'}  ${what}`),
    'Nobody released anything? Close the checkout, and follow docs/runbooks/tampered-page.md.',
  ];
}
