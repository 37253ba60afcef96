/** LearnerHandler.syncFollower: what a leader sends to a learner, by what each of them has. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, ensembleOf, type EnsembleConfig } from '../../../src/core/config.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import { planSync, type SyncPlan } from '../../../src/core/quorum/sync-plan.ts';
import { createServer, type Server } from '../../../src/core/server.ts';
import { appendCommitted } from '../../../src/core/txn-log/committed-log.ts';
import type { SnapshotNode } from '../../../src/core/txn-log/snapshot.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import { counterOf, epochOf, makeZxid, type Zxid } from '../../../src/core/zxid.ts';

interface Given {
  /** `1.1-1.3 2.1`, as are the others. */
  readonly committed?: string;
  readonly log?: string;
  /** Snapshots on the disk; that of 0.0 if nothing is said. */
  readonly snapshots?: string;
  /** lastProcessedZxid; the last committed one if nothing is said. */
  readonly last?: string;
  readonly config?: Partial<EnsembleConfig>;
}

/** Lets a log be larger than a snapshot, as no default does. */
const FROM_DISK = { preAllocSize: 0, snapshotSizeFactor: 1000 };

function zxid(text: string): Zxid {
  const [epoch, counter] = text.split('.');
  return makeZxid(Number(epoch), Number(counter));
}

function zxids(text: string): readonly Zxid[] {
  const list: Zxid[] = [];
  for (const range of text.split(' ').filter(Boolean)) {
    const [from = '', to = from] = range.split('-');
    for (let z = zxid(from); z <= zxid(to); z++) list.push(z);
  }
  return list;
}

function show(z: Zxid): string {
  return `${String(epochOf(z))}.${String(counterOf(z))}`;
}

function recordOf(z: Zxid): TxnRecord {
  const header = { clientId: 1n as SessionId, cxid: 1, zxid: z, time: 0 as Millis };
  return { header, txn: { type: 'delete', path: '/x' }, digest: null };
}

function leaderWith({ committed = '', log, snapshots = '0.0', last, config }: Given): Server {
  const ensemble = { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0), ...config };
  const server = createServer({ config: ensemble, sid: 3 as Sid, seed: 1, incarnation: 0 });
  const { db } = server;
  const all = zxids(committed);
  for (const z of all) appendCommitted(db.committedLog, recordOf(z));
  db.log = zxids(log ?? committed).map(recordOf);
  const node = { path: '/some-node', data: new Uint8Array(100) } as unknown as SnapshotNode;
  db.snapshots = zxids(snapshots).map((z) => ({ zxid: z, sessions: [], nodes: [node] }));
  db.tree.lastProcessedZxid = last === undefined ? (all.at(-1) ?? (0n as Zxid)) : zxid(last);
  return server;
}

function planText({ mode, zxid: z, records, upTo }: SyncPlan): string {
  const sent = records.map((record) => show(record.header.zxid)).join(' ');
  return `${mode} ${show(z)}${sent === '' ? '' : `: ${sent}`} (to ${show(upTo)})`;
}

describe.each<
  [why: string, given: Given, rows: readonly (readonly [peer: string, plan: string])[]]
