/**
 * Whether a server can do without its last snapshot is tried out, with the logs of others cut short
 * by snapshots: they cannot tell what its own log lacks.
 */
import { expect, test } from 'vitest';
import { EMPTY_DISK, type DiskImage } from '../../../src/core/txn-log/disk-image.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import { createServer } from '../../../src/core/server.ts';
import { serializeTree } from '../../../src/core/data-tree/data-tree.ts';
import { replayAll } from '../../../src/core/txn-log/zk-database.ts';
import type { Millis, SessionId, Sid } from '../../../src/core/units.ts';
import { makeZxid, ZXID_ZERO, type Zxid } from '../../../src/core/zxid.ts';
import { withoutLastSnapshot } from '../../../src/sim/explore/ruin.ts';
import { createLocalRun } from '../../../src/sim/local.ts';
import { quietWorld } from '../../../src/sim/scenarios.ts';

const world = quietWorld(1, 3);
const sid = 1 as Sid;

function creation(counter: number): TxnRecord {
  const zxid = makeZxid(1, counter);
  const header = { clientId: 1n as SessionId, cxid: counter, zxid, time: 1 as Millis };
  const path = `/n${String(counter)}`;
  const rest = { data: null, acl: [], ephemeral: false, parentCVersion: counter };
  return { header, txn: { type: 'create', path, ...rest }, digest: null };
}

function snapshotOf(records: readonly TxnRecord[]): DiskImage['snapshots'][number] {
  const server = createServer({ config: world.ensemble, sid, seed: 1, incarnation: 0 });
  replayAll(server, records);
  const nodes = serializeTree(server.db.tree);
  const zxid: Zxid = records.at(-1)?.header.zxid ?? ZXID_ZERO;
  return { kind: 'snapshot', snapshot: { zxid, sessions: [], nodes } };
}

const all = [1, 2, 3, 4].map(creation);
const entries = (records: readonly TxnRecord[]): DiskImage['log'] =>
  records.map((record, index) => ({ kind: 'record', record, startsFile: index === 0 }));

/** The third transaction changed nothing that stayed: the trees are equal without it. */
const UNSEEN = [snapshotOf([]), renamed(snapshotOf(all.slice(0, 2)), makeZxid(1, 3))];

function renamed(entry: DiskImage['snapshots'][number], zxid: Zxid): typeof entry {
  return entry.kind === 'snapshot' ? { ...entry, snapshot: { ...entry.snapshot, zxid } } : entry;
}

const rows: readonly (readonly [string, readonly TxnRecord[], DiskImage['snapshots'], string])[] = [
  ['its log reaches back', all, [snapshotOf([]), snapshotOf(all.slice(0, 3))], 'whole'],
  [
    'a record is missing',
    [1, 2, 4].map(creation),
    [snapshotOf([]), snapshotOf(all.slice(0, 3))],
    'wrong',
  ],
  ['its log ends before', all.slice(0, 2), [snapshotOf([]), snapshotOf(all.slice(0, 3))], 'wrong'],
  ['what is missing left no trace', [1, 2, 4].map(creation), UNSEEN, 'wrong'],
  ['there is no other', all, [snapshotOf(all.slice(0, 3))], 'nothing'],
  ['there is none', [], [], 'wrong'],
];

test.each(rows)('%s', (_name, log, snapshots, answer) => {
  const image = { ...EMPTY_DISK, log: entries(log), snapshots, acceptedEpoch: 1, currentEpoch: 1 };
  const run = createLocalRun(world, { images: new Map([[sid, image]]) });
  run.hosts.clear();
  run.images.set(sid, image);
  expect(withoutLastSnapshot(run, sid)).toBe(answer);
});
