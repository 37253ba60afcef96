/**
 * Votes of the leader election: what a peer proposes, and how two proposals compare.
 *
 * Source: quorum.Vote, FastLeaderElection.totalOrderPredicate (3.9).
 */
import type { Sid } from '../units.ts';
import type { Zxid } from '../zxid.ts';

/** QuorumPeer.ServerState. */
export type ServerState = 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'OBSERVING';

/** QuorumPeer.ZabState. */
export type ZabState = 'election' | 'discovery' | 'synchronization' | 'broadcast';

/** QuorumPeer.SyncMode. */
export type SyncMode = 'NONE' | 'DIFF' | 'SNAP' | 'TRUNC';

/** As `srvr` and `mntr` call the role. */
export function stateName(
  kind: 'standalone' | 'leader' | 'follower' | 'observer' | 'readonly',
): string {
  return kind === 'readonly' ? 'read-only' : kind;
}

export interface Vote {
  readonly leader: Sid;
  /** The proposed leader's last logged zxid. */
  readonly zxid: Zxid;
  /** The round (logicalclock) in which the vote was cast. */
  readonly electionEpoch: number;
  /** The proposed leader's currentEpoch. */
  readonly peerEpoch: number;
}

/** A vote as a peer announces it, with the sender's own state. */
export interface Notification extends Vote {
  readonly kind: 'notification';
  readonly sid: Sid;
  readonly state: ServerState;
  /** The configuration that the sender has in force, as text; empty where it tells none. */
  readonly config: string;
}
