import { Command } from 'commander';
import { explainAwsErrors } from '../../cli/aws-errors.ts';
import { inAccount } from '../../cli/in-account.ts';
import { print, printJson, progress } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { refuse, UserError } from '../../cli/user-error.ts';
import { chooseEnvironment } from '../../config/choose-environment.ts';
import type { Shop } from '../../config/index.ts';
import type { SecretStatus } from './status.ts';

interface Options extends ShopOptions {
  readonly status?: boolean;
  readonly json?: boolean;
  readonly timeout: string;
}

export function rotateCommand(): Command {
  return shopOptions(
    new Command('rotate'),
    'may be left out when there is one only, or the full name of the secret says it; --status then lists all',
  )
    .description('Rotates a credential now and follows its four steps, or lists every credential.')
    .argument('[name]', 'secret to rotate, such as "database" or "my-shop/production/database"')
    .option('--status', 'list every secret with its age, next rotation, last outcome and warnings')
    .option('--json', 'with --status: print JSON')
    .option('--timeout <seconds>', 'give up following after this time', '300')
    .action(async (name: string | undefined, options: Options) => {
      refuse(
        options.json === true && options.status !== true && '--json goes with --status only',
        options.status === true && name !== undefined && `--status lists every secret: leave "${name}" out`,
        options.status !== true && name === undefined && 'name the secret to rotate, or pass --status',
      );
      await (name === undefined ? printStatus(options) : rotate(name, options));
    });
}

async function printStatus(options: Options): Promise<void> {
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const [
    { LambdaClient },
    { CloudWatchLogsClient },
    { statusOfSecrets, statusTable },
    { lastWarnings },
    { awsIn },
  ] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('./status.ts'),
    import('./rotation-log.ts'),
    import('../../cli/aws-client-config.ts'),
  ]);
  const shop = await load(options);
  const environments =
    options.environment === undefined
      ? Object.values(shop.environments)
      : [chooseEnvironment(shop, options.environment)];
  const [one, ...others] = environments;
  // Environments may have accounts of their own: of several, those of this account are shown.
  const inReach =
    one && others.length === 0
      ? (ask: () => Promise<SecretStatus[][]>) => inAccount(one, ask)
      : explainAwsErrors<SecretStatus[][]>;
  const secrets = await inReach(() =>
    Promise.all(
      environments.map(({ name, region }) => {
        const clients = {
          lambda: new LambdaClient(awsIn(region)),
          logs: new CloudWatchLogsClient(awsIn(region)),
        };
        return statusOfSecrets(
          new SecretsManagerClient(awsIn(region)),
          `${shop.name}/${name}/`,
          new Date(),
          (secret) => lastWarnings(clients, secret),
        );
      }),
    ),
  );
  const all = secrets.flat();
  if (all.length === 0) {
    const where = environments
      .map(({ name, account, region }) => `${name} (account ${account}, ${region})`)
      .join(', ');
    progress(
      `No secret of ${shop.name} in ${where}: the Credentials stack is not deployed there, or these AWS credentials are of another account ("aws sts get-caller-identity" shows whose).`,
    );
  }
  if (options.json) printJson(all);
  else print(statusTable(all));
}

async function rotate(name: string, options: Options): Promise<void> {
  const seconds = Number(options.timeout);
  if (!(seconds > 0)) throw new UserError(['--timeout: write a number of seconds above 0']);
  const [
    { SecretsManagerClient },
    { LambdaClient },
    { CloudWatchLogsClient },
    { rotateAndFollow },
    { awsIn },
  ] = await Promise.all([
    import('@aws-sdk/client-secrets-manager'),
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('./follow.ts'),
    import('../../cli/aws-client-config.ts'),
  ]);
  const shop = await load(options);
  // A secret's full name says its environment, and so does its ARN.
  const fullName = name.replace(/^arn:[^/]*:secret:/, '');
  const named = Object.keys(shop.environments).find((one) => fullName.startsWith(`${shop.name}/${one}/`));
  if (named !== undefined && options.environment !== undefined && options.environment !== named) {
    throw new UserError([
      `"${name}" is a secret of ${named}, and --environment says ${options.environment}: leave one of them out`,
    ]);
  }
  const environment = chooseEnvironment(shop, options.environment ?? named);
  const { region } = environment;
  const secretId = name.includes('/') ? name : `${shop.name}/${environment.name}/${name}`;
  const clients = {
    secretsManager: new SecretsManagerClient(awsIn(region)),
    lambda: new LambdaClient(awsIn(region)),
    logs: new CloudWatchLogsClient(awsIn(region)),
  };
  const succeeded = await inAccount(environment, () =>
    rotateAndFollow(clients, secretId, {
      say: print,
      milliseconds: seconds * 1000,
      interval: 1000,
      retryMilliseconds: 60_000,
    }),
  );
  if (!succeeded) process.exitCode = 1;
}

async function load(options: Options): Promise<Shop> {
  const { loadShop } = await import('../../config/load.ts');
  return await loadShop(options.config);
}
