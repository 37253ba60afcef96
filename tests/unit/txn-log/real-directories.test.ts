/** Data directories that Apache ZooKeeper 3.8.0 wrote, read by us: tests/fixtures/real. */
import { describe, expect, test } from 'vitest';
import {
  createDataTree,
  deserializeTree,
  processTxn,
  serializeTree,
  treeDigest,
  type DataTree,
} from '../../../src/core/data-tree/data-tree.ts';
import { newWatchTables } from '../../../src/core/data-tree/watch-manager.ts';
import type { TxnRecord } from '../../../src/core/jute/txn.ts';
import {
  decodeLogFile,
  encodeLogHeader,
  encodeLogRecord,
} from '../../../src/core/txn-log/log-format.ts';
import { decodeSnapshot, encodeSnapshot } from '../../../src/core/txn-log/snapshot-format.ts';
import type { Snapshot } from '../../../src/core/txn-log/snapshot.ts';
import type { LogEntry } from '../../../src/core/txn-log/disk-image.ts';
import type { Zxid } from '../../../src/core/zxid.ts';
import { expectedTree, file, shown } from './real-files.ts';

function readLog(name: string): LogEntry[] {
  return decodeLogFile(name.slice(name.indexOf('/') + 1), file(name));
}

function recordsOf(name: string): TxnRecord[] {
  return readLog(name).map((entry) => {
    if (entry.kind !== 'record') throw new Error(`${name}: ${entry.kind}`);
    return entry.record;
  });
}

function snapshotOf(name: string): Snapshot {
  const zxid = BigInt(`0x${name.slice(name.lastIndexOf('.') + 1)}`) as Zxid;
  const entry = decodeSnapshot(file(name), zxid);
  if (entry.kind !== 'snapshot') throw new Error(`${name}: ${entry.reason}`);
  return entry.snapshot;
}

/** What a server would have after starting from this snapshot and these logs. */
function recoverFrom(snapshot: Snapshot, records: readonly TxnRecord[]): DataTree {
  const tree = createDataTree();
  deserializeTree(snapshot.nodes, tree);
  tree.lastProcessedZxid = snapshot.zxid;
  for (const record of records) {
    if (record.header.zxid > snapshot.zxid) processTxn(tree, newWatchTables(), record, []);
  }
  return tree;
}

const fuzzyLogs = ['log.1', 'log.23', 'log.46', 'log.5d', 'log.74'].map((f) => `fuzzy/${f}`);
const fuzzySnapshots = ['snapshot.0', 'snapshot.16', 'snapshot.3f', 'snapshot.50', 'snapshot.6f'];

test('after every transaction our digest is the one that ZooKeeper logged', () => {
  const tree = createDataTree();
  const records = fuzzyLogs.flatMap(recordsOf);
  expect(records).toHaveLength(0x98);
  for (const record of records) {
    processTxn(tree, newWatchTables(), record, []);
    expect(record.digest).not.toBeNull();
    expect(treeDigest(tree), String(record.header.zxid)).toBe(record.digest);
  }
});

describe('a tree recovered from disk is the one that the server had', () => {
  test.each(fuzzySnapshots)('from %s, taken while writes went on', (name) => {
    const tree = recoverFrom(snapshotOf(`fuzzy/${name}`), fuzzyLogs.flatMap(recordsOf));
    expect(shown(tree)).toEqual(expectedTree('fuzzy'));
  });

  test.each([
    ['standalone', 'snapshot.48', 'log.49'],
    ['ensemble', 'snapshot.100000048', 'log.200000001'],
  ])('%s: every kind of node, ACLs and texts', (directory, snapshot, log) => {
    // Below /zookeeper/ servers keep their own: quotas in use, when the configuration was read.
    const isShared = (node: { path: string }): boolean => !node.path.startsWith('/zookeeper/');
    const records = recordsOf(`${directory}/${log}`);
    const tree = recoverFrom(snapshotOf(`${directory}/${snapshot}`), records);
    expect(shown(tree).filter(isShared)).toEqual(expectedTree(directory).filter(isShared));
    expect(tree.lastProcessedZxid).toBe(records.at(-1)?.header.zxid);
  });
});

