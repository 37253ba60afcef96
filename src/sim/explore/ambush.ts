/**
 * Ambushes: the driver waits, event by event, for a moment of the protocol, so that a fault falls
 * right behind it: between two operations of a disk, or in the middle of a synchronisation.
 */
import type { Micros, ProcessId } from '../../core/units.ts';
import { CLIENT_ID_MIN } from '../actions.ts';
import { stepHandled, type Handled, type LocalRun } from '../local.ts';
import { pick, type Chooser } from './faults.ts';

/** What a server receives, in capitals; what it notes of itself; or the end of a disk operation. */
const MOMENTS = [
  'FOLLOWERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'DIFF',
  'TRUNC',
  'SNAP',
  'NEWLEADER',
  'UPTODATE',
  'PROPOSAL',
  'ACK',
  'COMMIT',
  'state',
  'epoch',
  'established',
  'recovered',
  'logged',
  'synced',
  'proposed',
  'committed',
  'applied',
  'synchronized',
  'durable',
] as const;
type Moment = (typeof MOMENTS)[number];

export interface Ambushed {
  readonly process: ProcessId;
  /** The server at the other end, where a packet came in; else null. */
  readonly peer: ProcessId | null;
}

/** Waits for a drawn moment. Null when it does not come, and at `until` at the latest. */
export function ambush(run: LocalRun, choose: Chooser, until: Micros): Ambushed | null {
  const moment = pick(choose, MOMENTS) ?? 'durable';
  const patience = 2 ** choose.between(15, 21);
  let nth = choose.between(1, 3);
  const end = Math.min(until, run.world.now + patience) as Micros;
  for (;;) {
    const handled = stepHandled(run, end);
    if (handled === null) return null;
    if (handled.process >= CLIENT_ID_MIN || !isMoment(handled, moment)) continue;
    if (--nth === 0) return { process: handled.process, peer: peerOf(run, handled) };
  }
}

function isMoment({ event, turn }: Handled, moment: Moment): boolean {
  if (moment === 'durable') return turn.own?.kind === 'durable';
  if (event?.kind === 'packet' && 'type' in event.message && event.message.type === moment) {
    return true;
  }
  return turn.effects.some((effect) => effect.kind === 'note' && effect.note.note === moment);
}

function peerOf(run: LocalRun, { process, event }: Handled): ProcessId | null {
  if (event === null || !('conn' in event)) return null;
  const connection = run.world.connections.get(event.conn);
  if (connection === undefined) return null;
  const { dialler, acceptor } = connection;
  const peer = dialler.id === process ? acceptor : dialler;
  return peer.kind === 'server' ? peer.id : null;
}
