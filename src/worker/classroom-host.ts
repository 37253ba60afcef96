/** The classroom's questions, answered in the grader's worker. */
import { flawsOf } from '../lessons/classroom/exercise.ts';
import { suggest } from '../lessons/classroom/suggest.ts';
import { verify } from '../lessons/classroom/verify.ts';
import { regrade } from '../lessons/engine/attempt.ts';
import { NOTHING_SAID } from '../lessons/engine/grader.ts';
import { PLAIN, type LessonPlan } from '../lessons/engine/lesson.ts';
import type { RunRecord } from '../sim/actions.ts';
import type { ClassroomApi } from './classroom-api.ts';

export function createClassroomHost(): ClassroomApi {
  return {
    suggest: (start, solution) => told(() => suggest(start, solution)),
    flawsOf: (exercise) => told(() => flawsOf(exercise)),
    verify: (file, { build, lessons, exercises }) =>
      verify(file, {
        build,
        exercises,
        lesson: (id, seed) => {
          const found = lessons.find((one) => one.id === id && one.seed === seed);
          return Promise.resolve(found?.plan ?? null);
        },
      }),
    hashOf: (record) => told(() => regrade(bare(record), record, NOTHING_SAID).hash),
  };
}

/** Asks for nothing: the run is only lived. */
const bare = ({ world }: RunRecord): LessonPlan => ({
  ...PLAIN,
  world,
  start: { kind: 'script', text: '' },
  goals: [],
  solutions: [],
  nearMisses: [],
  par: 0,
});

/** What is thrown is a rejection. */
const told = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });
