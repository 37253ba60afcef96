/**
 * A queue of things that expire unless they are touched. Deadlines are rounded up to the next
 * multiple of an interval, so that a touch seldom moves anything and whole buckets expire at once.
 * Nothing expires early; it may be late by up to one interval.
 *
 * Source: server.ExpiryQueue (3.9).
 */
import type { Millis } from '../units.ts';

/** Plain data. Times are in ms on a clock of the caller's. */
export interface ExpiryQueue<T> {
  readonly interval: Millis;
  readonly deadlines: Map<T, Millis>;
  /** By deadline; no set is empty. */
  readonly buckets: Map<Millis, Set<T>>;
}

export function newExpiryQueue<T>(interval: Millis): ExpiryQueue<T> {
  return { interval, deadlines: new Map(), buckets: new Map() };
}

/** The first multiple of the interval that is after `time`. */
export function roundToNextInterval(interval: Millis, time: Millis): Millis {
  return ((Math.floor(time / interval) + 1) * interval) as Millis;
}

/** Puts an item in, or moves it to where its new deadline is. */
export function updateExpiry<T>(
  queue: ExpiryQueue<T>,
  item: T,
  timeout: Millis,
  now: Millis,
): void {
  const deadline = roundToNextInterval(queue.interval, (now + timeout) as Millis);
  const previous = queue.deadlines.get(item);
  if (previous === deadline) return;
  if (previous !== undefined) leaveBucket(queue, item, previous);
  queue.deadlines.set(item, deadline);
  const bucket = queue.buckets.get(deadline);
  if (bucket === undefined) queue.buckets.set(deadline, new Set([item]));
  else bucket.add(item);
}

export function removeExpiry<T>(queue: ExpiryQueue<T>, item: T): void {
  const deadline = queue.deadlines.get(item);
  if (deadline === undefined) return;
  queue.deadlines.delete(item);
  leaveBucket(queue, item, deadline);
}

/** When the next bucket expires, or null where there is none. */
export function nextDeadline(queue: ExpiryQueue<unknown>): Millis | null {
  let next: Millis | null = null;
  for (const deadline of queue.buckets.keys()) {
    if (next === null || deadline < next) next = deadline;
  }
  return next;
}

/** Takes out everything that is due, the earliest bucket first. */
export function pollExpired<T>(queue: ExpiryQueue<T>, now: Millis): T[] {
  const expired: T[] = [];
  for (;;) {
    const deadline = nextDeadline(queue);
    if (deadline === null || deadline > now) return expired;
    for (const item of queue.buckets.get(deadline) ?? []) {
      queue.deadlines.delete(item);
      expired.push(item);
    }
    queue.buckets.delete(deadline);
  }
}

function leaveBucket<T>(queue: ExpiryQueue<T>, item: T, deadline: Millis): void {
  const bucket = queue.buckets.get(deadline);
  if (bucket?.delete(item) === true && bucket.size === 0) queue.buckets.delete(deadline);
}
