import { Command } from 'commander';
import { print } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import type { ContractorContext } from './revoke.ts';

/** `secure-shop contractor`: cuts the firm that runs the shop off, and lets it in again. */
export function contractorCommand(): Command {
  const contractor = new Command('contractor').description('Cuts the contractor of an environment off.');

  contractor.addCommand(
    shopOptions(new Command('revoke'))
      .description('Refuses everything to the contractor, open sessions included, until admitted again.')
      .action((options: ShopOptions) =>
        run(options, async (context) => {
          const { revokeContractor } = await import('./revoke.ts');
          await revokeContractor(context);
        }),
      ),
  );
  contractor.addCommand(
    shopOptions(new Command('admit'))
      .description('Lets a contractor who was cut off sign in again; sessions from before stay refused.')
      .action((options: ShopOptions) =>
        run(options, async (context) => {
          const { admitContractor } = await import('./revoke.ts');
          await admitContractor(context);
        }),
      ),
  );
  return contractor;
}

async function run(
  options: ShopOptions,
  action: (context: ContractorContext) => Promise<void>,
): Promise<void> {
  const [
    { IAMClient },
    { loadShop },
    { chooseEnvironment },
    { inAccount },
    { correctedTime },
    { awsIn },
    names,
  ] = await Promise.all([
    import('@aws-sdk/client-iam'),
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
    import('../../cli/in-account.ts'),
    import('../../cli/corrected-time.ts'),
    import('../../cli/aws-client-config.ts'),
    import('./names.ts'),
  ]);
  const shop = await loadShop(options.config);
  const environment = chooseEnvironment(shop, options.environment);
  const iam = new IAMClient(awsIn(environment.region));
  await inAccount(environment, () =>
    action({
      iam,
      policyArn: names.revocationPolicyArn(shop.name, environment),
      now: () => correctedTime([iam]),
      say: print,
    }),
  );
}
