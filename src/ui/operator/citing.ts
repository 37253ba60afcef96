/** Lines that were cited, as a person tells them apart. */
import type { Cited } from '../../lessons/engine/lesson.ts';
import type { LessonDesk } from '../lesson/desk.svelte.ts';

/** @returns where that line is among those, whenever it was cited; -1 where it is not. */
export function citedAt(all: readonly Cited[], one: Cited): number {
  return all.findIndex(
    ({ source, process, word, text }) =>
      source === one.source && process === one.process && word === one.word && text === one.text,
  );
}

/** Cites that line, or no longer. */
export function toggleCited(desk: LessonDesk, one: Cited): void {
  const index = citedAt(desk.sayings.cited, one);
  if (index === -1) desk.cite(one);
  else desk.uncite(index);
}
