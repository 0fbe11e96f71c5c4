import { Command } from 'commander';
import { UserError } from '../cli/user-error.ts';
import type { Environment, Shop } from '../config/index.ts';

interface Options {
  readonly status?: boolean;
  readonly config?: string;
  readonly environment?: string;
  readonly json?: boolean;
  readonly timeout: string;
}

export function rotateCommand(): Command {
  return new Command('rotate')
    .description('Rotates a credential now and follows its four steps, or lists every credential.')
    .argument('[name]', 'secret to rotate, such as "database" or "my-shop/production/database"')
    .option('--status', 'list every secret with its age, next rotation and last outcome')
    .option('--config <file>', 'config file (default: shop.config.ts)')
    .option('--environment <name>', 'environment, when the config file has several')
    .option('--json', 'with --status: print JSON')
    .option('--timeout <seconds>', 'give up following after this time', '300')
    .action(async (name: string | undefined, options: Options) => {
      if (options.status === true) await printStatus(options);
      else if (name === undefined) throw new UserError(['name the secret to rotate, or pass --status']);
      else await rotate(name, options);
    });
}

async function printStatus(options: Options): Promise<void> {
  const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { statusOfSecrets, statusTable } = await import('./status.ts');
  const shop = await load(options);
  const environments =
    options.environment === undefined ? Object.values(shop.environments) : [environmentOf(shop, options)];
  const secrets = await Promise.all(
    environments.map((environment) =>
      statusOfSecrets(
        new SecretsManagerClient({ region: environment.region }),
        `${shop.name}/${environment.name}/`,
        new Date(),
      ),
    ),
  );
  console.log(options.json === true ? JSON.stringify(secrets.flat(), null, 2) : statusTable(secrets.flat()));
}

async function rotate(name: string, options: Options): Promise<void> {
  const seconds = Number(options.timeout);
  if (!(seconds > 0)) throw new UserError(['--timeout: write a number of seconds above 0']);
  const [{ SecretsManagerClient }, { LambdaClient }, { CloudWatchLogsClient }, { rotateAndFollow }] =
    await Promise.all([
      import('@aws-sdk/client-secrets-manager'),
      import('@aws-sdk/client-lambda'),
      import('@aws-sdk/client-cloudwatch-logs'),
      import('./follow.ts'),
    ]);
  const shop = await load(options);
  const environment = environmentOf(shop, options, name);
  const { region } = environment;
  const secretId = name.includes('/') ? name : `${shop.name}/${environment.name}/${name}`;
  const succeeded = await rotateAndFollow(
    {
      secretsManager: new SecretsManagerClient({ region }),
      lambda: new LambdaClient({ region }),
      logs: new CloudWatchLogsClient({ region }),
    },
    secretId,
    {
      say: (line) => console.log(line),
      milliseconds: seconds * 1000,
      interval: 1000,
      retryMilliseconds: 60_000,
    },
  );
  if (!succeeded) process.exitCode = 1;
}

async function load(options: Options): Promise<Shop> {
  const { loadShop } = await import('../config/load.ts');
  return await loadShop(options.config);
}

/** The environment asked for, the one the secret's full name begins with, or the only one there is. */
function environmentOf(shop: Shop, options: Options, secret = ''): Environment {
  const all = Object.values(shop.environments);
  const wanted = options.environment;
  const found =
    wanted === undefined
      ? (all.find(({ name }) => secret.startsWith(`${shop.name}/${name}/`)) ??
        (all.length === 1 ? all[0] : undefined))
      : all.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = all.map(({ name }) => `"${name}"`).join(', ');
  throw new UserError([
    wanted === undefined
      ? `several environments: add --environment with one of ${names}`
      : `--environment: there is no "${wanted}"; write one of ${names}`,
  ]);
}
