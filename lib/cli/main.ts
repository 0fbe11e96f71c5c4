import { Command } from 'commander';
import { tryCommand } from '../rehearsal/command.ts';
import { reviewCommand } from '../report/command.ts';
import { UserError } from './user-error.ts';

const program = new Command('secure-shop')
  .description('Checks, rehearses and operates the environments that shop.config.ts describes.')
  .exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : 2));

for (const command of [reviewCommand(), tryCommand()]) {
  // A subcommand that was built apart knows nothing of the exit code above.
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  for (const problem of error.problems) console.error(problem);
  process.exitCode = 2;
}
