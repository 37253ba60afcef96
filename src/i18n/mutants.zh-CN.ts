/** Simplified Chinese for the bug gallery; English stands in `core/mutants.ts`. */
import type { MutantName } from '../core/mutants.ts';

export const mutantsZhCN: Partial<
  Record<MutantName, { readonly title: string; readonly story: string }>
> = {};
