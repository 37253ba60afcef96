/**
 * Time as a thing to hold: the branches of the run, the moment in sight, and the ways to move.
 *
 * The page draws `playground.frame`. That is the present of the ensemble, or, while `view` is not
 * null, a picture of the past that the chronicle made. What is done in the past begins a branch.
 */
import { getContext, setContext } from 'svelte';
import type { BranchView, Moment, Place, Story } from '../../sim/chronicle/model.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import { EventStore } from './event-store.svelte.ts';

/** A moment that a person wants to come back to. */
export interface Bookmark {
  readonly id: number;
  readonly name: string;
  readonly place: Place;
}

export class Timeline {
  /** Null until the chronicle has begun. */
  branch: BranchView | null = $state.raw(null);
  branches: readonly BranchView[] = $state.raw([]);
  /** The moment in sight; null = the present. */
  view: Moment | null = $state.raw(null);
  /** What was recorded is played again. */
  replaying: boolean = $state(false);
  bookmarks: readonly Bookmark[] = $state.raw([]);
  /** Of the branch in sight. Null until somebody wanted it: see `want`. */
  story: Story | null = $state.raw(null);
  readonly events = new EventStore();

  readonly #connect: () => Promise<Chronicle>;
  #chronicle: Promise<Chronicle> | null = null;

  constructor(connect: () => Promise<Chronicle>) {
    this.#connect = connect;
  }

  /** The worker that lives the run once more, started when it is first asked for something. */
  chronicle(): Promise<Chronicle> {
    this.#chronicle ??= this.#connect();
    return this.#chronicle;
  }
}

const key = Symbol('timeline');
export const setTimeline = (timeline: Timeline): Timeline => setContext(key, timeline);
export const getTimeline = (): Timeline => getContext<Timeline>(key);
