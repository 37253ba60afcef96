/** Verifies what was handed in: every run is lived again from its beginning. */
import { LessonError, regrade } from '../engine/attempt.ts';
import type { Grade } from '../engine/grader.ts';
import type { LessonPlan } from '../engine/lesson.ts';
import type { AnswerFile, Task, Work } from './answer-file.ts';
import { exerciseId, planOf, type Exercise } from './exercise.ts';

export type Verdict =
  | { readonly kind: 'solved' | 'unsolved'; readonly grade: Grade; readonly par: number }
  /** The run cannot be lived again, or is not of this task: why. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The same build comes to another end than the file says: somebody has changed it. */
  | { readonly kind: 'altered' }
  /** Nobody here knows that lesson or exercise. */
  | { readonly kind: 'unknown' };

export interface Verified {
  readonly name: string;
  readonly work: Work;
  readonly verdict: Verdict;
  /** It was made with another build: its hash says nothing then, its run is judged all the same. */
  readonly isOtherBuild: boolean;
}

/** Where plans come from: never from the file that is verified. */
export interface Known {
  readonly build: string;
  lesson(id: string, seed: number): Promise<LessonPlan | null>;
  readonly exercises: readonly Exercise[];
}

export async function verify(file: AnswerFile, known: Known): Promise<readonly Verified[]> {
  const all: Verified[] = [];
  for (const work of file.work) {
    const isOtherBuild = file.build !== known.build;
    const plan = await planFor(work.task, known);
    const verdict: Verdict = plan === null ? { kind: 'unknown' } : judge(plan, work, isOtherBuild);
    all.push({ name: file.name, work, verdict, isOtherBuild });
  }
  return all;
}

async function planFor(task: Task, known: Known): Promise<LessonPlan | null> {
  if (task.kind === 'lesson') return known.lesson(task.id, task.seed);
  const found = known.exercises.find((one) => exerciseId(one) === task.id);
  return found === undefined ? null : planOf(found);
}

function judge(plan: LessonPlan, work: Work, isOtherBuild: boolean): Verdict {
  try {
    const { grade, hash } = regrade(plan, work.record, work.sayings);
    if (!isOtherBuild && hash !== work.hash) return { kind: 'altered' };
    return { kind: grade.solved ? 'solved' : 'unsolved', grade, par: plan.par };
  } catch (reason) {
    if (!(reason instanceof LessonError)) throw reason;
    return { kind: 'refused', why: reason.message };
  }
}

export const taskName = (task: Task): string =>
  task.kind === 'lesson' ? `${task.id} #${String(task.seed)}` : task.title;

const COLUMNS = [
  ...['file', 'name', 'task', 'verdict', 'goals', 'of', 'actions', 'par', 'seconds'],
  ...['shown', 'hints', 'otherBuild', 'madeAt', 'why'],
] as const;

/** One line a piece of work, for a spreadsheet. */
export function toCsv(rows: readonly (Verified & { readonly file: string })[]): string {
  const lines = rows.map(({ file, name, work, verdict, isOtherBuild }) => {
    const grade = 'grade' in verdict ? verdict.grade : null;
    const met = grade?.goals.filter(({ state }) => state === 'met').length ?? '';
    const at = grade?.solvedAt ?? null;
    return [
      ...[file, name, taskName(work.task), verdict.kind, met, grade?.goals.length ?? ''],
      ...[grade?.actions ?? '', 'par' in verdict ? verdict.par : ''],
      ...[at === null ? '' : (at / 1_000_000).toFixed(1), work.shown, work.hints, isOtherBuild],
      ...[work.madeAt, verdict.kind === 'refused' ? verdict.why : ''],
    ].map(cell);
  });
  return [COLUMNS.join(','), ...lines.map((line) => line.join(','))].join('\r\n') + '\r\n';
}

/** A spreadsheet takes a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | boolean): string {
  const text = String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
