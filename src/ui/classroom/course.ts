/** An assignment as a person goes through it: the lesson pane lists its entries. */
import type { Assignment, Item } from '../../lessons/classroom/assignment.ts';
import { assignmentToText } from '../../lessons/classroom/assignment.ts';
import type { LessonProgress } from '../../store/progress-store.ts';
import type { Course, CourseEntry } from '../lesson/model.ts';
import { ASSIGNMENT_HASH } from './hash.ts';
import { lessonOfExercise, idOfExercise } from './tasks.ts';
import { classroomTexts } from './texts.ts';

/** Characters of an address that browsers keep. */
const ADDRESS_MAX = 100_000;

export const idOfItem = (item: Item): string =>
  item.kind === 'lesson' ? item.id : idOfExercise(item.exercise);

export async function courseOf(assignment: Assignment): Promise<Course> {
  const { packText } = await import('../bugs/link.ts');
  const hash = ASSIGNMENT_HASH + packText(assignmentToText(assignment));
  return {
    title: assignment.title,
    hash: hash.length > ADDRESS_MAX ? null : hash,
    entries: assignment.items.map(entryOf),
  };
}

function entryOf(item: Item): CourseEntry {
  if (item.kind === 'lesson') {
    const { id, seed } = item;
    return { id, seed, title: null, open: (desk, resume, at) => desk.open(id, at, resume) };
  }
  const { exercise } = item;
  const heading = { en: classroomTexts('en').task, 'zh-CN': classroomTexts('zh-CN').task };
  const lesson = lessonOfExercise(exercise, heading);
  return {
    id: lesson.id,
    seed: lesson.seed,
    title: exercise.title,
    open: (desk, resume) => desk.openPlan(lesson, resume),
  };
}

/** Whether an entry is done: with the seed that it asks for, or with any. */
export function isEntryDone({ seed }: CourseEntry, progress: LessonProgress | null): boolean {
  const solved = progress?.solved ?? [];
  return seed === null ? solved.length > 0 : solved.includes(seed);
}
