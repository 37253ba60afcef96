/** What a lesson or an exercise is called, wherever the classroom lists one. */
import type { Exercise } from '../../lessons/classroom/exercise.ts';
import type { LessonTexts } from '../lesson/catalogue.ts';
import { idOfExercise, isExerciseId } from './tasks.ts';

/** @param deleted what an exercise is called that is not in this browser any more. */
export function titleIn(
  texts: LessonTexts,
  exercises: readonly Exercise[],
  id: string,
  deleted: string,
): string {
  if (!isExerciseId(id)) return texts.get(id)?.title ?? id;
  return exercises.find((one) => idOfExercise(one) === id)?.title ?? deleted;
}
