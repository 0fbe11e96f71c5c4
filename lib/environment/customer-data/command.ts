import { Argument, Command } from 'commander';
import { print } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import type { Exported, ExportRequest } from './export.ts';
import { type ExportKind, exportKinds } from './kinds.ts';

interface Options extends ShopOptions {
  readonly for?: string;
  readonly reason?: string;
}

/** `secure-shop export`: has the desk write an export; nothing of it comes to this PC. */
export function exportCommand(): Command {
  return shopOptions(new Command('export'))
    .description('Has the customer-data desk write an encrypted export for one named person.')
    .addArgument(new Argument('<what>', 'what to export').choices(exportKinds))
    .option('--for <person>', 'one of `exports.people`, who alone can open it')
    .option('--reason <text>', 'why this person needs it, for the record')
    .action((kind: ExportKind, options: Options) => run(kind, options));
}

async function run(kind: ExportKind, options: Options): Promise<void> {
  const [
    { InvokeCommand, LambdaClient },
    { GetParameterCommand, SSMClient },
    { loadShop },
    { chooseEnvironment },
    { inAccount },
    { UserError },
    { awsIn },
    { deskNames },
    { reasonProblem },
  ] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-ssm'),
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
    import('../../cli/in-account.ts'),
    import('../../cli/user-error.ts'),
    import('../../cli/aws-client-config.ts'),
    import('../desk-names.ts'),
    import('./reason.ts'),
  ]);
  const shop = await loadShop(options.config);
  const environment = chooseEnvironment(shop, options.environment);
  const { region, exports } = environment;
  const people = exports?.people.map(({ name }) => name) ?? [];
  if (people.length === 0)
    throw new UserError([
      `${environment.name} has no desk: name who may open exports in \`exports\` of the config, and deploy`,
    ]);
  const { for: person = '', reason = '' } = options;
  const problems = [
    ...(people.includes(person)
      ? []
      : [`--for: found ${person ? `"${person}"` : 'nothing'}; write one of ${people.join(', ')}`]),
    ...[reasonProblem(reason) ?? []].flat(),
  ];
  if (problems.length > 0) throw new UserError(problems);
  const names = deskNames(shop.name, environment);
  const request: ExportRequest = { kind, person, reason };
  await inAccount(environment, async () => {
    const { Parameter } = await new SSMClient(awsIn(region)).send(
      new GetParameterCommand({ Name: names.functionParameter }),
    );
    // An export takes as long as the function may, and asked for twice it would be made twice.
    const lambda = new LambdaClient({ ...awsIn(region, { requestTimeout: 910_000 }), maxAttempts: 1 });
    print(`Writing the export of ${kind} for ${person} ...`);
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: Parameter?.Value, Payload: JSON.stringify(request) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() || '{}');
    if (FunctionError !== undefined) {
      const { errorMessage = FunctionError } = answer as { readonly errorMessage?: string };
      throw new UserError([`the export was not written: ${errorMessage}`]);
    }
    const { bucket, key, rows, passphraseSecret, passphraseVersion } = answer as Exported;
    print(
      `Written: ${rows} rows, deleted after ${exports?.days} days. ${person} opens it with the role ${names.personRole(person)}:`,
    );
    print(`  aws s3 cp s3://${bucket}/${key} .`);
    print(
      `  aws secretsmanager get-secret-value --secret-id ${passphraseSecret} --version-id ${passphraseVersion}`,
    );
  });
}
