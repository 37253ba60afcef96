/** Scripts for the bugs of `core/mutants/storage.ts`. */
import type { Exhibits } from './exhibit.ts';

export const STORAGE_EXHIBITS: Exhibits = {};
