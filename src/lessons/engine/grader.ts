/**
 * Judges a run against the goals of a lesson, event by event. Plain data beside the run: whoever
 * lives the run again, with the same answers, comes to the same grade.
 */
import { unreachable } from '../../core/assert.ts';
import type { Micros, Sid } from '../../core/units.ts';
import type { Action } from '../../sim/actions.ts';
import {
  createLedger,
  lookAtClients,
  noteHistory,
  type Ledger,
} from '../../sim/chronicle/operations.ts';
import type { LocalRun, Seen } from '../../sim/local.ts';
import { isSo, servingLeader, type Since } from './facts.ts';
import { isFact, type GoalTest, type What } from './goal.ts';
import { isDeed, noteProposals, timesSeen, type Witness } from './happenings.ts';
import type { Answer, Cited, LessonGoal, LessonPlan, Question } from './lesson.ts';

export type GoalState =
  /** Others come first. */
  'waiting' | 'open' | 'met' | 'failed';

export interface GoalView {
  readonly id: string;
  readonly state: GoalState;
  /** When it was met or failed, in virtual time; null while neither. */
  readonly at: Micros | null;
  /** Of a goal that counts: how many so far. */
  readonly count: number;
}

export interface QuestionView {
  readonly id: string;
  /** The option that was chosen in time; null where none was. */
  readonly answer: string | null;
  /** The option that came about; null while none has. */
  readonly truth: string | null;
}

export interface Grade {
  readonly at: Micros;
  readonly goals: readonly GoalView[];
  readonly questions: readonly QuestionView[];
  /** Null where there is nothing to diagnose, or nobody has said. */
  readonly cause: 'right' | 'wrong' | null;
  /** How many different pieces of evidence fit. */
  readonly evidence: number;
  /** What the person did so far, looking aside. */
  readonly actions: number;
  /** Every goal was met at one moment: that stays so. */
  readonly solved: boolean;
  /** When that was. */
  readonly solvedAt: Micros | null;
  /** A goal that cannot be met any more. */
  readonly failed: boolean;
}

/** What a person said, beside what they did. Pieces of evidence were found to be in the run. */
export interface Sayings {
  readonly answers: readonly Answer[];
  /** The id of the cause that was named last, and which is the true one. */
  readonly cause: string | null;
  readonly cited: readonly Cited[];
}

export const NOTHING_SAID: Sayings = { answers: [], cause: null, cited: [] };

interface GoalProgress {
  state: GoalState;
  at: Micros | null;
  count: number;
  /** Since when a fact that must last has been so. */
  soSince: Micros | null;
}

interface QuestionProgress {
  /** How many events there were when its turn came; null before. */
  openedAt: number | null;
  openedTime: Micros;
  truth: string | null;
  /** How many events there were when the truth came about. */
  truthAt: number;
}

export interface Grader {
  readonly plan: LessonPlan;
  readonly since: Since;
  readonly ledger: Ledger;
  readonly proposals: Map<bigint, (path: string) => boolean>;
  readonly goals: Map<string, GoalProgress>;
  readonly questions: Map<string, QuestionProgress>;
  /** Of the person's part. */
  readonly deeds: Action['kind'][];
  /** Violations that the start left behind, if any. */
  readonly brokenBefore: number;
  sayings: Sayings;
  /** The id of the true cause. */
  readonly trueCause: string | null;
  /** How many of the cited lines are proofs. */
  evidence: number;
  solvedAt: Micros | null;
}

/** The person's part begins at this moment. */
export function createGrader(
  plan: LessonPlan,
  run: LocalRun,
  trueCause: string | null = null,
): Grader {
  const ledger = createLedger();
  lookAtClients(ledger, run);
  const grader: Grader = {
    plan,
    since: { firstLeader: servingLeader(run)?.settings.sid ?? (null as Sid | null) },
    ledger,
    proposals: new Map(),
    goals: new Map(
      plan.goals.map(({ id }) => [id, { state: 'waiting', at: null, count: 0, soSince: null }]),
    ),
    questions: new Map(
      plan.questions.map(({ id }) => [
        id,
        { openedAt: null, openedTime: run.world.now, truth: null, truthAt: Infinity },
      ]),
    ),
    deeds: [],
    brokenBefore: run.world.checker?.violations.size ?? 0,
    sayings: NOTHING_SAID,
    trueCause,
    evidence: 0,
    solvedAt: null,
  };
  look(grader, run);
  return grader;
}

