/**
 * Session ids and passwords. Both are computed, never stored: any server can tell whether a
 * client that comes back knows the password of its session.
 *
 * Source: SessionTrackerImpl.initializeNextSessionId, ZooKeeperServer.generatePasswd (3.9).
 */
import type { Millis, SessionId, Sid } from '../units.ts';
import { CONTAINER_OWNER } from '../data-tree/data-node.ts';

/**
 * The first id of a session tracker: the server in the high 8 bits, then 40 bits of the clock, then
 * 16 bits to count up from. Signed 64 bits, as Java's long.
 * @param elapsedMs the server's monotonic clock when the tracker was made.
 */
export function firstSessionId(sid: Sid, elapsedMs: Millis): SessionId {
  const clock = (BigInt(Math.floor(elapsedMs)) & 0xff_ffff_ffffn) << 16n;
  return skipContainer(BigInt.asIntN(64, (BigInt(sid) << 56n) | clock));
}

export function nextSessionId(id: SessionId): SessionId {
  return skipContainer(BigInt.asIntN(64, id + 1n));
}

/** The sid of the server that gave the id out. */
export function serverOfSession(id: SessionId): Sid {
  return Number(BigInt.asUintN(64, id) >> 56n) as Sid;
}

const SUPER_SECRET = 0xb341_5c00n;

/** 16 bytes: what java.util.Random, seeded with the id and a constant, gives first. */
export function passwordOf(id: SessionId): Uint8Array {
  const password = new Uint8Array(16);
  let state = (BigInt.asUintN(64, id) ^ SUPER_SECRET ^ MULTIPLIER) & MASK_48;
  for (let i = 0; i < password.length; i += 4) {
    state = (state * MULTIPLIER + INCREMENT) & MASK_48;
    const bits = Number(state >> 16n);
    for (let k = 0; k < 4; k++) password[i + k] = (bits >>> (8 * k)) & 0xff;
  }
  return password;
}

/** Whether a client gave the right password. A null one never is. */
export function isPasswordOf(id: SessionId, password: Uint8Array): boolean {
  const right = passwordOf(id);
  return password.length === right.length && right.every((byte, i) => byte === password[i]);
}

/** The linear congruential generator of java.util.Random. */
const MULTIPLIER = 0x5_deec_e66dn;
const INCREMENT = 0xbn;
const MASK_48 = (1n << 48n) - 1n;

/** An ephemeral's owner must not look like the mark of a container. */
function skipContainer(id: bigint): SessionId {
  return (id === CONTAINER_OWNER ? id + 1n : id) as SessionId;
}
