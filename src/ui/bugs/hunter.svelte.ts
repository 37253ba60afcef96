/**
 * The hunt for bugs as the whole page shares it: which run stands in the place of the person's own
 * ensemble, the way back to that, what broke, and the lab that works on runs.
 */
import { getContext, setContext } from 'svelte';
import type { MutantName } from '../../core/mutants.ts';
import type { Micros } from '../../core/units.ts';
import type { RunRecord, WorldConfig } from '../../sim/actions.ts';
import type { Found } from '../../sim/explore/judge.ts';
import type { Minimised, MinimiseProgress } from '../../sim/explore/minimise-io.ts';
import type { Frame, PropertyView } from '../../sim/frame.ts';
import type { LocalRun } from '../../sim/local.ts';
import type { SharedRun } from '../../sim/run-text.ts';
import type { MemberFiles } from '../../worker/api.ts';
import type { Lab, ScriptResult } from '../../worker/lab-api.ts';
import { DEFAULT_WORLD } from '../state/default-world.ts';
import type { LocaleName } from '../state/locale.svelte.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { isStopped, messageOf } from './reasons.ts';
import { Search, type Finding, type Outcome } from './search.svelte.ts';

export type RunSource =
  | 'script'
  | 'text'
  | 'swarm'
  | 'explorer'
  | 'replay'
  | 'short'
  | 'link'
  | 'world'
  | 'past'
  | 'lesson';

/** What stands in the place of the person's own ensemble. */
export interface OpenedRun {
  readonly source: RunSource;
  /** Null for an ensemble that just starts. */
  readonly record: RunRecord | null;
  /** The bug whose script it is. */
  readonly exhibit: MutantName | null;
  /** What it breaks, where that is known. */
  readonly found: Found | null;
  /** It breaks only when the faults have stopped, so it is told when the record is over. */
  readonly settles: boolean;
  /** The record before its faults were ended, where that belongs to what it breaks. */
  readonly unsettled: RunRecord | null;
  /** What it is called, where it has a name of its own. */
  readonly titles?: Readonly<Record<LocaleName, string>>;
}

/** A record and what it breaks, as the lab gives it. */
export type Failing = Pick<Finding, 'record' | 'settles'> & { readonly found: Found | null };

export type SearchWay = 'swarm' | 'explorer' | 'here';

/** A search of the lab, running or ended: it is there until another one begins. */
export interface KeptSearch {
  readonly way: SearchWay;
  /** The bug that is hunted; null where it starts from the present moment. */
  readonly bug: MutantName | null;
  readonly search: Search;
}

/** Where the way back leads. */
interface Home {
  readonly world: WorldConfig;
  readonly durable: boolean;
  /** Of an ensemble that nothing else keeps. */
  readonly disks: readonly MemberFiles[] | null;
}

export type Shortening = Pick<MinimiseProgress, 'before' | 'now' | 'tries'>;

export interface Shortened extends Pick<Finding, 'record' | 'found' | 'settles'> {
  readonly before: number;
  readonly after: number;
  /** A person stopped it: perhaps it could be shorter. */
  readonly early: boolean;
}

export type LinkTrouble = 'cut' | 'tooLong' | { readonly text: string };

/** Of a run of which nobody has said what it shows. */
const UNKNOWN = { exhibit: null, found: null, settles: false, unsettled: null };

const NOTHING_BROKEN: ReadonlySet<string> = new Set();

export class Hunter {
  opened: OpenedRun | null = $state.raw(null);
  home: Home | null = $state.raw(null);
  /** What broke last, until a person has taken note of it. */
  violation: PropertyView | null = $state.raw(null);
  shortening: Shortening | null = $state.raw(null);
  shortened: Shortened | null = $state.raw(null);
  linkTrouble: LinkTrouble | null = $state.raw(null);
  /** A run of another build that waits for a person to say what is to become of it. */
  foreign: SharedRun | null = $state.raw(null);
  /** The bug that the gallery shows. */
  bug: MutantName | null = $state(null);
  tab: 'gallery' | 'here' = $state('gallery');
  /** The latest search. */
  kept: KeptSearch | null = $state.raw(null);
  /** The latest script that a person asked to see. */
  script: { readonly bug: MutantName; readonly result: ScriptResult } | null = $state.raw(null);
  /** How wild a monkey is sent from the gallery. */
  intensity = $state(6);
  /** Limits of a search from the present moment; `budget` is an index into a list of states. */
  readonly dials = $state({ faults: 2, deliveries: 40, budget: 2, mayWrite: true });
  /** The gallery is open: what a search finds is seen there. */
  looking = false;

  readonly playground: Playground;
  readonly #connect: () => Promise<Lab>;
  #lab: Lab | null = null;
  #known: ReadonlySet<string> = NOTHING_BROKEN;
  /** Of the run that stands there: what was begun for another one is of no use here. */
  #round = 0;

  constructor(playground: Playground, connect: () => Promise<Lab> = connectLazily) {
    this.playground = playground;
    this.#connect = connect;
  }

  async lab(): Promise<Lab> {
    this.#lab ??= await this.#connect();
    return this.#lab;
  }

  stopLab(): void {
    this.kept?.search.stop();
    this.#lab?.stop();
    this.shortening = null;
  }

