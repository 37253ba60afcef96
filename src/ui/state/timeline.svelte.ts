/**
 * Time as a thing to hold: the branches of the run, the moment in sight, and the ways to move.
 *
 * The page draws `playground.frame`. That is the present of the ensemble, or, while `view` is not
 * null, a picture of the past that the chronicle made. What is done in the past begins a branch.
 */
import { getContext, setContext } from 'svelte';
import type { TimedAction } from '../../sim/actions.ts';
import type {
  BranchId,
  BranchView,
  Comparison,
  Moment,
  Place,
  Story,
} from '../../sim/chronicle/model.ts';
import type { Micros } from '../../core/units.ts';
import type { StepKind } from '../../worker/api.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { EventStore } from './event-store.svelte.ts';
import type { Playground } from './playground.svelte.ts';

/** A moment that a person wants to come back to. */
export interface Bookmark {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
}

/** What takes longer than half a second. */
export interface Progress {
  readonly what: 'following' | 'looking' | 'opening';
  /** 0..1; null where nobody knows. */
  readonly share: number | null;
}

/** What panes show of a branch, and therefore want to be kept up to date. */
export type Wanted = 'events' | 'story';

export class Timeline {
  /** The branch that the run shown lives on. Null until the chronicle has begun. */
  branch: BranchView | null = $state.raw(null);
  branches: readonly BranchView[] = $state.raw([]);
  /** The moment in sight; null = the present. */
  view: Moment | null = $state.raw(null);
  /** What was recorded is played again. */
  replaying: boolean = $state(false);
  bookmarks: readonly Bookmark[] = $state.raw([]);
  /** Of the branch in sight. Null until somebody wanted it: see `want`. */
  story: Story | null = $state.raw(null);
  /** Of the branch in sight, as far as somebody wanted them: see `want`. */
  readonly events = new EventStore();
  /** Null while nothing takes long. */
  progress: Progress | null = $state.raw(null);
  /** Counts up when the chronicle has gone on: what asks it by itself asks again then. */
  followed: number = $state(0);
  /** The action that `undo` takes back, and the one that `redo` brings back; null for none. */
  undoable: TimedAction | null = $state.raw(null);
  redoable: TimedAction | null = $state.raw(null);

