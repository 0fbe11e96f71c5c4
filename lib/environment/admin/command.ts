import { setTimeout as pause } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { print, printJson } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { refuse } from '../../cli/user-error.ts';
import { longestOpening, usualOpening } from './door/settings.ts';
import type { VpnContext } from './vpn/context.ts';
import type * as DoorCommands from './vpn/door-commands.ts';
import type { DoorContext } from './vpn/door-commands.ts';

interface CommonOptions extends ShopOptions {
  readonly endpointId?: string;
}

/** `secure-shop vpn`: who gets in to the admin screens. */
export function vpnCommand(): Command {
  const vpn = new Command('vpn').description(
    'Opens and shuts the VPN of the admins; issues and revokes the certificates with which they reach it.',
  );

  vpn.addCommand(
    shopOptions(new Command('open'))
      .description('Attaches the VPN to the network for some hours, and waits until it answers.')
      .option('--hours <hours>', `for how long, at most ${longestOpening}`, someHours, usualOpening)
      .action((options: CommonOptions & { hours: number }) =>
        atDoor(options, ({ openDoor }, context) => openDoor(context, options.hours)),
      ),
  );
  vpn.addCommand(
    shopOptions(new Command('close'))
      .description('Takes the VPN off the network; sessions in it end.')
      .action((options: CommonOptions) => atDoor(options, ({ closeDoor }, context) => closeDoor(context))),
  );
  vpn.addCommand(
    shopOptions(new Command('state'))
      .description('Shows whether the VPN is open, who opened it and until when.')
      .action((options: CommonOptions) => atDoor(options, ({ showDoor }, context) => showDoor(context))),
  );

  vpn.addCommand(
    shopOptions(new Command('init'))
      .description('Creates the certificate authority and the VPN server certificate, or renews the latter.')
      .option(
        '--replace-authority',
        'start a new authority: every certificate becomes worthless with the next deploy',
      )
      .action((options: CommonOptions & { replaceAuthority?: boolean }) =>
        run(options, async (context) => {
          const { init } = await import('./vpn/init.ts');
          await init(context, options);
        }),
      ),
  );

  vpn.addCommand(
    withEndpointOption(shopOptions(new Command('issue')))
      .description('Gives a person of the config a certificate of their own, as an .ovpn file.')
      .argument('<person>', 'name in admin.people')
      .option('--days <days>', 'validity in days, at most 90', wholeNumber)
      .option('--output <file>', 'the file to write; it must not exist yet')
      .option('--passphrase', 'encrypt the private key; the passphrase is asked on the terminal')
      .option('--passphrase-file <file>', 'encrypt the private key; "-" reads standard input')
      .action((person: string, options: CommonOptions & IssueFlags) =>
        run(
          options,
          async (context) => {
            const { issue } = await import('./vpn/issue.ts');
            await issue(context, person, { ...options, passphrase: await passphraseOf(options) });
          },
          async (context) => {
            const { refuseWishes } = await import('./vpn/issue.ts');
            await refuseWishes(context, person, { ...options, passphrase: undefined });
          },
        ),
      ),
  );

  vpn.addCommand(
    withEndpointOption(shopOptions(new Command('list')))
      .description('Shows every certificate: whose, until when, revoked or not.')
      .option('--json', 'print JSON')
      .action((options: CommonOptions & { json?: boolean }) =>
        run(options, async (context) => {
          const { list, formatList } = await import('./vpn/list.ts');
          const result = await list(context, options);
          if (options.json) printJson(result);
          else print(...formatList(result));
        }),
      ),
  );

  vpn.addCommand(
    withEndpointOption(shopOptions(new Command('revoke')))
      .description("Takes a person's certificates away and ends their sessions.")
      .argument('[person]', 'name in the certificate')
      .option('--all', "everybody's: when somebody may know the key of the authority")
      .action((person: string | undefined, options: CommonOptions & { all?: boolean }) =>
        run(
          options,
          async (context) => {
            const { revoke, revokeAll } = await import('./vpn/revoke.ts');
            await (person === undefined ? revokeAll(context, options) : revoke(context, person, options));
          },
          () =>
            refuse(
              (person === undefined) !== (options.all === true) &&
                'write either the person to revoke, or --all',
            ),
        ),
      ),
  );

  vpn.addCommand(
    withEndpointOption(shopOptions(new Command('renew-crl')))
      .description('Imports the revocation list again, with a new expiry date.')
      .action((options: CommonOptions) =>
        run(options, async (context) => {
          const { renewRevocationList } = await import('./vpn/renew-crl.ts');
          await renewRevocationList(context, options);
        }),
      ),
  );

  return vpn;
}

interface IssueFlags {
  readonly days?: number;
  readonly output?: string;
  readonly passphrase?: boolean;
  readonly passphraseFile?: string;
}

function withEndpointOption(command: Command): Command {
  return command.option(
    '--endpoint-id <id>',
    'Client VPN endpoint; found through the parameter the stack writes when left out',
  );
}

/** Runs what one of the door's commands does, with the clients that only they need. */
async function atDoor(
  options: CommonOptions,
  action: (commands: typeof DoorCommands, context: DoorContext) => Promise<void>,
): Promise<void> {
  await run(options, async (context) => {
    const [commands, { LambdaClient }, { STSClient }, { awsIn }] = await Promise.all([
      import('./vpn/door-commands.ts'),
      import('@aws-sdk/client-lambda'),
      import('@aws-sdk/client-sts'),
      import('../../cli/aws-client-config.ts'),
    ]);
    const { region } = context.environment;
    await action(commands, {
      ...context,
      lambda: new LambdaClient(awsIn(region)),
      sts: new STSClient(awsIn(region)),
      pause: (seconds) => pause(seconds * 1000),
    });
  });
}

/**
 * The heavy parts load here, so that `--help` answers at once.
 *
 * @param check refuses what is wrong before anybody is asked for credentials. @default nothing is
 */
async function run(
  options: CommonOptions,
  action: (context: VpnContext) => Promise<void>,
  check: (context: VpnContext) => void | Promise<void> = () => {},
): Promise<void> {
  const [{ loadShop }, { vpnContext }, { chooseEnvironment }, { inAccount }] = await Promise.all([
    import('../../config/load.ts'),
    import('./vpn/context.ts'),
    import('../../config/choose-environment.ts'),
    import('../../cli/in-account.ts'),
  ]);
  const shop = await loadShop(options.config);
  const environment = chooseEnvironment(shop, options.environment);
  const context = vpnContext(shop, environment, { say: print });
  await check(context);
  await inAccount(environment, () => action(context));
}

async function passphraseOf({ passphrase, passphraseFile }: IssueFlags): Promise<string | undefined> {
  if (!passphrase && passphraseFile === undefined) return undefined;
  const { readPassphrase } = await import('./vpn/passphrase.ts');
  return readPassphrase(passphraseFile === undefined ? 'terminal' : { file: passphraseFile });
}

function someHours(text: string): number {
  const hours = Number(text);
  if (!/^[\d.]{1,5}$/.test(text) || !(hours >= 0.25 && hours <= longestOpening))
    throw new InvalidArgumentError(`write hours from 0.25 to ${longestOpening}.`);
  return hours;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('write a whole number of days.');
  return Number(text);
}
