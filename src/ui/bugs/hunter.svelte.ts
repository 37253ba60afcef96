/**
 * The hunt for bugs as the whole page shares it: which run stands in the place of the person's own
 * ensemble, the way back to that, what broke, and the lab that works on runs.
 */
import { getContext, setContext } from 'svelte';
import type { MutantName } from '../../core/mutants.ts';
import type { Micros } from '../../core/units.ts';
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { Found } from '../../sim/explore/judge.ts';
import type { Frame, PropertyView } from '../../sim/frame.ts';
import type { MemberFiles } from '../../worker/api.ts';
import type { Lab } from '../../worker/lab-api.ts';
import { DEFAULT_WORLD } from '../state/default-world.ts';
import type { Playground } from '../state/playground.svelte.ts';

export type RunSource = 'script' | 'swarm' | 'explorer' | 'replay' | 'short' | 'link' | 'world';

/** What stands in the place of the person's own ensemble. */
export interface OpenedRun {
  readonly source: RunSource;
  /** Null for an ensemble that just starts. */
  readonly record: RunRecord | null;
  /** The bug whose script it is. */
  readonly exhibit: MutantName | null;
  /** What it breaks, where that is known. */
  readonly found: Found | null;
  /** The record before its faults were ended, for a property of liveness. */
  readonly unsettled: RunRecord | null;
}

/** Where the way back leads. */
interface Home {
  readonly world: WorldConfig;
  readonly durable: boolean;
  /** Of an ensemble that nothing else keeps. */
  readonly disks: readonly MemberFiles[] | null;
}

export interface Shortening {
  readonly before: number;
  readonly now: number;
  readonly tries: number;
}

export interface Shortened {
  readonly before: number;
  readonly after: number;
  readonly record: RunRecord;
  readonly found: Found;
  readonly unsettled: RunRecord | null;
}

export type LinkTrouble = 'cut' | 'tooLong' | { readonly text: string };

const NOTHING_BROKEN: ReadonlySet<string> = new Set();

export class Hunter {
  opened: OpenedRun | null = $state.raw(null);
  home: Home | null = $state.raw(null);
  /** What broke last, until a person has taken note of it. */
  violation: PropertyView | null = $state.raw(null);
  shortening: Shortening | null = $state.raw(null);
  shortened: Shortened | null = $state.raw(null);
  linkTrouble: LinkTrouble | null = $state.raw(null);
  /** The bug that the gallery shows. */
  bug: MutantName | null = $state(null);

  readonly playground: Playground;
  readonly #connect: () => Promise<Lab>;
  #lab: Lab | null = null;
  #known: ReadonlySet<string> = NOTHING_BROKEN;

  constructor(playground: Playground, connect: () => Promise<Lab> = connectLazily) {
    this.playground = playground;
    this.#connect = connect;
  }

  async lab(): Promise<Lab> {
    this.#lab ??= await this.#connect();
    return this.#lab;
  }

  stopLab(): void {
    this.#lab?.stop();
    this.shortening = null;
  }

  // --- runs in the place of the person's ensemble ------------------------------------------------

  /** Opens a run in memory. What the person had stays as it is, and there is a way back. */
  async open(run: OpenedRun, world: WorldConfig): Promise<void> {
    await this.#leaveHome();
    this.#forget();
    this.opened = run;
    const { record } = run;
    const memory = { resume: false, durable: false };
    await this.playground.switchTo(world, record === null ? memory : { ...memory, record });
  }

  async openRecord(
    record: RunRecord,
    source: RunSource,
    more: Partial<OpenedRun> = {},
  ): Promise<void> {
    const plain = { exhibit: null, found: null, unsettled: null };
    await this.open({ ...plain, ...more, source, record }, record.world);
  }

  /** A run whose property may be one of liveness: then the end of its faults belongs to it. */
  async openFound(
    record: RunRecord,
    source: RunSource,
    found: Found | null,
    more: Partial<OpenedRun> = {},
  ): Promise<void> {
    if (found === null || !isLate(found.name))
      return this.openRecord(record, source, { ...more, found });
    const whole = await (await this.lab()).settle(record);
    await this.openRecord(whole, source, { ...more, found, unsettled: record });
  }

  async openWorld(world: WorldConfig, exhibit: MutantName | null = null): Promise<void> {
    const run = { source: 'world', record: null, exhibit, found: null, unsettled: null } as const;
    await this.open(run, world);
  }

  /** The same ensemble, started again without the bug. */
  async withoutBug(): Promise<void> {
    const world = this.playground.frame?.world;
    if (world === undefined) return;
    await this.openWorld({ ...world, ensemble: { ...world.ensemble, mutants: [] } });
  }

