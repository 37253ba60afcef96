/** Pieces of work that can be handed in: what was solved, and what was begun and is not. */
import type { KeptWork } from '../../store/classroom-store.ts';
import type { LessonProgress } from '../../store/progress-store.ts';

export interface Piece {
  readonly key: string;
  readonly id: string;
  readonly seed: number;
  readonly solved: boolean;
  readonly actions: number;
  /** The record, as `recordToText` writes it. */
  readonly run: string;
  /** As JSON. */
  readonly sayings: string;
  readonly shown: boolean;
  readonly hints: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

const keyOf = (id: string, seed: number): string => `${id} ${String(seed)}`;

/** The latest first. What was solved and then begun once more is handed in as it was solved. */
export function piecesOf(
  works: readonly KeptWork[],
  book: ReadonlyMap<string, LessonProgress>,
): readonly Piece[] {
  const solved = works.map(({ id, seed, actions, run, sayings, shown, hints, madeAt }): Piece => {
    const key = keyOf(id, seed);
    return { key, id, seed, solved: true, actions, run, sayings, shown, hints, madeAt };
  });
  const known = new Set(solved.map(({ key }) => key));
  const begun = [...book.values()].flatMap(({ id, attempt, shown, changedAt }): Piece[] => {
    if (attempt === null || known.has(keyOf(id, attempt.seed))) return [];
    const { seed, actions, run, sayings } = attempt;
    const more = { shown: shown || attempt.shown, hints: 0, madeAt: changedAt };
    return [{ key: keyOf(id, seed), id, seed, solved: false, actions, run, sayings, ...more }];
  });
  return [...solved, ...begun].sort((a, b) => b.madeAt - a.madeAt);
}
