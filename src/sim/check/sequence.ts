/**
 * Sequences of transactions in the order of their zxids, in flat arrays: they grow at one end, are
 * consumed at the other, and a checkpoint copies them at the speed of memory. Positions count from
 * the start of the run and stay valid when the front is consumed.
 */
import type { Sid } from '../../core/units.ts';
import { KEY_NOTHING, type ZxidKey } from './zxid-key.ts';

export interface Sequence {
  /** Position of the oldest entry that is kept. */
  first: number;
  /** Position after the newest entry. */
  end: number;
  /** Where the entry at `first` lies in the arrays. */
  head: number;
  zxids: Float64Array;
  ids: Float64Array;
  /** Whose doing the entry is, where that means something. */
  by: Uint8Array;
}

/** One transaction: `id` identifies its content. */
export interface Entry {
  readonly zxid: ZxidKey;
  readonly id: number;
}

const CAPACITY_MIN = 16;

export function createSequence(): Sequence {
  return {
    first: 0,
    end: 0,
    head: 0,
    zxids: new Float64Array(CAPACITY_MIN),
    ids: new Float64Array(CAPACITY_MIN),
    by: new Uint8Array(CAPACITY_MIN),
  };
}

export function isEmpty(s: Sequence): boolean {
  return s.first === s.end;
}

/** KEY_NOTHING outside the sequence. */
export function zxidAt(s: Sequence, position: number): ZxidKey {
  if (position < s.first || position >= s.end) return KEY_NOTHING;
  return s.zxids[s.head + position - s.first] as ZxidKey;
}

/** NaN outside the sequence: equal to no id. */
export function idAt(s: Sequence, position: number): number {
  if (position < s.first || position >= s.end) return NaN;
  return s.ids[s.head + position - s.first] ?? NaN;
}

export function byAt(s: Sequence, position: number): Sid {
  return (s.by[s.head + position - s.first] ?? 0) as Sid;
}

export function entryAt(s: Sequence, position: number): Entry {
  return { zxid: zxidAt(s, position), id: idAt(s, position) };
}

export function lastZxid(s: Sequence): ZxidKey {
  return zxidAt(s, s.end - 1);
}

/** @param zxid Larger than the last one. */
export function push(s: Sequence, zxid: ZxidKey, id: number, by: Sid): void {
  const at = s.head + s.end - s.first;
  if (at === s.zxids.length) {
    makeRoom(s);
    push(s, zxid, id, by);
    return;
  }
  s.zxids[at] = zxid;
  s.ids[at] = id;
  s.by[at] = by;
  s.end += 1;
}

/** Forgets the oldest `count` entries; what is left keeps its positions. */
export function drop(s: Sequence, count: number): void {
  s.first += count;
  s.head = s.first === s.end ? 0 : s.head + count;
}

/** Removes the entries after `zxid`. */
export function cutAfter(s: Sequence, zxid: ZxidKey): void {
  while (s.end > s.first && lastZxid(s) > zxid) s.end -= 1;
}

export function clear(s: Sequence): void {
  s.first = 0;
  s.end = 0;
  s.head = 0;
}

/** The position of the first entry after `zxid`, which may be `end`. */
export function positionAfter(s: Sequence, zxid: ZxidKey): number {
  if (isEmpty(s) || lastZxid(s) <= zxid) return s.end;
  let low = s.first;
  let high = s.end - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (zxidAt(s, middle) > zxid) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The position of `zxid`, or -1. Inside one epoch counters are consecutive, so the distance to an
 * end of the sequence is tried first.
 */
export function find(s: Sequence, zxid: ZxidKey): number {
  if (isEmpty(s)) return -1;
  const fromEnd = s.end - 1 - (lastZxid(s) - zxid);
  if (zxidAt(s, fromEnd) === zxid) return fromEnd;
  const fromStart = s.first + (zxid - zxidAt(s, s.first));
  if (zxidAt(s, fromStart) === zxid) return fromStart;
  const position = positionAfter(s, zxid) - 1;
  return zxidAt(s, position) === zxid ? position : -1;
}

export function holds(s: Sequence, entry: Entry): boolean {
  const position = find(s, entry.zxid);
  return position !== -1 && idAt(s, position) === entry.id;
}

/** Moves the entries to the front where that frees half of the arrays, else doubles them. */
function makeRoom(s: Sequence): void {
  const length = s.end - s.first;
  if (s.head * 2 > s.zxids.length) {
    s.zxids.copyWithin(0, s.head, s.head + length);
    s.ids.copyWithin(0, s.head, s.head + length);
    s.by.copyWithin(0, s.head, s.head + length);
  } else {
    const capacity = s.zxids.length * 2;
    const zxids = new Float64Array(capacity);
    const ids = new Float64Array(capacity);
    const by = new Uint8Array(capacity);
    zxids.set(s.zxids.subarray(s.head, s.head + length));
    ids.set(s.ids.subarray(s.head, s.head + length));
    by.set(s.by.subarray(s.head, s.head + length));
    s.zxids = zxids;
    s.ids = ids;
    s.by = by;
  }
  s.head = 0;
}
