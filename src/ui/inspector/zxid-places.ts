/** How far a transaction got, member by member. */
import type { Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { MemberView } from '../../sim/frame.ts';

/** `before`: older than the part of the log that a frame carries. */
export type PlaceState = 'committed' | 'synced' | 'cached' | 'absent' | 'before';

export interface ZxidPlace {
  readonly sid: Sid;
  readonly state: PlaceState;
}

export function placesOf(members: readonly MemberView[], zxid: Zxid): readonly ZxidPlace[] {
  return members.map(({ sid, log }) => {
    const cell = log.find((candidate) => candidate.zxid === zxid);
    if (cell !== undefined) {
      return { sid, state: cell.committed ? 'committed' : cell.synced ? 'synced' : 'cached' };
    }
    const [first] = log;
    return { sid, state: first !== undefined && zxid < first.zxid ? 'before' : 'absent' };
  });
}

/** Its type and path, from whichever log still shows it. */
export function whatOf(members: readonly MemberView[], zxid: Zxid): string | null {
  for (const { log } of members) {
    const cell = log.find((candidate) => candidate.zxid === zxid);
    if (cell !== undefined) return cell.what;
  }
  return null;
}
