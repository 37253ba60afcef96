/**
 * Which members really hold another tree. Digests are of whole trees, so members that differ part
 * somewhere; but whoever is a transaction behind for some milliseconds is no split. A difference
 * lasts when it has been there for a while, and one of the two has stood still for as long.
 */
import type { Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import type { MemberView } from '../../sim/frame.ts';

/** Milliseconds of the wall. */
export const SETTLED = 400;

export class Lasting {
  readonly #moved = new Map<Sid, { readonly zxid: Zxid; readonly at: number }>();
  readonly #apart = new Map<Sid, number>();
  #own: Sid | null = null;

  /** @param now milliseconds of the wall. */
  update(members: readonly MemberView[], own: Sid | null, now: number): readonly Sid[] {
    if (own !== this.#own) this.#apart.clear();
    this.#own = own;
    const digest = members.find(({ sid }) => sid === own)?.server?.digest;
    const found: Sid[] = [];
    for (const { sid, server } of members) {
      if (server === null) continue;
      const { lastProcessed } = server;
      if (this.#moved.get(sid)?.zxid !== lastProcessed) {
        this.#moved.set(sid, { zxid: lastProcessed, at: now });
      }
    }
    for (const { sid, server } of members) {
      if (server === null || digest === undefined || server.digest === digest) {
        this.#apart.delete(sid);
        continue;
      }
      const since = this.#apart.get(sid) ?? now;
      this.#apart.set(sid, since);
      const still = Math.min(this.#movedAt(sid, now), this.#movedAt(own, now));
      if (now - since >= SETTLED && now - still >= SETTLED) found.push(sid);
    }
    return found;
  }

  #movedAt(sid: Sid | null, now: number): number {
    return sid === null ? now : (this.#moved.get(sid)?.at ?? now);
  }
}
