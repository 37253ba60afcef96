/**
 * A snapshot's file as it comes without a name: its last section says of which zxid it is.
 *
 * Source: server.ZKDatabase.deserializeSnapshot for the admin server, DataTree's
 * deserializeLastProcessedZxid (3.9).
 * Differs: a file of an earlier release, which has no such section, is of the zxid of its digest;
 * ZooKeeper takes it for zxid 0.
 */
import { adler32 } from './txn-log/adler32.ts';
import { decodeSnapshot } from './txn-log/snapshot-format.ts';
import type { Snapshot } from './txn-log/snapshot.ts';
import { ZXID_ZERO, type Zxid } from './zxid.ts';

/** Bytes: a checksum as a long, and "/". */
const SEAL = 13;

/** The zxid as a long, and its seal. */
const LAST_SECTION = 8 + SEAL;

export type RestorableFile =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly reason: string };

/** Never throws. @param maxBuffer jute.maxbuffer, in bytes. */
export function readRestorable(bytes: Uint8Array, maxBuffer: number): RestorableFile {
  const entry = decodeSnapshot(bytes, ZXID_ZERO, maxBuffer);
  if (entry.kind === 'damaged') return { ok: false, reason: entry.reason };
  const { snapshot } = entry;
  const zxid = lastProcessedZxid(bytes) ?? snapshot.digest?.zxid ?? ZXID_ZERO;
  return { ok: true, snapshot: { ...snapshot, zxid } };
}

/** Null where the last section is another: before this one there is the seal of the digest. */
function lastProcessedZxid(bytes: Uint8Array): Zxid | null {
  const start = bytes.length - LAST_SECTION;
  const seal = start - SEAL;
  if (seal < 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getInt32(start - 5) !== 1 || view.getUint8(start - 1) !== 0x2f) return null;
  if (view.getBigInt64(seal) !== BigInt(adler32(bytes.subarray(0, seal)))) return null;
  return view.getBigInt64(start) as Zxid;
}
