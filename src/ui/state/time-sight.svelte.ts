/**
 * What of the run is in sight: its present, or a moment of its past; and the ways to move between
 * them. `Timeline` adds what changes the future.
 */
import type { Micros } from '../../core/units.ts';
import {
  momentOf,
  type BranchId,
  type BranchView,
  type Moment,
  type Place,
  type Story,
} from '../../sim/chronicle/model.ts';
import type { Frame } from '../../sim/frame.ts';
import type { StepKind } from '../../worker/api.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { findAfter, findBefore, momentBehind, type Searched } from './event-search.ts';
import { EventStore } from './event-store.svelte.ts';
import { Follower, idle, isBehind } from './follower.svelte.ts';
import type { LocaleName } from './locale.svelte.ts';
import type { Playground } from './playground.svelte.ts';

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
export const FRAME_PATIENCE = 2000;

/** Where to go: a moment, or the one at a time. */
type Target =
  | { readonly kind: 'moment'; readonly moment: Moment }
  | { readonly kind: 'time'; readonly at: Micros };

export class TimeSight {
  /** The branch that the run shown lives on. Null until the chronicle has begun. */
  branch: BranchView | null = $state.raw(null);
  branches: readonly BranchView[] = $state.raw([]);
  /** The moment in sight; null = the present. */
  view: Moment | null = $state.raw(null);
  /** What was recorded is played again. */
  replaying: boolean = $state(false);
  /** Of the branch in sight. Null until somebody wanted it: see `want`. */
  story: Story | null = $state.raw(null);
  /** Of the branch in sight, as far as somebody wanted them: see `want`. */
  readonly events = new EventStore();
  /** Null while nothing takes long. */
  progress: Progress | null = $state.raw(null);
  /** Counts up when the chronicle has gone on: what asks it by itself asks again then. */
  followed: number = $state(0);

  /** There is a past to go to. */
  readonly begun: boolean = $derived(this.branch !== null);
  readonly inPast: boolean = $derived(this.view !== null);
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

  protected readonly playground: Playground;
  protected readonly locale: () => LocaleName;
  protected readonly follower: Follower;
  /** The present ran when it was left. */
  protected ranOn = false;
  protected drawing: Promise<void> | null = null;
  #wanted = { events: 0, story: 0 };
  /** The pull that is planned, and when it is due. */
  #timer: ReturnType<typeof setTimeout> | null = null;
  #due = 0;
  #pulling = false;
  #disposed = false;
  #target: Target | null = null;
  #halting: Promise<unknown> | null = null;
  /** Those who wait for a frame of the present. */
  #watchers = new Set<(frame: Frame) => void>();

  constructor(playground: Playground, connect: () => Promise<Chronicle>, locale: () => LocaleName) {
    this.playground = playground;
    this.locale = locale;
    this.follower = new Follower(playground, connect, this);
  }

  /** The worker that lives the run once more, started when it is first asked for something. */
  chronicle(): Promise<Chronicle> {
    return this.follower.chronicle();
  }

  /**
   * Asks the chronicle about the branch in sight, when it has caught up with the present:
   * `timeline.ask((chronicle, branch) => chronicle.histories(branch))`.
   */
  async ask<T>(question: (chronicle: Chronicle, branch: BranchId) => Promise<T>): Promise<T> {
    const chronicle = await this.slow('following', this.follower.catchUp());
    const { branch } = this;
    if (branch === null) throw new Error('the chronicle has not begun');
    return this.slow('looking', question(chronicle, branch.id));
  }

  /** Keeps `events` or `story` up to date, at most five times a second. @returns what ends it. */
  want(what: Wanted): () => void {
    this.#wanted[what] += 1;
    if (this.branch !== null) this.schedule(0);
    let ended = false;
    return () => {
      if (!ended) this.#wanted[what] -= 1;
      ended = true;
    };
  }

