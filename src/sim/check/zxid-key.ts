/**
 * Zxids as floating-point numbers, for the checkers' tables: a bigint in a table of a million
 * entries costs an allocation each time it is read. Exact while the epoch is below 2^21, and then
 * the order, `===` and `+ 1` are those of zxids.
 */
import type { Brand } from '../../core/units.ts';
import { formatZxid, type Zxid } from '../../core/zxid.ts';

export type ZxidKey = Brand<number, 'ZxidKey'>;

/** Below every zxid, ZXID_NONE included. */
export const KEY_NOTHING = -2 as ZxidKey;

const COUNTERS = 2 ** 32;

export function keyOf(zxid: Zxid): ZxidKey {
  return Number(zxid) as ZxidKey;
}

export function epochOfKey(key: ZxidKey): number {
  return Math.floor(key / COUNTERS);
}

/** Of a key that is not negative. */
export function counterOfKey(key: ZxidKey): number {
  return key % COUNTERS;
}

/** The key of `epoch`.0, which opens the epoch and names no transaction. */
export function epochStart(epoch: number): ZxidKey {
  return (epoch * COUNTERS) as ZxidKey;
}

export function maxKey(a: ZxidKey, b: ZxidKey): ZxidKey {
  return a > b ? a : b;
}

export function formatKey(key: ZxidKey): string {
  return formatZxid(BigInt(key) as Zxid);
}
