/**
 * What the classroom asks of a worker: lives of whole runs, which take longer than a page may stand
 * still. The worker is the grader's, and keeps nothing between two questions.
 */
import type { AnswerFile } from '../lessons/classroom/answer-file.ts';
import type { Exercise, ExerciseFlaw } from '../lessons/classroom/exercise.ts';
import type { Suggestions } from '../lessons/classroom/suggest.ts';
import type { Verified } from '../lessons/classroom/verify.ts';
import type { LessonPlan } from '../lessons/engine/lesson.ts';
import type { RunRecord } from '../sim/actions.ts';

/** The plan of a lesson that somebody says to have done. */
export interface KnownLesson {
  readonly id: string;
  readonly seed: number;
  readonly plan: LessonPlan;
}

/** Where plans come from: never from the file that is verified. */
export interface KnownTasks {
  readonly build: string;
  readonly lessons: readonly KnownLesson[];
  readonly exercises: readonly Exercise[];
}

export interface ClassroomApi {
  /** What could be asked for of the solution behind the start. @throws where it cannot be lived again. */
  suggest(start: RunRecord, solution: RunRecord): Promise<Suggestions>;
  flawsOf(exercise: Exercise): Promise<readonly ExerciseFlaw[]>;
  verify(file: AnswerFile, known: KnownTasks): Promise<readonly Verified[]>;
  /** The trace hash at the end of the run. @throws where it cannot be lived again. */
  hashOf(record: RunRecord): Promise<string>;
}

/** The page's end. Everything is rejected once it was disposed of. */
export interface ClassroomClient extends ClassroomApi {
  dispose(): void;
}
