/** What is reported of each file of a data directory, for a person who looks into it. */
import { describe, expect, test } from 'vitest';
import { readDataDir, type DataDirReport } from '../../../src/core/txn-log/data-dir.ts';
import { encodeDataDir } from '../../../src/core/txn-log/write-data-dir.ts';
import { logRows } from '../../../src/core/txn-log/log-format.ts';
import { directory, file } from './real-files.ts';

function reportOf(name: string): DataDirReport {
  return readDataDir(directory(name), { release: '3.8.0' });
}

function fileOf(name: string, fileName: string): DataDirReport['files'][number] | undefined {
  return reportOf(name).files.find((f) => f.name === fileName);
}

test('a whole directory, file by file', () => {
  const files = reportOf('standalone').files;
  expect(files.map((f) => [f.name, f.kind, f.damage])).toEqual([
    ['log.1', 'log', null],
    ['log.49', 'log', null],
    ['snapshot.0', 'snapshot', null],
    ['snapshot.48', 'snapshot', null],
  ]);
  expect(files[0]).toMatchObject({ records: 72, first: 1n, last: 0x48n, used: 9972, size: 14352 });
  expect(files[3]).toMatchObject({ nodes: 60, sessions: 1, chosen: true, size: 7801 });
  expect(files[2]).toMatchObject({ nodes: 4, chosen: false });
});

describe('damage is pointed at', () => {
  const whole = logRows('log.49', file('standalone/log.49'));
  const last = whole.at(-1)?.at;
  const middle = whole[5]?.at;

  test.each<[name: string, file: string, damage: object | null]>([
    ['torn-last-txn', 'log.49', { at: last, outcome: 'cutOff' }],
    ['no-eor-byte-last', 'log.49', { at: last, reason: 'Last transaction was partial.' }],
    ['bitflip-last-txn', 'log.49', { at: last, reason: 'CRC check failed', outcome: 'refused' }],
    ['bitflip-mid-log', 'log.49', { at: middle, outcome: 'refused' }],
    ['bitflip-old-log', 'log.1', { reason: 'CRC check failed', outcome: 'refused' }],
    ['header-only-newest-log', 'log.49', null],
    ['zeros-only-newest-log', 'log.49', { at: 0, outcome: 'refused' }],
    ['bitflip-snapshot-data', 'snapshot.48', { reason: 'CRC corruption', outcome: 'passedOver' }],
    ['empty-snapshot', 'snapshot.48', { outcome: 'passedOver' }],
  ])('%s: %s', (name, fileName, damage) => {
    const found = fileOf(`damaged/${name}`, fileName)?.damage;
    if (damage === null) expect(found).toBeNull();
    else expect(found).toMatchObject(damage);
  });

  test('in a log that is older than what is read', () => {
    const files = directory('damaged/bitflip-old-log').filter((f) => f.name !== 'snapshot.48');
    const moved = { name: 'snapshot.52', bytes: file('standalone/snapshot.48') };
    const report = readDataDir([...files, moved], { release: '3.8.0' });
    expect(report.files.find((f) => f.name === 'log.1')?.damage?.outcome).toBe('unread');
  });
});

test('other files are named; one that marks an empty database is removed at the start', () => {
  const text = (name: string, value: string): { name: string; bytes: Uint8Array } => ({
    name,
    bytes: new TextEncoder().encode(value),
  });
  const files = [text('myid', '3\n'), text('initialize', ''), text('notes.txt', 'x')];
  const report = readDataDir(files, { release: '3.9' });
  expect(report.sid).toBe(3);
  expect(report.files.map(({ kind }) => kind)).toEqual(['myid', 'initialize', 'other']);
  expect(report.remove).toEqual(['initialize']);
});

test('a packed snapshot that nobody can unpack here is passed over, and was there', () => {
  const report = reportOf('snapshot-gz');
  expect(report.image.snapshots[0]).toMatchObject({ kind: 'damaged', zxid: 0x52n });
  expect(report.image.snapshots[0]).not.toHaveProperty('incomplete');
});

test('one that somebody has unpacked under its old name is read', () => {
  const bytes = file('standalone/snapshot.48');
  const report = readDataDir([{ name: 'snapshot.48.gz', bytes }], { release: '3.8.0' });
  expect(report.image.snapshots[0]?.kind).toBe('snapshot');
});

describe('written again', () => {
  test.each(['standalone', 'fuzzy', 'ensemble-s3'])('%s comes back the same', (name) => {
    const { image } = reportOf(name);
    const files = encodeDataDir(image, { release: '3.9', preAllocSize: 1024 });
    expect(readDataDir(files, { release: '3.9' }).image).toEqual(image);
    const names = directory(name).map((f) => f.name);
    expect(files.map((f) => f.name).sort()).toEqual(names.sort());
  });

  test('logs of 3.8.0 are the same to the byte, but for the zeros behind them', () => {
    const { image } = reportOf('fuzzy');
    const files = encodeDataDir(image, { release: '3.8.0', preAllocSize: 0 });
    for (const { name, bytes } of directory('fuzzy')) {
      const written = files.find((f) => f.name === name)?.bytes ?? new Uint8Array();
      if (!name.startsWith('log')) continue;
      expect(written, name).toEqual(bytes.slice(0, written.length));
      expect(bytes.slice(written.length).every((byte) => byte === 0)).toBe(true);
    }
  });

  test('made ahead, a log ends in zeros', () => {
    const { image } = reportOf('fuzzy');
    const [log] = encodeDataDir(image, { release: '3.8.0', preAllocSize: 65_536 });
    expect(log?.bytes).toHaveLength(65_552);
    expect(logRows('log.1', log?.bytes ?? new Uint8Array()).at(-1)?.entry.kind).toBe('record');
  });
});
