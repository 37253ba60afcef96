/**
 * Historic bugs of ZooKeeper as switches, off by default: all of them, in the gallery's order. The
 * lessons have a script for each, and the story in other languages.
 *
 * Source: the project's issues and the commits that closed them.
 */
import { HANDOVER } from './mutants/handover.ts';
import { JOINING } from './mutants/joining.ts';
import type { Mutant } from './mutants/mutant.ts';
import { STORAGE } from './mutants/storage.ts';

export type { Mutant } from './mutants/mutant.ts';

export type MutantName = (typeof MUTANTS)[number]['name'];

export const MUTANTS = [...JOINING, ...STORAGE, ...HANDOVER] as const satisfies readonly Mutant[];
