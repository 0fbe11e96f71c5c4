import type { Shop } from '../../config/index.ts';
import type { RehearsalEnvironment } from './rehearse.ts';

/** Synthesizes the shop in this process, and leaves nothing behind. */
export async function synthesizedEnvironments(shop: Shop): Promise<RehearsalEnvironment[]> {
  const { withSynthesizedShop } = await import('../../synthesize.ts');
  return withSynthesizedShop(shop, (_, assembly) => environmentsOfAssembly(assembly));
}

/**
 * Every stage is an environment; stacks outside a stage are one together.
 *
 * @throws UserError when the folder holds no cloud assembly
 */
export async function environmentsOfAssembly(folder: string): Promise<RehearsalEnvironment[]> {
  const { readAssembly } = await import('../templates/assembly.ts');
  const { stacks } = readAssembly(folder);
  const names = [...new Set(stacks.map(({ environment }) => environment))];
  return names.map((name) => ({
    name: name || 'app',
    templates: stacks.filter(({ environment }) => environment === name),
  }));
}
