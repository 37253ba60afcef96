/** Two branches side by side. */
import { chainOf, eventEnd, ownerOfEvent, type Branch } from './branch.ts';
import type { Columns } from './columns.ts';

/**
 * The number of the first event that differs, before `end` of both; null where one branch is the
 * beginning of the other. Events are the same when their columns are.
 */
export function firstDifference(a: Branch, b: Branch, endA: number, endB: number): number | null {
  const end = Math.min(endA, endB, eventEnd(a), eventEnd(b));
  for (let event = sharedEvents(a, b); event < end; event++) {
    const one = ownerOfEvent(a, event).columns;
    const other = ownerOfEvent(b, event).columns;
    if (!isSame(one, event - one.first, other, event - other.first)) return event;
  }
  return null;
}

/** So many events they have in common because they are the same ones. */
function sharedEvents(a: Branch, b: Branch): number {
  if (a === b) return Infinity;
  const chainA = chainOf(a);
  const chainB = chainOf(b);
  const meeting = chainA.find((branch) => chainB.includes(branch));
  if (meeting === undefined) return 0;
  const leaves = (chain: readonly Branch[]): number =>
    chain[chain.indexOf(meeting) - 1]?.fork.events ?? eventEnd(meeting);
  return Math.min(leaves(chainA), leaves(chainB));
}

function isSame(a: Columns, n: number, b: Columns, m: number): boolean {
  return (
    a.at[n] === b.at[m] &&
    a.process[n] === b.process[m] &&
    a.kind[n] === b.kind[m] &&
    a.type[n] === b.type[m] &&
    a.src[n] === b.src[m] &&
    a.sentAt[n] === b.sentAt[m] &&
    a.zxid[n] === b.zxid[m] &&
    a.epoch[n] === b.epoch[m] &&
    a.family[n] === b.family[m]
  );
}
