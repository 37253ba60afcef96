/** What a person did, among all that was done: programs of clients act too, by the hundred. */
import type { Action, TimedAction } from '../../sim/actions.ts';
import type { ProcessId } from '../../core/units.ts';
import type { FaultSpan } from '../../sim/chronicle/model.ts';

interface Lived {
  readonly faults: readonly FaultSpan[];
  readonly actions: readonly Marked[];
}

interface Marked {
  readonly timed: TimedAction;
}

const begins = (action: Action): action is Extract<Action, { readonly kind: 'addClient' }> =>
  action.kind === 'addClient' && !action.console;

/** Clients without a console do what somebody's program tells them. */
export function programsOf(actions: readonly Action[]): ReadonlySet<ProcessId> {
  return new Set(actions.filter(begins).map(({ process }) => process));
}

/** Begins such a client, asks something of it, or ends it. */
export function isOfProgram(action: Action, programs: ReadonlySet<ProcessId>): boolean {
  const { kind } = action;
  if (kind !== 'addClient' && kind !== 'submit' && kind !== 'killClient') return false;
  return programs.has(action.process);
}

/** The newest that can be taken back; what programs did behind it goes with it. */
export function lastDeed<Mark extends Marked>(marks: readonly Mark[]): Mark | null {
  const programs = programsOf(marks.map(({ timed }) => timed.action));
  return marks.findLast(({ timed }) => !isOfProgram(timed.action, programs)) ?? null;
}

/** Its faults. With a program its clients end, and nobody broke them. */
export function withoutEnds(story: Lived | null): readonly FaultSpan[] {
  if (story === null) return [];
  const programs = programsOf(story.actions.map(({ timed }) => timed.action));
  const isEnd = ({ kind, processes }: FaultSpan): boolean =>
    kind === 'down' && processes.some((process) => programs.has(process));
  return story.faults.filter((fault) => !isEnd(fault));
}
