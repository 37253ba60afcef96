/** Whether the other members hold the same tree: by digest where the zxids are equal. */
import type { Sid } from '../../core/units.ts';
import type { MemberView } from '../../sim/frame.ts';

export interface Comparison {
  /** Same zxid, same digest. */
  readonly same: readonly Sid[];
  /** Same zxid, another digest: a replica diverged. */
  readonly differs: readonly Sid[];
  /** Ahead or behind; nothing can be said of the contents. */
  readonly elsewhere: readonly Sid[];
}

export function compareMembers(members: readonly MemberView[], sid: Sid | null): Comparison {
  const own = members.find((member) => member.sid === sid)?.server ?? null;
  const others = members.filter((member) => member.sid !== sid && member.server !== null);
  if (own === null) return { same: [], differs: [], elsewhere: [] };
  const level = others.filter((m) => m.server?.lastProcessed === own.lastProcessed);
  return {
    same: level.filter((m) => m.server?.digest === own.digest).map((m) => m.sid),
    differs: level.filter((m) => m.server?.digest !== own.digest).map((m) => m.sid),
    elsewhere: others
      .filter((m) => m.server?.lastProcessed !== own.lastProcessed)
      .map((m) => m.sid),
  };
}
