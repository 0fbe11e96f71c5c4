import type { Command } from 'commander';

/** A word that may come next, and what it is for. */
export interface Word {
  readonly word: string;
  readonly about: string;
}

/** What may follow a command of the tree. */
export interface Place {
  /** Words that lead here, such as `vpn issue`; empty for the program itself. */
  readonly path: string;
  readonly subcommands: readonly Word[];
  readonly options: readonly Word[];
  /** Values by option: words to choose from, or a file. Others take what nobody can guess. */
  readonly values: readonly { readonly option: string; readonly takes: readonly string[] | 'file' }[];
}

/** Every command with what may follow it, read from its definition. */
export function placesOf(program: Command, path: readonly string[] = []): Place[] {
  const help = program.createHelp();
  const subcommands = help.visibleCommands(program).filter((command) => command.name() !== 'help');
  const options = help.visibleOptions(program);
  return [
    {
      path: path.join(' '),
      subcommands: subcommands.map((command) => ({
        word: command.name(),
        about: firstSentence(command.description()),
      })),
      options: options.flatMap((option) =>
        [option.long, option.short].flatMap((word) =>
          word ? [{ word, about: firstSentence(option.description) }] : [],
        ),
      ),
      values: options.flatMap(({ long, short, argChoices, flags }) => {
        const takes = argChoices ?? (/<(file|folder|what)(\.\.\.)?>/.test(flags) ? 'file' : undefined);
        if (takes === undefined) return [];
        return [long, short].flatMap((option) => (option ? [{ option, takes }] : []));
      }),
    },
    ...subcommands.flatMap((command) => placesOf(command, [...path, command.name()])),
  ];
}

/** Short, and without what a shell would take for its own. */
function firstSentence(text: string): string {
  return (text.split(/[.;:(,]/)[0] ?? '').replace(/['"\\`$!]/g, '').trim();
}
