import { Argument, Command } from 'commander';
import { scripts, shells } from './scripts.ts';
import { placesOf } from './tree.ts';

/**
 * `secure-shop completion`: what a shell needs to complete the command line.
 *
 * @param program that is completed; it exists only once all commands do
 */
export function completionCommand(program: () => Command): Command {
  return new Command('completion')
    .description('Prints a script that completes this command line with TAB, for the shell that is named.')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .addHelpText(
      'after',
      `
bash: secure-shop completion bash > ~/.local/share/bash-completion/completions/secure-shop
zsh:  secure-shop completion zsh > ~/.zfunc/_secure-shop   (with fpath+=~/.zfunc before compinit)
fish: secure-shop completion fish > ~/.config/fish/completions/secure-shop.fish`,
    )
    .action((shell: (typeof shells)[number]) => {
      process.stdout.write(scripts[shell](placesOf(program())));
    });
}
