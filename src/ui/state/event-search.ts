/** Finds events of a kind, in the page's columns where they reach, or else in the chronicle's. */
import {
  EVENT_INTERESTING,
  EVENT_KINDS,
  EVENT_PHASE,
  type ActionMark,
  type BranchId,
  type EventColumns,
  type Moment,
} from '../../sim/chronicle/model.ts';
import type { Micros } from '../../core/units.ts';
import type { StepKind } from '../../worker/api.ts';
import type { Chronicle } from '../../worker/chronicle-api.ts';
import type { EventStore } from './event-store.svelte.ts';

/** So many events are looked through at a time. */
const CHUNK = 4096;

const PACKET = EVENT_KINDS.indexOf('packet');

export interface Searched {
  readonly chronicle: Chronicle;
  readonly branch: BranchId;
  readonly store: EventStore;
  /** Where the run begins. */
  readonly start: Moment;
  /** How many events there are. */
  readonly to: number;
}

type Rows = Pick<EventColumns, 'first' | 'count' | 'at' | 'kind' | 'flags'>;

/** The first event of that kind from number `from` on; null for none. */
export async function findAfter(
  searched: Searched,
  from: number,
  kind: StepKind,
): Promise<number | null> {
  for (let n = Math.max(from, searched.start.events); n < searched.to;) {
    const rows = await rowsAt(searched, n, CHUNK);
    if (rows.count === 0) return null;
    for (; n < rows.first + rows.count; n += 1) {
      if (isOf(rows, n - rows.first, kind)) return n;
    }
  }
  return null;
}

/** The last event of that kind before number `before`; null for none. */
export async function findBefore(
  searched: Searched,
  before: number,
  kind: StepKind,
): Promise<number | null> {
  for (let n = Math.min(before, searched.to) - 1; n >= searched.start.events;) {
    const first = Math.max(searched.start.events, n - CHUNK + 1);
    const rows = await rowsAt(searched, first, n - first + 1);
    if (rows.count === 0) return null;
    for (; n >= first; n -= 1) if (isOf(rows, n - rows.first, kind)) return n;
  }
  return null;
}

/** The moment right behind an event; null where there is no such event. */
export async function momentBehind(
  searched: Searched,
  event: number,
  marks: readonly ActionMark[],
): Promise<Moment | null> {
  const rows = await rowsAt(searched, event, 1);
  const at = rows.at[event - rows.first];
  if (at === undefined) return null;
  const later = marks.find(({ events }) => events > event);
  const last = marks.at(-1);
  const actions = later?.index ?? (last === undefined ? searched.start.actions : last.index + 1);
  return { events: event + 1, actions, at: at as Micros };
}

function rowsAt(searched: Searched, from: number, max: number): Promise<Rows> {
  const { chronicle, branch, store } = searched;
  const { first, count, columns } = store;
  if (from >= first && from < store.end && (from + max <= store.end || store.end >= searched.to)) {
    return Promise.resolve({ first, count, ...columns });
  }
  return chronicle.events(branch, from, max);
}

function isOf({ kind, flags }: Rows, row: number, wanted: StepKind): boolean {
  const flag = flags[row] ?? 0;
  switch (wanted) {
    case 'event':
      return true;
    case 'packet':
      return kind[row] === PACKET;
    case 'interesting':
      return (flag & EVENT_INTERESTING) !== 0;
    case 'phase':
      return (flag & EVENT_PHASE) !== 0;
  }
}
