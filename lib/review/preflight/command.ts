import { Command } from 'commander';
import { print, printJson, progress } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import type { Environment, Shop } from '../../config/index.ts';
import type { Answered } from '../account/check.ts';

const wording = { problem: 'in the way of a deploy', none: 'Nothing stands in the way of a deploy.' };

interface PreflightOptions extends ShopOptions {
  readonly json?: boolean;
}

/** `secure-shop preflight`: whether the account is ready for a deploy. It only reads. */
export function preflightCommand(): Command {
  return shopOptions(new Command('preflight'))
    .description(
      'Asks AWS, without changing anything, whether the account is ready for a deploy: bootstrap, hosted zone, quotas, services, certificates, leftovers.',
    )
    .option('--json', 'print the answers as JSON')
    .action(runPreflight);
}

async function runPreflight({ config, environment: name, json }: PreflightOptions): Promise<void> {
  const [{ loadShop }, { chooseEnvironment }, { explainAwsErrors }, { countsOf, describeAnswers }] =
    await Promise.all([
      import('../../config/load.ts'),
      import('../../config/choose-environment.ts'),
      import('../../cli/aws-errors.ts'),
      import('../account/show.ts'),
    ]);
  const shop = await loadShop(config);
  const environment = chooseEnvironment(shop, name);
  const answers = await explainAwsErrors(() => answersOf(shop, environment));
  const counts = countsOf(answers);
  if (json) printJson({ environment: environment.name, ...counts, answers });
  else print(...describeAnswers(answers, wording));
  if (counts.problem > 0) process.exitCode = 1;
}

async function answersOf(shop: Shop, environment: Environment): Promise<readonly Answered[]> {
  const [{ checks }, { awsWithCredentials }, { publicDns }, { askAll }, { withSynthesizedShop }, assembly] =
    await Promise.all([
      import('./checks/index.ts'),
      import('../account/aws.ts'),
      import('../account/public-dns.ts'),
      import('../account/run.ts'),
      import('../../synthesize.ts'),
      import('../templates/assembly.ts'),
    ]);
  const account = {
    shop,
    environment,
    stacks: [],
    aws: awsWithCredentials(),
    dns: publicDns(),
    now: new Date(),
  };
  // Before the templates are made: without credentials, or with those of another account, nobody has to wait.
  const first = await askAll(
    checks.filter((check) => check.first),
    account,
    progress,
  );
  if (first.some(({ standing }) => standing === 'problem')) return first;
  progress('Reading what the deploy needs ...');
  const stacks = await withSynthesizedShop(shop, (_, folder) =>
    assembly.readAssembly(folder).stacks.filter((stack) => stack.environment === environment.name),
  );
  const others = checks.filter((check) => !check.first);
  return [...first, ...(await askAll(others, { ...account, stacks }, progress))];
}
