import { Command } from 'commander';
import { type ShopOptions, shopOptions } from '../../../cli/shop-options.ts';
import { checkAll } from '../../../cli/user-error.ts';
import { readWish, whats } from './wish.ts';

interface Options extends ShopOptions {
  readonly at?: string;
  readonly what?: string;
  readonly region?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `secure-shop restore`: makes a copy of database and files as they were, beside those that run. */
export function restoreCommand(): Command {
  return shopOptions(new Command('restore'))
    .description(
      'Shows the backups there are, and makes a copy of a moment beside what runs; nothing is overwritten.',
    )
    .option(
      '--at <moment>',
      'the last moment at which all was right, with its time zone, such as 2026-11-29T03:00+09:00; left out, backups are only shown',
    )
    .option('--what <part>', `one of ${whats.join(', ')} (default: both)`)
    .option('--region <region>', 'where to restore: the region of the environment, or the one of its copies')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print backups, plan and outcome as JSON')
    .action(run);
}

/** The heavy parts load here, so that `--help` answers at once. */
async function run(options: Options): Promise<void> {
  const [{ environmentOf }, { inAccount }, { askedOf, restore }] = await Promise.all([
    import('../../../config/environment-of.ts'),
    import('../../../cli/in-account.ts'),
    import('./restore.ts'),
  ]);
  // Before anybody signs in; whether the moment has come, the clock of AWS says afterwards.
  const [, { shop, environment }] = await checkAll(
    () => readWish(options),
    async () => {
      const found = await environmentOf(options);
      if (options.region !== undefined) askedOf(found.shop, found.environment, options.region);
      return found;
    },
  );
  await inAccount(environment, () => restore(shop, environment, options));
}
