/** Free play: an incident that nobody knows beforehand, of a difficulty that a person chooses. */
import { SEEDS } from '../lesson/model.ts';

export const DIFFICULTIES = ['easy', 'middle', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

export interface Incident {
  readonly id: string;
  /** Of the lesson: which variant. */
  readonly seed: number;
}

interface Drill {
  readonly id: string;
  readonly minutes: number;
}

const CHAPTER = 'drills/';

export const isDrill = (id: string): boolean => id.startsWith(CHAPTER);

/** The third that takes least time is easy, the third that takes most is hard. */
export function ofDifficulty(drills: readonly Drill[], difficulty: Difficulty): readonly Drill[] {
  const sorted = drills.filter(({ id }) => isDrill(id)).toSorted((a, b) => a.minutes - b.minutes);
  const cut = (third: number): number => Math.round((sorted.length * third) / 3);
  const nth = DIFFICULTIES.indexOf(difficulty);
  const found = sorted.slice(cut(nth), cut(nth + 1));
  return found.length === 0 ? sorted : found;
}

/**
 * @param seed a whole number: the same gives the same incident.
 * @returns null where there is no drill at all.
 */
export function drawIncident(
  drills: readonly Drill[],
  difficulty: Difficulty,
  seed: number,
): Incident | null {
  const among = ofDifficulty(drills, difficulty);
  const drill = among[mixed(seed) % Math.max(1, among.length)];
  if (drill === undefined) return null;
  return { id: drill.id, seed: (mixed(seed + 1) % SEEDS) + 1 };
}

/** Neighbouring seeds have nothing to do with each other: the finaliser of MurmurHash3. */
function mixed(seed: number): number {
  let h = seed >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
