/** Verifies answer files, one run after another, in a worker. */
import { answersFromText, type AnswerFile } from '../../lessons/classroom/answer-file.ts';
import { assignmentFromText } from '../../lessons/classroom/assignment.ts';
import { exerciseFromText, type Exercise } from '../../lessons/classroom/exercise.ts';
import type { Verified } from '../../lessons/classroom/verify.ts';
import type { ClassroomClient, KnownLesson } from '../../worker/classroom-api.ts';
import { messageOf } from '../bugs/reasons.ts';
import { loadLesson } from '../lesson/catalogue.ts';
import { buildId } from '../share/build-id.ts';
import { classroomFormat } from './formats.ts';
import type { Shelf } from './shelf.svelte.ts';

export type FileState =
  | { readonly kind: 'waiting' | 'reading' | 'notThat' }
  | { readonly kind: 'verifying' | 'verified'; readonly done: number; readonly all: number }
  | { readonly kind: 'given'; readonly what: 'exercise' | 'assignment' }
  | { readonly kind: 'unreadable'; readonly why: string };

export interface CheckedFile {
  readonly key: number;
  readonly name: string;
  readonly state: FileState;
}

export type Row = Verified & { readonly file: string; readonly key: number };

/** What can be brought back. */
export interface CheckerState {
  readonly files: readonly CheckedFile[];
  readonly rows: readonly Row[];
  readonly exercises: readonly Exercise[];
}

export class Checker {
  files: readonly CheckedFile[] = $state.raw([]);
  rows: readonly Row[] = $state.raw([]);
  busy = $state(false);

  #exercises: readonly Exercise[] = [];
  #answers = new Map<number, AnswerFile>();
  #keys = 0;
  /** Counts up when everything is cleared: what is under way then is of no use. */
  #round = 0;
  #queue: Promise<void> = Promise.resolve();
  readonly #shelf: Shelf;
  readonly #client: () => Promise<ClassroomClient>;

  constructor(shelf: Shelf, client: () => Promise<ClassroomClient>) {
    this.#shelf = shelf;
    this.#client = client;
  }

  /** One batch after another. */
  take(files: readonly { readonly name: string; text(): Promise<string> }[]): Promise<void> {
    const round = this.#round;
    const fresh = files.map((file) => {
      this.#keys += 1;
      return { key: this.#keys, file };
    });
    const waiting = fresh.map(({ key, file }): CheckedFile => {
      return { key, name: file.name, state: { kind: 'waiting' } };
    });
    this.files = [...this.files, ...waiting];
    this.busy = true;
    this.#queue = this.#queue.then(async () => {
      const due: number[] = [];
      for (const { key, file } of fresh) {
        if (round !== this.#round) return;
        if (await this.#read(key, file)) due.push(key);
      }
      // Of what was not known before, the exercise may have come with these.
      const late = this.rows.filter(({ verdict }) => verdict.kind === 'unknown');
      const again = [...new Set(late.map(({ key }) => key))].filter((key) => !due.includes(key));
      for (const key of [...due, ...again]) {
        if (round === this.#round) await this.#verify(key, round);
      }
      if (round === this.#round) this.busy = false;
    });
    return this.#queue;
  }

  clear(): CheckerState {
    const { files, rows } = this;
    const before = { files, rows, exercises: this.#exercises };
    this.#round += 1;
    this.files = [];
    this.rows = [];
    this.#exercises = [];
    this.busy = false;
    return before;
  }

  restore({ files, rows, exercises }: CheckerState): void {
    this.files = [...files, ...this.files];
    this.rows = [...rows, ...this.rows];
    this.#exercises = [...exercises, ...this.#exercises];
  }

  #set(key: number, state: FileState): void {
    this.files = this.files.map((one) => (one.key === key ? { ...one, state } : one));
  }

  /** @returns whether it has answers. */
  async #read(key: number, file: { text(): Promise<string> }): Promise<boolean> {
    this.#set(key, { kind: 'reading' });
    try {
      const text = await file.text();
      const what = classroomFormat(text);
      if (what === null) this.#set(key, { kind: 'notThat' });
      if (what === 'exercise') this.#exercises = [...this.#exercises, exerciseFromText(text)];
      if (what === 'assignment') {
        const given = assignmentFromText(text).items.flatMap((item) =>
          item.kind === 'exercise' ? [item.exercise] : [],
        );
        this.#exercises = [...this.#exercises, ...given];
      }
      if (what === 'exercise' || what === 'assignment') this.#set(key, { kind: 'given', what });
      if (what !== 'answers') return false;
      const answers = answersFromText(text);
      this.#answers.set(key, answers);
      this.#set(key, { kind: 'verifying', done: 0, all: answers.work.length });
      return true;
    } catch (reason) {
      this.#set(key, { kind: 'unreadable', why: messageOf(reason) });
      return false;
    }
  }

  async #verify(key: number, round: number): Promise<void> {
    const answers = this.#answers.get(key);
    const file = this.files.find((one) => one.key === key)?.name;
    if (answers === undefined || file === undefined) return;
    const all = answers.work.length;
    const rows: Row[] = [];
    this.rows = this.rows.filter((row) => row.key !== key);
    try {
      const client = await this.#client();
      await this.#shelf.loaded;
      for (const [done, work] of answers.work.entries()) {
        this.#set(key, { kind: 'verifying', done, all });
        const exercises = [...this.#exercises, ...this.#shelf.exercises];
        const known = { build: buildId, lessons: await lessonsOf([work]), exercises };
        const verified = await client.verify({ ...answers, work: [work] }, known);
        if (round !== this.#round) return;
        rows.push(...verified.map((one) => ({ ...one, file, key })));
      }
      this.rows = [...this.rows, ...rows];
      this.#set(key, { kind: 'verified', done: all, all });
    } catch (reason) {
      if (round !== this.#round) return;
      this.rows = [...this.rows, ...rows];
      this.#set(key, { kind: 'unreadable', why: messageOf(reason) });
    }
  }
}

async function lessonsOf(works: AnswerFile['work']): Promise<readonly KnownLesson[]> {
  const found: KnownLesson[] = [];
  for (const { task } of works) {
    if (task.kind !== 'lesson') continue;
    const plan = (await loadLesson(task.id))?.plan(task.seed) ?? null;
    if (plan !== null) found.push({ id: task.id, seed: task.seed, plan });
  }
  return found;
}
