/** What the members of an ensemble are doing, for those who wait for it. */
import type { ServerProcess } from './server-process.ts';

export type MemberState = 'down' | 'looking' | 'leading' | 'following' | 'observing' | 'standalone';

export interface MemberStatus {
  readonly sid: number;
  readonly clientPort: number;
  /** Of its admin server; null where it has none. */
  readonly adminPort: number | null;
  /** The role once it serves in it; `looking` before. */
  readonly state: MemberState;
}

const POLL = 5;

/** @param server null where it is down. */
export function stateOf(server: ServerProcess | null): MemberState {
  if (server === null) return 'down';
  const { role, state, zks, zabState } = server.member.server;
  if (role.name === 'standalone') return 'standalone';
  if (zks === null || zabState !== 'broadcast') return 'looking';
  if (state === 'LEADING') return 'leading';
  if (state === 'FOLLOWING') return 'following';
  return state === 'OBSERVING' ? 'observing' : 'looking';
}

/** When all that are up serve. @param timeout in milliseconds; rejects where it passes. */
export async function untilReady(
  members: () => readonly MemberStatus[],
  timeout: number,
): Promise<void> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const up = members().filter(({ state }) => state !== 'down');
    if (up.length > 0 && up.every(({ state }) => state !== 'looking')) return;
    if (performance.now() > deadline) {
      const states = up.map(({ sid, state }) => `${String(sid)} is ${state}`).join(', ');
      throw new Error(`the ensemble does not serve after ${String(timeout)} ms: ${states}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}
