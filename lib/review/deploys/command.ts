import { Command, Option } from 'commander';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { UserError } from '../../cli/user-error.ts';
import type { StackTemplate } from '../report/template-tree.ts';
import type { Deployment } from './model/deployment.ts';
import type { Plan } from './plan.ts';

interface PlanOptions extends ShopOptions {
  readonly assembly?: string;
  readonly from?: string;
  readonly failAt?: string;
  readonly remove?: boolean;
  readonly accept?: string;
  readonly json?: boolean;
}

/** `secure-shop plan`: what the next deploy does, before it does it. */
export function planCommand(): Command {
  return shopOptions(new Command('plan'), 'when left out, all of them')
    .description(
      'Rehearses a deploy without touching anything: what is created, changed, replaced and removed, what AWS would refuse, what loses data, what interrupts the shop.',
    )
    .option('--assembly <folder>', 'plan templates that "cdk synth" wrote, instead of synthesizing')
    .requiredOption(
      '--from <what>',
      'what is deployed: the folder of an earlier cloud assembly, or "nothing" for the first deploy',
    )
    .addOption(
      new Option(
        '--fail-at <stack[/resource]>',
        'let the deploy fail there, be rolled back and be repeated; without a resource, at each of the stack',
      ).conflicts('remove'),
    )
    .option('--remove', 'plan the deletion of what is deployed')
    .option('--accept <reason>', 'exit with 0 although data would be lost; the reason is printed')
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 when the deploy works, 1 when AWS would refuse it or data would be lost, 2 when the input or the command line is wrong.',
    )
    .action(runPlan);
}

async function runPlan(options: PlanOptions): Promise<void> {
  if (options.accept?.trim() === '') {
    throw new UserError(['--accept: write the reason, such as "--accept \'staging only\'"']);
  }
  const { Deployment } = await import('./model/deployment.ts');
  const deployed = await deployedStacks(options);
  const before = deployed && new Deployment(deployed);
  const plan = options.remove
    ? await removal(before, options)
    : await deploy(before, new Deployment(await targetStacks(options)), options);

  const { verdictOf } = await import('./verdict.ts');
  const verdict = verdictOf(plan, options.accept);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...verdict, ...plan }, null, 2)}\n`);
  else {
    const { describePlan } = await import('./show.ts');
    const lines = [...describePlan(plan), verdict.says];
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }
  if (!verdict.deployable) process.exitCode = 1;
}

async function removal(before: Deployment | undefined, { from }: PlanOptions): Promise<Plan> {
  if (!before) throw new UserError([`--remove: with --from ${from} there is nothing to remove`]);
  const { planRemoval } = await import('./plan.ts');
  return planRemoval(before);
}

async function deploy(
  before: Deployment | undefined,
  target: Deployment,
  { failAt }: PlanOptions,
): Promise<Plan> {
  const { planDeploy, planFailure } = await import('./plan.ts');
  if (failAt === undefined) return planDeploy(before, target);
  const { placeIn } = await import('./fail-at.ts');
  return planFailure(before, target, placeIn(target, failAt));
}

async function deployedStacks({ from, environment }: PlanOptions): Promise<StackTemplate[] | undefined> {
  if (from === undefined || from === 'nothing') return undefined;
  const { readAssembly } = await import('../report/assembly.ts');
  return ofEnvironment(readAssembly(from).stacks, environment, from);
}

async function targetStacks({ config, assembly, environment }: PlanOptions): Promise<StackTemplate[]> {
  const { readAssembly } = await import('../report/assembly.ts');
  if (assembly !== undefined) return ofEnvironment(readAssembly(assembly).stacks, environment, assembly);
  const [{ loadShop }, { withSynthesizedShop }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../synthesize.ts'),
  ]);
  const stacks = await withSynthesizedShop(
    await loadShop(config),
    (_, folder) => readAssembly(folder).stacks,
  );
  return ofEnvironment(stacks, environment, 'the config');
}

async function ofEnvironment(
  stacks: readonly StackTemplate[],
  environment: string | undefined,
  place: string,
): Promise<StackTemplate[]> {
  if (environment === undefined) return [...stacks];
  const chosen = stacks.filter((stack) => stack.environment === environment);
  if (chosen.length > 0) return chosen;
  const { unknownEnvironment } = await import('../../config/choose-environment.ts');
  const known = [...new Set(stacks.map((stack) => stack.environment || 'app'))];
  throw unknownEnvironment(environment, known, place);
}
