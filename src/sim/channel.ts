/**
 * Channels and inboxes: how what is on its way to a process is kept in order.
 *
 * A channel is one direction of a connection (or the world's own line to a process): a FIFO queue
 * whose arrival times only grow. An inbox is a binary heap of the channels that lead to a process,
 * by the arrival of their first item. So the next item of a process is at hand at once, and a
 * whole channel can be held back or dropped without a search.
 */
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import type { Delivery, Inbound } from './host.ts';
import type { Link } from './links.ts';
import type { Process } from './world-state.ts';

/** Arrival of what is stuck at a cut, or addressed to a machine without power. */
export const NEVER = Infinity as Micros;

/** Something on its way: a delivery in the making. */
export interface InFlight extends Delivery {
  /** Its arrival; NEVER while it is stuck. */
  at: Micros;
  readonly src: ProcessId;
  readonly seq: number;
  readonly event: Inbound;
  /** Its number on its channel, from 0. */
  readonly index: number;
  readonly sentAt: Micros;
  /** What sent it: see `World.cause`. */
  readonly cause: number;
  /** Held back by a person: it and all behind it wait, whatever `at` says. */
  held: boolean;
}

/** Plain data, in a graph: channels refer to their links and inboxes to their channels. */
export interface Channel {
  /** 0 for the world's own line to a process. */
  readonly conn: ConnId;
  readonly sender: Process;
  readonly receiver: Process;
  readonly link: Link;
  /** The receiver's. */
  readonly inbox: Channel[];
  readonly queue: InFlight[];
  /** Where in `queue` the first item is: shifting an array would copy it. */
  head: number;
  /** The key of the first item, copied here for the heap. NEVER if held, stuck or empty. */
  at: Micros;
  src: ProcessId;
  seq: number;
  /** Its place in the inbox; -1 while empty. */
  pos: number;
  /** The latest arrival so far: FIFO means that the next one is later. */
  last: Micros;
  nextIndex: number;
  /** Since when its data gets no answer, for TCP's timeout; -1 while it flows. */
  stuckSince: number;
  /** `closed` or `refused` was put on it: nothing comes after. */
  finished: boolean;
}

export function createChannel(
  conn: ConnId,
  sender: Process,
  receiver: Process,
  link: Link,
): Channel {
  return {
    conn,
    sender,
    receiver,
    link,
    inbox: receiver.inbox,
    queue: [],
    head: 0,
    at: NEVER,
    src: sender.id,
    seq: 0,
    pos: -1,
    last: -1 as Micros,
    nextIndex: 0,
    stuckSince: -1,
    finished: false,
  };
}

export function isEmpty(channel: Channel): boolean {
  return channel.head === channel.queue.length;
}

/** Puts an item behind all others. `at` NEVER: it is stuck. */
export function pushItem(
  channel: Channel,
  at: Micros,
  sentAt: Micros,
  seq: number,
  event: Inbound,
  cause = -1,
): void {
  const index = channel.nextIndex++;
  const first = channel.head === channel.queue.length;
  const src = channel.sender.id;
  channel.queue.push({ at, src, seq, event, index, sentAt, cause, held: false });
  if (at !== NEVER) channel.last = at;
  if (first) refresh(channel);
}

/** Takes the first item off. */
export function shiftItem(channel: Channel): InFlight | undefined {
  const item = channel.queue[channel.head];
  if (item === undefined) return undefined;
  channel.head++;
  compact(channel);
  const next = channel.queue[channel.head];
  if (next === undefined || channel.pos < 0) {
    refresh(channel);
  } else {
    // Arrivals only grow, so it can only move down.
    takeKey(channel, next);
    siftDown(channel.inbox, channel, channel.pos);
  }
  return item;
}

/** Puts back what was taken off and not handled. */
export function unshiftItem(channel: Channel, item: InFlight): void {
  if (channel.head > 0) channel.queue[--channel.head] = item;
  else channel.queue.unshift(item);
  refresh(channel);
}

/** What is on the channel, first to last. */
export function itemsOf(channel: Channel): InFlight[] {
  return channel.head === 0 ? channel.queue : channel.queue.slice(channel.head);
}

