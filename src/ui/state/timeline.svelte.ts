/**
 * Time as a thing to hold: the branches of the run, the moment in sight, and the ways to move.
 *
 * The page draws `playground.frame`. That is the present of the ensemble, or, while `view` is not
 * null, a picture of the past that the chronicle made. What is done in the past begins a branch.
 */
import { getContext, setContext } from 'svelte';
import type { TimedAction } from '../../sim/actions.ts';
import {
  momentOf,
  type ActionMark,
  type BranchId,
  type BranchView,
  type Comparison,
  type Moment,
  type Place,
  type Story,
} from '../../sim/chronicle/model.ts';
import type { Micros } from '../../core/units.ts';
import type { Frame } from '../../sim/frame.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { StepKind } from '../../worker/api.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { findAfter, findBefore, momentBehind, type Searched } from './event-search.ts';
import { EventStore } from './event-store.svelte.ts';
import { Follower, idle, isBehind } from './follower.svelte.ts';
import type { LocaleName } from './locale.svelte.ts';
import { answersOf, type Sight } from './past-answers.ts';
import type { Past, PastAnswers } from './past.ts';
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

/** Milliseconds after which a person is told that something takes long. */
const LONG = 500;

/** Milliseconds between two pulls of what panes want, and between two that nobody asked for. */
const PULL_EVERY = 200;
const FOLLOW_EVERY = 250;
const FOLLOW_IDLE = 2000;

/** Milliseconds between two pictures of a replay. */
const REPLAY_EVERY = 16;

/** A frame of the present is waited for so long, in milliseconds. */
const FRAME_PATIENCE = 2000;

/** Where to go: a moment, or the one at a time. */
type Target =
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'time'; readonly at: Micros };

/** An undo that can be taken back. */
interface Undone {
  /** The branch that it left. */
  readonly left: BranchId;
  /** The branch that it began. */
  readonly began: BranchId;
  readonly mark: ActionMark;
}

