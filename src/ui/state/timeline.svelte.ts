/**
 * Time as a thing to hold: the branches of the run, the moment in sight, and the ways to move.
 *
 * The page draws `playground.frame`. That is the present of the ensemble, or, while `view` is not
 * null, a picture of the past that the chronicle made. What is done in the past begins a branch.
 */
import { getContext, setContext } from 'svelte';
import type { TimedAction } from '../../sim/actions.ts';
import type { Beginning } from '../../sim/beginning.ts';
import type {
  ActionMark,
  BranchId,
  BranchView,
  Comparison,
  Moment,
  Place,
} from '../../sim/chronicle/model.ts';
import type { ToldBranch } from '../../sim/chronicle/told.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { lastDeed } from './last-deed.ts';
import type { LocaleName } from './locale.svelte.ts';
import { answersOf, type Sight } from './past-answers.ts';
import type { Past, PastAnswers } from './past.ts';
import type { PastKeeper } from './past-keeper.svelte.ts';
import type { Playground } from './playground.svelte.ts';
import { FRAME_PATIENCE, TimeSight, type Progress, type Wanted } from './time-sight.svelte.ts';

export type { Progress, Wanted };

/** A moment that a person wants to come back to. */
export interface Bookmark {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
}

/** A run with branches that were lived before, by a chronicle of its own. */
export interface Brought {
  readonly chronicle: Chronicle;
  readonly branches: readonly BranchView[];
  /** The one that the run goes on at the end of. */
  readonly branch: BranchView;
  readonly marks: readonly ActionMark[];
  readonly bookmarks: readonly Bookmark[];
}

/** An undo that can be taken back. */
interface Undone {
  /** The branch that it left. */
  readonly left: BranchId;
  /** The branch that it began. */
  readonly began: BranchId;
  readonly mark: ActionMark;
}

export class Timeline extends TimeSight implements Past {
  bookmarks: readonly Bookmark[] = $state.raw([]);
  /** The action that `undo` takes back, and the one that `redo` brings back; null for none. */
  undoable: TimedAction | null = $state.raw(null);
  redoable: TimedAction | null = $state.raw(null);
  readonly canUndo: boolean = $derived(this.undoable !== null);
  readonly canRedo: boolean = $derived(this.redoable !== null);

  readonly answers: PastAnswers = answersOf(() => this.#sight());

  #undone: readonly Undone[] = [];
  #bookmarkCount = 0;
  /** One change of the branch at a time. */
  #changing: Promise<unknown> = Promise.resolve();

  /** Branches and bookmarks that outlive the page; null until somebody looks after them. */
  pasts: PastKeeper | null = $state.raw(null);
  /** Counts the runs that were opened. */
  runs: number = $state(0);
  /** What the run that is about to be opened was before. */
  #brought: Brought | null = null;

  constructor(
    playground: Playground,
    connect: () => Promise<Chronicle>,
    locale: () => LocaleName = () => 'en',
  ) {
    super(playground, connect, locale);
    playground.attach(this);
  }

  // --- what the playground tells ----------------------------------------------------------------

  opened(base: Promise<LocalRun>): void {
    const brought = this.#takeBrought();
    this.clearSight();
    this.#undone = [];
    this.runs += 1;
    this.bookmarks = brought?.bookmarks ?? [];
    this.#bookmarkCount = Math.max(0, ...this.bookmarks.map(({ id }) => id));
    if (brought !== null) base.catch(() => undefined);
    const begun = brought === null ? this.follower.begin(base) : this.follower.adopt(brought);
    begun.then(
      () => {
        this.noteMarks();
        this.schedule(0);
      },
      () => undefined,
    );
    this.noteMarks();
  }

  #takeBrought(): Brought | null {
    const brought = this.#brought;
    this.#brought = null;
    return brought;
  }

  /** The disks that the open run began with; null where they were empty. */
  async beginning(): Promise<Beginning | null> {
    return (await this.follower.catchUp()).beginning();
  }