  // --- searches ----------------------------------------------------------------------------------

  /** Null where something else was begun since. */
  searchOf(way: SearchWay, bug: MutantName | null): Search | null {
    const { kept } = this;
    return kept !== null && kept.way === way && kept.bug === bug ? kept.search : null;
  }

  /** Begins a search in the place of the one before. @param say what is told behind a closed door. */
  async search(
    way: SearchWay,
    bug: MutantName | null,
    work: (search: Search) => Promise<Outcome>,
    say: (finding: Finding) => string,
  ): Promise<void> {
    this.stopLab();
    const search = new Search();
    this.kept = { way, bug, search };
    await search.run(work);
    const { outcome } = search;
    if (!this.looking && outcome?.kind === 'found') {
      this.playground.notify('info', say(outcome.finding));
    }
  }

  // --- runs in the place of the person's ensemble ------------------------------------------------

  /** Opens a run in memory. What the person had stays as it is, and there is a way back. */
  async open(run: OpenedRun, world: WorldConfig, moment?: LocalRun): Promise<void> {
    await this.#leaveHome();
    this.#forget();
    this.opened = run;
    const { record } = run;
    const from = { ...(record === null ? {} : { record }), ...(moment && { moment }) };
    await this.playground.switchTo(world, { resume: false, durable: false, ...from });
  }

  async openRecord(
    record: RunRecord,
    source: RunSource,
    more: Partial<OpenedRun> = {},
  ): Promise<void> {
    await this.open({ ...UNKNOWN, ...more, source, record }, record.world);
  }

  /** A run that may break something only behind the end of its faults: that belongs to it then. */
  async openFailing(
    { record, found, settles }: Failing,
    source: RunSource,
    exhibit: MutantName | null = null,
  ): Promise<void> {
    if (!settles) return this.openRecord(record, source, { exhibit, found });
    this.stopLab();
    const settled = await (await this.lab()).settle(record);
    const more = { exhibit, found: settled.found ?? found, settles, unsettled: record };
    await this.openRecord(settled.record, source, more);
  }

  /** The run of a link. What it breaks is found again here: a link only says when to look. */
  async openShared({ record, breaks }: SharedRun): Promise<void> {
    await this.openFailing({ record, found: null, settles: breaks?.settles ?? false }, 'link');
  }

  async openWorld(world: WorldConfig, exhibit: MutantName | null = null): Promise<void> {
    await this.open({ ...UNKNOWN, source: 'world', record: null, exhibit }, world);
  }

  /** A run of before goes on from there. */
  async openMoment(world: WorldConfig, moment: LocalRun): Promise<void> {
    await this.open({ ...UNKNOWN, source: 'past', record: null }, world, moment);
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
    this.#round++;
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

  /** What is judged at the end: what the lab found of that holds for this very run. */
  #watchEnd(frame: Frame): void {
    const { opened, playground } = this;
    if (opened?.settles !== true || playground.late !== null) return;
    const { found, record } = opened;
    if (found === null || record === null || frame.now < record.until) return;
    // Some of them a server can tell of itself.
    if (frame.properties.some(({ name, holds }) => name === found.name && !holds)) return;
    playground.late = lateView(found, record.until);
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

  /** Stopped early, it keeps the shortest record that was found. */
  async minimise({ name }: PropertyView): Promise<void> {
    const settles = this.playground.late?.name === name;
    this.stopLab();
    this.shortened = null;
    const round = this.#round;
    const known: { latest: MinimiseProgress | null } = { latest: null };
    const keep = (best: Minimised, early: boolean): void => {
      const { record, found, before, after } = best;
      if (round !== this.#round) return;
      this.shortened = { record, found, settles, before, after, early };
    };
    try {
      const record = (settles ? this.opened?.unsettled : null) ?? (await this.playground.record());
      const { length } = record.actions;
      this.shortening = { before: length, now: length, tries: 0 };
      const lab = await this.lab();
      if (!this.#isShortening()) return;
      const best = await lab.minimise(record, { name, settles }, (progress) => {
        known.latest = progress;
        if (this.shortening !== null) this.shortening = progress;
      });
      keep(best, false);
    } catch (reason) {
      const { latest } = known;
      if (!isStopped(reason)) this.playground.notify('error', messageOf(reason));
      else if (latest !== null && latest.now < latest.before) {
        keep({ ...latest, record: latest.best, after: latest.now }, true);
      }
    } finally {
      this.shortening = null;
    }
  }

  #isShortening(): boolean {
    return this.shortening !== null;
  }

  async openShortened(shortened: Shortened): Promise<void> {
    await this.openFailing(shortened, 'short', this.opened?.exhibit ?? null);
  }
}

function lateView({ name, why }: Found, at: Micros): PropertyView {
  return { name, title: '', holds: false, why, violatedAt: at, lastTrueAt: at, event: null };
}

/** Most visits hunt nothing: the lab is loaded when somebody does. */
async function connectLazily(): Promise<Lab> {
  const { connectLab } = await import('../../worker/connect-lab.ts');
  return connectLab();
}

const key = Symbol('hunter');
export const setHunter = (hunter: Hunter): Hunter => setContext(key, hunter);
export const getHunter = (): Hunter => getContext<Hunter>(key);