/** An event was handled. */
export function gradeTurn(grader: Grader, run: LocalRun, seen: Seen): void {
  noteHistory(grader.ledger, seen);
  noteProposals(grader.proposals, seen);
  const { since, ledger, proposals } = grader;
  const witness: Witness = { run, since, seen, ledger, proposals };
  takeHappening(grader, run, (what) => (isFact(what) ? 0 : timesSeen(witness, what)));
  look(grader, run);
}

/** A person does this; to be told before it takes place. */
export function gradeAction(grader: Grader, run: LocalRun, action: Action): void {
  grader.deeds.push(action.kind);
  takeHappening(grader, run, (what) =>
    !isFact(what) && isDeed(run, grader.since, what, action) ? 1 : 0,
  );
}

/** Behind an action, or at the end of what has been run: states may have changed. */
export function look(grader: Grader, run: LocalRun): void {
  // A goal that is met may be what the next one waits for.
  for (let changed = true; changed;) {
    changed = openAndLook(grader, run);
  }
  for (const question of grader.plan.questions) lookAtQuestion(grader, run, question);
  const isSolved = [...grader.goals.values()].every(({ state }) => state === 'met');
  if (isSolved && grader.plan.goals.length > 0) grader.solvedAt ??= run.world.now;
}

function openAndLook(grader: Grader, run: LocalRun): boolean {
  let changed = false;
  for (const goal of grader.plan.goals) {
    const progress = progressOf(grader, goal.id);
    const before = progress.state;
    if (before === 'waiting' && areMet(grader, goal.after)) progress.state = 'open';
    if (progress.state !== 'waiting') lookAtGoal(grader, run, goal, progress);
    if (progress.state !== before) changed = true;
  }
  return changed;
}

function progressOf({ goals }: Grader, id: string): GoalProgress {
  const progress = goals.get(id);
  if (progress === undefined) throw new RangeError(`there is no goal ${id}`);
  return progress;
}

function areMet(grader: Grader, ids: readonly string[] = []): boolean {
  return ids.every((id) => progressOf(grader, id).state === 'met');
}

const end = (progress: GoalProgress, state: 'met' | 'failed', at: Micros): void => {
  progress.state = state;
  progress.at = at;
};

function lookAtGoal(
  grader: Grader,
  run: LocalRun,
  { id, test }: LessonGoal,
  progress: GoalProgress,
): void {
  const { now } = run.world;
  switch (test.test) {
    case 'happens':
      return;
    case 'reached': {
      if (progress.state === 'met') return;
      if (!isSo(run, grader.since, test.what)) {
        progress.soSince = null;
        return;
      }
      progress.soSince ??= now;
      if (now - progress.soSince >= (test.lasting ?? 0)) end(progress, 'met', now);
      return;
    }
    case 'stands': {
      const stands = isSo(run, grader.since, test.what);
      if (stands && progress.state !== 'met') end(progress, 'met', now);
      if (!stands && progress.state === 'met') reopen(progress);
      return;
    }
    default:
      return lookAtWhole(grader, run, test, id, progress);
  }
}

function reopen(progress: GoalProgress): void {
  progress.state = 'open';
  progress.at = null;
}

type WholeTest = Exclude<GoalTest, { readonly test: 'happens' | 'reached' | 'stands' }>;

/** Tests of the whole run: met until they fail, or open until somebody has said something. */
function lookAtWhole(
  grader: Grader,
  run: LocalRun,
  test: WholeTest,
  id: string,
  progress: GoalProgress,
): void {
  const { now, checker } = run.world;
  if (progress.state === 'failed') return;
  const hold = (holds: boolean): void => {
    if (!holds) end(progress, 'failed', now);
    else if (progress.state === 'open') end(progress, 'met', now);
  };
  switch (test.test) {
    case 'never':
      return hold(!isFact(test.what) || !isSo(run, grader.since, test.what));
    case 'budget': {
      progress.count = countDeeds(grader, test.kinds);
      return hold(progress.count <= test.atMost);
    }
    case 'safe':
      return hold((checker?.violations.size ?? 0) <= grader.brokenBefore);
    case 'broken': {
      const broken = [...(checker?.violations.keys() ?? [])].slice(grader.brokenBefore);
      const { property } = test;
      if (property === undefined ? broken.length > 0 : broken.includes(property)) {
        if (progress.state === 'open') end(progress, 'met', now);
      }
      return;
    }
    case 'predicted':
      return lookAtPrediction(grader, test.question, progress, now);
    case 'diagnosed': {
      const { cause } = grader.sayings;
      const isRight = cause !== null && cause === grader.trueCause;
      progress.count = grader.evidence;
      if (isRight && grader.evidence >= test.evidence) {
        if (progress.state === 'open') end(progress, 'met', now);
      } else if (progress.state === 'met') reopen(progress);
      return;
    }
    default:
      throw new RangeError(`the goal ${id} has no test: ${String(unreachable(test))}`);
  }
}

