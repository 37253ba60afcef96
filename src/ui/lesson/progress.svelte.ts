/** How far a person is with the lessons, as the page knows it; the store is told of every change. */
import {
  isProgress,
  openProgressStore,
  type KeptAttempt,
  type LessonProgress,
  type ProgressStore,
} from '../../store/progress-store.ts';

type ById = ReadonlyMap<string, LessonProgress>;

export class ProgressBook {
  /** By lesson. */
  all: ById = $state.raw(new Map());
  /** The store does not take it: it is forgotten with the page. */
  forgets = $state(false);

  readonly #store: ProgressStore;
  readonly #now: () => number;
  readonly loaded: Promise<void>;

  constructor(store: ProgressStore = openProgressStore(), now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.loaded = this.#load();
  }

  async #load(): Promise<void> {
    try {
      const found = await this.#store.list();
      // What was changed meanwhile is newer.
      this.all = new Map([...found.map((one) => [one.id, one] as const), ...this.all]);
    } catch {
      this.forgets = true;
    }
  }

  of(id: string): LessonProgress | null {
    return this.all.get(id) ?? null;
  }

  isDone(id: string): boolean {
    return (this.of(id)?.solved.length ?? 0) > 0;
  }

  /** The lesson that was worked on last and is not over; null for none. */
  get unfinished(): LessonProgress | null {
    const open = [...this.all.values()].filter(({ attempt }) => attempt !== null);
    return open.sort((a, b) => b.changedAt - a.changedAt)[0] ?? null;
  }

  keepAttempt(id: string, attempt: KeptAttempt | null): void {
    if (attempt === null && this.of(id) === null) return;
    this.#change(id, (before) => ({ ...before, attempt }));
  }

  noteShown(id: string): void {
    this.#change(id, (before) => ({ ...before, shown: true }));
  }

  /** @param actions how many it took. @returns whether it never took so few before. */
  noteSolved(id: string, seed: number, actions: number): boolean {
    const { best = null } = this.of(id) ?? {};
    this.#change(id, (before) => ({
      ...before,
      attempt: null,
      solved: [...new Set([...before.solved, seed])].sort((a, b) => a - b),
      best: best === null ? actions : Math.min(best, actions),
    }));
    return best !== null && actions < best;
  }

  #change(id: string, change: (before: LessonProgress) => LessonProgress): void {
    const blank = { version: 1, id, solved: [], best: null, shown: false, attempt: null } as const;
    const changedAt = this.#now();
    this.#put({ ...change(this.of(id) ?? { ...blank, changedAt }), changedAt });
  }

  #put(progress: LessonProgress): void {
    this.all = new Map([...this.all, [progress.id, progress]]);
    this.#store.put(progress).catch(() => (this.forgets = true));
  }

  // --- files -------------------------------------------------------------------------------------

  toText(): string {
    return JSON.stringify({ format: FORMAT, lessons: [...this.all.values()] }, null, 2);
  }

  /** What a file says comes to what is here: nothing is lost. @returns how many lessons it had. */
  take(text: string): number {
    const found = readProgress(text);
    for (const theirs of found) this.#put(merge(this.of(theirs.id), theirs));
    return found.length;
  }

  /** @returns what brings it back. */
  forgetAll(): () => void {
    const before = this.all;
    this.all = new Map();
    this.#store.clear().catch(() => (this.forgets = true));
    return () => {
      for (const one of before.values()) this.#put(one);
    };
  }
}

const FORMAT = 'zookeeper-playground/progress';

/** @throws SyntaxError where it is no file of progress. */
export function readProgress(text: string): readonly LessonProgress[] {
  const whole: unknown = JSON.parse(text);
  const { format, lessons } = (
    typeof whole === 'object' && whole !== null ? whole : {}
  ) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT || !Array.isArray(lessons)) throw new SyntaxError('no file of progress');
  return lessons.filter(isProgress);
}

export function merge(mine: LessonProgress | null, theirs: LessonProgress): LessonProgress {
  if (mine === null) return theirs;
  const bests = [mine.best, theirs.best].filter((one) => one !== null);
  return {
    ...theirs,
    solved: [...new Set([...mine.solved, ...theirs.solved])].sort((a, b) => a - b),
    best: bests.length === 0 ? null : Math.min(...bests),
    shown: mine.shown || theirs.shown,
    attempt: mine.attempt ?? theirs.attempt,
    changedAt: Math.max(mine.changedAt, theirs.changedAt),
  };
}
