/** What a record is worth: the same run again with all checkers on, and which property it breaks. */
import type { Micros } from '../../core/units.ts';
import type { RunRecord } from '../actions.ts';
import { act, beginAgain, recordOf, runWhile, type LocalRun } from '../local.ts';
import { recover, violationOf, type Found } from './recovery.ts';

export type { Found } from './recovery.ts';

export interface Judgement {
  readonly found: Found | null;
  /** The run as far as it was looked at: up to the violation, or to its end. */
  readonly run: LocalRun;
  /** What of the record took place until then, without what was refused, and without `recover`. */
  readonly record: RunRecord;
}

/**
 * The first property that the record breaks.
 *
 * @param settles when the record's own time is over, the faults stop, and the ensemble must serve.
 */
export function judge(record: RunRecord, settles: boolean): Found | null {
  return judgeRun(record, settles).found;
}

/** All properties that the record breaks, in the order in which they break. */
export function judgeAll(record: RunRecord, settles: boolean): readonly Found[] {
  const { run } = replayWhile(record, () => true);
  const late = settles ? recover(run) : null;
  const all = allOf(run);
  return late === null || all.some(({ name }) => name === late.name) ? all : [...all, late];
}

/** `judge`, with the run itself. It ends in the window in which the property breaks. */
export function judgeRun(record: RunRecord, settles: boolean): Judgement {
  return judgeUntil(record, settles, violationOf);
}

/** Looks for one property only: what else breaks before it does not end the run. */
export function judgeFor(record: RunRecord, settles: boolean, name: string): Judgement {
  return judgeUntil(record, settles, (run) => violationNamed(run, name));
}

function judgeUntil(
  record: RunRecord,
  settles: boolean,
  look: (run: LocalRun) => Found | null,
): Judgement {
  const { run } = replayWhile(record, (now) => look(now) === null);
  const taken = recordOf(run, record);
  const found = look(run);
  if (found !== null || !settles) return { found, run, record: taken };
  const late = recover(run);
  return { found: look(run) ?? late, run, record: taken };
}

/** As `replay`, but only as long as nobody has seen enough. */
function replayWhile(record: RunRecord, goOn: (run: LocalRun) => boolean): { run: LocalRun } {
  const run = beginAgain(record, { hash: false, check: true });
  for (const { at, action } of record.actions) {
    if (runWhile(run, () => goOn(run), at) && !goOn(run)) return { run };
    act(run, action);
  }
  runWhile(run, () => goOn(run), record.until);
  return { run };
}

function violationNamed(run: LocalRun, name: string): Found | null {
  const violation = run.world.checker?.violations.get(name);
  return violation === undefined ? null : { name, why: violation.why };
}

function allOf(run: LocalRun): readonly Found[] {
  const { checker } = run.world;
  if (checker === null) return [];
  return [...checker.violations].map(([name, { why }]) => ({ name, why }));
}

/** When the record's first violation takes place; null where none is known by a time. */
export function violatedAt(run: LocalRun, name: string): Micros | null {
  return run.world.checker?.violations.get(name)?.at ?? null;
}
