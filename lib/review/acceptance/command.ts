import { rmSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { atCtrlC } from '../../cli/interrupt.ts';
import { inLanguage, print, printJson, progress } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, refuse, UserError } from '../../cli/user-error.ts';
import { problemWithNewFile } from '../../cli/written-files.ts';
import type { Environment } from '../../config/index.ts';
import type { GroundProps } from './aws-ground.ts';
import type { Price } from './money.ts';
import type { Outcome } from './run.ts';

interface RehearseOptions extends ShopOptions {
  readonly number: number;
  readonly maxCost: number;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly clean?: boolean;
  readonly keep?: boolean;
  readonly json?: boolean;
  readonly evidence?: string;
}

const cancelled = 130;
const usualLimit = 30;

/** `secure-shop rehearse`: the acceptance run on AWS, in an environment that is made for it and goes with it. */
export function rehearseCommand(): Command {
  return shopOptions(
    new Command('rehearse'),
    'its double is rehearsed; may be left out when there is one only',
  )
    .description(
      'Deploys a disposable double of an environment under names of its own, tries everything on it that has to work, destroys it and shows that nothing is left. Costs money: told before, with a limit. Run again, it goes on where it stood.',
    )
    .option('--number <number>', 'which rehearsal: its names end in it, and its state file', someNumber, 1)
    .option('--max-cost <dollars>', 'US dollars that it may cost at list prices', someDollars, usualLimit)
    .option('-y, --yes', 'begin without asking; needed where nobody can be asked')
    .option('--dry-run', 'only say what it would do, how long it takes and what it costs; offline')
    .option('--keep', 'when a step fails, leave the environment, which costs, so that somebody can look')
    .option('--clean', 'only take away what an earlier run has left')
    .option('--json', 'print times, costs and outcomes as JSON')
    .option('--evidence <file>', 'also write them, with dates and hashes, into a new file to be kept')
    .addHelpText(
      'after',
      '\nCtrl-C ends it at the next wait and takes everything away; pressed twice it leaves at once: then --clean.',
    )
    .action(runRehearse);
}

async function runRehearse(options: RehearseOptions): Promise<void> {
  const [{ environmentOf }, { explainAwsErrors }, { StateFile, problemWithState }, { rehearsalName }] =
    await Promise.all([
      import('../../config/environment-of.ts'),
      import('../../cli/aws-errors.ts'),
      import('./state.ts'),
      import('./rehearsed-config.ts'),
    ]);
  const path = `secure-shop-${rehearsalName(options.number)}.json`;
  const [, { shop, environment: model }] = await checkAll(
    () => refuseWrongOptions(options, options.dryRun ? undefined : problemWithState(path)),
    () => environmentOf(options),
  );
  const of = `${shop.name} ${model.name} in ${model.account} ${model.region}`;
  const file = StateFile.open(path, of, new Date());
  // Results belong to standard output, the way there does not.
  const props: GroundProps = { config: options.config, model, number: options.number, file, say: progress };
  if (options.dryRun) {
    const [{ price, lines }, { aheadOf }] = await Promise.all([ahead(props), import('./show.ts')]);
    if (options.json)
      printJson({ environment: rehearsalName(options.number), of: model.name, ...aheadOf(price) });
    else print(...lines);
    return;
  }
  process.exitCode = await explainAwsErrors(() => run(options, props));
}

function refuseWrongOptions(
  { yes, dryRun, clean, keep, evidence }: RehearseOptions,
  problemWithPlace: string | undefined,
): void {
  refuse(
    clean && (keep || dryRun) && '--clean goes with neither --keep nor --dry-run',
    problemWithNewFile('--evidence', evidence),
    problemWithPlace,
    !yes &&
      !dryRun &&
      !clean &&
      !(process.stdin.isTTY && process.stdout.isTTY) &&
      'nobody can be asked here: run it in a terminal, or pass --yes, or look with --dry-run',
  );
}

/** What is ahead and its price, from the templates alone. */
async function ahead(props: GroundProps): Promise<{ readonly price: Price; readonly lines: string[] }> {
  const [{ rehearsedShop }, { withSynthesizedShop }, { readAssembly }, { priceOf }, { describeAhead }] =
    await Promise.all([
      import('./aws-ground.ts'),
      import('../../synthesize.ts'),
      import('../templates/assembly.ts'),
      import('./money.ts'),
      import('./show.ts'),
    ]);
  const shop = await rehearsedShop(props);
  return withSynthesizedShop(shop, (_, assembly) => {
    const price = priceOf(readAssembly(assembly).stacks, props.model.region);
    return { price, lines: describeAhead(price) };
  });
}

