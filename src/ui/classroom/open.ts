/** Opens exercises and assignments that came by a link or a file. */
import { assignmentFromText, assignmentToText } from '../../lessons/classroom/assignment.ts';
import type { Assignment } from '../../lessons/classroom/assignment.ts';
import { exerciseFromText, exerciseToText } from '../../lessons/classroom/exercise.ts';
import type { Exercise } from '../../lessons/classroom/exercise.ts';
import { LinkError, packText, unpackText } from '../bugs/link.ts';
import { messageOf } from '../bugs/reasons.ts';
import { lessonDeskOf } from '../lesson/desk.svelte.ts';
import type { LessonSurroundings } from '../lesson/model.ts';
import { courseOf } from './course.ts';
import { classroomFormat } from './formats.ts';
import { ASSIGNMENT_HASH, EXERCISE_HASH } from './hash.ts';
import { shelfOfPage } from './shelf.svelte.ts';
import { lessonOfExercise } from './tasks.ts';
import { classroomTexts } from './texts.ts';

const page = (): string => location.origin + location.pathname;

export const linkToExercise = (exercise: Exercise): string =>
  page() + EXERCISE_HASH + packText(exerciseToText(exercise));

export const linkToAssignment = (assignment: Assignment): string =>
  page() + ASSIGNMENT_HASH + packText(assignmentToText(assignment));

/** Null where this browser does not have it. */
export function linkToKept(id: string): string | null {
  const exercise = shelfOfPage().exercise(id);
  return exercise === null ? null : linkToExercise(exercise);
}

/** @returns whether its run is open. What was begun of it before is gone on with. */
export async function openExercise(
  around: LessonSurroundings,
  exercise: Exercise,
): Promise<boolean> {
  shelfOfPage().keepExercise(exercise);
  const heading = { en: classroomTexts('en').task, 'zh-CN': classroomTexts('zh-CN').task };
  const desk = lessonDeskOf(around);
  desk.walk.end();
  return desk.openPlan(lessonOfExercise(exercise, heading), true);
}

/** Its list comes into sight; the run that is open stays. */
export async function openAssignment(
  around: LessonSurroundings,
  assignment: Assignment,
): Promise<void> {
  for (const item of assignment.items) {
    if (item.kind === 'exercise') shelfOfPage().keepExercise(item.exercise);
  }
  await lessonDeskOf(around).walk.begin(await courseOf(assignment));
}

/** @returns whether the address named an exercise whose run is open now. */
export async function openClassroomLink(
  around: LessonSurroundings,
  hash: string,
): Promise<boolean> {
  const { hunter } = around;
  hunter.linkTrouble = null;
  try {
    if (hash.startsWith(EXERCISE_HASH)) {
      const exercise = unpackText(hash.slice(EXERCISE_HASH.length), exerciseFromText);
      return await openExercise(around, exercise);
    }
    const read = unpackText(hash.slice(ASSIGNMENT_HASH.length), assignmentFromText);
    await openAssignment(around, read);
  } catch (reason) {
    const why = reason instanceof LinkError ? reason.why : 'text';
    hunter.linkTrouble = why === 'text' ? { text: messageOf(reason) } : why;
  }
  return false;
}

/** @throws RunTextError, SyntaxError @returns whether it was a file to be opened. */
export async function openClassroomFile(
  around: LessonSurroundings,
  text: string,
): Promise<boolean> {
  const format = classroomFormat(text);
  if (format === 'exercise') await openExercise(around, exerciseFromText(text));
  if (format === 'assignment') await openAssignment(around, assignmentFromText(text));
  return format === 'exercise' || format === 'assignment';
}
