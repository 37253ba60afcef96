/**
 * The newest committed transactions, kept in memory so that a learner that is only a little behind
 * can be sent what it lacks.
 *
 * Source: server.ZKDatabase.addCommittedProposal (3.9).
 */
import { defined } from '../assert.ts';
import type { TxnRecord } from '../jute/txn.ts';
import { ZXID_ZERO, type Zxid } from '../zxid.ts';

/** A ring of `capacity` places. */
export interface CommittedLog {
  readonly capacity: number;
  readonly ring: TxnRecord[];
  /** Where the oldest record is. */
  head: number;
  /** Zero before the first record; so they stay when the log is empty. */
  minCommittedLog: Zxid;
  maxCommittedLog: Zxid;
}

/**
 * @param limit commitLogCount. One more than that is held, because ZooKeeper looks at the size
 * before it adds.
 */
export function newCommittedLog(limit: number): CommittedLog {
  return {
    capacity: limit + 1,
    ring: [],
    head: 0,
    minCommittedLog: ZXID_ZERO,
    maxCommittedLog: ZXID_ZERO,
  };
}

export function committedCount(log: CommittedLog): number {
  return log.ring.length;
}

export function appendCommitted(log: CommittedLog, record: TxnRecord): void {
  if (log.ring.length < log.capacity) {
    log.ring.push(record);
    if (log.ring.length === 1) log.minCommittedLog = record.header.zxid;
  } else {
    log.ring[log.head] = record;
    log.head = (log.head + 1) % log.capacity;
    log.minCommittedLog = committedAt(log, 0).header.zxid;
  }
  log.maxCommittedLog = record.header.zxid;
}

/** @param index 0 for the oldest. */
export function committedAt(log: CommittedLog, index: number): TxnRecord {
  return defined(log.ring[(log.head + index) % log.ring.length], 'a record of committedLog');
}

/** Oldest first. */
export function* committedRecords(log: CommittedLog): Generator<TxnRecord> {
  for (let i = 0; i < log.ring.length; i++) yield committedAt(log, i);
}

/** Oldest first, those with a zxid in (after, upTo]. */
export function committedBetween(log: CommittedLog, after: Zxid, upTo: Zxid): TxnRecord[] {
  return [...committedRecords(log)].filter(
    ({ header }) => header.zxid > after && header.zxid <= upTo,
  );
}

/** After a TRUNC or SNAP, when the database is loaded anew. */
export function clearCommittedLog(log: CommittedLog): void {
  log.ring.length = 0;
  log.head = 0;
  log.minCommittedLog = ZXID_ZERO;
  log.maxCommittedLog = ZXID_ZERO;
}
