/** A person's way so far, as the browser keeps it. */
import type { Sayings } from '../../lessons/engine/grader.ts';
import type { LessonPlan } from '../../lessons/engine/lesson.ts';
import { recordFromText, recordToText } from '../../sim/run-text.ts';
import type { KeptAttempt, LessonProgress } from '../../store/progress-store.ts';
import type { Graded } from './grade-loop.ts';
import type { Done, OpenLesson } from './model.ts';

/** Null where there is none of this variant, or none that can be read. */
export function keptAttempt(
  progress: LessonProgress | null,
  { seed }: OpenLesson,
): (Done & Pick<KeptAttempt, 'step'>) | null {
  const attempt = progress?.attempt ?? null;
  if (attempt?.seed !== seed) return null;
  try {
    const sayings = JSON.parse(attempt.sayings) as Sayings;
    const { step, shown, run } = attempt;
    return { record: recordFromText(run), sayings, shown, step };
  } catch {
    return null;
  }
}

/** What was done until it was graded last. */
export function doneOf(
  { to, sayings, actions }: Graded,
  { world }: LessonPlan,
  shown: boolean,
): Done {
  return { record: { version: 1, world, actions, until: to.at }, sayings, shown };
}

/** @param actions what the person did, without the start. */
export function attemptToKeep(
  { record, sayings, shown }: Done,
  { seed }: OpenLesson,
  step: number,
  actions: number,
): KeptAttempt {
  const run = recordToText(record);
  return { seed, step, actions, run, sayings: JSON.stringify(sayings), shown };
}