test('written again, what was read has the same bytes', () => {
  const written = encodeSnapshot(snapshotOf('standalone/snapshot.0'));
  expect(written).toEqual(file('standalone/snapshot.0'));

  const bytes = file('fuzzy/log.23');
  const log = [encodeLogHeader(), ...recordsOf('fuzzy/log.23').map(encodeLogRecord)];
  const length = log.reduce((sum, part) => sum + part.length, 0);
  expect(Buffer.concat(log)).toEqual(Buffer.from(bytes.subarray(0, length)));
  expect(bytes.subarray(length).every((byte) => byte === 0)).toBe(true);
});

test('a tree that went through our snapshot format is the same', () => {
  const tree = recoverFrom(snapshotOf('standalone/snapshot.48'), recordsOf('standalone/log.49'));
  const zxid = tree.lastProcessedZxid;
  const bytes = encodeSnapshot({ zxid, sessions: [], nodes: serializeTree(tree) });
  const entry = decodeSnapshot(bytes, zxid);
  expect(entry.kind === 'snapshot' && recoverFrom(entry.snapshot, [])).toEqual(tree);
});

/** `whole`: how many records are read; `says`: what a real server said, where it did not start. */
type DamagedLog = readonly [name: string, whole: number, end: string, says?: string];

const damagedLogs: readonly DamagedLog[] = [
  ['trimmed-padding', 10, 'record'],
  ['bitflip-log-version', 10, 'record'],
  ['duplicate-record', 11, 'record'],
  ['gap-in-log', 9, 'record'],
  ['header-only-newest-log', 0, 'nothing'],
  ['torn-last-txn', 9, 'torn'],
  ['torn-last-txn-padded', 9, 'torn'],
  ['torn-length-only', 9, 'torn'],
  ['no-eor-byte-last', 9, 'torn'],
  ['bitflip-last-txn', 9, 'damaged', 'CRC check failed'],
  ['bitflip-mid-log', 5, 'damaged', 'CRC check failed'],
  ['bitflip-mid-log-checksum', 5, 'damaged', 'CRC check failed'],
  ['bitflip-mid-log-length', 5, 'damaged', 'Unreasonable length = 2130706543'],
  [
    'bitflip-log-magic',
    0,
    'damaged',
    'Transaction log: log.49 has invalid magic number 1514818631 != 1514884167',
  ],
  [
    'zeros-only-newest-log',
    0,
    'damaged',
    'Transaction log: log.49 has invalid magic number 0 != 1514884167',
  ],
  ['empty-newest-log', 0, 'damaged', 'Transaction log: log.49 ends inside its header'],
];

const damagedRows = damagedLogs.map(([name, whole, end, says]) => ({ name, whole, end, says }));

test.each(damagedRows)('damaged log, $name: $whole records, then $end', (row) => {
  const { name, whole, end, says } = row;
  const entries = decodeLogFile('log.49', file(`damaged/${name}/log.49`));
  expect(entries.filter((entry) => entry.kind === 'record')).toHaveLength(whole);
  const last = entries.at(-1);
  expect(last?.kind ?? 'nothing').toBe(end);
  if (last?.kind === 'damaged') expect(last.reason).toBe(says);
});

test.each([
  'bitflip-snapshot-data',
  'bitflip-snapshot-structure',
  'bitflip-snapshot-checksum',
  'truncated-snapshot',
  'empty-snapshot',
])('damaged snapshot, %s: it is passed over', (name) => {
  expect(decodeSnapshot(file(`damaged/${name}/snapshot.48`), 0x48n as Zxid).kind).toBe('damaged');
});
