/** The panes of this page: which preset, what stands where in it, and what is in front. */
import { getContext, setContext } from 'svelte';
import { readPreference, writePreference } from '../state/preferences.ts';
import {
  arrangementOf,
  homeOf,
  readLayout,
  regionOf,
  slotsOf,
  withoutPane,
  withPane,
  type Arrangement,
  type LayoutRecord,
  type PaneId,
  type PresetName,
  type Region,
  type Shape,
  type Slot,
} from './layout-model.ts';

export class Layout {
  /** Of the window, told by the workspace. */
  shape: Shape = $state('wide');
  /** Somebody else's panes are shown: what is done to them is not remembered. */
  #visits = false;
  #record: LayoutRecord = $state.raw(readLayout(readPreference('layout')));

  readonly preset: PresetName = $derived(this.#record.preset);
  readonly arrangement: Arrangement = $derived(
    this.#record.changed[this.preset] ?? arrangementOf(this.preset),
  );
  readonly slots: readonly Slot[] = $derived(slotsOf(this.arrangement, this.shape));
  /** Somebody has moved or hidden something in this preset. */
  readonly isChanged: boolean = $derived(this.#record.changed[this.preset] !== undefined);

  /** In front of its place for a while: nobody chose it, so it is not remembered. */
  #lent: PaneId | null = $state(null);

  /** The pane of a place that is seen. */
  frontOf(slot: Slot): PaneId | null {
    if (this.#lent !== null && slot.panes.includes(this.#lent)) return this.#lent;
    const chosen = this.#record.fronts[this.preset]?.[`${this.shape}/${slot.name}`];
    if (chosen !== undefined && slot.panes.includes(chosen)) return chosen;
    return slot.panes[0] ?? null;
  }

  /** It is in front of its place: a person sees it. */
  isSeen(pane: PaneId): boolean {
    return this.slots.some((slot) => this.frontOf(slot) === pane);
  }

  isShown(pane: PaneId): boolean {
    return regionOf(this.arrangement, pane) !== null;
  }

  choose(preset: PresetName): void {
    this.#keep({ ...this.#record, preset });
  }

  /** Brings a pane to the front, from wherever it stands, or from nowhere. */
  reveal(pane: PaneId): void {
    this.#lent = null;
    if (!this.isShown(pane)) this.#arrange(withPane(this.arrangement, pane, homeOf(pane)));
    const slot = this.slots.find(({ panes }) => panes.includes(pane));
    if (slot === undefined) return;
    const { fronts } = this.#record;
    const of = { ...fronts[this.preset], [`${this.shape}/${slot.name}`]: pane };
    this.#keep({ ...this.#record, fronts: { ...fronts, [this.preset]: of } });
  }

  /** The first of two that share a place is in front of the second for a while; else nothing. */
  lend(pane: PaneId, before: PaneId): void {
    const slot = this.slots.find(({ panes }) => panes.includes(pane));
    if (slot !== undefined && this.frontOf(slot) === before) this.#lent = pane;
  }

  endLoan(): void {
    this.#lent = null;
  }

  move(pane: PaneId, region: Region): void {
    this.#arrange(withPane(this.arrangement, pane, region));
    this.reveal(pane);
  }

  hide(pane: PaneId): void {
    this.#arrange(withoutPane(this.arrangement, pane));
  }

  /** The preset as the page would have it. */
  reset(): void {
    const without = <T extends object>(of: T): T =>
      Object.fromEntries(Object.entries(of).filter(([name]) => name !== this.preset)) as T;
    const { changed, fronts } = this.#record;
    this.#keep({ ...this.#record, changed: without(changed), fronts: without(fronts) });
  }

  /** For a frame in another page: nothing of it is remembered. */
  embed(arrangement: Arrangement): void {
    this.#record = { ...this.#record, preset: 'embed', changed: { embed: arrangement } };
  }

  /** The panes of this preset, for somebody else to see. */
  get text(): string {
    const { preset } = this;
    const { changed, fronts, known } = this.#record;
    const own = <T>(of: Readonly<Partial<Record<PresetName, T>>>): object =>
      of[preset] === undefined ? {} : { [preset]: of[preset] };
    return JSON.stringify({ preset, changed: own(changed), fronts: own(fronts), known });
  }

  /** Until `endVisit`. */
  visit(text: string): void {
    // A frame in another page has the panes that this page asked for.
    if (this.preset === 'embed') return;
    this.#visits = true;
    this.#record = readLayout(text);
  }

  /** A person's own panes again. */
  endVisit(): void {
    if (!this.#visits) return;
    this.#visits = false;
    this.#record = readLayout(readPreference('layout'));
  }

  #arrange(arrangement: Arrangement): void {
    const changed = { ...this.#record.changed, [this.preset]: arrangement };
    this.#keep({ ...this.#record, changed });
  }

  #keep(record: LayoutRecord): void {
    this.#record = record;
    if (record.preset !== 'embed' && !this.#visits)
      writePreference('layout', JSON.stringify(record));
  }
}

const key = Symbol('layout');
export const setLayout = (layout: Layout): Layout => setContext(key, layout);
export const getLayout = (): Layout => getContext<Layout>(key);
