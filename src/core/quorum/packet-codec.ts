/**
 * What servers say on the quorum port, as bytes: QuorumPacket records one after the other, with no
 * length between them. What a packet is about stands in its data, a buffer with a layout of its own
 * for each type.
 *
 * Source: quorum.QuorumPacket, quorum.LearnerInfo, Leader, Learner, LearnerHandler (3.8, 3.9).
 */
import { unreachable } from '../assert.ts';
import {
  bool,
  int,
  long,
  mapped,
  millisInt,
  record,
  sessionId,
  ustring,
  vector,
  zxid as zxidCodec,
  type Codec,
} from '../jute/codec.ts';
import type { Id } from '../jute/data.ts';
import { InputArchive, JuteError } from '../jute/input-archive.ts';
import { OutputArchive } from '../jute/output-archive.ts';
import { OpCode } from '../jute/proto.ts';
import { readRequest, requestType, writeRequestBody } from '../jute/proto-codec.ts';
import type { Release } from '../jute/request-codec.ts';
import { readTxnRecord, writeTxnRecord } from '../jute/txn-codec.ts';
import type { Millis, SessionId, Sid } from '../units.ts';
import { ZXID_NONE, ZXID_ZERO, type Zxid } from '../zxid.ts';
import type { QuorumPacket } from './packet.ts';

/** Everything but the stream behind a SNAP, which is no packet. */
export type WirePacket = Exclude<QuorumPacket, { readonly type: 'SNAPSHOT' }>;

/** Leader's constants. */
export const PacketType = {
  REQUEST: 1,
  PROPOSAL: 2,
  ACK: 3,
  COMMIT: 4,
  PING: 5,
  REVALIDATE: 6,
  SYNC: 7,
  INFORM: 8,
  COMMITANDACTIVATE: 9,
  NEWLEADER: 10,
  FOLLOWERINFO: 11,
  UPTODATE: 12,
  DIFF: 13,
  TRUNC: 14,
  SNAP: 15,
  OBSERVERINFO: 16,
  LEADERINFO: 17,
  ACKEPOCH: 18,
  INFORMANDACTIVATE: 19,
} as const satisfies Record<WirePacket['type'], number>;

const typeNames = new Map<number, WirePacket['type']>(
  Object.entries(PacketType).map(([name, type]) => [type, name as WirePacket['type']]),
);

/** The version that LearnerInfo and LEADERINFO have carried since 3.4. */
const PROTOCOL_VERSION = 0x10000;

export const sidLong: Codec<Sid> = mapped(
  long,
  (value) => Number(value) as Sid,
  (value) => BigInt(value),
);

const learnerInfo = record({ serverid: sidLong, protocolVersion: int, configVersion: zxidCodec });
const ids: Codec<readonly Id[]> = vector(record({ scheme: ustring, id: ustring }));
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const scratch = new OutputArchive(4096);

export function encodePacket(packet: WirePacket): Uint8Array {
  scratch.clear();
  writePacket(scratch, packet);
  return scratch.toBytes();
}

/** Appends a packet: many of them make one write to a socket. */
export function writePacket(output: OutputArchive, packet: WirePacket): void {
  output.writeInt(PacketType[packet.type]);
  output.writeLong(wireZxid(packet));
  const lengthAt = output.length;
  output.writeInt(-1);
  if (hasData(packet)) {
    writeData(output, packet);
    output.patchInt(lengthAt, output.length - lengthAt - 4);
  }
  if (packet.type === 'REQUEST') ids.write(output, packet.authInfo);
  else output.writeInt(-1);
}

/** Packets that concern no transaction have -1 there, but for a SYNC. */
function wireZxid(packet: WirePacket): Zxid {
  switch (packet.type) {
    case 'REQUEST':
    case 'REVALIDATE':
    case 'UPTODATE':
      return ZXID_NONE;
    case 'SYNC':
      return ZXID_ZERO;
    default:
      return packet.zxid;
  }
}

/** The others have a null there; a leader's ping too. */
function hasData(packet: WirePacket): boolean {
  switch (packet.type) {
    case 'ACK':
    case 'COMMIT':
    case 'SYNC':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
    case 'UPTODATE':
      return false;
    case 'PING':
      return packet.touched !== null;
    default:
      return true;
  }
}

function writeData(output: OutputArchive, packet: WirePacket): void {
  switch (packet.type) {
    case 'REQUEST':
      output.writeLong(packet.sessionId);
      output.writeInt(packet.cxid);
      output.writeInt(requestType(packet.request));
      writeRequestBody(output, packet.request);
      break;
    case 'INFORMANDACTIVATE':
      output.writeLong(BigInt(packet.leader));
      writeTxnRecord(output, packet.record);
      break;
    case 'PROPOSAL':
    case 'INFORM':
      writeTxnRecord(output, packet.record);
      break;
    case 'COMMITANDACTIVATE':
      output.writeLong(BigInt(packet.leader));
      break;
    case 'PING':
      for (const [id, timeOut] of packet.touched ?? []) {
        output.writeLong(id);
        output.writeInt(timeOut);
      }
      break;
    case 'REVALIDATE':
      output.writeLong(packet.sessionId);
      if (packet.valid === null) output.writeInt(packet.timeOut);
      else output.writeBool(packet.valid);
      break;
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      learnerInfo.write(output, {
        serverid: packet.sid,
        protocolVersion: PROTOCOL_VERSION,
        configVersion: packet.configVersion,
      });
      break;
    case 'LEADERINFO':
      output.writeInt(PROTOCOL_VERSION);
      break;
    case 'ACKEPOCH':
      output.writeInt(packet.currentEpoch);
      break;
    case 'NEWLEADER':
      output.writeBytes(encoder.encode(packet.config));
      break;
    default:
      break;
  }
}

