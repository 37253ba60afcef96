/**
 * LearnerHandler: the tree goes to a learner while transactions go on, a piece at a time, so what
 * it gets is fuzzy like any snapshot. Whatever else is for that learner waits in its queue until
 * then, and mends what the pieces have missed; only behind that comes NEWLEADER.
 *
 * Source: quorum.LearnerHandler.run, from SNAP to startSendingPackets (3.9).
 */
import { isSerialized, serializeSome, startSerialization } from '../data-tree/data-tree.ts';
import type { SerializationCursor } from '../data-tree/data-tree.ts';
import { configOf, mark, send, setTimer, type Server } from '../server-context.ts';
import type { ConnId } from '../units.ts';
import type { Zxid } from '../zxid.ts';
import { sendTo, type Leader } from './leader.ts';
import { queueNewLeader, type LearnerHandler } from './learner-handler.ts';
import type { QuorumPacket } from './packet.ts';

/** Znodes in one piece, at most. */
const PIECE = 500;

/** Milliseconds that one piece takes. */
const PIECE_TIME = 1;

export interface SnapshotStream {
  readonly cursor: SerializationCursor;
  /** queuedPackets: nobody sends from it yet. */
  readonly queue: QuorumPacket[];
}

/** A small tree has gone out as a whole when this returns. */
export function startSnapshotStream(server: Server, h: LearnerHandler, zxid: Zxid): void {
  const { tree, sessions } = server.db;
  sendTo(server, h, { type: 'SNAP', zxid });
  h.stream = { cursor: startSerialization(tree), queue: [] };
  sendPiece(server, h, h.stream, [...sessions]);
}

/** The time of one piece is over. */
export function onSnapshotPiece(server: Server, leader: Leader, conn: ConnId): void {
  const handler = leader.handlers.get(conn);
  const stream = handler?.stream ?? null;
  if (handler === undefined || stream === null) return;
  sendPiece(server, handler, stream, []);
  if (handler.stream !== null) return;
  const { queue } = stream;
  if (queue.some(({ type }) => type === 'PROPOSAL')) mark(server, 'sync.writes-during-snap');
  for (const packet of queue) sendTo(server, handler, packet);
  if (queue.every(({ type }) => type !== 'NEWLEADER')) queueNewLeader(server, leader, conn);
}

function sendPiece(
  server: Server,
  h: LearnerHandler,
  { cursor }: SnapshotStream,
  sessions: Extract<QuorumPacket, { type: 'SNAPSHOT' }>['sessions'],
): void {
  const chunk = Math.min(PIECE, configOf(server).snapshotChunk);
  const nodes = serializeSome(server.db.tree, cursor, chunk);
  const signature = isSerialized(cursor);
  send(server, h.conn, { type: 'SNAPSHOT', sessions, nodes, signature });
  if (signature) h.stream = null;
  else setTimer(server, `snapshotPiece/${String(h.conn)}`, PIECE_TIME);
}
