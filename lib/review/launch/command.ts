import { Command } from 'commander';
import { atCtrlC } from '../../cli/interrupt.ts';
import { inLanguage, print, progress } from '../../cli/output.ts';
import { type ShopOptions, shopOptions } from '../../cli/shop-options.ts';
import { checkAll, refuse } from '../../cli/user-error.ts';
import type { Environment } from '../../config/index.ts';
import type { Tools } from './tools.ts';

interface DeployOptions extends ShopOptions {
  readonly yes?: boolean;
  readonly accept?: string;
  readonly person?: string;
}

const cancelled = 130;
const stopped = 'Stopped. What was begun goes on in AWS, or stands; the same command goes on from here.';

/** `secure-shop deploy`: the first deploy, or the next, led by the hand. */
export function deployCommand(): Command {
  return shopOptions(new Command('deploy'))
    .description(
      'Leads through a deploy: asks whether the account is ready, shows what is planned, prepares regions, deploys, waits for the mails to be confirmed, makes the VPN and the first certificate. Run again, it goes on where it stood.',
    )
    .option('-y, --yes', 'answer every question with yes; needed where nobody can be asked')
    .option('--accept <reason>', 'deploy although data would be lost; the reason is printed')
    .option('--person <name>', 'who of admin.people gets the first certificate (default: the first)')
    .addHelpText('after', '\n"cdk deploy" alone does the deploy as well; this adds what stands around it.')
    .action(runDeploy);
}

async function runDeploy(options: DeployOptions): Promise<void> {
  const [{ environmentOf }, { explainAwsErrors }, { launch }] = await Promise.all([
    import('../../config/environment-of.ts'),
    import('../../cli/aws-errors.ts'),
    import('./launch.ts'),
  ]);
  await checkAll(
    () =>
      refuse(
        options.accept?.trim() === '' && '--accept: write the reason, such as "--accept \'staging only\'"',
        options.yes !== true &&
          !(process.stdin.isTTY && process.stdout.isTTY) &&
          'nobody can be asked here: run it in a terminal, or pass --yes',
      ),
    async () => refuseStranger(options.person, await environmentOf(options)),
  );
  const stop = atCtrlC(() => {
    progress(stopped);
    process.exit(cancelled);
  });
  try {
    process.exitCode = await explainAwsErrors(async () => launch(await toolsOf(options)));
  } finally {
    stop();
  }
}

function refuseStranger(
  person: string | undefined,
  { environment }: { readonly environment: Environment },
): void {
  const names = environment.admin.people.map(({ name }) => name);
  refuse(
    person !== undefined &&
      !names.includes(person) &&
      `--person: "${person}" is not in admin.people; write one of ${names.join(', ')}`,
  );
}

async function toolsOf(options: DeployOptions): Promise<Tools> {
  const [
    { setTimeout: sleep },
    { environmentOf },
    { awsWithCredentials },
    { publicDns },
    { operatedOf },
    { withSynthesizedShop },
    { readAssembly },
    { vpnContext },
    { cdkDeployer },
    { planFromAws },
  ] = await Promise.all([
    import('node:timers/promises'),
    import('../../config/environment-of.ts'),
    import('../account/aws.ts'),
    import('../account/public-dns.ts'),
    import('../status/operated.ts'),
    import('../../synthesize.ts'),
    import('../templates/assembly.ts'),
    import('../../environment/admin/vpn/context.ts'),
    import('./toolkit.ts'),
    import('./plan-from-aws.ts'),
  ]);
  const say = print;
  const pause = async (seconds: number) => {
    await sleep(seconds * 1000);
  };
  return {
    deployer: cdkDeployer(say),
    read: async (use) => {
      say('Reading the config ...');
      const { shop, environment } = await environmentOf(options);
      return withSynthesizedShop(shop, (_, assembly) => {
        const stacks = readAssembly(assembly).stacks.filter(
          (stack) => stack.environment === environment.name,
        );
        const account = {
          shop,
          environment,
          stacks,
          aws: awsWithCredentials(),
          dns: publicDns(),
          now: new Date(),
        };
        return use({ operated: operatedOf(account), assembly });
      });
    },
    plan: planFromAws,
    vpn: ({ shop, environment }) => vpnContext(shop, environment, { say }),
    confirm: options.yes === true ? confirmed(say) : askOnTerminal,
    say,
    pause,
    ...(options.accept !== undefined && { accept: options.accept }),
    ...(options.person !== undefined && { person: options.person }),
  };
}

/** A question that would be asked a second time is one that nobody here can answer. */
function confirmed(say: (line: string) => void): Tools['confirm'] {
  const asked = new Set<string>();
  return async (question) => {
    const again = asked.has(question);
    asked.add(question);
    say(`${inLanguage(question)} ${inLanguage(again ? 'no' : 'yes')} (--yes)`);
    return !again;
  };
}

async function askOnTerminal(question: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: inLanguage(question) });
  if (isCancel(answer)) {
    progress(stopped);
    process.exit(cancelled);
  }
  return answer;
}
