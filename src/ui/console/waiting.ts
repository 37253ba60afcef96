/** Why a console has not answered yet, in the terms of the protocol. */
import type { Micros } from '../../core/units.ts';
import type { ClientView, Frame, TranscriptLine } from '../../sim/frame.ts';

export type Waiting =
  | 'connecting'
  /** Nobody leads, so no write can be committed. */
  | 'noQuorum'
  /** A leader has proposals in flight. */
  | 'acks'
  | 'server'
  /** Nothing moves, because the world is paused. */
  | 'timeStands';

/** Nothing can be asked on this session any more. */
export function isOver(client: ClientView): boolean {
  return client.state === 'CLOSED' || client.state === 'AUTH_FAILED';
}

/** Virtual time before an answer counts as late. */
const LATE = 400_000 as Micros;

/** @param unsent a line was entered that the console has not echoed. */
export function waitingFor(
  frame: Frame,
  client: ClientView,
  lines: readonly TranscriptLine[],
  unsent: boolean,
): Waiting | null {
  if (client.status !== 'running' || isOver(client)) return null;
  const pending = client.busy || unsent;
  if (pending && !frame.running) return 'timeStands';
  if (!client.state.startsWith('CONNECTED')) return 'connecting';
  if (!pending) return null;
  const asked = lines.findLast((line) => line.kind === 'prompt')?.at ?? client.lastSent;
  if (frame.now - asked < LATE) return null;
  const leader = frame.members.find(
    (m) => m.status === 'running' && m.server?.state === 'LEADING' && m.server.serving,
  );
  if (leader === undefined) return 'noQuorum';
  return (leader.server?.outstanding.length ?? 0) > 0 ? 'acks' : 'server';
}
