/**
 * What a client and a server say to each other as bytes, without the length in front of a packet.
 * Both directions are here for both sides: a server decodes what a client encodes.
 *
 * Source: NIOServerCnxn.readRequest, ZooKeeperServer.processPacket, ClientCnxn (3.8, 3.9).
 * Differs: a createSession from a client, which ZooKeeper carries out, is unknown here.
 */
import { unreachable } from '../assert.ts';
import { ErrorCode } from '../error-code.ts';
import { buffer, int, mapped, millisInt, record, sessionId, ustring, zxid } from './codec.ts';
import type { Codec } from './codec.ts';
import { writeFrame } from './framing.ts';
import { InputArchive, JuteError } from './input-archive.ts';
import { OutputArchive } from './output-archive.ts';
import { NO_BODY, OpCode, Xid } from './proto.ts';
import type {
  BadRequest,
  ClientReply,
  ClientRequest,
  ConnectRequest,
  ConnectResponse,
  EventType,
  KeeperState,
  Request,
  WatchNotification,
} from './proto.ts';
import { errorCode, readReplyBody, writeReplyBody } from './reply-codec.ts';
import { opNameOf, readBodyOf, writeBodyOf, type Release } from './request-codec.ts';

export type ServerMessage = ConnectResponse | ClientReply | WatchNotification;

const requestHeader = record({ xid: int, type: int });
const replyHeader = record({ xid: int, zxid, err: errorCode });

/** A password that is null fits no session, as an empty one. */
const password: Codec<Uint8Array> = mapped(
  buffer,
  (value) => value ?? new Uint8Array(0),
  (value) => value,
);

const connectRequest = record({
  protocolVersion: int,
  lastZxidSeen: zxid,
  timeOut: millisInt,
  sessionId,
  passwd: password,
});

const connectResponse = record({
  protocolVersion: int,
  timeOut: millisInt,
  sessionId,
  passwd: password,
});

const eventType: Codec<EventType> = mapped(
  int,
  (value) => value as EventType,
  (value) => value,
);

const keeperState: Codec<KeeperState> = mapped(
  int,
  (value) => value as KeeperState,
  (value) => value,
);

const watcherEvent = record({ type: eventType, state: keeperState, path: ustring });

/**
 * @param first the first packet of a connection, which is a ConnectRequest.
 * @throws JuteError where not even the header can be read: the connection is to be closed. A body
 *   that cannot be read is a request all the same, `unreadable`, and is answered.
 */
export function decodeClientMessage(
  bytes: Uint8Array,
  first: boolean,
  release: Release = '3.9',
): ConnectRequest | ClientRequest {
  const input = new InputArchive(bytes);
  return first ? readConnectRequest(input) : readClientRequest(input, release);
}

/** A client before 3.4 says nothing of read-only: it is answered without a word of it either. */
export function saysReadOnly(connectRequestBytes: Uint8Array): boolean {
  const input = new InputArchive(connectRequestBytes);
  connectRequest.read(input);
  return input.remaining > 0;
}

export function readConnectRequest(input: InputArchive): ConnectRequest {
  const body = connectRequest.read(input);
  return { kind: 'connectRequest', ...body, readOnly: readReadOnly(input) };
}

export function readClientRequest(input: InputArchive, release: Release): ClientRequest {
  const { xid, type } = input.readField('RequestHeader', requestHeader.read);
  return { kind: 'request', xid, request: readRequest(input, type, release) };
}

/** A body by its number. What cannot be read is said so; nothing is thrown. */
export function readRequest(input: InputArchive, type: number, release: Release): Request {
  const op = opNameOf(type);
  if (op === null || op === 'error' || op === 'createSession') return { op: 'unknown', type };
  try {
    return input.readField(op, (from) => readBodyOf(from, op, release));
  } catch (error) {
    if (!(error instanceof JuteError)) throw error;
    return { op: 'unreadable', type };
  }
}

/** Forgotten after each message: its space is used again. */
const scratch = new OutputArchive(4096);

export function encodeServerMessage(message: ServerMessage, withReadOnly = true): Uint8Array {
  scratch.clear();
  writeServerMessage(scratch, message, withReadOnly);
  return scratch.toBytes();
}