  /** There is a past to go to. */
  readonly begun: boolean = $derived(this.branch !== null);
  readonly inPast: boolean = $derived(this.view !== null);
  readonly canUndo: boolean = $derived(this.undoable !== null);
  readonly canRedo: boolean = $derived(this.redoable !== null);
  /** Where the branch in sight begins: nothing before it can be gone to. */
  readonly start: Moment | null = $derived(this.#startOf());
  /** Where it ends: the present. */
  readonly end: Moment | null = $derived(this.#endOf());
  /** The moment that the page draws: `view`, or the present. */
  readonly here: Moment | null = $derived(this.view ?? this.end);
  /** The same, with its branch. */
  readonly place: Place | null = $derived(this.#placeOf());

  readonly #playground: Playground;
  readonly #connect: () => Promise<Chronicle>;
  #chronicle: Promise<Chronicle> | null = null;

  constructor(playground: Playground, connect: () => Promise<Chronicle>) {
    this.#playground = playground;
    this.#connect = connect;
  }

  /** The worker that lives the run once more, started when it is first asked for something. */
  chronicle(): Promise<Chronicle> {
    this.#chronicle ??= this.#connect();
    return this.#chronicle;
  }

  /**
   * Asks the chronicle about the branch in sight, when it has caught up with the present:
   * `timeline.ask((chronicle, branch) => chronicle.histories(branch))`.
   */
  ask<T>(question: (chronicle: Chronicle, branch: BranchId) => Promise<T>): Promise<T> {
    return Promise.reject(new Error(`not yet: ${String(question.length)}`));
  }

  /** Keeps `events` or `story` up to date, at most five times a second. @returns what ends it. */
  want(what: Wanted): () => void {
    void what;
    return () => undefined;
  }

  // --- moving -----------------------------------------------------------------------------------

  /** Brings a moment of this branch in sight. While one is being drawn, only the latest is kept. */
  goTo(moment: Moment): Promise<void> {
    void moment;
    return Promise.resolve();
  }

  /** The moment at which everything before `at` has happened. */
  goToTime(at: Micros): Promise<void> {
    void at;
    return Promise.resolve();
  }

  /** The moment right behind event `n`. */
  goToEvent(n: number): Promise<void> {
    void n;
    return Promise.resolve();
  }

  /** A moment of any branch: where it is another one than this, the run goes on there. */
  goToPlace(place: Place): Promise<void> {
    void place;
    return Promise.resolve();
  }

  /** Back to the present, which runs on if it ran when it was left. */
  toPresent(): Promise<void> {
    return Promise.resolve();
  }

  /** To the latest event of that kind before the moment in sight; to the start if there is none. */
  stepBack(kind: StepKind): Promise<void> {
    void kind;
    return Promise.resolve();
  }

  /** To the next event of that kind: in the past a recorded one, in the present one that happens. */
  stepForward(kind: StepKind): Promise<void> {
    void kind;
    return Promise.resolve();
  }

  /**
   * Plays what was recorded from the moment in sight on, at the playground's speed; at the present
   * the run itself goes on. In the present it plays from the start.
   */
  replay(): Promise<void> {
    return Promise.resolve();
  }

  /** Stands still at the moment that the replay has come to. */
  stopReplay(): void {
    this.replaying = false;
  }

  // --- other futures ----------------------------------------------------------------------------

  /** Takes the last action back: a branch from right before it. A notice offers redo. */
  undo(): Promise<void> {
    return Promise.resolve();
  }

  /** Back to the branch that the last undo left. */
  redo(): Promise<void> {
    return Promise.resolve();
  }

  /** The run goes on at the end of that branch. */
  switchTo(branch: BranchId): Promise<void> {
    void branch;
    return Promise.resolve();
  }

  /** Makes the moment in sight the present of a new branch. @returns it. */
  forkHere(name: string): Promise<BranchView | null> {
    void name;
    return Promise.resolve(null);
  }

  rename(branch: BranchId, name: string): Promise<void> {
    void [branch, name];
    return Promise.resolve();
  }

  /** Any branch but the one in sight. */
  remove(branch: BranchId): Promise<void> {
    void branch;
    return Promise.resolve();
  }

  // --- bookmarks --------------------------------------------------------------------------------

  /** Of the moment in sight. Null while there is no past. */
  addBookmark(name: string): Bookmark | null {
    void name;
    return null;
  }

  renameBookmark(id: number, name: string): void {
    this.bookmarks = this.bookmarks.map((mark) => (mark.id === id ? { ...mark, name } : mark));
  }

  removeBookmark(id: number): void {
    this.bookmarks = this.bookmarks.filter((mark) => mark.id !== id);
  }

  goToBookmark(id: number): Promise<void> {
    const mark = this.bookmarks.find((other) => other.id === id);
    return mark === undefined ? Promise.resolve() : this.goToPlace(mark.place);
  }

  /** Two moments side by side, of the same branch or of two. */
  compare(a: Place, b: Place): Promise<Comparison> {
    return this.ask((chronicle) => chronicle.compare(a, b, this.#playground.focusSid));
  }

  dispose(): void {
    this.#chronicle?.then(
      (chronicle) => {
        chronicle.dispose();
      },
      () => undefined,
    );
  }

  #startOf(): Moment | null {
    return this.branches.find(({ parent }) => parent === null)?.fork ?? null;
  }

  #endOf(): Moment | null {
    return this.branch?.end ?? null;
  }

  #placeOf(): Place | null {
    const { branch, here } = this;
    return branch === null || here === null ? null : { branch: branch.id, moment: here };
  }
}

const key = Symbol('timeline');
export const setTimeline = (timeline: Timeline): Timeline => setContext(key, timeline);
export const getTimeline = (): Timeline => getContext<Timeline>(key);
