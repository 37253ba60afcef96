/** Packets as pictures and as one line of text. */
import { unreachable } from '../core/assert.ts';
import { errorName } from '../core/error-code.ts';
import {
  EventType,
  KeeperState,
  Xid,
  type ClientMessage,
  type Request,
} from '../core/jute/proto.ts';
import type { ElectionMessage, QuorumPacket } from '../core/quorum/packet.ts';
import type { Message } from '../core/quorum/peer-io.ts';
import { formatSessionId } from '../core/units.ts';
import { epochOf, formatZxid, type Zxid } from '../core/zxid.ts';
import { itemsOf, NEVER, type Channel } from './channel.ts';
import type { PacketFamily, PacketView } from './frame.ts';
import { describeTxn } from './member-view.ts';
import type { Connection, World } from './world-state.ts';

/** What a packet is, wherever it is. */
export interface PacketText {
  readonly family: PacketFamily;
  readonly type: string;
  readonly code: string;
  readonly reply: boolean;
  readonly zxid: Zxid | null;
  readonly epoch: number | null;
  readonly summary: string;
}

/** The packets in flight, by connection, each direction in its order. */
export function viewPackets(world: World): readonly PacketView[] {
  const views: PacketView[] = [];
  for (const connection of world.connections.values()) {
    viewChannel(connection, connection.there, views);
    viewChannel(connection, connection.back, views);
  }
  return views;
}

function viewChannel(connection: Connection, channel: Channel, views: PacketView[]): void {
  let blocked = false;
  for (const item of itemsOf(channel)) {
    blocked ||= item.held;
    if (item.event.kind !== 'packet') continue;
    views.push({
      conn: connection.id,
      index: item.index,
      from: channel.sender.id,
      to: channel.receiver.id,
      port: connection.port,
      ...describeMessage(item.event.message),
      sentAt: item.sentAt,
      arrivesAt: blocked ? NEVER : item.at,
      held: item.held,
    });
  }
}

export function describeMessage(message: Message): PacketText {
  if ('type' in message && !('kind' in message)) return describeQuorum(message);
  if (message.kind === 'hello' || (message.kind === 'notification' && 'sid' in message)) {
    return describeElection(message);
  }
  return describeClient(message);
}

function describeElection(message: ElectionMessage): PacketText {
  if (message.kind === 'hello') {
    const summary = `server ${String(message.sid)} says who it is`;
    return {
      family: 'election',
      type: 'HELLO',
      code: 'HE',
      reply: false,
      zxid: null,
      epoch: null,
      summary,
    };
  }
  const { sid, state, leader, zxid, peerEpoch, electionEpoch } = message;
  return {
    family: 'election',
    type: 'NOTIFICATION',
    code: 'NO',
    reply: state !== 'LOOKING',
    zxid,
    epoch: peerEpoch,
    summary:
      `${String(sid)} is ${state}, votes for ${String(leader)} ` +
      `(zxid ${formatZxid(zxid)}, epoch ${String(peerEpoch)}, round ${String(electionEpoch)})`,
  };
}

const QUORUM_CODES: Readonly<Record<QuorumPacket['type'], string>> = {
  REQUEST: 'RQ',
  PROPOSAL: 'PR',
  ACK: 'AC',
  COMMIT: 'CO',
  INFORM: 'IN',
  COMMITANDACTIVATE: 'CA',
  INFORMANDACTIVATE: 'IA',
  PING: 'PI',
  REVALIDATE: 'RV',
  SYNC: 'SY',
  FOLLOWERINFO: 'FI',
  OBSERVERINFO: 'OI',
  LEADERINFO: 'LI',
  ACKEPOCH: 'AE',
  DIFF: 'DI',
  TRUNC: 'TR',
  SNAP: 'SN',
  SNAPSHOT: 'SS',
  NEWLEADER: 'NL',
  UPTODATE: 'UP',
};

function describeQuorum(packet: QuorumPacket): PacketText {
  const zxid = 'zxid' in packet ? packet.zxid : null;
  return {
    family: quorumFamily(packet),
    type: packet.type,
    code: QUORUM_CODES[packet.type],
    reply: isReply(packet),
    zxid,
    epoch: zxid === null || zxid < 0n ? null : epochOf(zxid),
    summary: `${packet.type}${detailOf(packet)}`,
  };
}

function quorumFamily(packet: QuorumPacket): PacketFamily {
  switch (packet.type) {
    case 'PROPOSAL':
    case 'ACK':
    case 'COMMIT':
    case 'INFORM':
    case 'REQUEST':
    case 'SYNC':
      return 'broadcast';
    case 'PING':
    case 'REVALIDATE':
      return 'session';
    default:
      return 'sync';
  }
}

function isReply(packet: QuorumPacket): boolean {
  switch (packet.type) {
    case 'ACK':
    case 'ACKEPOCH':
      return true;
    case 'PING':
      return packet.touched !== null;
    case 'REVALIDATE':
      return packet.valid !== null;
    default:
      return false;
  }
}

