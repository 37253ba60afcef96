/** Scripts for the bugs of `core/mutants/handover.ts`. */
import type { Exhibits } from './exhibit.ts';

export const HANDOVER_EXHIBITS: Exhibits = {};
