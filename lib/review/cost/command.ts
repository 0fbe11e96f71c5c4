import { Command, Option } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll } from '../../cli/user-error.ts';
import type { Tier } from '../../config/index.ts';
import { tierNames } from '../../config/schema/environment.ts';
import { assumptionOptions, givenAssumptions } from './assumptions.ts';
import type { Estimate } from './estimate.ts';

interface CostOptions extends ShopOptions {
  readonly assembly?: string;
  readonly from?: string;
  readonly tier?: Tier;
  readonly json?: boolean;
}

/** `secure-shop cost`: what each environment costs a month, before anything is deployed. */
export function costCommand(): Command {
  const command = shopOptions(new Command('cost'), 'when left out, all of them')
    .description(
      "Estimates what each environment costs a month, from the synthesized templates and a dated table of AWS's list prices: fixed and by use, what each control costs, what another tier or the next deploy would change. Offline.",
    )
    .option('--assembly <folder>', 'price templates that "cdk synth" wrote, instead of synthesizing')
    .addOption(
      new Option('--tier <tier>', 'also say what another tier would change')
        .choices(tierNames)
        .conflicts(['assembly', 'from']),
    )
    .option(
      '--from <folder>',
      'also say what the next deploy changes: the folder of the cloud assembly that is deployed, or "nothing"',
    )
    .option('--json', 'print the estimates as JSON');
  return assumptionOptions(command).action(runCost);
}

interface Comparison {
  readonly title: string;
  readonly before: Estimate;
  readonly after: Estimate;
}

async function runCost(options: CostOptions): Promise<void> {
  const [{ environmentsOf }, { estimate }, { openTarget }, { earlierStacks }] = await Promise.all([
    import('./priced-environment.ts'),
    import('./estimate.ts'),
    import('../templates/target-stacks.ts'),
    import('../deploys/earlier.ts'),
  ]);
  const [given, stacksOf, earlier] = await checkAll(
    () => givenAssumptions({ ...options }),
    () => openTarget(options),
    () => (options.from === undefined ? undefined : earlierStacks(options.from)),
  );
  const place = options.assembly ?? options.config ?? 'shop.config.ts';
  const estimates = async (tier?: Tier) => {
    const stacks = await stacksOf(tier && ofTier(tier, options.environment));
    return environmentsOf(stacks).map((environment) => estimate(environment, given, place));
  };
  const now = await estimates();
  const before = earlier && environmentsOf(earlier).map((each) => estimate(each, given, options.from));
  const compared = [
    ...(options.tier === undefined ? [] : pairs(now, await estimates(options.tier), `as ${options.tier}`)),
    ...(before === undefined ? [] : now.map((after) => sinceDeployed(after, before))),
  ];
  await show(now, compared, options);
}

function sinceDeployed(after: Estimate, deployed: readonly Estimate[]): Comparison {
  const before = deployed.find(({ environment }) => environment === after.environment);
  return { title: 'the next deploy', before: before ?? nothing(after), after };
}

function nothing(after: Estimate): Estimate {
  return { ...after, lines: [], total: 0, most: 0 };
}

function pairs(before: readonly Estimate[], after: readonly Estimate[], title: string): Comparison[] {
  return before.flatMap((one) => {
    const other = after.find(({ environment }) => environment === one.environment);
    return other ? [{ title, before: one, after: other }] : [];
  });
}

async function show(
  estimates: readonly Estimate[],
  compared: readonly Comparison[],
  { json }: CostOptions,
): Promise<void> {
  const [{ byPurpose, changesBetween }, { describeChanges, describeEstimate, sourceOf }] = await Promise.all([
    import('./estimate.ts'),
    import('./show.ts'),
  ]);
  if (json) {
    const environments = estimates.map((each) => ({
      ...each,
      lines: each.lines.map((line) => ({ ...line, source: sourceOf(line) })),
      purposes: byPurpose(each.lines),
    }));
    const comparisons = compared.map(({ title, before, after }) => ({
      environment: after.environment,
      title,
      before: before.total,
      after: after.total,
      changes: changesBetween(before.lines, after.lines),
    }));
    printJson({ environments, comparisons });
    return;
  }
  const lines = estimates.flatMap((each) => [
    ...describeEstimate(each),
    '',
    ...compared
      .filter(({ after }) => after.environment === each.environment)
      .flatMap(({ title, before, after }) => describeChanges(title, before, after)),
  ]);
  print(...lines);
}

/** Changes the tier in what the config file exports; a file without environments is left for its check to refuse. */
function ofTier(tier: Tier, environment: string | undefined): (exported: unknown) => unknown {
  return (exported) => {
    const shop = exported as { environments?: Record<string, object> } | undefined;
    const environments = Object.entries(shop?.environments ?? {});
    if (environments.length === 0) return exported;
    const changed = environments.map(([name, settings]) => [
      name,
      environment === undefined || environment === name ? { ...settings, tier } : settings,
    ]);
    return { ...shop, environments: Object.fromEntries(changed) };
  };
}