export class Timeline implements Past {
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
  /** Where the run begins: nothing before it can be gone to. */
  readonly start: Moment | null = $derived(
    this.branches.find(({ parent }) => parent === null)?.fork ?? null,
  );
  /** Where the branch in sight ends: the present. */
  readonly end: Moment | null = $derived(this.#endOf());
  /** The moment that the page draws: `view`, or the present. */
  readonly here: Moment | null = $derived(this.view ?? this.end);
  /** The same, with its branch. */
  readonly place: Place | null = $derived(this.#placeOf());

  readonly answers: PastAnswers = answersOf(() => this.#sight());

  readonly #playground: Playground;
  readonly #locale: () => LocaleName;
  readonly #follower: Follower;
  #wanted = { events: 0, story: 0 };
  /** The pull that is planned, and when it is due. */
  #timer: ReturnType<typeof setTimeout> | null = null;
  #due = 0;
  #pulling = false;
  #disposed = false;
  #target: Target | null = null;
  #drawing: Promise<void> | null = null;
  /** The present ran when it was left. */
  #ranOn = false;
  #undone: readonly Undone[] = [];
  #bookmarkCount = 0;
  /** Those who wait for a frame of the present. */
  #watchers = new Set<(frame: Frame) => void>();
  /** One change of the branch at a time. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(
    playground: Playground,
    connect: () => Promise<Chronicle>,
    locale: () => LocaleName = () => 'en',
  ) {
    this.#playground = playground;
    this.#locale = locale;
    this.#follower = new Follower(playground, connect, this);
    playground.attach(this);
  }

  /** The worker that lives the run once more, started when it is first asked for something. */
  chronicle(): Promise<Chronicle> {
    return this.#follower.chronicle();
  }

  /**
   * Asks the chronicle about the branch in sight, when it has caught up with the present:
   * `timeline.ask((chronicle, branch) => chronicle.histories(branch))`.
   */
  async ask<T>(question: (chronicle: Chronicle, branch: BranchId) => Promise<T>): Promise<T> {
    const chronicle = await this.#slow('following', this.#follower.catchUp());
    const { branch } = this;
    if (branch === null) throw new Error('the chronicle has not begun');
    return this.#slow('looking', question(chronicle, branch.id));
  }

  /** Keeps `events` or `story` up to date, at most five times a second. @returns what ends it. */
  want(what: Wanted): () => void {
    this.#wanted[what] += 1;
    if (this.branch !== null) this.#schedule(0);
    let ended = false;
    return () => {
      if (!ended) this.#wanted[what] -= 1;
      ended = true;
    };
  }

  // --- what the playground tells ----------------------------------------------------------------

  opened(base: Promise<LocalRun>): void {
    this.#clearSight();
    this.#undone = [];
    this.bookmarks = [];
    this.#follower.begin(base).then(
      () => {
        this.#noteMarks();
        this.#schedule(0);
      },
      () => undefined,
    );
    this.#noteMarks();
  }

  came(frame: Frame): void {
    for (const watcher of this.#watchers) watcher(frame);
    const end = this.branch?.end;
    if (end === undefined) {
      if (frame.members.some(({ server }) => server?.serving)) void this.#follower.calmed();
      return;
    }
    this.#scheduleFor(frame);
  }

  focusMoved(): void {
    if (this.view !== null) void this.#draw({ kind: 'moment', moment: this.view });
  }

  #wantsAny(): boolean {
    return this.#wanted.events > 0 || this.#wanted.story > 0;
  }

  /** Where the run has gone on since it was last followed. */
  #scheduleFor(frame: Frame | null): void {
    const end = this.branch?.end;
    if (frame === null || end === undefined || !isBehind(end, momentOf(frame))) return;
    const news = frame.actions > end.actions;
    this.#schedule(this.#wantsAny() ? PULL_EVERY : news ? FOLLOW_EVERY : FOLLOW_IDLE);
  }

  /** At most one is planned. */
  #schedule(after: number): void {
    if (this.#disposed || this.#pulling) return;
    const due = performance.now() + after;
    if (this.#timer !== null && this.#due <= due) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#pull(), after);
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    this.#timer = null;
    try {
      if (!this.#wantsAny()) await idle();
      const { events, story } = this.#wanted;
      await this.#slow('following', this.#follower.pull({ events: events > 0, story: story > 0 }));
      this.#noteMarks();
    } catch {
      // Nobody asked. Whoever does is told.
    } finally {
      this.#pulling = false;
      this.#scheduleFor(this.#playground.live);
    }
  }

  /** What can be taken back, now that other actions are known. */
  #noteMarks(): void {
    const { marks } = this.#follower;
    const last = marks.at(-1);
    const own =
      last !== undefined && marks.length === 1 && this.#playground.isOwn(last.timed.action);
    this.undoable = last === undefined || own ? null : last.timed;
    const undone = this.#undone.at(-1);
    if (undone !== undefined && this.branch?.id === undone.began) {
      // What was done since is the future now.
      if (last !== undefined && last.index >= undone.mark.index) this.#undone = [];
    }
    this.redoable = this.#undone.at(-1)?.mark.timed ?? null;
  }

  // --- moving -----------------------------------------------------------------------------------

  /** Brings a moment of this branch in sight. While one is being drawn, only the latest is kept. */
  goTo(moment: Moment): Promise<void> {
    this.stopReplay();
    return this.#goTo({ kind: 'moment', moment });
  }

  /** The moment at which everything before `at` has happened. */
  goToTime(at: Micros): Promise<void> {
    this.stopReplay();
    return this.#goTo({ kind: 'time', at });
  }

  /** The moment right behind event `n`. */
  async goToEvent(n: number): Promise<void> {
    await this.#tell(async () => {
      const moment = await this.#behind(await this.#searched(), n);
      if (moment !== null) await this.goTo(moment);
    });
  }