async function run(options: RehearseOptions, props: GroundProps): Promise<number> {
  const { file, model, say } = props;
  await decideBefore(props, options.clean === true);
  const { price, lines } = await ahead(props);
  if (!options.clean) {
    for (const line of lines) say(line);
    await refuseCost(options, price, props);
    if (!options.yes && !(await agreed(options.maxCost))) return 0;
  }
  const [{ awsGround }, { rehearse }] = await Promise.all([import('./aws-ground.ts'), import('./run.ts')]);
  const signal = listenForInterrupt(say);
  const ground = awsGround(props);
  try {
    const { maxCost, keep = false, clean = false } = options;
    const outcome = await rehearse(ground, { price, maxCost, keep, clean, interrupted: signal.given });
    await tell(outcome, options, props, model);
    if (outcome.result !== 'kept' && outcome.result !== 'left') forget(file, ground.state.notes.folder);
    if (outcome.result === 'interrupted') return cancelled;
    return outcome.result === 'passed' ? 0 : 1;
  } finally {
    signal.stop();
  }
}

/** GuardDuty and the analyzer exist once: whether the double makes them is decided before it has made them. */
async function decideBefore({ file, model }: GroundProps, clean: boolean): Promise<void> {
  const [{ awsWithCredentials }, { account }, { countDetectors }] = await Promise.all([
    import('../account/aws.ts'),
    import('../preflight/checks/account.ts'),
    import('../preflight/checks/account-services.ts'),
  ]);
  const aws = awsWithCredentials();
  const [answer] = await account.ask({ environment: model, aws } as Parameters<typeof account.ask>[0]);
  if (answer?.standing !== 'ready') {
    const { about = '', says = '', todo = '' } = answer ?? {};
    throw new UserError([`${inLanguage(about)}: ${inLanguage(says)}`, todo]);
  }
  const { state } = file;
  state.accountServices ??= (await countDetectors({ environment: model, aws })) > 0 ? 'existing' : 'create';
  // Its file is lost, and whatever stands shall go all the same.
  if (clean) state.standsSince ??= new Date().toISOString();
}

async function refuseCost({ maxCost }: RehearseOptions, price: Price, { file }: GroundProps): Promise<void> {
  const [{ expectedCost, spent }, { cleanUp, steps }] = await Promise.all([
    import('./money.ts'),
    import('./steps.ts'),
  ]);
  const open = steps.filter(({ id }) => file.state.steps[id]?.status !== 'done');
  const expected = expectedCost([...open, ...cleanUp], price) + spent(file.state, new Date(), price);
  if (expected > maxCost) {
    const needed = Math.ceil(expected);
    const instead = file.isNew ? '' : ', or take away what stands with --clean';
    throw new UserError([
      `it would cost about ${expected.toFixed(2)} USD, more than the limit of ${maxCost.toFixed(2)}: pass --max-cost ${needed}${instead}`,
    ]);
  }
}

async function agreed(maxCost: number): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({
    message: `Begin? It costs money, at most ${maxCost.toFixed(2)} USD.`,
    initialValue: false,
  });
  if (isCancel(answer)) process.exit(cancelled);
  return answer;
}

function listenForInterrupt(say: (line: string) => void) {
  let given = false;
  const onInterrupt = () => {
    if (given) {
      say('Left. What stands costs: secure-shop rehearse --clean takes it away.');
      process.exit(cancelled);
    }
    given = true;
    say('Ends at the next wait, and takes everything away. Ctrl-C again: leaves at once.');
  };
  return { given: () => given, stop: atCtrlC(onInterrupt) };
}

async function tell(
  outcome: Outcome,
  options: RehearseOptions,
  { file, number }: GroundProps,
  model: Environment,
): Promise<void> {
  const [{ describeOutcome }, { rehearsalName }] = await Promise.all([
    import('./show.ts'),
    import('./rehearsed-config.ts'),
  ]);
  const report = {
    environment: rehearsalName(number),
    of: model.name,
    account: model.account,
    region: model.region,
    began: file.state.began,
    ended: new Date().toISOString(),
    ...outcome,
  };
  const again = `npx --no-install secure-shop rehearse --number ${number}`;
  if (options.json) printJson(report);
  else print(...describeOutcome(outcome, again));
  if (options.evidence !== undefined) await keepEvidence(options.evidence, report, options.config);
}

async function keepEvidence(file: string, report: object, config: string | undefined): Promise<void> {
  const [{ writeEvidence, sha256 }, { packageVersion }, { defaultConfigFile }, { readFileSync }] =
    await Promise.all([
      import('../account/evidence.ts'),
      import('../../cli/package-root.ts'),
      import('../../config/load.ts'),
      import('node:fs'),
    ]);
  const configFile = config ?? defaultConfigFile;
  writeEvidence(
    {
      format: 'secure-shop-rehearsal-1',
      version: packageVersion,
      config: { file: configFile, sha256: sha256(readFileSync(configFile)) },
      ...report,
    },
    file,
  );
  progress(`Evidence: ${file}`);
}

function forget(file: GroundProps['file'], folder: string | undefined): void {
  file.remove();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function someNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('write a whole number from 1 to 99.');
  return Number(text);
}

function someDollars(text: string): number {
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(text)) throw new InvalidArgumentError('write US dollars, such as 20.');
  return Number(text);
}
