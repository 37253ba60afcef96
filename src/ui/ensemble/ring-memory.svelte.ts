/** Where a person has put the servers of an ensemble, remembered by this browser. */
import type { Sid } from '../../core/units.ts';
import { readPreference, writePreference } from '../state/preferences.ts';
import type { Moved } from './ring-layout.ts';

/** Ensembles remembered, the latest last. */
const ENSEMBLES_MAX = 12;

type Stored = Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;

export class RingMemory {
  moved: ReadonlyMap<Sid, Moved> = $state.raw(new Map());
  #ensemble = '';

  /** @param ensemble what tells one ensemble from another: its sids. */
  recall(ensemble: string): void {
    if (ensemble === this.#ensemble) return;
    this.#ensemble = ensemble;
    const places = Object.entries(stored()[ensemble] ?? {});
    this.moved = new Map(places.map(([sid, [x, y]]) => [Number(sid) as Sid, { x, y }]));
  }

  /** Puts a server somewhere for now; `keep` makes it last. */
  put(sid: Sid, to: Moved): void {
    this.moved = new Map([...this.moved, [sid, to]]);
  }

  keep(): void {
    const others = Object.entries(stored()).filter(([name]) => name !== this.#ensemble);
    const own = [...this.moved].map(([sid, { x, y }]) => [sid, [rounded(x), rounded(y)]] as const);
    const all = own.length === 0 ? others : [...others, [this.#ensemble, Object.fromEntries(own)]];
    writePreference('ring', JSON.stringify(Object.fromEntries(all.slice(-ENSEMBLES_MAX))));
  }

  reset(): void {
    this.moved = new Map();
    this.keep();
  }
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

/** Whatever is not a place is not taken over. */
function stored(): Stored {
  const text = readPreference('ring');
  if (text === null) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed)) return {};
    return Object.fromEntries(
      Object.entries(parsed).map(([name, places]) => [
        name,
        isRecord(places) ? Object.fromEntries(Object.entries(places).filter(isPlace)) : {},
      ]),
    );
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlace(entry: [string, unknown]): entry is [string, [number, number]] {
  const [sid, at] = entry;
  if (!/^\d{1,3}$/.test(sid) || !Array.isArray(at) || at.length !== 2) return false;
  return at.every((share) => typeof share === 'number' && Math.abs(share) <= 1);
}
