/** Living a recorded run again, event by event. */
import type { Action, TimedAction } from '../../sim/actions.ts';
import type { Moment } from '../../sim/chronicle/model.ts';
import { act, runUntil, stepOne, type LocalRun, type Observer } from '../../sim/local.ts';

/** A lesson that cannot begin: a mistake of whoever wrote it, in a sentence. */
export class LessonError extends Error {
  override readonly name = 'LessonError';
}

/** Actions where they took place, then to the number of the event, then to the time. */
export function liveTo(
  run: LocalRun,
  actions: readonly TimedAction[],
  to: Moment,
  observe?: Observer,
  before?: (action: Action) => void,
  after?: () => void,
): void {
  const { world } = run;
  for (const { at, action } of actions.slice(world.actions.length, to.actions)) {
    runUntil(run, at, observe);
    before?.(action);
    const outcome = act(run, action, observe);
    if (!outcome.ok) throw new LessonError(`an action does not take place: ${outcome.reason}`);
    after?.();
  }
  while (world.events < to.events && stepOne(run, observe));
  if (world.now < to.at) runUntil(run, to.at, observe);
}
