/** The grader in its worker: the start of a lesson, and one attempt that follows the page's run. */
import {
  attempt,
  begin,
  goOn,
  isContinuation,
  LessonError,
  type Attempt,
  type Begun,
} from '../lessons/engine/attempt.ts';
import type { Sayings } from '../lessons/engine/grader.ts';
import { walk } from '../lessons/engine/walk.ts';
import type { TimedAction } from '../sim/actions.ts';
import { copyRun } from '../sim/chronicle/copy-run.ts';
import type { Moment } from '../sim/chronicle/model.ts';
import { recordOf } from '../sim/local.ts';
import type { GraderApi } from './grader-api.ts';

interface Host {
  /** Its run stays where it is: attempts go on from copies. */
  begun: Begun | null;
  state: Attempt | null;
  /** What the attempt was told of last. */
  cited: Sayings['cited'];
}

export function createGraderHost(): GraderApi {
  const host: Host = { begun: null, state: null, cited: [] };
  return {
    begin: (plan) =>
      told(() => {
        const begun = begin(plan, true);
        host.begun = begun;
        host.state = null;
        const { events } = begun.moment;
        return { moment: copyRun(begun.run), record: recordOf(begun.run), events };
      }),
    follow: (actions, to, sayings) =>
      told(() => {
        const { begun } = host;
        if (begun === null) throw new LessonError('no lesson has begun');
        const state = goesOn(host, actions, to, sayings) ?? again(begun);
        host.state = state;
        host.cited = sayings.cited;
        return goOn(state, actions, to, sayings);
      }),
    walk: (plan, solution) =>
      told(() => {
        const way = plan.solutions[solution];
        if (way === undefined) throw new LessonError('the lesson has no such solution');
        return walk(begin(plan, true), way);
      }),
  };
}

/** What is thrown is a rejection. */
const told = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

const again = (begun: Begun): Attempt => attempt({ ...begun, run: copyRun(begun.run) });

/** The attempt under way, where that moment lies before it. */
function goesOn(
  { state, cited }: Host,
  actions: readonly TimedAction[],
  to: Moment,
  sayings: Sayings,
): Attempt | null {
  if (state === null || !isContinuation(state, actions)) return null;
  const { world } = state.begun.run;
  const isBehind =
    to.events < world.events || to.actions < world.actions.length || to.at < world.now;
  if (isBehind) return null;
  // A line that was taken back may have been looked for already.
  const same = cited.every((one, at) => JSON.stringify(one) === JSON.stringify(sayings.cited[at]));
  return same ? state : null;
}
