/** What a lesson or an exercise is called, wherever the classroom lists one. */
import type { Exercise } from '../../lessons/classroom/exercise.ts';
import type { LessonTexts } from '../lesson/catalogue.ts';
import { idOfExercise } from './tasks.ts';

export function titleIn(texts: LessonTexts, exercises: readonly Exercise[], id: string): string {
  const exercise = (): Exercise | undefined => exercises.find((one) => idOfExercise(one) === id);
  return texts.get(id)?.title ?? exercise()?.title ?? id;
}
