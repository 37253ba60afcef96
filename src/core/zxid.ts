/**
 * Transaction ids: a 64-bit integer, high 32 bits the epoch, low 32 bits a counter that starts
 * again in every epoch.
 *
 * Source: org.apache.zookeeper.server.util.ZxidUtils (3.9).
 */
import { assert } from './assert.ts';
import type { Brand } from './units.ts';

/** A zxid. Compare with `<` and `===`: the epoch sits in the high bits. */
export type Zxid = Brand<bigint, 'Zxid'>;

export const ZXID_ZERO = 0n as Zxid;

/** On the wire: "no zxid". In a database: empty and not to be trusted in an election. */
export const ZXID_NONE = -1n as Zxid;

const COUNTER_BITS = 32n;
const COUNTER_MASK = 0xffff_ffffn;

export const COUNTER_MAX = 0xffff_ffff;

/** @param epoch 0..2^31-1. @param counter 0..2^32-1. */
export function makeZxid(epoch: number, counter: number): Zxid {
  assert(epoch >= 0, 'an epoch is not negative');
  assert(counter >= 0 && counter <= COUNTER_MAX, 'a counter fits in 32 bits');
  return ((BigInt(epoch) << COUNTER_BITS) | BigInt(counter)) as Zxid;
}

export function epochOf(zxid: Zxid): number {
  return Number(zxid >> COUNTER_BITS);
}

export function counterOf(zxid: Zxid): number {
  return Number(zxid & COUNTER_MASK);
}

export function nextZxid(zxid: Zxid): Zxid {
  return (zxid + 1n) as Zxid;
}

/** The form that ZooKeeper logs: unpadded lower-case hexadecimal, `0x200000003`. */
export function formatZxid(zxid: Zxid): string {
  return `0x${BigInt.asUintN(64, zxid).toString(16)}`;
}
