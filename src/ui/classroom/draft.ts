/** An exercise that is being made of a run. */
import type { Micros } from '../../core/units.ts';
import { EXERCISE_FORMAT, type Exercise } from '../../lessons/classroom/exercise.ts';
import type { LessonGoal, Question } from '../../lessons/engine/lesson.ts';
import type { RunRecord } from '../../sim/actions.ts';
import { predictionOf } from './draft-question.ts';

/** A moment at which the person's part could begin: behind so many actions. */
export interface Beginning {
  readonly id: string;
  readonly kind: 'action' | 'sight' | 'mark';
  readonly actions: number;
  readonly at: Micros;
}

interface Spot {
  readonly actions: number;
  readonly at: Micros;
}

/** Right before each action, and the moments in sight and marked, where something is behind them. */
export function beginningsOf(
  { actions, until }: RunRecord,
  mark: Spot | null,
  sight: Spot | null,
): readonly Beginning[] {
  const spot = (kind: 'sight' | 'mark', one: Spot | null): readonly Beginning[] =>
    one === null || one.at > until || one.actions >= actions.length
      ? []
      : [{ id: kind, kind, ...one }];
  return [
    ...spot('mark', mark),
    ...spot('sight', sight),
    ...actions.map(({ at }, index): Beginning => ({
      id: `action ${String(index)}`,
      kind: 'action',
      actions: index,
      at,
    })),
  ];
}

/** What a person most likely means: where they said so, or before the first thing that they did. */
export function likelyBeginning(
  beginnings: readonly Beginning[],
  { actions }: RunRecord,
): Beginning | null {
  const said = beginnings.find(({ kind }) => kind !== 'action');
  // Sessions that the page opens by itself belong to the start.
  const first = actions.findIndex(({ action }) => action.kind !== 'addClient');
  const before = beginnings.find((one) => one.kind === 'action' && one.actions === first);
  return said ?? before ?? beginnings[0] ?? null;
}

export function startAt(record: RunRecord, { actions, at }: Spot): RunRecord {
  return { ...record, actions: record.actions.slice(0, actions), until: at };
}

/** What an author would tick: what stands at the end, and how little is enough is left to them. */
export function likelyGoals(goals: readonly LessonGoal[]): ReadonlySet<string> {
  const znodes = goals.filter(({ test }) => test.test === 'stands' && names(test.what, 'znode'));
  const news = goals.filter(
    ({ test }) =>
      test.test === 'happens' && ['elected', 'expires', 'exits'].includes(test.what.happening),
  );
  const deeds = goals.filter(({ test }) => test.test === 'happens');
  const main = [...znodes, ...news];
  const safe = goals.filter(({ test }) => test.test === 'safe');
  const chosen = main.length > 0 ? main : deeds.slice(0, 1);
  return new Set([...chosen, ...safe].map(({ id }) => id));
}

const names = (what: { readonly fact: string }, fact: string): boolean => what.fact === fact;

/** Goals that look at the whole run have no turn of their own. */
export const hasTurn = ({ test }: LessonGoal): boolean =>
  test.test === 'happens' || test.test === 'reached' || test.test === 'stands';

/**
 * The chosen ones, in the order of the list.
 *
 * @param after by the id of a goal, that of an earlier one: behind another it cannot come.
 */
export function goalsInOrder(
  goals: readonly LessonGoal[],
  ticked: ReadonlySet<string>,
  after: ReadonlyMap<string, string>,
): readonly LessonGoal[] {
  const chosen = goals.filter(({ id }) => ticked.has(id));
  return chosen.map((goal, at) => {
    const first = after.get(goal.id);
    const isEarlier = chosen.slice(0, at).some(({ id }) => id === first);
    return first !== undefined && isEarlier ? { ...goal, after: [first] } : goal;
  });
}

export interface Draft {
  readonly title: string;
  readonly text: string;
  readonly start: RunRecord;
  readonly solution: RunRecord;
  /** Without those of questions. */
  readonly goals: readonly LessonGoal[];
  readonly questions: readonly Question[];
  readonly par: number;
}

export function exerciseOfDraft({ title, goals, questions, ...rest }: Draft): Exercise {
  return {
    format: EXERCISE_FORMAT,
    version: 1,
    title: title.trim(),
    goals: [...goals, ...questions.map(predictionOf)],
    questions,
    ...rest,
  };
}