/** @throws JuteError where the bytes are not a packet that we know. */
export function decodePacket(bytes: Uint8Array, release: Release = '3.9'): WirePacket {
  return readPacket(new InputArchive(bytes), release);
}

/** What stands in every packet beside its data. */
interface Frame {
  readonly type: WirePacket['type'];
  readonly zxid: Zxid;
}

/** @throws EndOfInputError where the bytes end before the packet does. */
export function readPacket(input: InputArchive, release: Release): WirePacket {
  const number = input.readField('type', int.read);
  const zxid = input.readField('zxid', zxidCodec.read);
  const type = typeNames.get(number);
  if (type === undefined) {
    throw new JuteError(`unexpected quorum packet, type: ${String(number)}`);
  }
  const read = (data: InputArchive): WirePacket => readData(data, { type, zxid }, release);
  const packet =
    input.readField('data', (from) => from.readNested(read)) ?? withoutData({ type, zxid });
  const authInfo = input.readField('authinfo', ids.read);
  return packet.type === 'REQUEST' ? { ...packet, authInfo } : packet;
}

/** A packet whose data is null. Only servers before 3.4 send a NEWLEADER so. */
function withoutData({ type, zxid }: Frame): WirePacket {
  switch (type) {
    case 'ACK':
    case 'COMMIT':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
      return { type, zxid };
    case 'SYNC':
    case 'UPTODATE':
      return { type };
    case 'PING':
      return { type, zxid, touched: null };
    case 'NEWLEADER':
      return { type, zxid, config: '' };
    default:
      throw new JuteError(`a ${type} without data`);
  }
}

function readData(input: InputArchive, frame: Frame, release: Release): WirePacket {
  const { type, zxid } = frame;
  switch (type) {
    case 'REQUEST':
      return readForwarded(input, release);
    case 'PROPOSAL':
    case 'INFORM':
      return { type, zxid, record: readTxnRecord(input) };
    case 'COMMITANDACTIVATE':
      return { type, zxid, leader: input.readField('leader', sidLong.read) };
    case 'INFORMANDACTIVATE': {
      const leader = input.readField('leader', sidLong.read);
      return { type, zxid, leader, record: readTxnRecord(input) };
    }
    case 'PING':
      return { type, zxid, touched: readTouched(input) };
    case 'REVALIDATE':
      return readRevalidate(input);
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO': {
      const info = input.readField('LearnerInfo', readLearnerInfo);
      return { type, zxid, sid: info.serverid, configVersion: info.configVersion };
    }
    case 'LEADERINFO':
      input.readField('protocolVersion', int.read);
      return { type, zxid };
    case 'ACKEPOCH':
      return { type, zxid, currentEpoch: input.readField('currentEpoch', int.read) };
    case 'NEWLEADER':
      return { type, zxid, config: input.readField('config', readText) };
    case 'ACK':
    case 'COMMIT':
    case 'SYNC':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
    case 'UPTODATE':
      return withoutData(frame);
    default:
      return unreachable(type);
  }
}

/** A learner's request: a session's creation comes this way only. */
function readForwarded(input: InputArchive, release: Release): WirePacket {
  const id = input.readField('sessionId', sessionId.read);
  const cxid = input.readField('cxid', int.read);
  const type = input.readField('type', int.read);
  const request =
    type === OpCode.createSession
      ? ({
          op: 'createSession',
          timeOut: input.readField('timeOut', millisInt.read),
        } as const)
      : readRequest(input, type, release);
  return { type: 'REQUEST', sessionId: id, cxid, request, authInfo: [] };
}

function readTouched(input: InputArchive): readonly (readonly [SessionId, Millis])[] {
  const touched: (readonly [SessionId, Millis])[] = [];
  while (input.remaining > 0) {
    const id = input.readField('sessionId', sessionId.read);
    touched.push([id, input.readField('timeOut', millisInt.read)]);
  }
  return touched;
}

/** The answer is the shorter one: of the session's timeout it says nothing. */
function readRevalidate(input: InputArchive): WirePacket {
  const id = input.readField('sessionId', sessionId.read);
  if (input.remaining < 4) {
    const valid = input.readField('valid', bool.read);
    return { type: 'REVALIDATE', sessionId: id, timeOut: 0 as Millis, valid };
  }
  const timeOut = input.readField('timeOut', millisInt.read);
  return { type: 'REVALIDATE', sessionId: id, timeOut, valid: null };
}

/** Before 3.4 there was the sid only, and before 3.5 no version of the configuration. */
function readLearnerInfo(input: InputArchive): {
  readonly serverid: Sid;
  readonly configVersion: Zxid;
} {
  const serverid = input.readField('serverid', sidLong.read);
  if (input.remaining >= 4) input.readField('protocolVersion', int.read);
  const configVersion =
    input.remaining >= 8 ? input.readField('configVersion', zxidCodec.read) : ZXID_ZERO;
  return { serverid, configVersion };
}

/** Text that fills all the rest. */
function readText(input: InputArchive): string {
  return decoder.decode(input.readRest());
}