/** Appends a message behind its length: many of them make one write to a socket. */
export function writeServerFrame(
  output: OutputArchive,
  message: ServerMessage,
  withReadOnly = true,
): void {
  writeFrame(output, () => {
    writeServerMessage(output, message, withReadOnly);
  });
}

/** @param withReadOnly false for an answer to a ConnectRequest that did not say it. */
export function writeServerMessage(
  output: OutputArchive,
  message: ServerMessage,
  withReadOnly: boolean,
): void {
  switch (message.kind) {
    case 'connectResponse':
      connectResponse.write(output, message);
      if (withReadOnly) output.writeBool(message.readOnly);
      break;
    case 'reply':
      replyHeader.write(output, message);
      if (message.err === ErrorCode.OK) writeReplyBody(output, message.op, message.body);
      break;
    case 'notification':
      replyHeader.write(output, {
        xid: Xid.NOTIFICATION,
        zxid: message.zxid,
        err: ErrorCode.OK,
      });
      watcherEvent.write(output, message);
      break;
    default:
      unreachable(message);
  }
}

export function encodeClientMessage(
  message: ConnectRequest | ClientRequest,
  withReadOnly = true,
): Uint8Array {
  scratch.clear();
  writeClientMessage(scratch, message, withReadOnly);
  return scratch.toBytes();
}

export function writeClientFrame(
  output: OutputArchive,
  message: ConnectRequest | ClientRequest,
): void {
  writeFrame(output, () => {
    writeClientMessage(output, message, true);
  });
}

function writeClientMessage(
  output: OutputArchive,
  message: ConnectRequest | ClientRequest,
  withReadOnly: boolean,
): void {
  if (message.kind === 'connectRequest') {
    connectRequest.write(output, message);
    if (withReadOnly) output.writeBool(message.readOnly);
    return;
  }
  const { xid, request } = message;
  requestHeader.write(output, { xid, type: requestType(request) });
  writeRequestBody(output, request);
}

/** The number in the header. */
export function requestType(request: Request): number {
  return isBad(request) ? request.type : OpCode[request.op];
}

/** Of a request that could not be read nothing is left but its type. */
export function writeRequestBody(output: OutputArchive, request: Request): void {
  if (!isBad(request)) writeBodyOf(output, request);
}

function isBad(request: Request): request is BadRequest {
  return request.op === 'unknown' || request.op === 'unreadable';
}

/**
 * @param opOf what was asked under an xid, or null; pings, notifications and the like need none.
 * @param first the first packet of a connection, which is a ConnectResponse.
 * @throws JuteError where the bytes are no answer to what was asked.
 */
export function decodeServerMessage(
  bytes: Uint8Array,
  opOf: (xid: number) => Request['op'] | null,
  first = false,
): ServerMessage {
  const input = new InputArchive(bytes);
  return first ? readConnectResponse(input) : readReply(input, opOf);
}

export function readConnectResponse(input: InputArchive): ConnectResponse {
  const body = connectResponse.read(input);
  return { kind: 'connectResponse', ...body, readOnly: readReadOnly(input) };
}

export function readReply(
  input: InputArchive,
  opOf: (xid: number) => Request['op'] | null,
): ClientReply | WatchNotification {
  const header = input.readField('ReplyHeader', replyHeader.read);
  if (header.xid === Xid.NOTIFICATION) {
    const event = input.readField('WatcherEvent', watcherEvent.read);
    return { kind: 'notification', zxid: header.zxid, ...event };
  }
  const op = opOf(header.xid) ?? opOfXid(header.xid);
  if (op === null) throw new JuteError(`Xid out of order. Got Xid ${String(header.xid)}`);
  const body =
    header.err === ErrorCode.OK ? input.readField(op, (from) => readReplyBody(from, op)) : NO_BODY;
  return { kind: 'reply', op, ...header, body };
}

/** The xids that stand for one operation each. */
function opOfXid(xid: number): Request['op'] | null {
  switch (xid) {
    case Xid.PING:
      return 'ping';
    case Xid.AUTH:
      return 'auth';
    case Xid.SET_WATCHES:
      return 'setWatches';
    default:
      return null;
  }
}

function readReadOnly(input: InputArchive): boolean {
  return input.remaining > 0 && input.readField('readOnly', (from) => from.readBool());
}