  /**
   * Opens a run with branches that were lived before: `open` is to open it at the end of
   * `brought.branch`. It is known by its chronicle, not lived again from its first state.
   */
  async bring(brought: Brought, open: () => Promise<void>): Promise<void> {
    this.#brought = brought;
    try {
      await open();
    } finally {
      // It may never have come to that.
      this.#takeBrought()?.chronicle.dispose();
    }
  }

  /** What can be taken back, now that other actions are known. */
  protected override noteMarks(): void {
    const { marks } = this.follower;
    const last = marks.at(-1);
    const deed = lastDeed(marks);
    const own = deed !== null && deed === marks[0] && this.playground.isOwn(deed.timed.action);
    this.undoable = deed === null || own ? null : deed.timed;
    const undone = this.#undone.at(-1);
    if (undone !== undefined && this.branch?.id === undone.began) {
      // What was done since is the future now.
      if (last !== undefined && last.index >= undone.mark.index) this.#forgetUndone();
    }
    this.redoable = this.#undone.at(-1)?.mark.timed ?? null;
  }

  // --- other futures ----------------------------------------------------------------------------

  /** Takes the last action back: a branch from right before it. A notice offers redo. */
  async undo(): Promise<void> {
    await this.#change(async () => {
      const runsOn = await this.settle();
      const chronicle = await this.follower.catchUp();
      this.noteMarks();
      const { branch } = this;
      const mark = lastDeed(this.follower.marks);
      if (branch === null || mark === null || this.undoable === null) return;
      const moment = { events: mark.events, actions: mark.index, at: mark.timed.at };
      const began = await this.#branchAt(chronicle, { branch: branch.id, moment }, '');
      this.#undone = [...this.#undone, { left: branch.id, began: began.id, mark }];
      await this.#live(chronicle, began, runsOn);
      await this.#announce('undone', mark);
    });
  }

  /** Back to the branch that the last undo left. */
  async redo(): Promise<void> {
    await this.#change(async () => {
      const undone = this.#undone.at(-1);
      if (undone === undefined) return;
      const runsOn = await this.settle();
      const chronicle = await this.follower.catchUp();
      const left = this.branches.find(({ id }) => id === undone.left);
      if (left === undefined) return;
      this.#undone = this.#undone.slice(0, -1);
      await this.#live(chronicle, left, runsOn);
      // Nothing was done there: nobody would look for it.
      await this.#drop([undone.began]);
      await this.#announce('redone', undone.mark);
    });
  }

  /** A moment of any branch: where it is on another one than this, the run goes on there. */
  async goToPlace({ branch, moment }: Place): Promise<void> {
    if (!this.#isOnThis(branch, moment)) await this.switchTo(branch);
    await this.goTo(moment);
  }

  /** The run goes on at the end of that branch. */
  async switchTo(branch: BranchId): Promise<void> {
    await this.#change(async () => {
      if (this.branch?.id === branch) return this.toPresent();
      await this.settle();
      const chronicle = await this.follower.catchUp();
      const other = this.branches.find(({ id }) => id === branch);
      if (other === undefined) return;
      this.#forgetUndone();
      await this.#live(chronicle, other, false);
    });
  }

  /** Makes the moment in sight the present of a new branch. @returns it. */
  async forkHere(name: string): Promise<BranchView | null> {
    return this.#change(async () => {
      await this.drawing;
      const runsOn = this.view === null ? await this.settle() : this.ranOn;
      const chronicle = await this.follower.catchUp();
      const { place } = this;
      if (place === null) return null;
      const began = await this.#branchAt(chronicle, place, name);
      this.#forgetUndone();
      await this.#live(chronicle, began, runsOn);
      return began;
    });
  }

  async makePresent(): Promise<boolean> {
    return (await this.forkHere('')) !== null;
  }

  async rename(branch: BranchId, name: string): Promise<void> {
    await this.tell(async () => {
      const chronicle = await this.chronicle();
      await chronicle.rename(branch, name);
      this.branches = this.branches.map((one) => (one.id === branch ? { ...one, name } : one));
      if (this.branch?.id === branch) this.branch = { ...this.branch, name };
    });
  }

  /** Any branch but the one in sight. @returns what brings it back; null where it stays. */
  async remove(branch: BranchId): Promise<(() => Promise<void>) | null> {
    if (this.branch?.id === branch) return null;
    return this.tell(async () => {
      const chronicle = await this.chronicle();
      const told = (await chronicle.told()).find(({ id }) => id === branch);
      const marks = this.bookmarks.filter(({ place }) => place.branch === branch);
      await chronicle.remove(branch);
      await this.#refresh(chronicle);
      this.bookmarks = this.bookmarks.filter((mark) => !marks.includes(mark));
      this.#undone = this.#undone.filter(({ left }) => left !== branch);
      this.noteMarks();
      const { runs } = this;
      return async () => {
        if (told !== undefined && runs === this.runs) await this.#putBack(told, marks);
      };
    });
  }

  /** It is lived again, under another number. */
  async #putBack(told: ToldBranch, marks: readonly Bookmark[]): Promise<void> {
    const { parent, fork, end, name, actions } = told;
    if (parent === null) return;
    await this.#change(async () => {
      const chronicle = await this.chronicle();
      const { id } = await this.#branchAt(chronicle, { branch: parent, moment: fork }, name);
      const lived = chronicle.follow(id, fork.actions, actions, end);
      this.follower.note(await this.slow('opening', lived));
      const moved = marks.map((mark) => ({ ...mark, place: { ...mark.place, branch: id } }));
      this.bookmarks = [...this.bookmarks, ...moved];
    });
  }

  /** What was undone stays so. Branches that were stations on the way go. */
  #forgetUndone(): void {
    const stations = this.#undone.map(({ began }) => began);
    this.#undone = [];
    if (stations.length > 0) void this.#change(() => this.#drop(stations));
  }

  /** Of branches that an undo began: those that nothing was done on. */
  async #drop(stations: readonly BranchId[]): Promise<void> {
    const empty = this.branches.filter(
      ({ id, name, end, fork }) =>
        stations.includes(id) &&
        id !== this.branch?.id &&
        name === '' &&
        end.actions === fork.actions,
    );
    if (empty.length === 0) return;
    const chronicle = await this.chronicle();
    for (const { id } of empty) await chronicle.remove(id);
    await this.#refresh(chronicle);
  }

  async #refresh(chronicle: Chronicle): Promise<void> {
    this.branches = await chronicle.branches();
    const here = this.branches.find(({ id }) => id === this.branch?.id);
    if (here !== undefined) this.branch = here;
  }

  async #branchAt(chronicle: Chronicle, place: Place, name: string): Promise<BranchView> {
    const began = await this.slow('opening', chronicle.fork(place, name));
    this.follower.note(began);
    return began;
  }

  /** The ensemble goes on where that branch ends. */
  async #live(chronicle: Chronicle, branch: BranchView, runsOn: boolean): Promise<void> {
    const place = { branch: branch.id, moment: branch.end };
    const state = await this.slow('opening', chronicle.checkpoint(place));
    const { marks } = this.follower;
    const isChild = branch.parent === this.branch?.id && branch.end.actions === branch.fork.actions;
    const theirs = isChild ? marks : (await chronicle.story(branch.id)).actions;
    const begun = new Promise<void>((resolve) => {
      // The picture stays until the first frame of the present comes.
      const begin = (): void => {
        this.follower.take(branch, theirs);
        this.clearSight();
        this.noteMarks();
        this.schedule(0);
        resolve();
      };
      const opened = this.playground.resume(state, runsOn, begin);
      void opened.then(() => setTimeout(resolve, FRAME_PATIENCE));
    });
    await this.slow('opening', begun);
  }

  // --- bookmarks --------------------------------------------------------------------------------

  /** Of the moment in sight. Null while there is no past. */
  addBookmark(name: string): Bookmark | null {
    const { place } = this;
    if (place === null) return null;
    this.#bookmarkCount += 1;
    const mark = { id: this.#bookmarkCount, name, place };
    this.bookmarks = [...this.bookmarks, mark];
    return mark;
  }

  renameBookmark(id: number, name: string): void {
    this.bookmarks = this.bookmarks.map((mark) => (mark.id === id ? { ...mark, name } : mark));
  }

  /** @returns what puts it back where it was. */
  removeBookmark(id: number): () => void {
    const before = this.bookmarks;
    const index = before.findIndex((mark) => mark.id === id);
    const removed = before[index];
    this.bookmarks = before.filter((mark) => mark.id !== id);
    const { runs } = this;
    return () => {
      const gone = removed === undefined || runs !== this.runs;
      if (gone || !this.branches.some((branch) => branch.id === removed.place.branch)) return;
      if (this.bookmarks.some((mark) => mark.id === id)) return;
      this.bookmarks = this.bookmarks.toSpliced(index, 0, removed);
    };
  }

  goToBookmark(id: number): Promise<void> {
    const mark = this.bookmarks.find((other) => other.id === id);
    return mark === undefined ? Promise.resolve() : this.goToPlace(mark.place);
  }

  /**
   * Two moments side by side, of the same branch or of two.
   *
   * @param tell how far it is, 0..1. What it throws ends it.
   */
  compare(
    a: Place,
    b: Place,
    tell: (share: number) => void = () => undefined,
  ): Promise<Comparison> {
    return this.ask(async (chronicle) => {
      const { focusSid } = this.playground;
      tell(1 / 3);
      // Being there is most of the work, which the comparison then finds done.
      await chronicle.frame(a, focusSid);
      tell(2 / 3);
      return chronicle.compare(a, b, focusSid);
    });
  }

  // --- within -----------------------------------------------------------------------------------

  async #sight(): Promise<Sight> {
    const chronicle = await this.follower.catchUp();
    await this.drawing;
    const { frame } = this.playground;
    const { place } = this;
    if (place === null || frame === null) throw new Error('no moment is in sight');
    return { chronicle, place, frame };
  }

  /** Whether that moment lies on the way to the present. */
  #isOnThis(branch: BranchId, moment: Moment): boolean {
    for (let one = this.branch; one !== null; one = this.#parentOf(one)) {
      if (one.id === branch) return true;
      // Only what was before the fork is shared.
      if (moment.events > one.fork.events || moment.at > one.fork.at) return false;
    }
    return false;
  }

  #parentOf({ parent }: BranchView): BranchView | null {
    return this.branches.find(({ id }) => id === parent) ?? null;
  }

  /** One after the other, and what fails is told. */
  async #change<T>(work: () => Promise<T>): Promise<T | null> {
    const done = this.#changing.then(() => this.tell(work));
    this.#changing = done;
    return done;
  }

  async #announce(how: 'undone' | 'redone', { timed, index }: ActionMark): Promise<void> {
    const { undoTexts, actionText } = await import('./undo-words.ts');
    const locale = this.locale();
    const t = undoTexts(locale);
    const before = this.follower.marks.slice(0, index).map((mark) => mark.timed.action);
    const text = t[how](actionText(locale, timed.action, before, this.playground.live?.clients));
    const remedy =
      how === 'undone'
        ? { label: t.redo, run: () => void this.redo() }
        : { label: t.undo, run: () => void this.undo() };
    this.playground.notify('info', text, remedy);
  }
}

const key = Symbol('timeline');
export const setTimeline = (timeline: Timeline): Timeline => setContext(key, timeline);
export const getTimeline = (): Timeline => getContext<Timeline>(key);