>([
  [
    'at the beginning of an epoch of which nothing is committed',
    { committed: '1.1-1.4', last: '3.0' },
    [
      ['3.1', 'TRUNC 3.0 (to 3.0)'],
      // It may have 2.0 from a SNAP, and nothing before.
      ['2.1', 'SNAP 3.0 (to 3.0)'],
      ['1.5', 'TRUNC 1.4 (to 1.4)'],
    ],
  ],
  [
    'with the transactions of one epoch in memory',
    { committed: '1.1-1.4' },
    [
      ['1.4', 'DIFF 1.4 (to 1.4)'],
      ['1.2', 'DIFF 1.4: 1.3 1.4 (to 1.4)'],
      ['1.1', 'DIFF 1.4: 1.2 1.3 1.4 (to 1.4)'],
      // One more than the leader committed: cut it off.
      ['1.5', 'TRUNC 1.4 (to 1.4)'],
      // Of a later epoch, which the learner may have begun with a SNAP: its log does not reach back.
      ['2.1', 'SNAP 1.4 (to 1.4)'],
      // Counter 0 is no transaction, so there is nothing to cut.
      ['2.0', 'SNAP 1.4 (to 1.4)'],
      ['0.0', 'SNAP 1.4 (to 1.4)'],
    ],
  ],
  [
    'at the start of epoch 2, with the transactions of epoch 1 in memory',
    { committed: '1.1-1.4', last: '2.0' },
    [
      ['2.0', 'DIFF 2.0 (to 2.0)'],
      ['1.4', 'DIFF 1.4 (to 1.4)'],
      ['1.3', 'DIFF 1.4: 1.4 (to 1.4)'],
      ['1.5', 'TRUNC 1.4 (to 1.4)'],
    ],
  ],
  [
    'with transactions of two epochs in memory',
    { committed: '1.1-1.3 2.1-2.2' },
    [
      ['1.3', 'DIFF 2.2: 2.1 2.2 (to 2.2)'],
      // 1.4 was never committed; what follows is of epoch 2, and TRUNC crosses no epoch.
      ['1.4', 'SNAP 2.2 (to 2.2)'],
      // A learner that got its tree at the start of epoch 2.
      ['2.0', 'DIFF 2.2: 2.1 2.2 (to 2.2)'],
      ['2.3', 'TRUNC 2.2 (to 2.2)'],
    ],
  ],
  [
    'where the log in memory lacks a transaction inside its range',
    { committed: '1.1-1.3 1.5-1.6' },
    [
      // The learner has one that nobody committed: back to the one before, and on from there.
      ['1.4', 'TRUNC 1.3: 1.5 1.6 (to 1.6)'],
      ['1.3', 'DIFF 1.6: 1.5 1.6 (to 1.6)'],
    ],
  ],
  [
    'with nothing in memory',
    { committed: '', log: '', last: '2.0' },
    [
      ['2.0', 'DIFF 2.0 (to 2.0)'],
      // min = max = last: all else is below or beyond.
      ['1.9', 'SNAP 2.0 (to 2.0)'],
      ['2.1', 'TRUNC 2.0 (to 2.0)'],
      ['3.0', 'SNAP 2.0 (to 2.0)'],
    ],
  ],
  [
    'with a log on disk that reaches further back',
    { committed: '1.5-1.7', log: '1.1-1.7', config: FROM_DISK },
    [
      ['1.5', 'DIFF 1.7: 1.6 1.7 (to 1.7)'],
      ['1.4', 'DIFF 1.7: 1.5 1.6 1.7 (to 1.7)'],
      ['1.2', 'DIFF 1.7: 1.3 1.4 1.5 1.6 1.7 (to 1.7)'],
      // Nothing in the log is at or before it, so nobody knows what came between.
      ['0.0', 'SNAP 1.7 (to 1.7)'],
    ],
  ],
  [
    'with a log on disk of two epochs',
    { committed: '2.2-2.4', log: '1.1-1.3 2.1-2.4', config: FROM_DISK },
    [
      ['1.3', 'DIFF 2.4: 2.1 2.2 2.3 2.4 (to 2.4)'],
      ['1.4', 'SNAP 2.4 (to 2.4)'],
      ['2.0', 'DIFF 2.4: 2.1 2.2 2.3 2.4 (to 2.4)'],
    ],
  ],
  [
    'with a gap between the log on disk and that in memory',
    { committed: '1.5-1.7', log: '1.1-1.3', config: FROM_DISK },
    [['1.2', 'SNAP 1.7 (to 1.7)']],
  ],
  [
    'with a log on disk that is large against the snapshot',
    { committed: '1.5-1.7', log: '1.1-1.7', config: { ...FROM_DISK, snapshotSizeFactor: 0.33 } },
    [['1.2', 'SNAP 1.7 (to 1.7)']],
  ],
  [
    'with a log file of 64 MiB, as allocated, however little is in it',
    {
      committed: '1.5-1.7',
      log: '1.1-1.7',
      config: { preAllocSize: 64 * 1024 * 1024, snapshotSizeFactor: 1000 },
    },
    [['1.2', 'SNAP 1.7 (to 1.7)']],
  ],
  [
    'with sync from disk switched off',
    {
      committed: '1.5-1.7',
      log: '1.1-1.7',
      config: { preAllocSize: 0, snapshotSizeFactor: -1 },
    },
    [
      ['1.2', 'SNAP 1.7 (to 1.7)'],
      ['1.5', 'DIFF 1.7: 1.6 1.7 (to 1.7)'],
    ],
  ],
  [
    'with a hole in its log that a SNAP has left',
    { committed: '2.6-2.7', log: '1.1-1.3 2.5-2.7', snapshots: '0.0 2.4', config: FROM_DISK },
    [
      ['1.2', 'SNAP 2.7 (to 2.7)'],
      // Where the SNAP was taken: a TRUNC to 1.3 would take what is committed.
      ['2.4', 'SNAP 2.7 (to 2.7)'],
      ['2.5', 'DIFF 2.7: 2.6 2.7 (to 2.7)'],
    ],
  ],
])('a leader %s', (_why, given, rows) => {
  test.each(rows)('sends a learner at %s: %s', (peer, plan) => {
    expect(planText(planSync(leaderWith(given), zxid(peer), '1'))).toBe(plan);
  });
});