  /** The present run from its beginning. */
  async replay(): Promise<void> {
    const { opened } = this;
    const record = opened?.record ?? null;
    const present = await this.playground.record();
    // A run that is being replayed starts again whole, unless a person has gone on from its end.
    if (record !== null && opened !== null && present.actions.length <= record.actions.length) {
      return this.openRecord(record, opened.source, opened);
    }
    await this.openRecord(present, 'replay', { exhibit: opened?.exhibit ?? null });
  }

  async #leaveHome(): Promise<void> {
    if (this.home !== null) return;
    const { playground } = this;
    const world = playground.frame?.world;
    if (world === undefined || playground.stage !== 'open') {
      this.home = { world: DEFAULT_WORLD, durable: true, disks: null };
      return;
    }
    // Standing still, it needs no reserve of time: it goes on right from here.
    await playground.pause();
    const { durable } = playground;
    this.home = { world, durable, disks: durable ? null : await playground.dataDirs() };
  }

  async backHome(): Promise<void> {
    const { home } = this;
    if (home === null) return;
    this.#forget();
    this.opened = null;
    this.home = null;
    if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
    const { world, durable, disks } = home;
    await this.playground.switchTo(
      world,
      disks === null ? { resume: true, durable } : { resume: false, durable, disks },
    );
  }

  #forget(): void {
    this.stopLab();
    this.violation = null;
    this.shortened = null;
    this.#known = NOTHING_BROKEN;
  }

  // --- what breaks -------------------------------------------------------------------------------

  /** Called with every frame: tells of what was not broken before. */
  watch(frame: Frame | null): void {
    if (frame === null) return;
    this.#watchEnd(frame);
    const broken = this.playground.properties.filter((property) => !property.holds);
    if (broken.length === 0) {
      // Another ensemble, in which nothing is broken yet.
      if (this.#known.size > 0) this.#forget();
      return;
    }
    const fresh = broken.filter(({ name }) => !this.#known.has(name));
    if (fresh.length === 0) return;
    this.#known = new Set(broken.map(({ name }) => name));
    this.shortened = null;
    this.violation = fresh.reduce((a, b) =>
      (b.violatedAt ?? Infinity) < (a.violatedAt ?? Infinity) ? b : a,
    );
  }

  /** Liveness is judged at the end: what the lab found of that holds for this very run. */
  #watchEnd(frame: Frame): void {
    const { opened, playground } = this;
    const found = opened?.found ?? null;
    const until = opened?.record?.until ?? null;
    if (found === null || until === null || playground.late !== null) return;
    if (!isLate(found.name) || frame.now < until) return;
    // Some of them a server can tell of itself.
    if (frame.properties.some(({ name, holds }) => name === found.name && !holds)) return;
    playground.late = lateView(found, until);
    void playground.pause();
  }

  /** Marks the facts everywhere, and goes to the event. */
  show(property: PropertyView): void {
    const { playground } = this;
    playground.clearSelection();
    playground.evidence.show(property.why ?? '', property.event);
    const [first] = playground.evidence.facts.servers;
    if (first !== undefined && playground.member(first)?.status === 'running') {
      playground.focus(first);
    }
  }

  async minimise(property: PropertyView): Promise<void> {
    const { name } = property;
    const settles = isLate(name);
    this.shortened = null;
    try {
      const record = (settles ? this.opened?.unsettled : null) ?? (await this.playground.record());
      const { length } = record.actions;
      this.shortening = { before: length, now: length, tries: 0 };
      const lab = await this.lab();
      const short = await lab.minimise(record, { name, settles }, (progress) => {
        if (this.shortening !== null) this.shortening = progress;
      });
      const found = { name, why: property.why ?? '' };
      this.shortened = { ...short, found, unsettled: settles ? short.record : null };
    } catch (reason) {
      if (!isStopped(reason)) this.playground.notify('error', messageOf(reason));
    } finally {
      this.shortening = null;
    }
  }

  async openShortened({ record, found }: Shortened): Promise<void> {
    const exhibit = this.opened?.exhibit ?? null;
    await this.openFound(record, 'short', found, { exhibit });
  }
}

/** Judged at the end of a run only. */
export function isLate(name: string): boolean {
  return name.startsWith('D.');
}

function lateView({ name, why }: Found, at: Micros): PropertyView {
  return { name, title: '', holds: false, why, violatedAt: at, lastTrueAt: at, event: null };
}

export function isStopped(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'LabStopped';
}

export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** Most visits hunt nothing: the lab is loaded when somebody does. */
async function connectLazily(): Promise<Lab> {
  const { connectLab } = await import('../../worker/connect-lab.ts');
  return connectLab();
}

const key = Symbol('hunter');
export const setHunter = (hunter: Hunter): Hunter => setContext(key, hunter);
export const getHunter = (): Hunter => getContext<Hunter>(key);
