/** Addresses of the classroom, as the page knows them before anything of it is loaded. */
import type { LessonSurroundings } from '../lesson/model.ts';

export const EXERCISE_HASH = '#exercise=';
export const ASSIGNMENT_HASH = '#assignment=';

export const isClassroomHash = (hash: string): boolean =>
  hash.startsWith(EXERCISE_HASH) || hash.startsWith(ASSIGNMENT_HASH);

/** True where the address named an exercise, and its run is open. */
export async function openClassroom(around: LessonSurroundings, hash: string): Promise<boolean> {
  const { openClassroomLink } = await import('./open.ts');
  return openClassroomLink(around, hash);
}

/** Whether a file's text says that it is one to be opened; whoever opens it reads all of it. */
export const isOfClassroom = (text: string): boolean =>
  /"format"\s*:\s*"zookeeper-playground\/(?:exercise|assignment)"/.test(text);
