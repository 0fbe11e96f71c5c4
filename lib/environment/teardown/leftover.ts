import type { Names } from './forget-names.ts';

/** One thing that would outlive its stack, or keep it from being deleted. */
export type Leftover =
  | { readonly kind: 'bucket' | 'vault' | 'vpc'; readonly name: string }
  | { readonly kind: 'names'; readonly name: string; readonly names: Names };
