/** The bug gallery: for each switch of `core/mutants.ts` the shortest script that shows the bug. */
import { MUTANTS, type Mutant, type MutantName } from '../../core/mutants.ts';
import { HANDOVER_EXHIBITS } from './handover.ts';
import { JOINING_EXHIBITS } from './joining.ts';
import type { Exhibit, Exhibits } from './exhibit.ts';
import { STORAGE_EXHIBITS } from './storage.ts';

export const EXHIBITS: Exhibits = {
  ...JOINING_EXHIBITS,
  ...STORAGE_EXHIBITS,
  ...HANDOVER_EXHIBITS,
};

export function mutantNamed(name: string): (Mutant & { readonly name: MutantName }) | null {
  return MUTANTS.find((mutant) => mutant.name === name) ?? null;
}

export function exhibitOf(name: MutantName): Exhibit | null {
  return EXHIBITS[name] ?? null;
}
