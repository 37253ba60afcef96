/**
 * What the page was told of logs further back than frames show: which zxids they hold, and for the
 * columns that somebody looks at what they are.
 */
import type { Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { Frame, LogCellView } from '../../sim/frame.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Older } from './log-grid.ts';

/** Milliseconds between two questions. */
const EVERY = 250;

interface Known {
  readonly from: Zxid;
  readonly to: Zxid;
  readonly whats: ReadonlyMap<Sid, ReadonlyMap<Zxid, string>>;
}

export class OlderLogs {
  runs: Older = $state.raw(new Map());
  #known: Known | null = $state.raw(null);

  readonly #playground: Playground;
  #events = 0;
  #world: Frame['world'] | null = null;
  #wanted: { readonly from: Zxid; readonly to: Zxid } | null = null;
  #busy = false;
  #askedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  /** What was told of another run, or of what has not happened yet, is forgotten. */
  see({ events, world }: Frame): void {
    if (world === this.#world && events >= this.#events) {
      this.#events = events;
      return;
    }
    if (this.#world !== null) {
      this.runs = new Map();
      this.#known = null;
    }
    this.#world = world;
    this.#events = events;
  }

  /** `create /a` of a member's log; null while it is not known. */
  whatOf(sid: Sid, zxid: Zxid): string | null {
    return this.#known?.whats.get(sid)?.get(zxid) ?? null;
  }

  knows(from: Zxid, to: Zxid): boolean {
    const known = this.#known;
    return known !== null && known.from <= from && known.to >= to;
  }

  /** Asks for these columns, and for what the logs hold: soon, and not too often. */
  want(from: Zxid, to: Zxid): void {
    this.#wanted = { from, to };
    if (this.#busy || this.#timer !== null) return;
    const wait = Math.max(0, this.#askedAt + EVERY - performance.now());
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wanted = null;
  }

  async #ask(): Promise<void> {
    this.#timer = null;
    const wanted = this.#wanted;
    if (wanted === null) return;
    this.#wanted = null;
    this.#busy = true;
    this.#askedAt = performance.now();
    const world = this.#world;
    try {
      const parts = await this.#playground.logParts(wanted.from, wanted.to);
      if (world !== this.#world) return;
      this.runs = new Map(parts.map(({ sid, runs }) => [sid, runs]));
      this.#known = {
        ...wanted,
        whats: new Map(parts.map(({ sid, cells }) => [sid, whatsOf(cells)])),
      };
    } catch {
      // The run was closed meanwhile; the next one asks anew.
    } finally {
      this.#busy = false;
      const next = this.#wanted as typeof wanted | null;
      if (next !== null) this.want(next.from, next.to);
    }
  }
}

export function whatsOf(cells: readonly LogCellView[]): ReadonlyMap<Zxid, string> {
  return new Map(cells.map(({ zxid, what }) => [zxid, what]));
}
