import type { Command } from 'commander';

export interface ShopOptions {
  /** @default shop.config.ts */
  readonly config?: string;
  readonly environment?: string;
}

/** Which shop a command is about: the same option for every command. */
export function configOption(command: Command): Command {
  return command.option('-c, --config <file>', 'the file that describes the shop (default: shop.config.ts)');
}

/** Which shop, and which of its environments. */
export function shopOptions(
  command: Command,
  withoutEnvironment = 'may be left out when there is one only',
): Command {
  return configOption(command).option(
    '-e, --environment <name>',
    `environment of the shop; ${withoutEnvironment}`,
  );
}
