/** What is worth doing now, in one sentence with one button: the page's first words, and more. */
import { votersOf } from '../../core/config.ts';
import type { Sid } from '../../core/units.ts';
import type { ServerView } from '../../core/view.ts';
import type { Frame, MemberView } from '../../sim/frame.ts';

export type Hint =
  | { readonly kind: 'electing'; readonly looking: number; readonly of: number }
  /** Elected, but not yet followed by a quorum of one epoch. */
  | { readonly kind: 'establishing'; readonly leader: Sid }
  | { readonly kind: 'led' | 'ledAgain'; readonly leader: Sid; readonly epoch: number }
  | { readonly kind: 'behind'; readonly leader: Sid; readonly down: Sid }
  | {
      readonly kind: 'noQuorum';
      readonly up: number;
      readonly need: number;
      readonly restart: Sid | null;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'pausedServer'; readonly sid: Sid };

export function hintOf(frame: Frame): Hint {
  const voters = new Set(votersOf(frame.world.ensemble));
  const need = Math.floor(voters.size / 2) + 1;
  const up = frame.members.filter((m) => voters.has(m.sid) && m.status !== 'down').length;
  const down = frame.members.find((m) => m.status === 'down') ?? null;
  if (up < need) return { kind: 'noQuorum', up, need, restart: down?.sid ?? null };
  if (frame.links.some((link) => link.cut)) return { kind: 'cut' };
  const paused = frame.members.find((m) => m.status === 'paused');
  if (paused !== undefined) return { kind: 'pausedServer', sid: paused.sid };
  const leader = leaderOf(frame.members);
  if (leader === null) {
    const looking = frame.members.filter((m) => m.server?.state === 'LOOKING').length;
    return { kind: 'electing', looking, of: frame.members.length };
  }
  if (!leader.server.serving) return { kind: 'establishing', leader: leader.sid };
  if (down !== null) return { kind: 'behind', leader: leader.sid, down: down.sid };
  const epoch = leader.server.epoch;
  return { kind: epoch > 1 ? 'ledAgain' : 'led', leader: leader.sid, epoch };
}

type Leader = MemberView & { readonly server: ServerView };

/** Of two that call themselves leader, the one that serves, and then that of the higher epoch. */
function leaderOf(members: readonly MemberView[]): Leader | null {
  const rank = ({ server }: Leader): number => server.epoch + (server.serving ? 2 ** 32 : 0);
  return members.filter(isLeader).reduce<Leader | null>((best, m) => {
    return best === null || rank(m) > rank(best) ? m : best;
  }, null);
}

function isLeader(m: MemberView): m is Leader {
  return m.status === 'running' && m.server?.state === 'LEADING';
}
