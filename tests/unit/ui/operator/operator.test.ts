/** What an operator reads, and which incident is drawn. */
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { LEVELS, readLessonText } from '../../../../src/lessons/engine/lesson-text.ts';
import { listLessons } from '../../../../src/node/lesson-files.ts';
import {
  drawIncident,
  drillsOf,
  incidentOf,
  levelOf,
} from '../../../../src/ui/operator/incident.ts';
import { citedAt } from '../../../../src/ui/operator/citing.ts';
import { diskLines } from '../../../../src/lessons/engine/disk-lines.ts';
import { srvrCells } from '../../../../src/ui/operator/srvr.ts';
import { HEALTHY_DISK } from '../../../../src/sim/actions.ts';
import { makeZxid } from '../../../../src/core/zxid.ts';

const LEVELLED = new Map(
  listLessons().map(({ id, folder }) => [
    id,
    readLessonText(readFileSync(`${folder}/index.en.md`, 'utf8')),
  ]),
);

describe('a random incident', () => {
  it('is the same for the same seed, of its level, and every drill of that level comes', () => {
    for (const level of LEVELS) {
      const ids = new Set<string>();
      for (let seed = 1; seed <= 200; seed += 1) {
        const drawn = drawIncident(LEVELLED, level, seed);
        expect(drawIncident(LEVELLED, level, seed)).toEqual(drawn);
        expect(drawn?.seed).toBeGreaterThanOrEqual(1);
        expect(drawn?.seed).toBeLessThanOrEqual(20);
        ids.add(drawn?.id ?? '');
      }
      expect([...ids].sort()).toEqual([...drillsOf(LEVELLED, level)].sort());
      expect(ids.size).toBeGreaterThanOrEqual(4);
    }
    expect(drawIncident(new Map(), 'easy', 1)).toBeNull();
  });

  it('every drill has a level, and no other lesson', () => {
    for (const [id, { level }] of LEVELLED) {
      expect(level !== undefined, id).toBe(id.startsWith('drills/'));
    }
  });

  it('has an address that does not tell what it is', () => {
    for (const level of LEVELS) expect(levelOf(incidentOf(level))).toBe(level);
    expect(levelOf('drills/quorum-lost')).toBeNull();
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
