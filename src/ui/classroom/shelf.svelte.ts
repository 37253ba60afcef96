/** What the classroom keeps in this browser, as the page knows it; the store is told of changes. */
import { exerciseFromText, exerciseToText } from '../../lessons/classroom/exercise.ts';
import type { Exercise } from '../../lessons/classroom/exercise.ts';
import { recordToText } from '../../sim/run-text.ts';
import {
  keyOfKept,
  openClassroomStore,
  type ClassroomStore,
  type KeptExercise,
  type KeptInClassroom,
  type KeptWork,
} from '../../store/classroom-store.ts';
import type { Done, OpenLesson } from '../lesson/model.ts';
import { idOfExercise } from './tasks.ts';

export class Shelf {
  all: ReadonlyMap<string, KeptInClassroom> = $state.raw(new Map());
  /** The store does not take it: it is forgotten with the page. */
  forgets = $state(false);

  readonly #store: ClassroomStore;
  readonly #now: () => number;
  readonly loaded: Promise<void>;

  constructor(store: ClassroomStore = openClassroomStore(), now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.loaded = this.#load();
  }

  async #load(): Promise<void> {
    try {
      const found = await this.#store.list();
      // What came meanwhile is newer.
      this.all = new Map([...found.map((one) => [keyOfKept(one), one] as const), ...this.all]);
    } catch {
      this.forgets = true;
    }
  }

  /** The latest first. */
  get works(): readonly KeptWork[] {
    const works = [...this.all.values()].filter((one) => one.kind === 'work');
    return works.sort((a, b) => b.madeAt - a.madeAt);
  }

  /** Made or opened here, the latest first; what does not read any more is left out. */
  get exercises(): readonly Exercise[] {
    const kept = [...this.all.values()].filter((one) => one.kind === 'exercise');
    return kept.sort((a, b) => b.madeAt - a.madeAt).flatMap((one) => readKept(one) ?? []);
  }

  exercise(id: string): Exercise | null {
    const kept = this.all.get(id);
    return kept?.kind === 'exercise' ? readKept(kept) : null;
  }

  keepExercise(exercise: Exercise): void {
    const id = idOfExercise(exercise);
    const text = exerciseToText(exercise);
    this.#put({ version: 1, kind: 'exercise', id, text, madeAt: this.#now() });
  }

  /** What was solved of it stays. @returns what brings it back to its place. */
  removeExercise(id: string): () => void {
    const kept = this.all.get(id);
    this.all = new Map([...this.all].filter(([key]) => key !== id));
    this.#store.remove(id).catch(() => (this.forgets = true));
    return () => {
      if (kept !== undefined) this.#put(kept);
    };
  }

  /** @param actions how many it took. One that took more than one of before is not kept. */
  noteSolved({ id, seed }: OpenLesson, done: Done, actions: number, hints: number): void {
    const { shown } = done;
    const run = recordToText(done.record);
    const sayings = JSON.stringify(done.sayings);
    const madeAt = this.#now();
    const kept = { version: 1, kind: 'work', id, seed, actions, run } as const;
    const work: KeptWork = { ...kept, sayings, shown, hints, madeAt };
    const before = this.all.get(keyOfKept(work));
    if (before?.kind === 'work' && before.actions < actions) return;
    this.#put(work);
  }

  #put(kept: KeptInClassroom): void {
    this.all = new Map([...this.all, [keyOfKept(kept), kept]]);
    this.#store.put(kept).catch(() => (this.forgets = true));
  }
}

function readKept({ text }: KeptExercise): Exercise | null {
  try {
    return exerciseFromText(text);
  } catch {
    return null;
  }
}

let shelf: Shelf | null = null;

/** The one of this page. */
export function shelfOfPage(): Shelf {
  shelf ??= new Shelf();
  return shelf;
}
