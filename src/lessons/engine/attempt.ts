/**
 * Living through a lesson: its start, what somebody did from there, and the grade. The page, the
 * tests and the verifier of answer files all come here, so that all come to the same grade.
 */
import type { RunRecord, TimedAction } from '../../sim/actions.ts';
import type { Moment } from '../../sim/chronicle/model.ts';
import { createLocalRun, traceHash } from '../../sim/local.ts';
import type { LocalRun } from '../../sim/local.ts';
import { parseScript } from '../../sim/script-text/parse.ts';
import { runSteps } from '../../sim/script-text/run.ts';
import { canonical } from './canonical.ts';
import { countProofs, isInRun } from './evidence.ts';
import { LessonError, liveTo } from './live.ts';
import { createGrader, gradeAction, gradeOf, gradeTurn, look, say } from './grader.ts';
import { NOTHING_SAID, type Grade, type Grader, type Sayings } from './grader.ts';
import type { Cause, CauseTest, Cited, LessonPlan } from './lesson.ts';

export { LessonError };

/** The end of a lesson's start: from there on a person acts. */
export interface Begun {
  readonly plan: LessonPlan;
  readonly run: LocalRun;
  readonly moment: Moment;
  /** Null where there is nothing to diagnose. */
  readonly trueCause: string | null;
}

/** @param keepTrace for a page, which shows what happened in the start. @throws LessonError */
export function begin(plan: LessonPlan, keepTrace = false): Begun {
  // Event by event, so that no state between two events is passed over.
  const run = createLocalRun(plan.world, { keepTrace, single: true });
  if (plan.start.kind === 'record') {
    liveTo(run, plan.start.record.actions, endOf(plan.start.record));
  } else {
    const { steps, errors } = parseScript(plan.start.text);
    const [error] = errors;
    if (error !== undefined) throw new LessonError(`the start does not read: ${canonical(error)}`);
    const { failure } = runSteps(run, steps);
    if (failure !== null) throw new LessonError(`the start does not go on: ${canonical(failure)}`);
  }
  return { plan, run, moment: momentOf(run), trueCause: trueCauseOf(plan, run) };
}

export function momentOf({ world }: LocalRun): Moment {
  return { events: world.events, actions: world.actions.length, at: world.now };
}

/** The end of a record: all of its actions, and its time. How many events that is shows itself. */
function endOf({ actions, until }: RunRecord): Moment {
  return { events: 0, actions: actions.length, at: until };
}

function trueCauseOf({ diagnosis }: LessonPlan, run: LocalRun): string | null {
  if (diagnosis === null) return null;
  const fitting = diagnosis.causes.filter((cause) => isCause(cause, run));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) {
    const ids = fitting.map(({ id }) => id).join(', ');
    throw new LessonError(`one cause must be the true one, and not ${ids === '' ? 'none' : ids}`);
  }
  return only.id;
}

function isCause({ when }: Cause, { world }: LocalRun): boolean {
  switch (when.cause) {
    case 'action':
      return world.actions.some(({ action }) => hasFields(action, when));
    case 'config':
      return hasFields(world.config.ensemble, when);
    case 'line':
      return world.actions.some(
        ({ action }) => action.kind === 'line' && action.line.includes(when.text),
      );
  }
}

type FieldsTest = Exclude<CauseTest, { readonly cause: 'line' }>;

function hasFields(value: object, { fields }: FieldsTest): boolean {
  const found = value as Readonly<Record<string, unknown>>;
  return Object.entries(fields).every(
    ([name, wanted]) => canonical(found[name]) === canonical(wanted),
  );
}

/** A lesson under way. */
export interface Attempt {
  readonly begun: Begun;
  readonly grader: Grader;
  /** How many pieces of evidence were looked for where they were cited. */
  checked: number;
  /** Those that were there. */
  readonly found: Cited[];
}

/** Takes the run of `begun` over: it goes on. */
export function attempt(begun: Begun): Attempt {
  const { plan, run, trueCause } = begun;
  return { begun, grader: createGrader(plan, run, trueCause), checked: 0, found: [] };
}

/** The actions so far, of which those to come must be a continuation. */
export function isContinuation({ begun }: Attempt, actions: readonly TimedAction[]): boolean {
  const lived = begun.run.world.actions;
  if (actions.length < lived.length) return false;
  return lived.every((timed, index) => canonical(timed) === canonical(actions[index]));
}

/**
 * Goes on to that moment, and says how things stand.
 *
 * @param actions all of the run, those of the start included.
 */
export function goOn(
  state: Attempt,
  actions: readonly TimedAction[],
  to: Moment,
  sayings: Sayings = NOTHING_SAID,
): Grade {
  const { begun, grader } = state;
  const { run } = begun;
  takeSayings(state, sayings);
  liveTo(
    run,
    actions,
    to,
    (seen) => {
      gradeTurn(grader, run, seen);
      if (state.checked < sayings.cited.length) takeSayings(state, sayings);
    },
    (action) => {
      gradeAction(grader, run, action);
    },
    () => {
      look(grader, run);
    },
  );
  look(grader, run);
  takeSayings(state, sayings);
  return gradeOf(grader, run);
}

/** Evidence counts where it was in the run when it was cited. */
function takeSayings(state: Attempt, sayings: Sayings): void {
  const { begun, grader, found } = state;
  const { run, plan } = begun;
  const { events } = run.world;
  const due = sayings.cited.filter((cited, index) => {
    return index >= state.checked && cited.events <= events;
  });
  for (const cited of due) {
    state.checked++;
    // A line that came later than it was cited, or that has been pushed out, is not there.
    if (isInRun(run, cited)) found.push(cited);
  }
  const there = found.filter((cited) =>
    sayings.cited.some((one) => canonical(one) === canonical(cited)),
  );
  say(grader, run, sayings, countProofs(plan.diagnosis, there));
}

/** Another person's run, lived again from the beginning: what is told of it is not believed. */
export function regrade(
  plan: LessonPlan,
  record: RunRecord,
  sayings: Sayings,
): { readonly grade: Grade; readonly hash: string } {
  const begun = begin(plan);
  const { run } = begun;
  if (canonical(record.world) !== canonical(run.world.config)) {
    throw new LessonError('it is not a run of this ensemble');
  }
  const state = attempt(begun);
  if (!isContinuation(state, record.actions)) {
    throw new LessonError('it does not begin as the lesson does');
  }
  const to = { events: 0, actions: record.actions.length, at: record.until };
  const grade = goOn(state, record.actions, to, sayings);
  return { grade, hash: traceHash(run) };
}
