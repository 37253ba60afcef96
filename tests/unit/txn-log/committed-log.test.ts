import { describe, expect, test } from 'vitest';
import {
  appendCommitted,
  clearCommittedLog,
  committedBetween,
  committedCount,
  committedRecords,
  newCommittedLog,
  type CommittedLog,
} from '../../../src/core/txn-log/committed-log.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import type { Millis, SessionId } from '../../../src/core/units.ts';
import type { Zxid } from '../../../src/core/zxid.ts';

function record(zxid: number): TxnRecord {
  return {
    header: { clientId: 0n as SessionId, cxid: 0, zxid: BigInt(zxid) as Zxid, time: 0 as Millis },
    txn: { type: 'error', err: 0 },
    digest: null,
  };
}

function logOf(limit: number, count: number): CommittedLog {
  const log = newCommittedLog(limit);
  for (let zxid = 1; zxid <= count; zxid++) appendCommitted(log, record(zxid));
  return log;
}

function zxids(records: Iterable<TxnRecord>): number[] {
  return [...records].map((r) => Number(r.header.zxid));
}

describe('committedLog', () => {
  test('is empty at first, from 0 to 0', () => {
    const log = logOf(3, 0);
    expect([log.minCommittedLog, log.maxCommittedLog, committedCount(log)]).toEqual([0n, 0n, 0]);
  });

  test.each([
    [1, [1]],
    [4, [1, 2, 3, 4]],
    [5, [2, 3, 4, 5]],
    [11, [8, 9, 10, 11]],
  ])('of limit 3, after %i transactions, holds one more than its limit', (count, expected) => {
    const log = logOf(3, count);
    expect(zxids(committedRecords(log))).toEqual(expected);
    expect(committedCount(log)).toBe(expected.length);
    expect([log.minCommittedLog, log.maxCommittedLog].map(Number)).toEqual([
      expected.at(0),
      expected.at(-1),
    ]);
  });

  test('gives the records after one zxid, up to another', () => {
    const between = committedBetween(logOf(3, 11), 8n as Zxid, 10n as Zxid);
    expect(zxids(between)).toEqual([9, 10]);
  });

  test('begins anew when it is cleared', () => {
    const log = logOf(3, 9);
    clearCommittedLog(log);
    expect([log.minCommittedLog, log.maxCommittedLog, committedCount(log)]).toEqual([0n, 0n, 0]);
    appendCommitted(log, record(20));
    appendCommitted(log, record(21));
    expect(zxids(committedRecords(log))).toEqual([20, 21]);
    expect(log.minCommittedLog).toBe(20n);
  });
});
