import { Command, Option } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, refuse, UserError } from '../../cli/user-error.ts';
import { ofEnvironment, openTarget, type TargetStacks } from '../templates/target-stacks.ts';
import type { StackTemplate } from '../templates/template-tree.ts';
import type { ForeignExport } from './exports.ts';
import type { Deployment } from './model/deployment.ts';
import type { Plan } from './plan.ts';

interface PlanOptions extends ShopOptions {
  readonly assembly?: string;
  readonly from?: string;
  readonly failAt?: string;
  readonly remove?: boolean;
  readonly changeSets?: boolean;
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
    .option(
      '--from <what>',
      'what is deployed: the folder of an earlier cloud assembly, or "nothing" for the first deploy (default: read from AWS)',
    )
    .addOption(
      new Option(
        '--fail-at <stack[/resource]>',
        'let the deploy fail there, be rolled back and be repeated; without a resource, at each of the stack',
      ).conflicts('remove'),
    )
    .option('--remove', 'plan the deletion of what is deployed')
    .addOption(
      new Option(
        '--change-sets',
        "also make change sets, never execute them, and add AWS's own validation; needs credentials that may",
      ).conflicts(['from', 'failAt', 'remove']),
    )
    .option('--accept <reason>', 'exit with 0 although data would be lost; the reason is printed')
    .option('--json', 'print the plan as JSON')
    .action(runPlan);
}

async function runPlan(options: PlanOptions): Promise<void> {
  const { from } = options;
  const { earlierStacks } = await import('./earlier.ts');
  const [, earlier, stacksOf] = await checkAll(
    () =>
      refuse(
        options.accept?.trim() === '' && '--accept: write the reason, such as "--accept \'staging only\'"',
      ),
    () => (from === undefined ? undefined : earlierStacks(from)),
    () => openTarget(options),
  );
  const plan =
    from === undefined || earlier === undefined
      ? await fromAws(options, stacksOf)
      : await fromFolder(options, from, earlier, stacksOf);
  const { verdictOf } = await import('./verdict.ts');
  const verdict = verdictOf(plan, options.accept);
  if (options.json) printJson({ ...verdict, ...plan });
  else {
    const { describePlan } = await import('./show.ts');
    print(...describePlan(plan), verdict.says);
  }
  if (!verdict.deployable) process.exitCode = 1;
}

/** Without AWS: what is deployed stands in a folder, or nothing is. */
async function fromFolder(
  options: PlanOptions,
  from: string,
  earlier: readonly StackTemplate[],
  stacksOf: TargetStacks,
): Promise<Plan> {
  const { Deployment } = await import('./model/deployment.ts');
  const stacks = earlier.length > 0 ? await ofEnvironment(earlier, options.environment, from) : [];
  const before = stacks.length > 0 ? new Deployment(stacks) : undefined;
  return options.remove
    ? removal(before, `with --from ${from} there is nothing to remove`)
    : deploy(before, new Deployment(await stacksOf()), options);
}

async function fromAws(options: PlanOptions, stacksOf: TargetStacks): Promise<Plan> {
  const [{ Deployment }, { explainAwsErrors }, { awsAccess }, { readDeployed }] = await Promise.all([
    import('./model/deployment.ts'),
    import('../../cli/aws-errors.ts'),
    import('./aws/access.ts'),
    import('./aws/deployed.ts'),
  ]);
  const target = new Deployment(await stacksOf());
  const access = awsAccess();
  const { stacks, foreignExports } = await explainAwsErrors(() => readDeployed(target.stacks, access));
  const before = stacks.length > 0 ? new Deployment(stacks) : undefined;
  if (options.remove) return removal(before, 'nothing of the shop is deployed');
  const plan = await deploy(before, target, options, foreignExports);
  if (!options.changeSets) return plan;
  const [{ judgedByAws }, { withFindings }] = await Promise.all([
    import('./aws/change-sets.ts'),
    import('./plan.ts'),
  ]);
  return withFindings(plan, await explainAwsErrors(() => judgedByAws(before, target, access)));
}

async function removal(before: Deployment | undefined, nothing: string): Promise<Plan> {
  if (!before) throw new UserError([`--remove: ${nothing}`]);
  const { planRemoval } = await import('./plan.ts');
  return planRemoval(before);
}

async function deploy(
  before: Deployment | undefined,
  target: Deployment,
  { failAt }: PlanOptions,
  foreignExports: readonly ForeignExport[] = [],
): Promise<Plan> {
  const { planDeploy, planFailure } = await import('./plan.ts');
  if (failAt === undefined) return planDeploy(before, target, { foreignExports });
  const { placeIn } = await import('./fail-at.ts');
  return planFailure(before, target, placeIn(target, failAt));
}