/** Keeps only the items that `keep` accepts. */
export function filterItems(channel: Channel, keep: (item: InFlight) => boolean): void {
  const kept = itemsOf(channel).filter(keep);
  channel.queue.length = 0;
  channel.head = 0;
  for (const item of kept) channel.queue.push(item);
  refresh(channel);
}

export function clearChannel(channel: Channel): void {
  if (channel.queue.length === 0) return;
  channel.queue.length = 0;
  channel.head = 0;
  refresh(channel);
}

/** After a change to any item: arrivals grow again, and the inbox is in order again. */
export function reorderChannel(channel: Channel): void {
  let last = -1;
  for (const item of itemsOf(channel)) {
    if (item.at <= last) item.at = (last + 1) as Micros;
    if (item.at !== NEVER) last = item.at;
  }
  if (last >= 0) channel.last = Math.max(channel.last, last) as Micros;
  refresh(channel);
}

/** Takes an item out of its place and puts it before all others. Its `at` is the least. */
export function moveToFront(channel: Channel, item: InFlight): void {
  const others = itemsOf(channel).filter((other) => other !== item);
  channel.queue.length = 0;
  channel.head = 0;
  channel.queue.push(item, ...others);
  reorderChannel(channel);
}

/** Below this a consumed prefix costs less than the copy that would free it. */
const COMPACT_MIN = 64;

function compact(channel: Channel): void {
  if (channel.head === channel.queue.length) {
    channel.queue.length = 0;
    channel.head = 0;
  } else if (channel.head >= COMPACT_MIN && channel.head * 2 >= channel.queue.length) {
    channel.queue.splice(0, channel.head);
    channel.head = 0;
  }
}

/** Takes over the key of the first item, and moves the channel to its place in the inbox. */
function refresh(channel: Channel): void {
  const item = channel.queue[channel.head];
  if (item === undefined) {
    channel.at = NEVER;
    if (channel.pos >= 0) removeFromInbox(channel);
    return;
  }
  takeKey(channel, item);
  if (channel.pos < 0) {
    channel.pos = channel.inbox.length;
    channel.inbox.push(channel);
    siftUp(channel.inbox, channel, channel.pos);
  } else {
    siftUp(channel.inbox, channel, channel.pos);
    siftDown(channel.inbox, channel, channel.pos);
  }
}

function takeKey(channel: Channel, item: InFlight): void {
  channel.at = item.held ? NEVER : item.at;
  channel.src = item.src;
  channel.seq = item.seq;
}

function removeFromInbox(channel: Channel): void {
  const inbox = channel.inbox;
  const pos = channel.pos;
  channel.pos = -1;
  const moved = inbox.pop();
  if (moved === undefined || moved === channel) return;
  inbox[pos] = moved;
  moved.pos = pos;
  siftUp(inbox, moved, pos);
  siftDown(inbox, moved, moved.pos);
}

function precedes(a: Channel, b: Channel): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.src !== b.src) return a.src < b.src;
  return a.seq < b.seq;
}

function siftUp(inbox: Channel[], channel: Channel, from: number): void {
  let pos = from;
  while (pos > 0) {
    const parent = (pos - 1) >> 1;
    const above = inbox[parent];
    if (above === undefined || !precedes(channel, above)) break;
    inbox[pos] = above;
    above.pos = pos;
    pos = parent;
  }
  inbox[pos] = channel;
  channel.pos = pos;
}

function siftDown(inbox: Channel[], channel: Channel, from: number): void {
  const size = inbox.length;
  let pos = from;
  for (;;) {
    let child = 2 * pos + 1;
    if (child >= size) break;
    let below = inbox[child];
    const right = child + 1 < size ? inbox[child + 1] : undefined;
    if (below === undefined) break;
    if (right !== undefined && precedes(right, below)) {
      below = right;
      child++;
    }
    if (!precedes(below, channel)) break;
    inbox[pos] = below;
    below.pos = pos;
    pos = child;
  }
  inbox[pos] = channel;
  channel.pos = pos;
}
