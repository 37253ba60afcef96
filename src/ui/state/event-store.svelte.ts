/**
 * The events of the branch in sight, in columns that grow: what the space-time diagram and every
 * search look into. Chunks come from the chronicle and are copied into larger arrays by doubling.
 */
import { copyShown, createShownColumns, type ShownColumns } from '../../sim/chronicle/columns.ts';
import type { EventColumns } from '../../sim/chronicle/model.ts';

/** The page keeps so many; older ones are asked for again when they are looked at. */
export const EVENTS_KEPT = 200_000;

const FIRST_CAPACITY = 4096;

export class EventStore {
  /** Changes whenever rows came: what draws them depends on it. */
  version: number = $state(0);
  /** Row i is event `first` + i. */
  first = 0;
  count = 0;
  columns: ShownColumns = createShownColumns(FIRST_CAPACITY);
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
    copyShown(chunk, 0, chunk.count, this.columns, this.count);
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
    const next = createShownColumns(Math.max(wanted, Math.min(capacity * 2, EVENTS_KEPT)));
    copyShown(this.columns, drop, this.count, next, 0);
    this.columns = next;
    this.first += drop;
    this.count -= drop;
  }
}
