/**
 * Events in columns: one typed array for each field, which doubles when it is full. A million
 * events are then a dozen objects, and a stretch of them is copied by a few calls.
 */
import type { Micros, ProcessId } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { EventColumns } from './model.ts';

/** Texts by number. One table serves all branches, so that their columns can be compared. */
export interface Names {
  readonly list: string[];
  readonly byText: Map<string, number>;
}

export function createNames(): Names {
  return { list: [], byText: new Map() };
}

/** @returns its number: 0..65535. Should there be more texts than that, the last one stands in. */
export function intern(names: Names, text: string): number {
  const known = names.byText.get(text);
  if (known !== undefined) return known;
  if (names.list.length > 0xffff) return 0xffff;
  names.list.push(text);
  names.byText.set(text, names.list.length - 1);
  return names.list.length - 1;
}

/** One event. Numbers stand for what the columns hold as numbers. */
export interface Row {
  readonly at: Micros;
  readonly process: ProcessId;
  readonly kind: number;
  readonly type: number;
  readonly code: number;
  readonly src: ProcessId;
  readonly sentAt: Micros;
  /** As in `World.cause`: -2 and below are actions. */
  readonly cause: number;
  readonly epoch: number;
  readonly zxid: Zxid;
  readonly family: number;
  readonly flags: number;
  /** What the process plans from this number on is planned by later turns. */
  readonly planned: number;
}

/** The columns that cross to the page. */
export interface ShownColumns {
  at: Float64Array<ArrayBuffer>;
  process: Uint16Array<ArrayBuffer>;
  kind: Uint8Array<ArrayBuffer>;
  type: Uint16Array<ArrayBuffer>;
  code: Uint16Array<ArrayBuffer>;
  src: Uint16Array<ArrayBuffer>;
  sentAt: Float64Array<ArrayBuffer>;
  cause: Int32Array<ArrayBuffer>;
  epoch: Int32Array<ArrayBuffer>;
  zxid: BigInt64Array<ArrayBuffer>;
  family: Uint8Array<ArrayBuffer>;
  flags: Uint8Array<ArrayBuffer>;
}

export interface Columns extends ShownColumns {
  /** The number of the first event. */
  first: number;
  count: number;
  planned: Float64Array<ArrayBuffer>;
}

const CAPACITY_MIN = 1024;

export function createShownColumns(capacity: number): ShownColumns {
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

export function createColumns(first: number, capacity = CAPACITY_MIN): Columns {
  const planned = new Float64Array(capacity);
  return { first, count: 0, ...createShownColumns(capacity), planned };
}

export function pushRow(columns: Columns, row: Row): void {
  if (columns.count === columns.at.length) resize(columns, columns.count * 2, 0);
  const n = columns.count++;
  columns.at[n] = row.at;
  columns.process[n] = row.process;
  columns.kind[n] = row.kind;
  columns.type[n] = row.type;
  columns.code[n] = row.code;
  columns.src[n] = row.src;
  columns.sentAt[n] = row.sentAt;
  columns.cause[n] = row.cause;
  columns.epoch[n] = row.epoch;
  columns.zxid[n] = row.zxid;
  columns.family[n] = row.family;
  columns.flags[n] = row.flags;
  columns.planned[n] = row.planned;
}

/** Forgets all events before number `first`. */
export function dropBefore(columns: Columns, first: number): void {
  const skip = first - columns.first;
  if (skip <= 0) return;
  columns.count -= skip;
  columns.first = first;
  resize(columns, Math.max(CAPACITY_MIN, columns.count * 2), skip);
}

/** Forgets all events from number `end` on. */
export function dropFrom(columns: Columns, end: number): void {
  const count = Math.max(0, end - columns.first);
  if (count >= columns.count) return;
  columns.count = count;
  resize(columns, Math.max(CAPACITY_MIN, count), 0);
}

function resize(columns: Columns, capacity: number, from: number): void {
  const end = Math.min(from + columns.count, columns.at.length);
  const old: Columns = { ...columns };
  Object.assign(columns, createColumns(columns.first, capacity), { count: columns.count });
  copyRange(old, from, end, columns, 0);
}

/** Copies rows `start` to `end` of `from` to the place `at` of `to`. */
export function copyShown(
  from: Omit<EventColumns, 'first' | 'count' | 'names'>,
  start: number,
  end: number,
  to: ShownColumns,
  at: number,
): void {
  to.at.set(from.at.subarray(start, end), at);
  to.process.set(from.process.subarray(start, end), at);
  to.kind.set(from.kind.subarray(start, end), at);
  to.type.set(from.type.subarray(start, end), at);
  to.code.set(from.code.subarray(start, end), at);
  to.src.set(from.src.subarray(start, end), at);
  to.sentAt.set(from.sentAt.subarray(start, end), at);
  to.cause.set(from.cause.subarray(start, end), at);
  to.epoch.set(from.epoch.subarray(start, end), at);
  to.zxid.set(from.zxid.subarray(start, end), at);
  to.family.set(from.family.subarray(start, end), at);
  to.flags.set(from.flags.subarray(start, end), at);
}

function copyRange(from: Columns, start: number, end: number, to: Columns, at: number): void {
  copyShown(from, start, end, to, at);
  to.planned.set(from.planned.subarray(start, end), at);
}

/** A stretch of stored columns: events `from` to `to`, which they hold. */
export interface Stretch {
  readonly columns: Columns;
  readonly from: number;
  readonly to: number;
}

/** Copies of consecutive stretches, as one. */
export function joinStretches(
  first: number,
  stretches: readonly Stretch[],
  names: Names,
): EventColumns {
  const count = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const whole = createColumns(first, count);
  let at = 0;
  for (const { columns, from, to } of stretches) {
    copyRange(columns, from - columns.first, to - columns.first, whole, at);
    at += to - from;
  }
  const { cause } = whole;
  for (let n = 0; n < count; n++) if ((cause[n] ?? 0) < -1) cause[n] = -1;
  return {
    first,
    count,
    at: whole.at,
    process: whole.process,
    kind: whole.kind,
    type: whole.type,
    code: whole.code,
    src: whole.src,
    sentAt: whole.sentAt,
    cause,
    epoch: whole.epoch,
    zxid: whole.zxid,
    family: whole.family,
    flags: whole.flags,
    names: [...names.list],
  };
}

/** Numbers in a growing array. */
export interface IntList {
  items: Int32Array<ArrayBuffer>;
  count: number;
}

export function createIntList(): IntList {
  return { items: new Int32Array(64), count: 0 };
}

export function pushInt(list: IntList, value: number): void {
  if (list.count === list.items.length) {
    const { items } = list;
    list.items = new Int32Array(items.length * 2);
    list.items.set(items);
  }
  list.items[list.count++] = value;
}

/** The first index in 0..count at which `isBehind` holds; `count` where it never does. */
export function lowerBound(count: number, isBehind: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Forgets what is below `first`; the list is in order. */
export function dropInts(list: IntList, first: number): void {
  const { items, count } = list;
  const skip = lowerBound(count, (index) => (items[index] ?? 0) >= first);
  list.items = new Int32Array(Math.max(64, (count - skip) * 2));
  list.items.set(items.subarray(skip, count));
  list.count = count - skip;
}
