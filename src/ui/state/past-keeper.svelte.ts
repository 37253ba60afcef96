/**
 * Keeps branches, their names and bookmarks in the browser, so that a reload of the page does not
 * lose them. A reload is a power failure for the ensemble, which goes on from its disks as another
 * run; the run before is lived again, in memory, when a person asks for it.
 */
import type { WorldConfig } from '../../sim/actions.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { KeptPast, PastStore } from '../../store/past-store.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import type { Playground } from './playground.svelte.ts';
import type { Brought, Timeline } from './timeline.svelte.ts';

/** So many runs, the latest. */
const PASTS_MAX = 4;

/** What is larger is not kept: bytes of disks that a run began with, and actions of all branches. */
const DISKS_MAX = 16_000_000;
const ACTIONS_MAX = 50_000;

/** Milliseconds from a change to its being written. */
const WRITE_AFTER = 400;

export interface KeeperGround {
  readonly playground: Playground;
  readonly timeline: Timeline;
  readonly store: PastStore;
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly connect: () => Promise<Chronicle>;
  /** Opens a run in memory, in the place of the one that is open. */
  readonly open: (world: WorldConfig, moment: LocalRun) => Promise<void>;
  readonly fail: (why: string) => void;
}

export class PastKeeper {
  /** What is kept of other runs than the one that is open, the latest first. */
  list: readonly KeptPast[] = $state.raw([]);
  /** The one that is being lived again. */
  bringing: KeptPast | null = $state.raw(null);
  /** Why the branches of the open run are not kept. */
  trouble: 'tooLarge' | { readonly text: string } | null = $state.raw(null);

  readonly #ground: KeeperGround;
  /** Of the run that is open. */
  #id: string = crypto.randomUUID();
  #run = -1;
  /** What the next run that is opened is kept as. */
  #next: KeptPast | null = null;
  /** What of the open run is in the store. */
  #kept: Pick<KeptPast, 'begun'> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #work: Promise<void> = Promise.resolve();
  #chronicle: Chronicle | null = null;

  constructor(ground: KeeperGround) {
    this.#ground = ground;
  }

  /** @returns what ends it. Call where effects are allowed to begin. */
  begin(): () => void {
    this.#note(this.#ground.timeline.runs);
    const end = $effect.root(() => {
      $effect(() => {
        const { timeline } = this.#ground;
        this.#note(timeline.runs);
        // All that is kept, and how far the run has come.
        const seen = [timeline.branches, timeline.bookmarks, timeline.branch, timeline.followed];
        if (seen.length > 0) this.#schedule();
      });
    });
    return () => {
      end();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.stop();
      this.#ground.store.close();
    };
  }

  /** `list` is there. */
  async read(): Promise<void> {
    await this.#work;
  }

  /** What was changed is in the store. */
  async written(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#then(() => this.#write());
  }

  #note(run: number): void {
    if (run === this.#run) return;
    this.#run = run;
    this.#kept = this.#next;
    this.#id = this.#next?.id ?? crypto.randomUUID();
    this.#next = null;
    this.trouble = null;
    void this.#then(() => this.#refresh());
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.written(), WRITE_AFTER);
  }

  /** One thing after the other. What the storage refuses is told, and tried again later. */
  #then(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((reason: unknown) => {
      this.trouble = { text: messageOf(reason) };
    });
    return this.#work;
  }

  async #refresh(): Promise<void> {
    const all = await this.#ground.store.list();
    this.list = all.filter(({ id }) => id !== this.#id);
  }

  async #write(): Promise<void> {
    const { playground, timeline, store, build, now } = this.#ground;
    this.#note(timeline.runs);
    const { branches, bookmarks, branch } = timeline;
    if (branch === null || this.trouble === 'tooLarge') return;
    const isWorth =
      branches.length > 1 || bookmarks.length > 0 || branches.some(({ name }) => name !== '');
    if (!isWorth) {
      if (this.#kept !== null) await store.remove([this.#id]);
      this.#kept = null;
      return;
    }
    const id = this.#id;
    // Large, and always the same.
    const beginning = this.#kept === null ? await timeline.beginning() : null;
    const chronicle = await timeline.chronicle();
    const told = await chronicle.told();
    const world = playground.live?.world;
    if (timeline.runs !== this.#run || world === undefined) return;
    const begun = this.#kept?.begun ?? beginning !== null;
    const bytes = (beginning?.disks ?? []).flatMap(({ files }) => files.map((f) => f.bytes.length));
    const actions = told.map((one) => one.actions.length);
    if (sum(bytes) > DISKS_MAX || sum(actions) > ACTIONS_MAX) {
      this.trouble = 'tooLarge';
      return;
    }
    const kept = { id, build, keptAt: now(), world, begun, branches: told };
    await store.put({ ...kept, version: 1, current: branch.id, bookmarks }, beginning ?? undefined);
    this.#kept = { begun };
    this.trouble = null;
    const all = await store.list();
    const others = all.filter((one) => one.id !== id);
    const tooMany = others.slice(PASTS_MAX - 1);
    if (tooMany.length > 0) await store.remove(tooMany.map((one) => one.id));
    this.list = others.slice(0, PASTS_MAX - 1);
  }

  /** @returns what puts it back. */
  async forget(past: KeptPast): Promise<() => void> {
    const { store } = this.#ground;
    const beginning = past.begun ? await store.beginning(past.id) : null;
    const change = (work: () => Promise<void>): Promise<void> =>
      this.#then(async () => {
        await work();
        await this.#refresh();
      });
    await change(() => store.remove([past.id]));
    return () => void change(() => store.put(past, beginning ?? undefined));
  }

  stop(): void {
    this.#chronicle?.dispose();
    this.#chronicle = null;
    this.bringing = null;
  }

  /** Lives it again, and opens it at the end of the branch that was lived last. */
  async bringBack(past: KeptPast): Promise<void> {
    this.stop();
    this.bringing = past;
    const { timeline, store, open, fail, connect } = this.#ground;
    try {
      const beginning = past.begun ? await store.beginning(past.id) : null;
      const chronicle = await connect();
      this.#chronicle = chronicle;
      const { brought, state } = await liveAgain(chronicle, past, beginning);
      this.#chronicle = null;
      this.#next = past;
      await timeline.bring(brought, () => open(past.world, state));
      this.#note(timeline.runs);
    } catch (reason) {
      // Whoever stopped it knows.
      if (this.#isBringing(past)) fail(messageOf(reason));
    } finally {
      if (this.#isBringing(past)) this.stop();
    }
  }

  #isBringing(past: KeptPast): boolean {
    return this.bringing === past;
  }
}

async function liveAgain(
  chronicle: Chronicle,
  past: KeptPast,
  beginning: Awaited<ReturnType<PastStore['beginning']>>,
): Promise<{ readonly brought: Brought; readonly state: LocalRun }> {
  const { world, branches: told, current } = past;
  const branches = await chronicle.rebuild({ world, beginning, branches: told });
  const here = new Map(told.map(({ id }, index) => [id, branches[index]]));
  const branch = here.get(current) ?? branches[0];
  if (branch === undefined) throw new Error('there is no branch');
  const place = { branch: branch.id, moment: branch.end };
  const state = await chronicle.checkpoint(place);
  const { actions: marks } = await chronicle.story(branch.id);
  const bookmarks = past.bookmarks.flatMap((mark) => {
    const owner = here.get(mark.place.branch);
    return owner === undefined
      ? []
      : [{ ...mark, place: { branch: owner.id, moment: mark.place.moment } }];
  });
  return { brought: { chronicle, branches, branch, marks, bookmarks }, state };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
