/**
 * Happened-before. What an event depends on, and what depends on it: over the packets that were
 * sent, and over the order in which each process handles its events.
 */
import type { EventRows } from './rows.ts';

export const OUTSIDE = 0;
export const PAST = 1;
export const FUTURE = 2;
export const SELF = 3;

/** For each row where it stands; null where `event` is not among the rows. */
export function coneOf(rows: EventRows, event: number): Uint8Array | null {
  const self = event - rows.first;
  if (self < 0 || self >= rows.count) return null;
  const cone = new Uint8Array(rows.count);
  markPast(rows, self, cone);
  markFuture(rows, self, cone);
  cone[self] = SELF;
  return cone;
}

function markPast({ columns, first }: EventRows, self: number, cone: Uint8Array): void {
  const { process, cause } = columns;
  /** Of these processes every earlier event counts. */
  const reached = new Uint8Array(0x10000);
  const pending = new Uint8Array(self + 1);
  pending[self] = 1;
  for (let row = self; row >= 0; row--) {
    const of = process[row] ?? 0;
    if (pending[row] === 0 && reached[of] === 0) continue;
    cone[row] = PAST;
    reached[of] = 1;
    const from = (cause[row] ?? -1) - first;
    if (from >= 0 && from < row) pending[from] = 1;
  }
}

function markFuture({ columns, first, count }: EventRows, self: number, cone: Uint8Array): void {
  const { process, cause } = columns;
  const reached = new Uint8Array(0x10000);
  reached[process[self] ?? 0] = 1;
  for (let row = self + 1; row < count; row++) {
    const of = process[row] ?? 0;
    const from = (cause[row] ?? -1) - first;
    const told = from >= self && from < row && (from === self || cone[from] === FUTURE);
    if (!told && reached[of] === 0) continue;
    cone[row] = FUTURE;
    reached[of] = 1;
  }
}