  came(frame: Frame): void {
    for (const watcher of this.#watchers) watcher(frame);
    const end = this.branch?.end;
    if (end === undefined) {
      if (frame.members.some(({ server }) => server?.serving)) void this.follower.calmed();
      return;
    }
    this.#scheduleFor(frame);
  }

  focusMoved(): void {
    if (this.view === null) return;
    this.#target ??= { kind: 'moment', moment: this.view };
    void this.tell(() => this.#draw());
  }

  #wantsAny(): boolean {
    return this.#wanted.events > 0 || this.#wanted.story > 0;
  }

  /** Where the run has gone on since it was last followed. */
  #scheduleFor(frame: Frame | null): void {
    const end = this.branch?.end;
    if (frame === null || end === undefined || !isBehind(end, momentOf(frame))) return;
    const news = frame.actions > end.actions;
    this.schedule(this.#wantsAny() ? PULL_EVERY : news ? FOLLOW_EVERY : FOLLOW_IDLE);
  }

  /** At most one is planned. */
  protected schedule(after: number): void {
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
    if (!this.#wantsAny()) await idle();
    const pulled = { events: this.#wanted.events > 0, story: this.#wanted.story > 0 };
    try {
      await this.slow('following', this.follower.pull(pulled));
      this.noteMarks();
    } catch {
      // Nobody asked. Whoever does is told.
    } finally {
      this.#pulling = false;
      // What was wanted meanwhile is not here yet, and nothing may happen any more.
      const { events, story } = this.#wanted;
      const late = (events > 0 && !pulled.events) || (story > 0 && !pulled.story);
      if (late) this.schedule(0);
      else this.#scheduleFor(this.playground.live);
    }
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
    await this.tell(async () => {
      const moment = await this.#behind(await this.#searched(), n);
      if (moment !== null) await this.goTo(moment);
    });
  }

  /** Back to the present, which runs on if it ran when it was left. */
  async toPresent(): Promise<void> {
    this.stopReplay();
    if (this.view === null) return;
    const runsOn = this.ranOn;
    this.clearSight();
    if (runsOn) await this.playground.play();
  }

  /** To the latest event of that kind before the moment in sight; to the start if there is none. */
  async stepBack(kind: StepKind): Promise<void> {
    this.stopReplay();
    await this.tell(async () => {
      if (this.view === null) this.ranOn = this.playground.live?.running ?? false;
      await this.#halt();
      await this.drawing;
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
    await this.drawing;
    const { view } = this;
    if (view === null) return this.playground.stepLive(kind);
    await this.tell(async () => {
      const searched = await this.#searched();
      const event = await findAfter(searched, view.events, kind);
      const found = event === null ? null : await this.#behind(searched, event);
      if (found !== null) return this.#goTo({ kind: 'moment', moment: found });
      this.ranOn = false;
      await this.toPresent();
    });
  }

  /**
   * Plays what was recorded from the moment in sight on, at the playground's speed; at the present
   * the run itself goes on. In the present it plays from the start.
   */
  async replay(): Promise<void> {
    if (this.replaying) return;
    await this.tell(async () => {
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
      at += (now - wall) * 1000 * (this.playground.live?.speed ?? 1);
      wall = now;
      if (at >= end.at) break;
      if (Math.floor(at) > view.at)
        await this.#goTo({ kind: 'time', at: Math.floor(at) as Micros });
    }
    this.ranOn = true;
    await this.toPresent();
  }

  async #goTo(target: Target): Promise<void> {
    const { end } = this;
    if (end === null) return;
    const isNow = target.kind === 'time' ? target.at >= end.at : !isBehind(target.moment, end);
    if (isNow && !this.replaying) {
      return this.toPresent();
    }
    const at = target.kind === 'time' ? (Math.max(target.at, 0) as Micros) : target.moment.at;
    if (this.view === null) this.ranOn ||= this.playground.live?.running ?? false;
    // The thumb of a slider is not to wait for the picture.
    this.view = target.kind === 'moment' ? target.moment : { ...(this.view ?? end), at };
    this.#target = target;
    await this.tell(async () => {
      await this.#halt();
      await this.#draw();
    });
  }

  /** The present stands still while the past is in sight. */
  async #halt(): Promise<void> {
    if (this.playground.live?.running !== true) return;
    this.#halting ??= this.settle().finally(() => {
      this.#halting = null;
    });
    await this.#halting;
  }

  /** Draws the latest target; those that it overtakes are never asked for. */
  #draw(): Promise<void> {
    this.drawing ??= this.#drawAll().finally(() => {
      this.drawing = null;
    });
    return this.drawing;
  }

  async #drawAll(): Promise<void> {
    for (let target = this.#target; target !== null; target = this.#target) {
      const { generation } = this.follower;
      const { focusSid } = this.playground;
      const frame = await this.ask(async (chronicle, branch) => {
        const moment =
          target.kind === 'moment' ? target.moment : await chronicle.momentAt(branch, target.at);
        return chronicle.frame({ branch, moment }, focusSid);
      });
      if (this.view === null || generation !== this.follower.generation) return;
      this.playground.showPast(frame);
      if (this.#target !== target) continue;
      this.#target = null;
      this.view = momentOf(frame);
    }
  }

  protected clearSight(): void {
    this.#target = null;
    this.ranOn = false;
    this.replaying = false;
    this.view = null;
    this.playground.showPast(null);
  }

  /** The present stands still, and its last frame is here. @returns whether it ran. */
  protected async settle(): Promise<boolean> {
    const { live } = this.playground;
    const ran = live?.running === true || this.ranOn;
    await this.playground.pause();
    const known = live?.actions ?? 0;
    const later = await this.playground.actionsFrom(known);
    await this.#frame((frame) => !frame.running && frame.actions >= known + later.length);
    return ran;
  }

  /** Waits until a frame of the present is so. */
  async #frame(is: (frame: Frame) => boolean): Promise<void> {
    const { live } = this.playground;
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

  dispose(): void {
    this.#disposed = true;
    this.replaying = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.follower.dispose();
  }

  // --- within -----------------------------------------------------------------------------------

  /** More actions may be known. */
  protected noteMarks(): void {
    // Whoever undoes wants to know.
  }

  #endOf(): Moment | null {
    const { branch } = this;
    const { live } = this.playground;
    if (branch === null || live === null) return branch?.end ?? null;
    // The chronicle may be some events behind.
    const moment = momentOf(live);
    return isBehind(branch.end, moment) ? moment : branch.end;
  }

  #placeOf(): Place | null {
    const { branch, here } = this;
    return branch === null || here === null ? null : { branch: branch.id, moment: here };
  }

  async #searched(): Promise<Searched> {
    const chronicle = await this.slow('following', this.follower.catchUp());
    const { branch, start, events: store } = this;
    if (branch === null || start === null) throw new Error('the chronicle has not begun');
    return { chronicle, branch: branch.id, store, start, to: branch.end.events };
  }

  #behind(searched: Searched, event: number): Promise<Moment | null> {
    return momentBehind(searched, event, this.follower.marks);
  }

  protected async tell<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (this.#disposed) return null;
      const why = error instanceof Error ? error.message : String(error);
      const { undoTexts } = await import('./undo-words.ts');
      this.playground.notify('error', undoTexts(this.locale()).lost(why));
      this.clearSight();
      return null;
    }
  }

  protected async slow<T>(what: Progress['what'], work: Promise<T>): Promise<T> {
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
}