/** With a space in front, or empty. */
function detailOf(packet: QuorumPacket): string {
  switch (packet.type) {
    case 'REQUEST':
      return ` ${describeRequest(packet.request)} of session ${formatSessionId(packet.sessionId)}`;
    case 'PROPOSAL':
    case 'INFORM':
      return ` ${formatZxid(packet.zxid)} ${describeTxn(packet.record)}`;
    case 'PING':
      return packet.touched === null
        ? ''
        : `, ${counted(packet.touched.length, 'session')} touched`;
    case 'REVALIDATE': {
      const session = ` session ${formatSessionId(packet.sessionId)}`;
      if (packet.valid === null) return `${session}?`;
      return `${session}: ${packet.valid ? 'valid' : 'expired'}`;
    }
    case 'SYNC':
    case 'UPTODATE':
      return '';
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      return ` of server ${String(packet.sid)}, accepted epoch ${epochText(packet.zxid)}`;
    case 'LEADERINFO':
      return ` new epoch ${epochText(packet.zxid)}`;
    case 'ACKEPOCH':
      return ` last zxid ${formatZxid(packet.zxid)}, current epoch ${String(packet.currentEpoch)}`;
    case 'SNAPSHOT':
      return ` ${counted(packet.nodes.length, 'znode')}${packet.signature ? ', complete' : ''}`;
    case 'COMMITANDACTIVATE':
    case 'INFORMANDACTIVATE':
      return ` ${formatZxid(packet.zxid)}, server ${String(packet.leader)} is to lead`;
    case 'ACK':
    case 'COMMIT':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
    case 'NEWLEADER':
      return ` ${formatZxid(packet.zxid)}`;
    default:
      return unreachable(packet);
  }
}

function epochText(zxid: Zxid): string {
  return String(epochOf(zxid));
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const REQUEST_CODES: Readonly<Record<Request['op'], string>> = {
  create: 'CR',
  create2: 'CR',
  createContainer: 'CC',
  createTTL: 'CT',
  delete: 'DE',
  setData: 'SD',
  check: 'CK',
  exists: 'EX',
  getData: 'GD',
  getChildren: 'GC',
  getChildren2: 'GC',
  sync: 'SY',
  multi: 'MU',
  setWatches: 'SW',
  ping: 'PI',
  closeSession: 'CL',
  createSession: 'CS',
  deleteContainer: 'DC',
  getACL: 'GA',
  setACL: 'SA',
  multiRead: 'MR',
  setWatches2: 'SW',
  addWatch: 'AW',
  checkWatches: 'CW',
  removeWatches: 'RW',
  getEphemerals: 'GE',
  getAllChildrenNumber: 'GN',
  auth: 'AU',
  sasl: 'SL',
  reconfig: 'RC',
  whoAmI: 'WI',
  unknown: '??',
  unreadable: '??',
};

/** `setData /app`, `multi of 3`. */
export function describeRequest(request: Request): string {
  if (request.op === 'multi') return `multi of ${String(request.ops.length)}`;
  return 'path' in request ? `${request.op} ${request.path}` : request.op;
}

function describeClient(message: ClientMessage): PacketText {
  switch (message.kind) {
    case 'connectRequest': {
      const { sessionId, timeOut } = message;
      const what = sessionId === 0n ? 'a new session' : `session ${formatSessionId(sessionId)}`;
      return sessionText('connect', 'CN', false, `asks for ${what}, ${String(timeOut)} ms`);
    }
    case 'connectResponse': {
      const { sessionId, timeOut } = message;
      const session = `session ${formatSessionId(sessionId)}`;
      const what = timeOut <= 0 ? `${session} has expired` : `${session}, ${String(timeOut)} ms`;
      return sessionText('connected', 'CN', true, what);
    }
    case 'request': {
      const { request, xid } = message;
      const code = REQUEST_CODES[request.op];
      const summary = `${describeRequest(request)} (xid ${String(xid)})`;
      if (request.op === 'ping') return sessionText('ping', code, false, 'ping');
      return clientText(request.op, code, false, null, summary);
    }
    case 'reply': {
      const { xid, err, zxid } = message;
      if (xid === Xid.PING) return sessionText('ping', 'PI', true, 'answer to a ping');
      const summary = `answer to xid ${String(xid)}: ${errorName(err)}, zxid ${formatZxid(zxid)}`;
      return clientText('reply', 'RE', true, zxid, summary);
    }
    case 'notification': {
      const { type, state, path, zxid } = message;
      const event = nameIn(EventType, type);
      const summary = `watch: ${event} ${path} (${nameIn(KeeperState, state)})`;
      return clientText('notification', 'WA', true, zxid, summary);
    }
    default:
      return unreachable(message);
  }
}

function sessionText(type: string, code: string, reply: boolean, summary: string): PacketText {
  return { family: 'session', type, code, reply, zxid: null, epoch: null, summary };
}

function clientText(
  type: string,
  code: string,
  reply: boolean,
  zxid: Zxid | null,
  summary: string,
): PacketText {
  const known = zxid !== null && zxid > 0n ? zxid : null;
  const epoch = known === null ? null : epochOf(known);
  return { family: 'client', type, code, reply, zxid: known, epoch, summary };
}

function nameIn(names: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(names).find((name) => names[name] === value) ?? String(value);
}
