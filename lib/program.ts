import { Command } from 'commander';
import { completionCommand } from './cli/completion/command.ts';
import { completeHelp } from './cli/help.ts';
import type { Translate } from './cli/language/pattern.ts';
import { packageVersion } from './cli/package-root.ts';
import { initCommand } from './config/init/command.ts';
import { vpnCommand } from './environment/admin/command.ts';
import { contractorCommand } from './environment/contractor/command.ts';
import { rotateCommand } from './environment/credentials/command.ts';
import { exportCommand } from './environment/customer-data/command.ts';
import { patchCommand } from './environment/patching/command.ts';
import { scriptsCommand } from './environment/payment-page/command.ts';
import { restoreCommand } from './environment/recovery/restore/command.ts';
import { rehearseCommand } from './review/acceptance/command.ts';
import { costCommand } from './review/cost/command.ts';
import { planCommand } from './review/deploys/command.ts';
import { deployCommand } from './review/launch/command.ts';
import { preflightCommand } from './review/preflight/command.ts';
import { tryCommand } from './review/rehearsal/command.ts';
import { reviewCommand } from './review/report/command.ts';
import { statusCommand } from './review/status/command.ts';

/**
 * The command line, built anew at each call.
 *
 * @param exit ends the process after help, the version, or a command line that is wrong
 * @param translate says a text in the language of the reader. @default English
 */
export function secureShopProgram(exit: (code: number) => never, translate?: Translate): Command {
  const program = new Command('secure-shop')
    .description('Checks, deploys, watches and operates the environments that shop.config.ts describes.')
    .version(packageVersion, '-V, --version', 'print the version')
    .exitOverride((stop) => exit(stop.exitCode === 0 ? 0 : 2));
  for (const command of [
    initCommand(),
    reviewCommand(),
    preflightCommand(),
    planCommand(),
    costCommand(),
    deployCommand(),
    statusCommand(),
    rehearseCommand(),
    tryCommand(),
    rotateCommand(),
    patchCommand(),
    restoreCommand(),
    vpnCommand(),
    contractorCommand(),
    exportCommand(),
    scriptsCommand(),
    completionCommand(() => program),
  ]) {
    inheritSettings(program, command);
    program.addCommand(command);
  }
  completeHelps(program, [], translate);
  return program;
}

function completeHelps(command: Command, path: readonly string[], translate: Translate | undefined): void {
  completeHelp(command, path.join(' '), translate);
  for (const subcommand of command.commands)
    completeHelps(subcommand, [...path, subcommand.name()], translate);
}

/** A subcommand that was built apart knows nothing of the exit code above. */
function inheritSettings(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const subcommand of command.commands) inheritSettings(command, subcommand);
}