/** Looking at something changes nothing, and is not counted. */
function countDeeds({ deeds }: Grader, kinds: readonly Action['kind'][] | undefined): number {
  return kinds === undefined ? deeds.length : deeds.filter((kind) => kinds.includes(kind)).length;
}

function lookAtPrediction(
  grader: Grader,
  question: string,
  progress: GoalProgress,
  now: Micros,
): void {
  const view = questionView(grader, question);
  if (view.truth === null) return;
  // Who says nothing before it comes about has not predicted it.
  end(progress, view.answer === view.truth ? 'met' : 'failed', now);
}

/** Tests that wait for something to happen, or forbid it. */
function takeHappening(grader: Grader, run: LocalRun, times: (what: What) => number): void {
  const { now } = run.world;
  for (const { id, test } of grader.plan.goals) {
    const progress = progressOf(grader, id);
    if (progress.state === 'waiting' || progress.state === 'failed') continue;
    if (test.test === 'happens' && progress.state === 'open') {
      progress.count += times(test.what);
      if (progress.count >= (test.times ?? 1)) end(progress, 'met', now);
    }
    if (test.test === 'never' && times(test.what) > 0) end(progress, 'failed', now);
  }
  for (const question of grader.plan.questions) {
    const progress = grader.questions.get(question.id);
    if (progress?.openedAt === null || progress?.truth !== null) continue;
    const option = question.options.find(({ when }) => !('otherwise' in when) && times(when) > 0);
    if (option !== undefined) reveal(progress, option.id, run);
  }
}

function reveal(progress: QuestionProgress, truth: string, { world }: LocalRun): void {
  progress.truth = truth;
  progress.truthAt = world.events;
}

function lookAtQuestion(grader: Grader, run: LocalRun, question: Question): void {
  const progress = grader.questions.get(question.id);
  if (progress?.truth !== null) return;
  const { world } = run;
  if (progress.openedAt === null) {
    if (!areMet(grader, question.after)) return;
    progress.openedAt = world.events;
    progress.openedTime = world.now;
    return;
  }
  const waited = world.now - progress.openedTime;
  const option = question.options.find(({ when }) =>
    'otherwise' in when ? waited >= when.otherwise : isFact(when) && isSo(run, grader.since, when),
  );
  if (option !== undefined) reveal(progress, option.id, run);
}

function questionView(grader: Grader, id: string): QuestionView {
  const progress = grader.questions.get(id);
  const { truth = null, truthAt = Infinity } = progress ?? {};
  const inTime = grader.sayings.answers.findLast(
    ({ question, events }) => question === id && events < truthAt,
  );
  return { id, answer: inTime?.option ?? null, truth };
}

/** @param evidence how many different lines among those cited are proofs, and in the run. */
export function say(grader: Grader, run: LocalRun, sayings: Sayings, evidence: number): void {
  grader.sayings = sayings;
  grader.evidence = evidence;
  look(grader, run);
}

export function gradeOf(grader: Grader, run: LocalRun): Grade {
  const { cause } = grader.sayings;
  const goals = grader.plan.goals.map(({ id }) => {
    const { state, at, count } = progressOf(grader, id);
    return { id, state, at, count };
  });
  return {
    at: run.world.now,
    goals,
    questions: grader.plan.questions.map(({ id }) => questionView(grader, id)),
    cause: cause === null ? null : cause === grader.trueCause ? 'right' : 'wrong',
    evidence: grader.evidence,
    actions: grader.deeds.length,
    solved: grader.solvedAt !== null,
    solvedAt: grader.solvedAt,
    failed: goals.some(({ state }) => state === 'failed'),
  };
}
