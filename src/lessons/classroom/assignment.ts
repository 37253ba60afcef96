/** An assignment: lessons and exercises in their order, in one file or link. */
import {
  list,
  object,
  oneMatching,
  oneOf,
  variant,
  whole,
  words,
} from '../../sim/run-text/readers.ts';
import type { Reader } from '../../sim/run-text/readers.ts';
import { exerciseToText, readExercise, type Exercise } from './exercise.ts';

export const ASSIGNMENT_FORMAT = 'zookeeper-playground/assignment';

export type Item =
  /** `seed` null: each takes the one that they like. */
  | { readonly kind: 'lesson'; readonly id: string; readonly seed: number | null }
  | { readonly kind: 'exercise'; readonly exercise: Exercise };

export interface Assignment {
  readonly format: typeof ASSIGNMENT_FORMAT;
  readonly version: 1;
  readonly title: string;
  readonly items: readonly Item[];
}

const seed: Reader<number | null> = (value, where) =>
  value === null ? null : whole(1, 1_000_000)(value, where);

const item = variant<Item>('kind', {
  lesson: object<Extract<Item, { readonly kind: 'lesson' }>>({
    kind: oneOf('lesson'),
    id: oneMatching(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/),
    seed,
  }),
  exercise: object<Extract<Item, { readonly kind: 'exercise' }>>({
    kind: oneOf('exercise'),
    exercise: readExercise,
  }),
});

const assignment = object<Assignment>({
  format: oneOf(ASSIGNMENT_FORMAT),
  version: whole<1>(1, 1),
  title: words(200),
  items: list(item, 200),
});

/** @throws RunTextError, SyntaxError */
export function assignmentFromText(text: string): Assignment {
  return assignment(JSON.parse(text), 'it');
}

export function assignmentToText({ items, ...rest }: Assignment): string {
  const plain = items.map((one) =>
    one.kind === 'lesson'
      ? one
      : { ...one, exercise: JSON.parse(exerciseToText(one.exercise)) as object },
  );
  return JSON.stringify({ ...rest, items: plain });
}
