/**
 * Ambushes: the driver waits, event by event, for a moment of the protocol, so that a fault falls
 * right behind it: between two operations of a disk, or in the middle of a synchronisation.
 */
import type { ConnId, Micros, ProcessId } from '../../core/units.ts';
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
export type Moment = (typeof MOMENTS)[number] | 'SNAPSHOT';

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
  return awaitEvent(run, end, (handled) => isMoment(handled, moment) && --nth === 0);
}

/** Runs to the first event of a server that fits, and no further. Null when none has by `end`. */
export function awaitEvent(
  run: LocalRun,
  end: Micros,
  fits: (handled: Handled) => boolean,
): Ambushed | null {
  for (;;) {
    const handled = stepHandled(run, end);
    if (handled === null) return null;
    if (handled.process >= CLIENT_ID_MIN || !fits(handled)) continue;
    return { process: handled.process, peer: peerOf(run, handled) };
  }
}

export function isMoment({ event, turn }: Handled, moment: Moment): boolean {
  if (moment === 'durable') return turn.own?.kind === 'durable';
  if (event?.kind === 'packet' && 'type' in event.message && event.message.type === moment) {
    return true;
  }
  return turn.effects.some((effect) => effect.kind === 'note' && effect.note.note === moment);
}

/** Something of the moment's name happens to that server, or is sent to it or by it. */
export function isMomentOf(
  run: LocalRun,
  handled: Handled,
  moment: Moment,
  server: ProcessId,
): boolean {
  const isIts = handled.process === server;
  if (isMoment(handled, moment) && (isIts || peerOf(run, handled) === server)) return true;
  return handled.turn.effects.some((effect) => {
    if (effect.kind !== 'send' || !('type' in effect.message)) return false;
    if (effect.message.type !== moment) return false;
    return isIts || otherEnd(run, effect.conn, handled.process) === server;
  });
}

function peerOf(run: LocalRun, { process, event }: Handled): ProcessId | null {
  return event !== null && 'conn' in event ? otherEnd(run, event.conn, process) : null;
}

/** The server at the other end of a connection; null for a client. */
function otherEnd(run: LocalRun, conn: ConnId, process: ProcessId): ProcessId | null {
  const connection = run.world.connections.get(conn);
  if (connection === undefined) return null;
  const { dialler, acceptor } = connection;
  const peer = dialler.id === process ? acceptor : dialler;
  return peer.kind === 'server' ? peer.id : null;
}
