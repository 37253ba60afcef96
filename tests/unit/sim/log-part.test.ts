/** Looking further back into logs than a frame does: in one thread, over a bus, and in the past. */
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../src/core/txn-log/disk-image.ts';
import type { Micros, Millis, ProcessId, SessionId, Sid } from '../../../src/core/units.ts';
import { formatZxid, makeZxid, type Zxid } from '../../../src/core/zxid.ts';
import { LOG_CELLS_MAX } from '../../../src/sim/frame.ts';
import {
  act,
  createLocalRun,
  logParts,
  memberView,
  runFor,
  runUntil,
} from '../../../src/sim/local.ts';
import { logPart, PART_CELLS_MAX, runsOf } from '../../../src/sim/log-part.ts';
import { addClient, clientId, quietWorld } from '../../../src/sim/scenarios.ts';
import { threeServersWorld } from '../../support/three-servers.ts';
import { createGround, openBus } from '../../support/test-ground.ts';

function entry(zxid: Zxid): LogEntry {
  const header = { clientId: 1n as SessionId, cxid: 1, zxid, time: 0 as Millis };
  const txn = { type: 'setData', path: `/n${String(zxid)}`, data: null, version: 1 } as const;
  return { kind: 'record', record: { header, txn, digest: null }, startsFile: false };
}

function stretch(epoch: number, from: number, count: number): LogEntry[] {
  return Array.from({ length: count }, (_, i) => entry(makeZxid(epoch, from + i)));
}

const told = (log: readonly LogEntry[]): string[] =>
  runsOf(log).map(({ first, count }) => `${formatZxid(first)} ×${String(count)}`);

describe('what a log holds, in runs', () => {
  it('a run for each epoch, whatever their lengths', () => {
    for (const length of [1, 2, 3, 7, 8, 9, 64, 1000]) {
      const log = [...stretch(1, 5, length), ...stretch(2, 1, 3)];
      expect(told(log)).toEqual([`0x100000005 ×${String(length)}`, '0x200000001 ×3']);
    }
  });

  it('a counter that runs over into the epoch ends one', () => {
    const log = [...stretch(1, 0xffff_fffe, 2), ...stretch(2, 0, 3)];
    expect(told(log)).toEqual(['0x1fffffffe ×2', '0x200000000 ×3']);
  });

  it('a hole and an entry that cannot be read end one', () => {
    const log = [...stretch(1, 1, 4), ...stretch(1, 9, 2), { kind: 'torn' } as const];
    expect(told(log)).toEqual(['0x100000001 ×4', '0x100000009 ×2']);
    const damaged: LogEntry = { kind: 'damaged', reason: 'bad' };
    expect(told([damaged, ...stretch(3, 1, 2)])).toEqual(['0x300000001 ×2']);
    expect(told([])).toEqual([]);
  });
});

describe('a part of a log', () => {
  const log = [...stretch(1, 1, 5000), ...stretch(2, 1, 10)];
  const sight = { log, synced: 5005, lastCommitted: makeZxid(2, 3) };

  it('from one zxid to another, with how safe each is', () => {
    const { cells } = logPart(sight, makeZxid(1, 4999), makeZxid(2, 6));
    expect(cells.map((c) => [formatZxid(c.zxid), c.synced, c.committed].join(' '))).toEqual([
      '0x100001387 true true',
      '0x100001388 true true',
      '0x200000001 true true',
      '0x200000002 true true',
      '0x200000003 true true',
      '0x200000004 true false',
      '0x200000005 true false',
      '0x200000006 false false',
    ]);
  });

  it('one alone comes with its record; one that is not there does not', () => {
    const { cells, record } = logPart(sight, makeZxid(1, 17), makeZxid(1, 17));
    expect(cells).toHaveLength(1);
    expect(record?.header.zxid).toBe(makeZxid(1, 17));
    expect(logPart(sight, makeZxid(1, 6000), makeZxid(1, 6000)).record).toBeNull();
    expect(logPart(sight, makeZxid(1, 17), makeZxid(1, 18)).record).toBeNull();
  });

  it('no more than so many at once', () => {
    const { cells } = logPart(sight, makeZxid(1, 1), makeZxid(2, 10));
    expect(cells).toHaveLength(PART_CELLS_MAX);
    expect(cells[0]?.zxid).toBe(makeZxid(1, 1));
  });
});

describe('a run', () => {
  it('a frame shows the end of a log, a part the rest, of a server that is down as well', () => {
    const spec = { outstanding: 20, writesPercent: 100, paths: 5, valueBytes: 10 };
    const run = createLocalRun(quietWorld(3, 3), { loads: new Map([[clientId(0), spec]]) });
    runUntil(run, 1_000_000 as Micros);
    act(run, addClient(0));
    runFor(run, 1_000_000 as Micros);
    act(run, { kind: 'crash', sid: 1 as Sid, tail: 'kept', silent: false });
    runFor(run, 1000 as Micros);
    for (const sid of [1, 2, 3] as Sid[]) {
      const { log, disk } = memberView(run, sid);
      expect(disk.records).toBeGreaterThan(2 * LOG_CELLS_MAX);
      const [first, end] = [disk.firstZxid, log[0]?.zxid];
      if (first === null || end === undefined) throw new Error('an empty log');
      const part = logParts(run, first, end).find((one) => one.sid === sid);
      expect(part?.cells).toHaveLength(disk.records - LOG_CELLS_MAX + 1);
      expect(part?.runs.reduce((sum, { count }) => sum + count, 0)).toBe(disk.records);
      expect(part?.cells.at(-1)).toEqual(log[0]);
    }
  });

  it('over the bus, of members that run and of one whose disk alone is there', async () => {
    const test = await openBus(createGround(), threeServersWorld);
    await test.bus.act({
      kind: 'addClient',
      process: 1001 as ProcessId,
      name: 'A',
      servers: [],
      sessionTimeout: 10_000 as Millis,
      console: true,
    });
    await test.bus.runTo(8_000_000 as Micros);
    await test.bus.act({ kind: 'crash', sid: 3 as Sid, tail: 'kept', silent: false });
    await test.bus.runTo(8_001_000 as Micros);
    const zxid = makeZxid(1, 1);
    for (const part of await test.bus.logParts(zxid, zxid)) {
      expect(part.runs[0]?.first).toBe(zxid);
      expect(part.record?.txn.type).toBe('createSession');
      expect(part.cells.map((cell) => cell.what)).toEqual(['createSession']);
      expect(part.cells[0]?.committed).toBe(part.sid !== 3);
    }
    await test.bus.close(false);
  });
});
