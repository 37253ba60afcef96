/** Packets between servers as lines of a story. */
import type { Request } from '../../src/core/jute/proto.ts';
import type { TxnRecord } from '../../src/core/jute/txn.ts';
import type { ElectionMessage, QuorumPacket } from '../../src/core/quorum/packet.ts';
import { errorName } from '../../src/core/error-code.ts';
import type { SessionId } from '../../src/core/units.ts';
import { formatZxid } from '../../src/core/zxid.ts';

/** Gives a session the name that a story knows it by. */
export type NameSession = (id: SessionId) => string;

/** Sessions are S1, S2 … in the order in which they first appear. */
export function sessionNames(): NameSession {
  const names = new Map<SessionId, string>();
  return (id) => {
    const name = names.get(id) ?? `S${String(names.size + 1)}`;
    names.set(id, name);
    return name;
  };
}

export function messageText(message: ElectionMessage | QuorumPacket, name: NameSession): string {
  if ('kind' in message) {
    if (message.kind === 'hello') return 'HELLO';
    const { state, leader, zxid, electionEpoch, peerEpoch } = message;
    return `NOTIFICATION ${state} leader=${String(leader)} zxid=${formatZxid(zxid)} round=${String(electionEpoch)} peerEpoch=${String(peerEpoch)}`;
  }
  return [message.type, ...quorumWords(message, name)].join(' ');
}

function quorumWords(p: QuorumPacket, name: NameSession): readonly string[] {
  switch (p.type) {
    case 'REQUEST':
      return [`session=${name(p.sessionId)}`, `cxid=${String(p.cxid)}`, requestText(p.request)];
    case 'PROPOSAL':
    case 'INFORM':
      return [formatZxid(p.zxid), recordText(p.record, name)];
    case 'PING': {
      const touched = (p.touched ?? []).map(([id, ms]) => `${name(id)}:${String(ms)}`);
      return [
        formatZxid(p.zxid),
        ...(p.touched === null ? [] : [`touched=(${touched.join(' ')})`]),
      ];
    }
    case 'REVALIDATE': {
      const what = p.valid === null ? `timeout=${String(p.timeOut)}` : `valid=${String(p.valid)}`;
      return [`session=${name(p.sessionId)}`, what];
    }
    case 'COMMITANDACTIVATE':
      return [formatZxid(p.zxid), `leader=${String(p.leader)}`];
    case 'INFORMANDACTIVATE':
      return [formatZxid(p.zxid), `leader=${String(p.leader)}`, recordText(p.record, name)];
    case 'SYNC':
    case 'UPTODATE':
      return [];
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      return [formatZxid(p.zxid), `sid=${String(p.sid)}`];
    case 'ACKEPOCH':
      return [formatZxid(p.zxid), `currentEpoch=${String(p.currentEpoch)}`];
    case 'SNAPSHOT':
      return [`znodes=${String(p.nodes.length)}`, ...(p.signature ? ['BenWasHere'] : [])];
    default:
      return [formatZxid(p.zxid)];
  }
}

export function requestText(request: Request): string {
  if (request.op === 'multi') return `multi(${request.ops.map(requestText).join(', ')})`;
  return 'path' in request ? `${request.op} ${request.path}` : request.op;
}

/** The transaction of a record, without its zxid. */
export function recordText({ header, txn }: TxnRecord, name: NameSession): string {
  const words: string[] = [txn.type];
  if ('path' in txn) words.push(txn.path);
  if (txn.type === 'error') words.push(errorName(txn.err));
  if (txn.type === 'closeSession' && txn.paths.length > 0) words.push(`(${txn.paths.join(' ')})`);
  return `${words.join(' ')} session=${name(header.clientId)} cxid=${String(header.cxid)}`;
}
