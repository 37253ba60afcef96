/** What a leader knows of its learners' logs: how it brought them up to date, what they have. */
import type { Sid } from '../../core/units.ts';
import type { LearnerView } from '../../core/view.ts';
import { counterOf, epochOf, nextZxid, type Zxid } from '../../core/zxid.ts';
import type { ZxidRun } from '../../sim/log-part.ts';
import { columnFrom, type Columns } from './columns.ts';
import type { MemberLog } from './log-grid.ts';

/** Over the columns from `from` to `to`, which is not included; both the same: over nothing. */
export interface Bracket {
  readonly mode: 'DIFF' | 'TRUNC' | 'SNAP';
  readonly from: number;
  readonly to: number;
  /** How many transactions were sent, or cut; null for a SNAP, which sends a tree. */
  readonly count: number | null;
  /** From this zxid to that one, for words. */
  readonly after: Zxid;
  readonly upTo: Zxid;
  /** It is under way. */
  readonly live: boolean;
}

/** Learners that have acknowledged up to the same column. */
export interface AckMark {
  readonly column: number;
  /** False where they have acknowledged a leader with all that it brought, and nothing since. */
  readonly exact: boolean;
  readonly sids: readonly Sid[];
}

/** A TRUNC that cuts more than this shows its end only. */
const CUT_MAX = 64;

/** The connection of a learner to the one leader that has sent it the most. */
function learnerOf(members: readonly MemberLog[], sid: Sid): LearnerView | null {
  for (const { server } of members) {
    const view = server?.state === 'LEADING' ? server.learners.find((l) => l.sid === sid) : null;
    if (view?.sync) return view;
  }
  return null;
}

/** The zxids that were cut: columns of their own as long as the learner stays connected. */
export function cutRuns(members: readonly MemberLog[]): readonly ZxidRun[] {
  return members.flatMap(({ sid }) => {
    const learner = learnerOf(members, sid);
    if (learner?.syncMode !== 'TRUNC' || learner.sync === null) return [];
    const { zxid, from } = learner.sync;
    // The tail of an earlier epoch begins there at 1.
    const sameEpoch = epochOf(zxid) === epochOf(from);
    const length = sameEpoch ? Number(from - zxid) : counterOf(from);
    const count = Math.min(CUT_MAX, length);
    return count <= 0 ? [] : [{ first: (from - BigInt(count - 1)) as Zxid, count }];
  });
}

export function bracketsIn(
  members: readonly MemberLog[],
  sid: Sid,
  columns: Columns,
): readonly Bracket[] {
  const learner = learnerOf(members, sid);
  if (!learner?.sync || learner.syncMode === 'NONE') return [];
  const { from, zxid, upTo } = learner.sync;
  const live = learner.zabState !== 'broadcast';
  const over = (mode: Bracket['mode'], after: Zxid, last: Zxid): Bracket => {
    const low = mode === 'SNAP' ? 0 : columnFrom(columns, nextZxid(after));
    const high = columnFrom(columns, nextZxid(last));
    const to = Math.max(low, high);
    const count = mode === 'SNAP' ? null : to - low;
    return { mode, from: low, to, count, after, upTo: last, live };
  };
  const brackets: Bracket[] = [];
  if (learner.syncMode === 'SNAP') brackets.push(over('SNAP', from, upTo));
  if (learner.syncMode === 'DIFF') brackets.push(over('DIFF', from, upTo));
  if (learner.syncMode === 'TRUNC') {
    brackets.push(over('TRUNC', zxid, from));
    if (upTo > zxid) brackets.push(over('DIFF', zxid, upTo));
  }
  // That nothing was missing is worth showing only while it is said.
  return brackets.filter((bracket) => bracket.to > bracket.from || live);
}

/** @param member the leader; of others there is nothing. */
export function acksIn({ server }: MemberLog, columns: Columns): readonly AckMark[] {
  if (server?.state !== 'LEADING' || columns.count === 0) return [];
  const marks: AckMark[] = [];
  for (const { sid, lastAcked, sync } of server.learners) {
    if (lastAcked <= 0n) continue;
    // The ACK of NEWLEADER is one of all that was sent before it.
    const exact = counterOf(lastAcked) > 0;
    const zxid = exact ? lastAcked : (sync?.upTo ?? lastAcked);
    const column = columnFrom(columns, nextZxid(zxid)) - 1;
    if (column < 0) continue;
    const known = marks.findIndex((mark) => mark.column === column);
    const mark = marks[known];
    if (mark === undefined) marks.push({ column, exact, sids: [sid] });
    else marks[known] = { column, exact: mark.exact || exact, sids: [...mark.sids, sid] };
  }
  return marks.sort((a, b) => a.column - b.column);
}

/** A mark's words, with the room that they have, in pixels from its column's right edge. */
export interface AckWords {
  readonly mark: AckMark;
  readonly text: string;
  readonly right: number;
}

/** Pixels between the words of two marks. */
const GAP = 1;

/**
 * The numbers of servers under each mark. They reach to the left, as far as the mark before them
 * leaves room; without room how many they are, or nothing but the mark.
 */
export function ackWords(
  marks: readonly AckMark[],
  column: number,
  widthOf: (text: string) => number,
): readonly AckWords[] {
  let edge = -Infinity;
  return marks.map((mark) => {
    const right = (mark.column + 1) * column;
    const room = right - edge - GAP;
    const words = [mark.sids.join(' '), `×${String(mark.sids.length)}`];
    edge = right;
    return { mark, text: words.find((one) => widthOf(one) <= room) ?? '', right };
  });
}
