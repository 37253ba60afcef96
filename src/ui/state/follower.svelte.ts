/**
 * Keeps the chronicle abreast of the run that the page shows: begins it when a run was opened, and
 * tells it what was done. One thing at a time, and nothing before the page has drawn.
 */
import {
  momentOf,
  type ActionMark,
  type BranchView,
  type Moment,
  type Story,
} from '../../sim/chronicle/model.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { EVENTS_KEPT, type EventStore } from './event-store.svelte.ts';
import type { Playground } from './playground.svelte.ts';

/** Events that come over at a time. */
const CHUNK = 20_000;

/** What has not been done by then is done while the page draws. Milliseconds. */
const IDLE_MAX = 1500;

/** A first election that takes longer than this is not waited for. Milliseconds. */
const CALM_MAX = 5000;

export interface Followed {
  branch: BranchView | null;
  branches: readonly BranchView[];
  story: Story | null;
  readonly events: EventStore;
  followed: number;
}

/** What a chronicle has lived. */
interface Lived {
  readonly chronicle: Chronicle;
  readonly branches: readonly BranchView[];
  readonly branch: BranchView;
  readonly marks: readonly ActionMark[];
}

export class Follower {
  /** Where actions took place, on the branch that is lived. */
  marks: readonly ActionMark[] = [];
  /** Rises when another state of the run is lived: what was asked before is of no use then. */
  generation = 0;

  readonly #playground: Playground;
  readonly #connect: () => Promise<Chronicle>;
  readonly #state: Followed;
  #chronicle: Promise<Chronicle> | null = null;
  /** Resolves when the chronicle has begun with the run that is open. */
  #begun: Promise<void> | null = null;
  /** Ends the wait for a calm moment. */
  #hurry: () => void = () => undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(playground: Playground, connect: () => Promise<Chronicle>, state: Followed) {
    this.#playground = playground;
    this.#connect = connect;
    this.#state = state;
  }

  chronicle(): Promise<Chronicle> {
    this.#chronicle ??= this.#connect();
    return this.#chronicle;
  }

  /** A run was opened. What was known of the one before is forgotten. */
  begin(base: Promise<LocalRun>): Promise<void> {
    const generation = this.#forget();
    this.#state.branch = null;
    this.#state.branches = [];
    this.marks = [];
    const calm = this.#calm();
    const begin = async (): Promise<void> => {
      const [state] = await Promise.all([base, calm]);
      const chronicle = await this.chronicle();
      if (generation !== this.generation) return;
      const first = await chronicle.begin(state);
      if (generation !== this.generation) return;
      this.#state.branches = [first];
      this.#state.branch = first;
    };
    this.#begun = begin();
    // Whoever needs it meets the failure.
    this.#begun.catch(() => undefined);
    return this.#begun;
  }

  /** A run was opened that another chronicle has lived already: it takes this one's place. */
  adopt({ chronicle, branches, branch, marks }: Lived): Promise<void> {
    this.#forget();
    this.dispose();
    this.#chronicle = Promise.resolve(chronicle);
    this.#state.branches = branches;
    this.#state.branch = branch;
    this.marks = marks;
    this.#begun = Promise.resolve();
    return this.#begun;
  }

  /** The first election has the processors for itself: nobody looks back yet. */
  #calm(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, CALM_MAX);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Somebody serves, and the page has drawn it. */
  async calmed(): Promise<void> {
    const hurry = this.#hurry;
    await idle();
    hurry();
  }

  /** Another branch is lived from now on, from its end. */
  take(branch: BranchView, marks: readonly ActionMark[]): void {
    this.#forget();
    this.marks = marks.filter(({ index }) => index < branch.end.actions);
    this.note(branch);
    this.#state.branch = branch;
  }

  #forget(): number {
    this.generation += 1;
    this.#state.events.clear();
    this.#state.story = null;
    return this.generation;
  }

  note(branch: BranchView): void {
    const others = this.#state.branches.filter(({ id }) => id !== branch.id);
    this.#state.branches = [...others, branch].sort((a, b) => a.id - b.id);
  }

  /** Lives up to the latest frame of the present. */
  async catchUp(): Promise<Chronicle> {
    this.#hurry();
    await this.#begun;
    await this.#one(() => this.#follow());
    return this.chronicle();
  }

  /** Fetches what the page wants to show. */
  async pull(what: { readonly events: boolean; readonly story: boolean }): Promise<void> {
    await this.catchUp();
    if (what.events) await this.#one(() => this.#pullEvents());
    if (what.story) await this.#one(() => this.#pullStory());
  }

  #one(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #follow(): Promise<void> {
    const { generation } = this;
    const { branch } = this.#state;
    const frame = this.#playground.live;
    if (branch === null || frame?.failure !== null) return;
    const to = momentOf(frame);
    const from = branch.end.actions;
    if (!isBehind(branch.end, to)) return;
    const chronicle = await this.chronicle();
    const later = to.actions > from ? await this.#playground.actionsFrom(from) : [];
    if (generation !== this.generation) return;
    const actions = later.slice(0, to.actions - from);
    const grown = await chronicle.follow(branch.id, from, actions, to);
    // Actions are few: where each took place is known to whoever wants to take one back.
    const story = actions.length > 0 ? await chronicle.story(branch.id) : null;
    if (generation !== this.generation) return;
    if (story !== null) this.#takeStory(story);
    this.note(grown);
    this.#state.branch = grown;
    this.#state.followed += 1;
  }

  async #pullEvents(): Promise<void> {
    const { generation } = this;
    const { branch, events } = this.#state;
    if (branch === null) return;
    const chronicle = await this.chronicle();
    const begin = this.#state.branches.find(({ parent }) => parent === null)?.fork.events ?? 0;
    const to = branch.end.events;
    if (events.count > 0 && to - events.end > EVENTS_KEPT) events.clear();
    for (;;) {
      const from = events.count > 0 ? events.end : Math.max(begin, to - EVENTS_KEPT);
      if (from >= to) return;
      const chunk = await chronicle.events(branch.id, from, Math.min(CHUNK, to - from));
      if (generation !== this.generation || chunk.count === 0) return;
      events.append(chunk);
      if (events.end < chunk.first + chunk.count) return;
    }
  }

  async #pullStory(): Promise<void> {
    const { generation } = this;
    const { branch } = this.#state;
    if (branch === null) return;
    const chronicle = await this.chronicle();
    const story = await chronicle.story(branch.id);
    if (generation === this.generation) this.#takeStory(story);
  }

  #takeStory(story: Story): void {
    this.marks = story.actions;
    this.#state.story = story;
  }

  dispose(): void {
    this.generation += 1;
    this.#chronicle?.then(
      (chronicle) => {
        chronicle.dispose();
      },
      () => undefined,
    );
  }
}

/** Whether there is something to live up to. */
export function isBehind(here: Moment, to: Moment): boolean {
  return here.events < to.events || here.actions < to.actions || here.at < to.at;
}

/** When the page has drawn and has nothing better to do. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      resolve();
    };
    if (typeof requestIdleCallback === 'function') requestIdleCallback(done, { timeout: IDLE_MAX });
    else setTimeout(done, 0);
  });
}
