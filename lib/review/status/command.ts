import { Command } from 'commander';
import { print, printJson, progress } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, refuse } from '../../cli/user-error.ts';
import { problemWithNewFile } from '../../cli/written-files.ts';
import type { Environment, Shop } from '../../config/index.ts';
import type { Answered } from '../account/check.ts';
import type { Operated } from './question.ts';

interface StatusOptions extends ShopOptions {
  readonly json?: boolean;
  readonly evidence?: string;
  readonly drift: boolean;
}

const wording = { problem: 'overdue or wrong', none: 'All is as it should be.' };

/** `secure-shop status`: how an environment fares that was deployed. It only reads. */
export function statusCommand(): Command {
  return shopOptions(new Command('status'))
    .description(
      'Asks AWS, without changing anything, how a deployed environment fares: image, secrets, access, certificates, backups, findings, alarms, and whether what runs is still what was reviewed.',
    )
    .option('--json', 'print the answers as JSON')
    .option('--evidence <file>', 'also write them, with dates and hashes, into a new file to be kept')
    .option('--no-drift', 'leave out the comparison with what CloudFormation made, which takes minutes')
    .action(runStatus);
}

async function runStatus(options: StatusOptions): Promise<void> {
  const { evidence: evidenceFile } = options;
  const [{ explainAwsErrors }, { countsOf, describeAnswers }, { environmentOf }] = await Promise.all([
    import('../../cli/aws-errors.ts'),
    import('../account/show.ts'),
    import('../../config/environment-of.ts'),
  ]);
  const [, chosen] = await checkAll(
    () => refuse(problemWithNewFile('--evidence', evidenceFile)),
    () => environmentOf(options),
  );
  const { answers, operated } = await explainAwsErrors(() => answersOf(options, chosen));
  const counts = countsOf(answers);
  if (options.json) printJson({ environment: operated.environment.name, ...counts, answers });
  else print(...describeAnswers(answers, wording));
  if (evidenceFile !== undefined) await keepEvidence(evidenceFile, answers, operated, options.config);
  if (counts.problem > 0) process.exitCode = 1;
}

async function answersOf(
  options: StatusOptions,
  { shop, environment }: { readonly shop: Shop; readonly environment: Environment },
): Promise<{ readonly answers: readonly Answered[]; readonly operated: Operated }> {
  const [
    { questions },
    { awsWithCredentials },
    { publicDns },
    { askAll },
    { operatedOf },
    { withSynthesizedShop },
    assembly,
  ] = await Promise.all([
    import('./questions.ts'),
    import('../account/aws.ts'),
    import('../account/public-dns.ts'),
    import('../account/run.ts'),
    import('./operated.ts'),
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
  const [first, ...others] = questions.filter(({ id }) => options.drift || id !== 'drift');
  const nothing = operatedOf(account);
  const known = await askAll(first ? [first] : [], nothing, progress);
  // Without credentials, or with those of another account, nobody has to wait for the templates.
  if (known.some(({ standing }) => standing === 'problem')) return { answers: known, operated: nothing };
  progress('Reading what was reviewed ...');
  const stacks = await withSynthesizedShop(shop, (_, folder) =>
    assembly.readAssembly(folder).stacks.filter((stack) => stack.environment === environment.name),
  );
  const operated = operatedOf({ ...account, stacks });
  return { answers: [...known, ...(await askAll(others, operated, progress))], operated };
}

async function keepEvidence(
  file: string,
  answers: readonly Answered[],
  operated: Operated,
  config: string | undefined,
): Promise<void> {
  const [{ evidenceOf }, { writeEvidence }, { packageVersion }, { defaultConfigFile }] = await Promise.all([
    import('./evidence.ts'),
    import('../account/evidence.ts'),
    import('../../cli/package-root.ts'),
    import('../../config/load.ts'),
  ]);
  const configFile = config ?? defaultConfigFile;
  const props = { version: packageVersion, operated, answers, configFile, ended: new Date() };
  writeEvidence(await evidenceOf(props), file);
  progress(`Evidence: ${file}`);
}
