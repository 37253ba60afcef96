/**
 * The events of the branch in sight, in columns that grow: what the space-time diagram and every
 * search look into. Chunks come from the chronicle and are copied into larger arrays by doubling.
 */
import type { EventColumns } from '../../sim/chronicle/model.ts';

/** The page keeps so many; older ones are asked for again when they are looked at. */
export const EVENTS_KEPT = 200_000;

const FIRST_CAPACITY = 4096;

type Columns = Omit<EventColumns, 'first' | 'count' | 'names'>;

function emptyColumns(capacity: number): Columns {
  return {
    at: new Float64Array(capacity),
    process: new Uint16Array(capacity),
    kind: new Uint8Array(capacity),
    type: new Uint16Array(capacity),
    code: new Uint16Array(capacity),
    src: new Uint16Array(capacity),
    sentAt: new Float64Array(capacity),
    cause: new Int32Array(capacity),
    epoch: new Int32Array(capacity),
    zxid: new BigInt64Array(capacity),
    family: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
  };
}

/** Copies rows `from` to `to` of every column of `source` to the place `at` of `target`. */
function copyRows(target: Columns, at: number, source: Columns, from: number, to: number): void {
  target.at.set(source.at.subarray(from, to), at);
  target.process.set(source.process.subarray(from, to), at);
  target.kind.set(source.kind.subarray(from, to), at);
  target.type.set(source.type.subarray(from, to), at);
  target.code.set(source.code.subarray(from, to), at);
  target.src.set(source.src.subarray(from, to), at);
  target.sentAt.set(source.sentAt.subarray(from, to), at);
  target.cause.set(source.cause.subarray(from, to), at);
  target.epoch.set(source.epoch.subarray(from, to), at);
  target.zxid.set(source.zxid.subarray(from, to), at);
  target.family.set(source.family.subarray(from, to), at);
  target.flags.set(source.flags.subarray(from, to), at);
}

export class EventStore {
  /** Changes whenever rows came: what draws them depends on it. */
  version: number = $state(0);
  /** Row i is event `first` + i. */
  first = 0;
  count = 0;
  columns: Columns = emptyColumns(FIRST_CAPACITY);
  names: readonly string[] = [];

  /** The number of the event behind the last one here. */
  get end(): number {
    return this.first + this.count;
  }

  clear(first = 0): void {
    this.first = first;
    this.count = 0;
    this.version += 1;
  }

  /** Rows must follow on those that are here; others are not taken. */
  append(chunk: EventColumns): void {
    if (this.count === 0) this.first = chunk.first;
    if (chunk.first !== this.end || chunk.count === 0) return;
    this.#makeRoom(chunk.count);
    copyRows(this.columns, this.count, chunk, 0, chunk.count);
    this.count += chunk.count;
    this.names = chunk.names;
    this.version += 1;
  }

  /** The first row whose event is not before `at`: `count` when there is none. */
  rowAt(at: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.columns.at[middle] ?? Infinity) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #makeRoom(more: number): void {
    const drop = Math.max(0, this.count + more - EVENTS_KEPT);
    const capacity = this.columns.at.length;
    const wanted = this.count - drop + more;
    if (drop === 0 && wanted <= capacity) return;
    const next = emptyColumns(Math.max(wanted, Math.min(capacity * 2, EVENTS_KEPT)));
    copyRows(next, 0, this.columns, drop, this.count);
    this.columns = next;
    this.first += drop;
    this.count -= drop;
  }
}
