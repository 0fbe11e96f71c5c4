import { Command } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { refuse } from '../../cli/user-error.ts';
import type { PatchContext } from './context.ts';

interface Options extends ShopOptions {
  readonly status?: boolean;
  readonly json?: boolean;
}

/** `secure-shop patch`: how patched the running shop is, and a run of the pipeline on demand. */
export function patchCommand(): Command {
  const patch = shopOptions(new Command('patch'))
    .description('Shows how patched the running shop is, or patches it now.')
    .option(
      '--status',
      'running image, its age and open findings, last and next run; exits with 1 when stale',
    )
    .option('--json', 'with --status: print JSON')
    .action((options: Options) => {
      if (options.status === true) return showStatus(options);
      refuse(options.json === true && '--json goes with --status only');
      return patch.help({ error: true });
    });

  patch.addCommand(
    new Command('now')
      .description('Runs the patch pipeline and waits for its end; exits with 1 when the run fails.')
      .action((_: unknown, command: Command) =>
        run(optionsOfRun(command), async (context) => {
          const { patchNow } = await import('./run-now.ts');
          if ((await patchNow(context)) !== 'Succeeded') process.exitCode = 1;
        }),
      ),
  );
  return patch;
}

function optionsOfRun(command: Command): Options {
  const options = command.optsWithGlobals<Options>();
  refuse(
    options.json === true && '--json goes with --status only',
    options.status === true && '--status and "now" are two commands: call one of them',
  );
  return options;
}

function showStatus(options: Options): Promise<void> {
  return run(options, async (context) => {
    const { patchStatus, formatStatus } = await import('./status.ts');
    const status = await patchStatus(context);
    if (options.json) printJson(status);
    else print(...formatStatus(status));
    if (status.attention.length > 0) process.exitCode = 1;
  });
}

/** The heavy parts load here, so that `--help` answers at once. */
async function run(options: Options, action: (context: PatchContext) => Promise<void>): Promise<void> {
  const [{ loadShop }, { chooseEnvironment }, { inAccount }, { patchContext }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
    import('../../cli/in-account.ts'),
    import('./context.ts'),
  ]);
  const shop = await loadShop(options.config);
  const environment = chooseEnvironment(shop, options.environment);
  await inAccount(environment, () => action(patchContext(shop, environment)));
}
