import { UserError } from '../../cli/user-error.ts';
import { readAssembly } from '../templates/assembly.ts';
import type { StackTemplate } from '../templates/template-tree.ts';

/**
 * What `--from` says is deployed.
 *
 * @param from the folder of an earlier cloud assembly, or `nothing`
 * @throws UserError when it is neither
 */
export function earlierStacks(from: string): readonly StackTemplate[] {
  if (from === 'nothing') return [];
  if (from.trim() === '') {
    throw new UserError(['--from: write the folder of an earlier cloud assembly, or "nothing"']);
  }
  try {
    return readAssembly(from).stacks;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => `--from ${problem}`));
  }
}
