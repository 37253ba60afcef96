/** What an operator reads, and which incident is drawn. */
import { describe, expect, it } from 'vitest';
import { DIFFICULTIES, drawIncident, ofDifficulty } from '../../../../src/ui/operator/incident.ts';
import { citedAt } from '../../../../src/ui/operator/citing.ts';
import { diskLines } from '../../../../src/lessons/engine/disk-lines.ts';
import { srvrCells } from '../../../../src/ui/operator/srvr.ts';
import { HEALTHY_DISK } from '../../../../src/sim/actions.ts';
import { makeZxid } from '../../../../src/core/zxid.ts';

const DRILLS = [
  ...[4, 9, 6, 8, 5, 7].map((minutes) => ({ id: `drills/of-${String(minutes)}`, minutes })),
  { id: 'znodes/kinds', minutes: 1 },
];

describe('a random incident', () => {
  it('is the same for the same seed, and a drill', () => {
    const ids = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const drawn = drawIncident(DRILLS, 'hard', seed);
      expect(drawIncident(DRILLS, 'hard', seed)).toEqual(drawn);
      expect(drawn?.seed).toBeGreaterThanOrEqual(1);
      expect(drawn?.seed).toBeLessThanOrEqual(20);
      ids.add(drawn?.id ?? '');
    }
    expect([...ids].sort()).toEqual(['drills/of-8', 'drills/of-9']);
  });

  it('is of one difficulty only', () => {
    const all = DIFFICULTIES.flatMap((one) => ofDifficulty(DRILLS, one).map(({ id }) => id));
    expect(all).toEqual([4, 5, 6, 7, 8, 9].map((minutes) => `drills/of-${String(minutes)}`));
    expect(drawIncident([], 'easy', 1)).toBeNull();
  });
});

describe('what is read', () => {
  it('srvr becomes cells with their lines, and a refusal none', () => {
    const text =
      'Latency min/avg/max: 0/1.5/9\nOutstanding: 2\nZxid: 0x100000003\nMode: leader\nNode count: 6\n';
    const cells = srvrCells(text);
    expect(cells.map(({ shown }) => shown)).toEqual(['leader', '0x100000003', '0/1.5/9', '2', '6']);
    for (const { line } of cells) expect(text.split('\n')).toContain(line);
    expect(cells[0]?.line).toBe('Mode: leader');
    expect(srvrCells('This ZooKeeper instance is not currently serving requests\n')).toEqual([]);
  });

  it('a disk shows its files by their zxids, and that it is full', () => {
    const zxid = makeZxid(1, 3);
    const lines = diskLines({
      faults: { ...HEALTHY_DISK, full: true },
      records: 3,
      unsynced: 0,
      firstZxid: zxid,
      lastZxid: zxid,
      snapshots: [{ zxid, znodes: 5 }],
      acceptedEpoch: 1,
      currentEpoch: null,
      busyWith: null,
    });
    expect(lines).toContain('100% /data');
    expect(lines.slice(3)).toEqual(['acceptedEpoch', 'log.100000003', 'snapshot.100000003']);
  });

  it('a line is the same whenever it was cited, and another on another server', () => {
    const line = { source: 'log', process: 1, word: null, text: 'x', events: 5 } as const;
    expect(citedAt([line], { ...line, events: 9 })).toBe(0);
    expect(citedAt([line], { ...line, process: 2 })).toBe(-1);
  });
});
