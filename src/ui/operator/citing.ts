/** Lines that were cited, as a person tells them apart. */
import type { Cited } from '../../lessons/engine/lesson.ts';

/** @returns where that line is among those, whenever it was cited; -1 where it is not. */
export function citedAt(all: readonly Cited[], one: Cited): number {
  return all.findIndex(
    ({ source, process, word, text }) =>
      source === one.source && process === one.process && word === one.word && text === one.text,
  );
}
