/** Files of the classroom, told from others by what they say of themselves. */
import { ANSWERS_FORMAT } from '../../lessons/classroom/answer-file.ts';
import { ASSIGNMENT_FORMAT } from '../../lessons/classroom/assignment.ts';
import { EXERCISE_FORMAT } from '../../lessons/classroom/exercise.ts';

export type ClassroomFormat = 'exercise' | 'assignment' | 'answers';

const FORMATS: Readonly<Record<string, ClassroomFormat>> = {
  [EXERCISE_FORMAT]: 'exercise',
  [ASSIGNMENT_FORMAT]: 'assignment',
  [ANSWERS_FORMAT]: 'answers',
};

/** Null for any other file, which may be of any kind. */
export function classroomFormat(text: string): ClassroomFormat | null {
  try {
    const whole: unknown = JSON.parse(text);
    const named = typeof whole === 'object' && whole !== null && 'format' in whole && whole.format;
    return typeof named === 'string' ? (FORMATS[named] ?? null) : null;
  } catch {
    return null;
  }
}
