/**
 * What of a turn goes into the trace hash. The frequent notes and packets are taken apart by hand:
 * walking over any object by its keys costs more than handling the event.
 */
import { unreachable } from '../core/assert.ts';
import type { ReplyBody, Request } from '../core/jute/proto.ts';
import type { TxnRecord } from '../core/jute/txn.ts';
import type { QuorumPacket } from '../core/quorum/packet.ts';
import type { Message, Note } from '../core/quorum/peer-io.ts';
import type { ProcessId } from '../core/units.ts';
import type { Delivery, Outbound, Turn } from './host.ts';
import {
  createTraceHash,
  hashBigInt,
  hashBytes,
  hashNumber,
  hashString,
  hashValue,
  hashWord,
  type TraceHash,
} from './trace-hash.ts';

export function hashTurn(
  hash: TraceHash,
  process: ProcessId,
  turn: Turn,
  delivery: Delivery | null,
): void {
  hashNumber(hash, turn.at);
  hashWord(hash, process);
  hashWord(hash, turn.src);
  hashNumber(hash, turn.seq);
  if (delivery !== null) {
    const { event } = delivery;
    // What a packet says was hashed when it was sent.
    if (event.kind === 'packet') hashWord(hash, 1);
    else hashValue(hash, event);
  } else if (turn.own?.kind === 'timer') {
    hashString(hash, turn.own.name);
  } else if (turn.own?.kind === 'durable') {
    hashWord(hash, turn.own.op);
  } else {
    hashValue(hash, turn.own);
  }
}

export function hashEffect(hash: TraceHash, effect: Outbound): void {
  switch (effect.kind) {
    case 'look':
      return; // Whether somebody looks is no part of the run.
    case 'note':
      return hashNote(hash, effect.note);
    case 'send':
      hashNumber(hash, effect.conn);
      return hashMessage(hash, effect.message);
    case 'log':
      return hashString(hash, effect.message);
    case 'result':
      hashNumber(hash, effect.tag);
      hashWord(hash, effect.err);
      hashBigInt(hash, effect.zxid);
      return hashBody(hash, effect.body);
    default:
      return hashValue(hash, effect);
  }
}

function hashNote(hash: TraceHash, note: Note): void {
  switch (note.note) {
    case 'logged':
      hashWord(hash, 11);
      hashBigInt(hash, note.zxid);
      return hashNumber(hash, note.id);
    case 'synced':
      hashWord(hash, 12);
      return hashBigInt(hash, note.zxid);
    case 'proposed':
      hashWord(hash, 13);
      hashBigInt(hash, note.zxid);
      return hashNumber(hash, note.id);
    case 'committed':
      hashWord(hash, 14);
      hashBigInt(hash, note.zxid);
      for (const sid of note.acks) hashWord(hash, sid);
      return;
    case 'applied':
      hashWord(hash, 15);
      hashBigInt(hash, note.zxid);
      hashNumber(hash, note.id);
      hashWord(hash, note.digestHigh);
      return hashWord(hash, note.digestLow);
    default:
      return hashValue(hash, note);
  }
}

function hashMessage(hash: TraceHash, message: Message): void {
  if (!('kind' in message)) return hashQuorum(hash, message);
  switch (message.kind) {
    case 'request':
      hashWord(hash, 21);
      hashWord(hash, message.xid);
      return hashRequest(hash, message.request);
    case 'reply':
      hashWord(hash, 22);
      hashWord(hash, message.xid);
      hashBigInt(hash, message.zxid);
      hashWord(hash, message.err);
      return hashBody(hash, message.body);
    default:
      return hashValue(hash, message);
  }
}

function hashQuorum(hash: TraceHash, packet: QuorumPacket): void {
  switch (packet.type) {
    case 'PROPOSAL':
    case 'INFORM':
      hashWord(hash, packet.type === 'PROPOSAL' ? 31 : 32);
      hashBigInt(hash, packet.zxid);
      return hashRecord(hash, packet.record);
    case 'ACK':
      hashWord(hash, 33);
      return hashBigInt(hash, packet.zxid);
    case 'COMMIT':
      hashWord(hash, 34);
      return hashBigInt(hash, packet.zxid);
    case 'REQUEST':
      hashWord(hash, 35);
      hashBigInt(hash, packet.sessionId);
      hashWord(hash, packet.cxid);
      return hashRequest(hash, packet.request);
    default:
      return hashValue(hash, packet);
  }
}

function hashRequest(hash: TraceHash, request: Request): void {
  switch (request.op) {
    case 'setData':
      hashWord(hash, 41);
      hashString(hash, request.path);
      hashWord(hash, request.version);
      return hashBytes(hash, request.data);
    case 'getData':
      hashWord(hash, 42);
      hashString(hash, request.path);
      return hashWord(hash, request.watch ? 1 : 0);
    case 'ping':
      return hashWord(hash, 43);
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'delete':
    case 'check':
    case 'exists':
    case 'getChildren':
    case 'getChildren2':
    case 'sync':
    case 'multi':
    case 'setWatches':
    case 'closeSession':
    case 'createSession':
    case 'deleteContainer':
    case 'getACL':
    case 'setACL':
    case 'multiRead':
    case 'setWatches2':
    case 'addWatch':
    case 'checkWatches':
    case 'removeWatches':
    case 'getEphemerals':
    case 'getAllChildrenNumber':
    case 'auth':
    case 'sasl':
    case 'reconfig':
    case 'whoAmI':
    case 'unknown':
    case 'unreadable':
      return hashValue(hash, request);
    default:
      return unreachable(request);
  }
}

function hashBody(hash: TraceHash, body: ReplyBody): void {
  const { path, stat, data, children, results, acl, count, clientInfo } = body;
  if (path !== null) hashString(hash, path);
  if (stat !== null) {
    hashBigInt(hash, stat.czxid);
    hashBigInt(hash, stat.mzxid);
    hashBigInt(hash, stat.pzxid);
    hashNumber(hash, stat.ctime);
    hashNumber(hash, stat.mtime);
    hashBigInt(hash, stat.ephemeralOwner);
    hashWord(hash, stat.version);
    hashWord(hash, stat.cversion);
    hashWord(hash, stat.aversion);
    hashWord(hash, stat.dataLength);
    hashWord(hash, stat.numChildren);
  }
  if (data !== null) hashBytes(hash, data);
  if (children !== null) hashValue(hash, children);
  if (results !== null) hashValue(hash, results);
  if (acl !== null) hashValue(hash, acl);
  if (count !== null) hashWord(hash, count);
  if (clientInfo !== null) hashValue(hash, clientInfo);
}

/** A leader sends one record to all its followers, one after the other: its hash is made once. */
let lastRecord: TxnRecord | null = null;
let lastHash = createTraceHash();

function hashRecord(hash: TraceHash, record: TxnRecord): void {
  if (record !== lastRecord) {
    lastHash = createTraceHash();
    hashBigInt(lastHash, record.header.clientId);
    hashWord(lastHash, record.header.cxid);
    hashBigInt(lastHash, record.header.zxid);
    hashNumber(lastHash, record.header.time);
    const { txn } = record;
    if (txn.type === 'setData') {
      hashString(lastHash, txn.path);
      hashWord(lastHash, txn.version);
      hashBytes(lastHash, txn.data);
    } else {
      hashValue(lastHash, txn);
    }
    if (record.digest !== null) hashBigInt(lastHash, record.digest);
    lastRecord = record;
  }
  hashWord(hash, lastHash.a);
  hashWord(hash, lastHash.b);
}
