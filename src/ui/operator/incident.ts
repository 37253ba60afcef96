/**
 * Free play: an incident that nobody knows beforehand, of a level that a person chooses. It has an
 * address of its own, which says as little: `drills/random-easy`, and a seed that draws it.
 */
import { LEVELS, type Level, type LessonText } from '../../lessons/engine/lesson-text.ts';
import { SEEDS } from '../lesson/model.ts';

export interface Drawn {
  readonly id: string;
  /** Of the lesson: which variant. */
  readonly seed: number;
}

const CHAPTER = 'drills/';
const RANDOM = `${CHAPTER}random-`;

/** Seeds that a person is given: they are read out and typed. */
const DRAWS = 99_999;

/** In the place of a lesson's id. */
export const incidentOf = (level: Level): string => RANDOM + level;

/** Null where it is the id of a lesson. */
export const levelOf = (id: string): Level | null =>
  LEVELS.find((level) => id === incidentOf(level)) ?? null;

/** The drills of that level, in the order of the curriculum. */
export function drillsOf(texts: ReadonlyMap<string, LessonText>, level: Level): readonly string[] {
  return [...texts]
    .filter(([id, text]) => id.startsWith(CHAPTER) && text.level === level)
    .map(([id]) => id);
}

/**
 * @param seed a whole number: the same gives the same incident.
 * @returns null where there is no drill of that level.
 */
export function drawIncident(
  texts: ReadonlyMap<string, LessonText>,
  level: Level,
  seed: number,
): Drawn | null {
  const among = drillsOf(texts, level);
  const id = among[mixed(seed) % Math.max(1, among.length)];
  return id === undefined ? null : { id, seed: (mixed(seed + 1) % SEEDS) + 1 };
}

/** Another one than the last, most of the time. */
export function newDraw(): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return (drawn % DRAWS) + 1;
}

/** Neighbouring seeds have nothing to do with each other: the finaliser of MurmurHash3. */
function mixed(seed: number): number {
  let h = seed >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
