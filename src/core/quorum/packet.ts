/**
 * What servers say to each other on the quorum port (Leader's packet types) and on the election
 * port, as values. Their bytes come with the wire format.
 *
 * Source: quorum.Leader, quorum.QuorumPacket, quorum.LearnerInfo (3.9).
 */
import type { Id } from '../jute/data.ts';
import type { Request } from '../jute/proto.ts';
import type { TxnRecord } from '../jute/txn.ts';
import type { SnapshotNode } from '../txn-log/snapshot.ts';
import type { Millis, SessionId, Sid } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import type { Notification } from './vote.ts';

/** QuorumCnxManager's first words on a connection: who dials. */
export interface Hello {
  readonly kind: 'hello';
  readonly sid: Sid;
  /** Its election address, `host:port`. */
  readonly address: string;
}

export type ElectionMessage = Hello | Notification;

export type QuorumPacket =
  | {
      readonly type: 'REQUEST';
      readonly sessionId: SessionId;
      readonly cxid: number;
      readonly request: Request;
      readonly authInfo: readonly Id[];
    }
  | { readonly type: 'PROPOSAL'; readonly zxid: Zxid; readonly record: TxnRecord }
  | { readonly type: 'ACK'; readonly zxid: Zxid }
  | { readonly type: 'COMMIT'; readonly zxid: Zxid }
  | { readonly type: 'INFORM'; readonly zxid: Zxid; readonly record: TxnRecord }
  /** A reconfiguration is committed, and `leader` is to lead from now on. */
  | { readonly type: 'COMMITANDACTIVATE'; readonly zxid: Zxid; readonly leader: Sid }
  | {
      readonly type: 'INFORMANDACTIVATE';
      readonly zxid: Zxid;
      readonly leader: Sid;
      readonly record: TxnRecord;
    }
  | {
      readonly type: 'PING';
      readonly zxid: Zxid;
      /** A learner's answer: the sessions that its clients touched since the last one. */
      readonly touched: readonly (readonly [SessionId, Millis])[] | null;
    }
  | {
      readonly type: 'REVALIDATE';
      readonly sessionId: SessionId;
      readonly timeOut: Millis;
      /** Null in the question, set in the answer. */
      readonly valid: boolean | null;
    }
  | { readonly type: 'SYNC' }
  | {
      readonly type: 'FOLLOWERINFO' | 'OBSERVERINFO';
      readonly zxid: Zxid;
      readonly sid: Sid;
      /** The version of the configuration that it has in force. */
      readonly configVersion: Zxid;
    }
  | { readonly type: 'LEADERINFO'; readonly zxid: Zxid }
  | {
      readonly type: 'ACKEPOCH';
      readonly zxid: Zxid;
      /** -1 where the learner had accepted this epoch before: it does not count again. */
      readonly currentEpoch: number;
    }
  | { readonly type: 'DIFF' | 'TRUNC' | 'SNAP'; readonly zxid: Zxid }
  | {
      /** The raw stream behind SNAP, in pieces; not a packet in ZooKeeper's sense. */
      readonly type: 'SNAPSHOT';
      readonly sessions: readonly (readonly [SessionId, Millis])[];
      readonly nodes: readonly SnapshotNode[];
      /** True on the last piece: the signature "BenWasHere". */
      readonly signature: boolean;
    }
  /** `config`: the leader's last seen configuration, as text. */
  | { readonly type: 'NEWLEADER'; readonly zxid: Zxid; readonly config: string }
  | { readonly type: 'UPTODATE' };

export type QuorumPacketType = QuorumPacket['type'];
