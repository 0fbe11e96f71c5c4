import { Command } from 'commander';
import { packageVersion } from './cli/package-root.ts';
import { exitOnUserError } from './cli/user-error.ts';
import { initCommand } from './config/init/command.ts';
import { vpnCommand } from './environment/admin/command.ts';
import { contractorCommand } from './environment/contractor/command.ts';
import { rotateCommand } from './environment/credentials/command.ts';
import { patchCommand } from './environment/patching/command.ts';
import { costCommand } from './review/cost/command.ts';
import { planCommand } from './review/deploys/command.ts';
import { preflightCommand } from './review/preflight/command.ts';
import { tryCommand } from './review/rehearsal/command.ts';
import { reviewCommand } from './review/report/command.ts';
import { statusCommand } from './review/status/command.ts';

// The SDK warns of Node 20 on every run; it is what the project supports and is tested with.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const program = new Command('secure-shop')
  .description('Checks, rehearses and operates the environments that shop.config.ts describes.')
  .version(packageVersion)
  .exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : 2));

for (const command of [
  initCommand(),
  reviewCommand(),
  preflightCommand(),
  planCommand(),
  costCommand(),
  statusCommand(),
  rotateCommand(),
  tryCommand(),
  patchCommand(),
  vpnCommand(),
  contractorCommand(),
]) {
  inheritSettings(program, command);
  program.addCommand(command);
}

await exitOnUserError(async () => {
  await program.parseAsync();
});

/** A subcommand that was built apart knows nothing of the exit code above. */
function inheritSettings(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const subcommand of command.commands) inheritSettings(command, subcommand);
}
