/** How far a transaction got, member by member. */
import type { Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { LogCellView, MemberView } from '../../sim/frame.ts';
import type { MemberLogPart } from '../../sim/log-part.ts';

/** `before`: older than the part of the log that a frame carries. */
export type PlaceState = 'committed' | 'synced' | 'cached' | 'absent' | 'before';

export interface ZxidPlace {
  readonly sid: Sid;
  readonly state: PlaceState;
}

/** @param parts of the logs there, where somebody has asked: they reach further back. */
export function placesOf(
  members: readonly MemberView[],
  zxid: Zxid,
  parts: readonly MemberLogPart[] = [],
): readonly ZxidPlace[] {
  return members.map(({ sid, log }) => {
    const part = parts.find((one) => one.sid === sid);
    const has = (candidate: LogCellView): boolean => candidate.zxid === zxid;
    const cell = log.find(has) ?? part?.cells.find(has);
    if (cell !== undefined) {
      return { sid, state: cell.committed ? 'committed' : cell.synced ? 'synced' : 'cached' };
    }
    const [first] = log;
    const isBefore = part === undefined && first !== undefined && zxid < first.zxid;
    return { sid, state: isBefore ? 'before' : 'absent' };
  });
}

/** Its type and path, from whichever log still shows it. */
export function whatOf(
  members: readonly MemberView[],
  zxid: Zxid,
  parts: readonly MemberLogPart[] = [],
): string | null {
  const cells = [...members.map(({ log }) => log), ...parts.map((part) => part.cells)];
  for (const log of cells) {
    const cell = log.find((candidate) => candidate.zxid === zxid);
    if (cell !== undefined) return cell.what;
  }
  return null;
}
