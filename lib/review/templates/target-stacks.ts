import type { StackTemplate } from './template-tree.ts';

export interface Target {
  /** Folder of a cloud assembly; without it the config is synthesized. */
  readonly assembly?: string;
  /** @default shop.config.ts */
  readonly config?: string;
  /** @default all of them */
  readonly environment?: string;
}

/**
 * Opens what a command is about, as far as its mistakes show: the templates of a config, which take seconds, are made when
 * what is returned is called.
 *
 * @throws UserError when the config or the assembly is wrong, or has no such environment
 */
export async function openTarget({ config, assembly, environment }: Target): Promise<TargetStacks> {
  const { readAssembly } = await import('./assembly.ts');
  if (assembly !== undefined) {
    const stacks = await ofEnvironment(readAssembly(assembly).stacks, environment, assembly);
    return async () => stacks;
  }
  const [{ loadShop }, { chooseEnvironment }, { withSynthesizedShop }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
    import('../../synthesize.ts'),
  ]);
  const shop = await loadShop(config);
  if (environment !== undefined) chooseEnvironment(shop, environment);
  return async (adapt) => {
    const adapted = adapt === undefined ? shop : await loadShop(config, adapt);
    const stacks = await withSynthesizedShop(adapted, (_, folder) => readAssembly(folder).stacks);
    return ofEnvironment(stacks, environment, 'the config');
  };
}

/** The templates. @param adapt changes what the config file exports before it is checked */
export type TargetStacks = (adapt?: (exported: unknown) => unknown) => Promise<StackTemplate[]>;

/** @throws UserError when none of the stacks is of that environment */
export async function ofEnvironment(
  stacks: readonly StackTemplate[],
  environment: string | undefined,
  place: string,
): Promise<StackTemplate[]> {
  if (environment === undefined) return [...stacks];
  const chosen = stacks.filter((stack) => stack.environment === environment);
  if (chosen.length > 0) return chosen;
  const { unknownEnvironment } = await import('../../config/choose-environment.ts');
  const known = [...new Set(stacks.map((stack) => stack.environment || 'app'))];
  throw unknownEnvironment(environment, known, place);
}
