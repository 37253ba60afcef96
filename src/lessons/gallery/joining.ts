/** Scripts for the bugs of `core/mutants/joining.ts`. */
import type { Exhibits } from './exhibit.ts';

export const JOINING_EXHIBITS: Exhibits = {};