  /** A moment of any branch: where it is on another one than this, the run goes on there. */
  async goToPlace({ branch, moment }: Place): Promise<void> {
    if (!this.#isOnThis(branch, moment)) await this.switchTo(branch);
    await this.goTo(moment);
  }

  /** Back to the present, which runs on if it ran when it was left. */
  async toPresent(): Promise<void> {
    this.stopReplay();
    if (this.view === null) return;
    const runsOn = this.#ranOn;
    this.#clearSight();
    if (runsOn) await this.#playground.play();
  }

  /** To the latest event of that kind before the moment in sight; to the start if there is none. */
  async stepBack(kind: StepKind): Promise<void> {
    this.stopReplay();
    await this.#tell(async () => {
      await this.#leavePresent();
      await this.#drawing;
      const { here, start } = this;
      if (here === null || start === null) return;
      const searched = await this.#searched();
      const event = await findBefore(searched, here.events - 1, kind);
      const found = event === null ? null : await this.#behind(searched, event);
      await this.#goTo({ kind: 'moment', moment: found ?? start });
    });
  }

  /** To the next event of that kind: in the past a recorded one, in the present one that happens. */
  async stepForward(kind: StepKind): Promise<void> {
    this.stopReplay();
    await this.#drawing;
    const { view } = this;
    if (view === null) return this.#playground.stepLive(kind);
    await this.#tell(async () => {
      const searched = await this.#searched();
      const event = await findAfter(searched, view.events, kind);
      const found = event === null ? null : await this.#behind(searched, event);
      if (found !== null) return this.#goTo({ kind: 'moment', moment: found });
      this.#ranOn = false;
      await this.toPresent();
    });
  }

  /**
   * Plays what was recorded from the moment in sight on, at the playground's speed; at the present
   * the run itself goes on. In the present it plays from the start.
   */
  async replay(): Promise<void> {
    if (this.replaying) return;
    await this.#tell(async () => {
      const { start } = this;
      if (start === null) return;
      if (this.view === null) await this.#goTo({ kind: 'moment', moment: start });
      this.replaying = true;
      await this.#playOn();
    });
  }

  /** Stands still at the moment that the replay has come to. */
  stopReplay(): void {
    this.replaying = false;
  }

  async #playOn(): Promise<void> {
    let at = this.view?.at ?? 0;
    let wall = performance.now();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, REPLAY_EVERY));
      const { end, view } = this;
      if (!this.replaying || view === null || end === null) return;
      const now = performance.now();
      at += (now - wall) * 1000 * (this.#playground.live?.speed ?? 1);
      wall = now;
      if (at >= end.at) break;
      if (Math.floor(at) > view.at)
        await this.#goTo({ kind: 'time', at: Math.floor(at) as Micros });
    }
    this.#ranOn = true;
    await this.toPresent();
  }

  async #goTo(target: Target): Promise<void> {
    const { end } = this;
    if (end === null) return;
    const isNow = target.kind === 'time' ? target.at >= end.at : !isBehind(target.moment, end);
    if (isNow && !this.replaying) {
      return this.toPresent();
    }
    await this.#tell(async () => {
      await this.#leavePresent();
      const at = target.kind === 'time' ? target.at : target.moment.at;
      // The thumb of a slider is not to wait for the picture.
      this.view =
        target.kind === 'moment'
          ? target.moment
          : { ...(this.view ?? end), at: Math.max(at, 0) as Micros };
      await this.#draw(target);
    });
  }

  /** The present stands still while the past is in sight. */
  async #leavePresent(): Promise<void> {
    if (this.view !== null) return;
    this.#ranOn = this.#playground.live?.running ?? false;
    if (this.#ranOn) await this.#settle();
  }

  /** Draws the latest target; those that it overtakes are never asked for. */
  #draw(target: Target): Promise<void> {
    this.#target = target;
    this.#drawing ??= this.#drawAll().finally(() => {
      this.#drawing = null;
    });
    return this.#drawing;
  }

  async #drawAll(): Promise<void> {
    for (let target = this.#target; target !== null; target = this.#target) {
      const { generation } = this.#follower;
      const { focusSid } = this.#playground;
      const frame = await this.ask(async (chronicle, branch) => {
        const moment =
          target.kind === 'moment' ? target.moment : await chronicle.momentAt(branch, target.at);
        return chronicle.frame({ branch, moment }, focusSid);
      });
      if (this.view === null || generation !== this.#follower.generation) return;
      this.#playground.showPast(frame);
      if (this.#target !== target) continue;
      this.#target = null;
      this.view = momentOf(frame);
    }
  }

  #clearSight(): void {
    this.#target = null;
    this.#ranOn = false;
    this.replaying = false;
    this.view = null;
    this.#playground.showPast(null);
  }

  // --- other futures ----------------------------------------------------------------------------

  /** Takes the last action back: a branch from right before it. A notice offers redo. */
  async undo(): Promise<void> {
    await this.#change(async () => {
      const runsOn = await this.#settle();
      const chronicle = await this.#follower.catchUp();
      this.#noteMarks();
      const { branch } = this;
      const mark = this.#follower.marks.at(-1);
      if (branch === null || mark === undefined || this.undoable === null) return;
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
      const runsOn = await this.#settle();
      const chronicle = await this.#follower.catchUp();
      const left = this.branches.find(({ id }) => id === undone.left);
      if (left === undefined) return;
      this.#undone = this.#undone.slice(0, -1);
      await this.#live(chronicle, left, runsOn);
      // Nothing was done there: nobody would look for it.
      await this.#drop(chronicle, undone.began);
      await this.#announce('redone', undone.mark);
    });
  }

  /** The run goes on at the end of that branch. */
  async switchTo(branch: BranchId): Promise<void> {
    await this.#change(async () => {
      if (this.branch?.id === branch) return this.toPresent();
      await this.#settle();
      const chronicle = await this.#follower.catchUp();
      const other = this.branches.find(({ id }) => id === branch);
      if (other === undefined) return;
      this.#undone = [];
      await this.#live(chronicle, other, false);
    });
  }

  /** Makes the moment in sight the present of a new branch. @returns it. */
  async forkHere(name: string): Promise<BranchView | null> {
    return this.#change(async () => {
      await this.#drawing;
      const runsOn = this.view === null ? await this.#settle() : this.#ranOn;
      const chronicle = await this.#follower.catchUp();
      const { place } = this;
      if (place === null) return null;
      const began = await this.#branchAt(chronicle, place, name);
      this.#undone = [];
      await this.#live(chronicle, began, runsOn);
      return began;
    });
  }

  async makePresent(): Promise<boolean> {
    return (await this.forkHere('')) !== null;
  }

  async rename(branch: BranchId, name: string): Promise<void> {
    await this.#tell(async () => {
      const chronicle = await this.chronicle();
      await chronicle.rename(branch, name);
      this.branches = this.branches.map((one) => (one.id === branch ? { ...one, name } : one));
      if (this.branch?.id === branch) this.branch = { ...this.branch, name };
    });
  }

  /** Any branch but the one in sight. */
  async remove(branch: BranchId): Promise<void> {
    if (this.branch?.id === branch) return;
    await this.#tell(async () => {
      const chronicle = await this.chronicle();
      await chronicle.remove(branch);
      this.branches = await chronicle.branches();
      this.bookmarks = this.bookmarks.filter(({ place }) => place.branch !== branch);
      this.#undone = this.#undone.filter(({ left }) => left !== branch);
      this.#noteMarks();
    });
  }

  /** A branch that nothing was done on, where an undo began it. */
  async #drop(chronicle: Chronicle, id: BranchId): Promise<void> {
    const branch = this.branches.find((one) => one.id === id);
    if (branch?.name !== '') return;
    if (branch.end.actions > branch.fork.actions) return;
    if (this.branches.some(({ parent }) => parent === id)) return;
    await chronicle.remove(id);
    this.branches = this.branches.filter((one) => one !== branch);
  }

  async #branchAt(chronicle: Chronicle, place: Place, name: string): Promise<BranchView> {
    const began = await this.#slow('opening', chronicle.fork(place, name));
    this.#follower.note(began);
    return began;
  }

  /** The ensemble goes on where that branch ends. */
  async #live(chronicle: Chronicle, branch: BranchView, runsOn: boolean): Promise<void> {
    const place = { branch: branch.id, moment: branch.end };
    const state = await this.#slow('opening', chronicle.checkpoint(place));
    const { marks } = this.#follower;
    const isChild = branch.parent === this.branch?.id && branch.end.actions === branch.fork.actions;
    const theirs = isChild ? marks : (await chronicle.story(branch.id)).actions;
    const begun = new Promise<void>((resolve) => {
      // The picture stays until the first frame of the present comes.
      const begin = (): void => {
        this.#follower.take(branch, theirs);
        this.#clearSight();
        this.#noteMarks();
        this.#schedule(0);
        resolve();
      };
      const opened = this.#playground.resume(state, runsOn, begin);
      void opened.then(() => setTimeout(resolve, FRAME_PATIENCE));
    });
    await this.#slow('opening', begun);
  }

  /** The present stands still, and its last frame is here. @returns whether it ran. */
  async #settle(): Promise<boolean> {
    const { live } = this.#playground;
    const ran = live?.running === true || this.#ranOn;
    await this.#playground.pause();
    const known = live?.actions ?? 0;
    const later = await this.#playground.actionsFrom(known);
    await this.#frame((frame) => !frame.running && frame.actions >= known + later.length);
    return ran;
  }

  /** Waits until a frame of the present is so. */
  async #frame(is: (frame: Frame) => boolean): Promise<void> {
    const { live } = this.#playground;
    if (live === null || is(live)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        resolve();
      };
      const watcher = (frame: Frame): void => {
        if (is(frame)) done();
      };
      const timer = setTimeout(done, FRAME_PATIENCE);
      this.#watchers.add(watcher);
    });
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
    this.#disposed = true;
    this.replaying = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#follower.dispose();
  }

  // --- within -----------------------------------------------------------------------------------

  #endOf(): Moment | null {
    const { branch } = this;
    const { live } = this.#playground;
    if (branch === null || live === null) return branch?.end ?? null;
    // The chronicle may be some events behind.
    const moment = momentOf(live);
    return isBehind(branch.end, moment) ? moment : branch.end;
  }

  #placeOf(): Place | null {
    const { branch, here } = this;
    return branch === null || here === null ? null : { branch: branch.id, moment: here };
  }

  async #sight(): Promise<Sight> {
    const chronicle = await this.#follower.catchUp();
    await this.#drawing;
    const { frame } = this.#playground;
    const { place } = this;
    if (place === null || frame === null) throw new Error('no moment is in sight');
    return { chronicle, place, frame };
  }

  async #searched(): Promise<Searched> {
    const chronicle = await this.#slow('following', this.#follower.catchUp());
    const { branch, start, events: store } = this;
    if (branch === null || start === null) throw new Error('the chronicle has not begun');
    return { chronicle, branch: branch.id, store, start, to: branch.end.events };
  }

  #behind(searched: Searched, event: number): Promise<Moment | null> {
    return momentBehind(searched, event, this.#follower.marks);
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
    const done = this.#changing.then(() => this.#tell(work));
    this.#changing = done;
    return done;
  }

  async #tell<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (this.#disposed) return null;
      const why = error instanceof Error ? error.message : String(error);
      const { undoTexts } = await import('./undo-words.ts');
      this.#playground.notify('error', undoTexts(this.#locale()).lost(why));
      this.#clearSight();
      return null;
    }
  }

  async #slow<T>(what: Progress['what'], work: Promise<T>): Promise<T> {
    const told = { what, share: null };
    const timer = setTimeout(() => {
      this.progress = told;
    }, LONG);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
      if (this.progress === told) this.progress = null;
    }
  }

  async #announce(how: 'undone' | 'redone', { timed, index }: ActionMark): Promise<void> {
    const { undoTexts, actionText } = await import('./undo-words.ts');
    const locale = this.#locale();
    const t = undoTexts(locale);
    const before = this.#follower.marks.slice(0, index).map((mark) => mark.timed.action);
    const text = t[how](actionText(locale, timed.action, before));
    const remedy =
      how === 'undone'
        ? { label: t.redo, run: () => void this.redo() }
        : { label: t.undo, run: () => void this.undo() };
    this.#playground.notify('info', text, remedy);
  }
}

const key = Symbol('timeline');
export const setTimeline = (timeline: Timeline): Timeline => setContext(key, timeline);
export const getTimeline = (): Timeline => getContext<Timeline>(key);
