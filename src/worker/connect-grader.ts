/** The page's end of the grader of lessons. */
import { wrap } from 'comlink';
import type { Grade } from '../lessons/engine/grader.ts';
import type { GraderApi, LessonBegun, LessonGrader, WalkedWay } from './grader-api.ts';
import { createMortal } from './mortal.ts';

/** Starts the worker. */
export function connectGrader(): LessonGrader {
  const worker = new Worker(new URL('./grader.worker.ts', import.meta.url), {
    type: 'module',
    name: 'grader',
  });
  const api = wrap<GraderApi>(worker);
  const { live, die } = createMortal();
  worker.addEventListener('error', (event) => {
    die(new Error(`the worker of the grader failed: ${event.message}`));
  });
  return {
    begin: (plan) => live<LessonBegun>(api.begin(plan)),
    follow: (actions, to, sayings) => live<Grade>(api.follow(actions, to, sayings)),
    walk: (plan, solution) => live<WalkedWay>(api.walk(plan, solution)),
    dispose: () => {
      worker.terminate();
      die(new Error('the grader is closed'));
    },
  };
}
