/** A lesson as a link: `#lesson=election/leader-dies&seed=3`. */
import { EXERCISE_HASH } from '../classroom/hash.ts';
import type { LessonSurroundings } from './model.ts';
import { LESSON_HASH } from './hash.ts';

export interface LinkedLesson {
  readonly id: string;
  readonly seed: number;
}

const ID = /^[a-z0-9-]+\/[a-z0-9-]+$/;
const SEED = /^[1-9]\d{0,5}$/;

export function lessonLink(id: string, seed: number): string {
  const variant = seed === 1 ? '' : `&seed=${String(seed)}`;
  return location.origin + location.pathname + LESSON_HASH + id + variant;
}

/** Of a lesson or an exercise that is open no more. */
export function leaveAddress(): void {
  if (![LESSON_HASH, EXERCISE_HASH].some((hash) => location.hash.startsWith(hash))) return;
  history.replaceState(null, '', location.pathname + location.search);
}

/** Null where it names none. What is no seed is the first. */
export function readLessonHash(hash: string): LinkedLesson | null {
  if (!hash.startsWith(LESSON_HASH)) return null;
  const fields = new URLSearchParams(hash.slice(1));
  const id = fields.get('lesson') ?? '';
  const seed = fields.get('seed') ?? '1';
  return ID.test(id) ? { id, seed: SEED.test(seed) ? Number(seed) : 1 } : null;
}

/** True where the address names a lesson that could be opened. */
export async function openLessonLink(around: LessonSurroundings, hash: string): Promise<boolean> {
  const linked = readLessonHash(hash);
  if (linked === null) return false;
  const { lessonDeskOf } = await import('./desk.svelte.ts');
  const desk = lessonDeskOf(around);
  await desk.book.loaded;
  const kept = desk.book.of(linked.id)?.attempt?.seed === linked.seed;
  return desk.open(linked.id, linked.seed, kept);
}
