/** What the classroom calls a lesson, an exercise and a piece of work. */
import type { Task } from '../../lessons/classroom/answer-file.ts';
import { exerciseId, planOf, TASK, type Exercise } from '../../lessons/classroom/exercise.ts';
import type { LessonText } from '../../lessons/engine/lesson-text.ts';
import type { OpenLesson } from '../lesson/model.ts';
import type { LocaleName } from '../state/locale.svelte.ts';

const EXERCISE = 'exercise/';

/** An exercise among lessons: no lesson of the curriculum has an id like it. */
export const idOfExercise = (exercise: Exercise): string => EXERCISE + exerciseId(exercise);

export const isExerciseId = (id: string): boolean => /^exercise\/[0-9a-f]{40}$/.test(id);

/** Minutes that the head of a text has to name; nothing shows them of an exercise. */
const MINUTES = 5;

/** @param heading of its text, in both languages: its author wrote it in one. */
export function lessonOfExercise(
  exercise: Exercise,
  heading: Readonly<Record<LocaleName, string>>,
): OpenLesson {
  const text = (name: LocaleName): LessonText => ({
    title: exercise.title,
    minutes: MINUTES,
    needs: [],
    tools: [],
    summary: '',
    sources: [],
    steps: [{ id: TASK, title: heading[name], body: exercise.text }],
    debrief: null,
    notes: null,
  });
  return {
    id: idOfExercise(exercise),
    seed: 1,
    plan: planOf(exercise),
    texts: { en: text('en'), 'zh-CN': text('zh-CN') },
  };
}

export function taskOf(id: string, seed: number, title: string): Task {
  return isExerciseId(id)
    ? { kind: 'exercise', id: id.slice(EXERCISE.length), title }
    : { kind: 'lesson', id, seed };
}
