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
 * The templates that a command is about.
 *
 * @param adapt changes what the config file exports before it is checked
 * @throws UserError when the config or the assembly is wrong, or has no such environment
 */
export async function targetStacks(
  { config, assembly, environment }: Target,
  adapt?: (exported: unknown) => unknown,
): Promise<StackTemplate[]> {
  const { readAssembly } = await import('./assembly.ts');
  if (assembly !== undefined) return ofEnvironment(readAssembly(assembly).stacks, environment, assembly);
  const [{ loadShop }, { chooseEnvironment }, { withSynthesizedShop }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../config/choose-environment.ts'),
    import('../../synthesize.ts'),
  ]);
  const shop = await loadShop(config, adapt);
  // A name that was mistyped is told before the templates are made, which takes seconds.
  if (environment !== undefined) chooseEnvironment(shop, environment);
  const stacks = await withSynthesizedShop(shop, (_, folder) => readAssembly(folder).stacks);
  return ofEnvironment(stacks, environment, 'the config');
}

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
