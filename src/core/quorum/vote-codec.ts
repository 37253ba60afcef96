/**
 * What servers say on the election port, as bytes. Whoever dials names itself once, in front of
 * all; from then on each message stands behind its length, in both directions.
 *
 * Source: QuorumCnxManager.InitialMessage, FastLeaderElection.WorkerReceiver and buildMsg (3.9).
 */
import { int, long, mapped, record, zxid, type Codec } from '../jute/codec.ts';
import { EndOfInputError, InputArchive, JuteError } from '../jute/input-archive.ts';
import { OutputArchive } from '../jute/output-archive.ts';
import type { Sid } from '../units.ts';
import { epochOf } from '../zxid.ts';
import { sidLong } from './packet-codec.ts';
import type { Hello } from './packet.ts';
import type { Notification, ServerState } from './vote.ts';

/** One address, as servers write it unless multiAddress.enabled is set; and several, by `|`. */
const PROTOCOL_V1 = -65536n;
const PROTOCOL_V2 = -65535n;

/** Bytes that the addresses may take. */
const ADDRESS_LIMIT = 2048;

/** Bytes: QuorumCnxManager takes no longer message. */
export const MAX_ELECTION_MESSAGE = 512 * 1024;

/** Notification.CURRENTVERSION: with the configuration behind the vote. */
const VERSION = 2;

/** Lengths of a notification that tell how old its sender is. */
const WITHOUT_EPOCH = 28;
const WITHOUT_VERSION = 40;

/** By their numbers on the wire. */
export const STATES: readonly ServerState[] = ['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** An epoch or a round in 64 bits; exact up to 2^53, and for an observer's -2^63. */
const epochLong: Codec<number> = mapped(
  long,
  (value) => Number(value),
  (value) => BigInt(value),
);

const vote = record({ state: int, leader: sidLong, zxid, electionEpoch: epochLong });

export function encodeHello({ sid, address }: Hello): Uint8Array {
  const output = new OutputArchive();
  output.writeLong(address.includes('|') ? PROTOCOL_V2 : PROTOCOL_V1);
  output.writeLong(BigInt(sid));
  output.writeBuffer(encoder.encode(address));
  return output.toBytes();
}

/**
 * @returns null where more bytes are needed; otherwise the words and how many bytes they took.
 * @throws JuteError where it is no greeting: the connection is to be closed.
 */
export function decodeHello(
  bytes: Uint8Array,
): { readonly hello: Hello; readonly length: number } | null {
  const input = new InputArchive(bytes);
  try {
    const hello = readHello(input);
    return { hello, length: input.position };
  } catch (error) {
    if (error instanceof EndOfInputError) return null;
    throw error;
  }
}

export function readHello(input: InputArchive): Hello {
  const version = input.readField('protocolVersion', long.read);
  // Before 3.5 the first word was the sid itself.
  if (version >= 0n) return { kind: 'hello', sid: Number(version) as Sid, address: '' };
  if (version !== PROTOCOL_V1 && version !== PROTOCOL_V2) {
    throw new JuteError(`Got unrecognized protocol version ${String(version)}`);
  }
  const sid = input.readField('sid', sidLong.read);
  const length = input.readField('length', int.read);
  if (length <= 0 || length > ADDRESS_LIMIT) {
    throw new JuteError(`Unreasonable buffer length: ${String(length)}`);
  }
  const address = input.readField('address', (from) => decoder.decode(from.readRaw(length)));
  if (!address.split('|').every(isAddress)) {
    throw new JuteError(`Badly formed address: ${address}`);
  }
  return { kind: 'hello', sid, address };
}

/** `host:port`, the host of IPv6 in brackets. */
function isAddress(text: string): boolean {
  const colon = text.lastIndexOf(':');
  return colon > 0 && /^\d{1,5}$/.test(text.slice(colon + 1));
}

/** Without the length in front. */
export function encodeNotification(notification: Notification): Uint8Array {
  const output = new OutputArchive();
  vote.write(output, { ...notification, state: STATES.indexOf(notification.state) });
  output.writeLong(BigInt(notification.peerEpoch));
  output.writeInt(VERSION);
  output.writeBuffer(encoder.encode(notification.config));
  return output.toBytes();
}

/**
 * @param sid who sent it: the message itself does not say.
 * @returns null for a message that ZooKeeper drops: too short, or of a state that nobody knows.
 * @throws JuteError where the configuration is not as long as it says.
 */
export function decodeNotification(bytes: Uint8Array, sid: Sid): Notification | null {
  if (bytes.length < WITHOUT_EPOCH) return null;
  return readNotification(new InputArchive(bytes), sid);
}

export function readNotification(input: InputArchive, sid: Sid): Notification | null {
  const length = input.remaining;
  const { state: number, ...said } = vote.read(input);
  const peerEpoch =
    length === WITHOUT_EPOCH ? epochOf(said.zxid) : input.readField('peerEpoch', epochLong.read);
  const isOld = length === WITHOUT_EPOCH || length === WITHOUT_VERSION;
  const version = isOld ? 0 : input.readField('version', int.read);
  const config = version >= VERSION ? readConfig(input) : '';
  const state = STATES[number];
  return state === undefined
    ? null
    : { kind: 'notification', sid, state, ...said, peerEpoch, config };
}

function readConfig(input: InputArchive): string {
  const length = input.readField('configLength', int.read);
  if (length < 0 || length > input.remaining) {
    throw new JuteError(`Invalid configLength: ${String(length)}`);
  }
  return input.readField('config', (from) => decoder.decode(from.readRaw(length)));
}
