/** The page's end of the classroom: a grader's worker of its own. */
import { wrap } from 'comlink';
import type { ExerciseFlaw } from '../lessons/classroom/exercise.ts';
import type { Suggestions } from '../lessons/classroom/suggest.ts';
import type { Verified } from '../lessons/classroom/verify.ts';
import type { ClassroomApi, ClassroomClient } from './classroom-api.ts';
import { createMortal } from './mortal.ts';

/** Starts the worker. */
export function connectClassroom(): ClassroomClient {
  const worker = new Worker(new URL('./grader.worker.ts', import.meta.url), {
    type: 'module',
    name: 'classroom',
  });
  const api = wrap<ClassroomApi>(worker);
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`the worker of the classroom failed: ${event.message}`));
  });
  return {
    suggest: (start, solution) => live<Suggestions>(api.suggest(start, solution)),
    flawsOf: (exercise) => live<readonly ExerciseFlaw[]>(api.flawsOf(exercise)),
    verify: (file, known) => live<readonly Verified[]>(api.verify(file, known)),
    hashOf: (record) => live<string>(api.hashOf(record)),
    dispose: () => {
      worker.terminate();
      die(new Error('the classroom is closed'));
    },
  };
}
