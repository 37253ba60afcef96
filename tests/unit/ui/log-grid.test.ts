/** What the log grid says: who holds what, how safely, how it got there, and who has said so. */
import { describe, expect, it } from 'vitest';
import type { Sid } from '../../../src/core/units.ts';
import type { LearnerSync, LearnerView } from '../../../src/core/view.ts';
import { formatZxid, makeZxid, ZXID_ZERO } from '../../../src/core/zxid.ts';
import { LOG_CELLS_MAX, type LogCellView, type MemberView } from '../../../src/sim/frame.ts';
import { ackWords } from '../../../src/ui/log/brackets.ts';
import { zxidAt } from '../../../src/ui/log/columns.ts';
import {
  logGrid,
  runsOfMember,
  sameLogs,
  stateAt,
  type LogGrid,
} from '../../../src/ui/log/log-grid.ts';
import { cannedFrame, logOf, member, serverView, sid } from '../../component/canned-frames.ts';

const z = makeZxid;
const NONE = new Map();

/** A row as letters: `.` nothing, `p`, `s`, `c`; `u` for committed and not synced. */
function lettersOf(grid: LogGrid, row: number): string {
  const letters = { proposed: 'p', synced: 's', committed: 'c', committedUnsynced: 'u' } as const;
  return Array.from({ length: grid.columns.count }, (_, column) => {
    const line = grid.rows[row];
    const state = line === undefined ? null : stateAt(line, column);
    return state === null ? '.' : letters[state];
  }).join('');
}

describe('the grid', () => {
  it('a column for each zxid of any member, and who has it how safely', () => {
    const grid = logGrid(cannedFrame().members, NONE);
    expect(grid.columns.count).toBe(16);
    expect(lettersOf(grid, 0)).toBe('cccccccccc.cccc.');
    expect(lettersOf(grid, 1)).toBe('cccccccccc.ccccs');
    expect(lettersOf(grid, 2)).toBe('sssssssssss.....');
    expect(lettersOf(grid, 3)).toBe('cccccccccc.ccccp');
    expect([...(grid.rows[0]?.snapshots ?? [])]).toEqual([3]);
    expect(grid.incomplete).toBe(false);
  });

  it('says what every cell of a frame says', () => {
    for (const one of cannedFrame().members) {
      if (one.server === null) continue;
      const grid = logGrid([one], NONE);
      const said = one.log.map((cell) => (!cell.synced ? 'p' : cell.committed ? 'c' : 's'));
      expect(lettersOf(grid, 0)).toBe(said.join(''));
    }
  });

  it('a counter that ran over stands under the epoch that it ran into', () => {
    const zxids = [z(1, 0xffff_ffff), z(2, 0), z(2, 1)];
    const log = zxids.map((zxid): LogCellView => ({
      zxid,
      what: 'setData /a',
      synced: true,
      committed: true,
    }));
    const one = member(1, null, { log });
    const { columns } = logGrid([one], NONE);
    const shown = [0, 1, 2].map((column) => zxidAt(columns, column));
    expect(shown).toEqual(zxids);
  });

  it('of two pictures that differ in how safe a copy is, another is drawn', () => {
    const a = cannedFrame().members;
    expect(sameLogs(a, structuredClone(a))).toBe(true);
    expect(sameLogs(a, a.slice(1))).toBe(false);
    const changed = (change: (m: MemberView) => Partial<MemberView>): boolean =>
      sameLogs(
        a,
        a.map((m) => (m.sid === 4 ? { ...m, ...change(m) } : m)),
      );
    expect(changed((m) => ({ disk: { ...m.disk, unsynced: 0 } }))).toBe(false);
    expect(changed((m) => ({ log: m.log.slice(0, -1) }))).toBe(false);
    expect(
      changed(({ server }) => ({ server: server && { ...server, lastCommitted: z(3, 5) } })),
    ).toBe(false);
    expect(changed(({ server }) => ({ server: server && { ...server, learners: [] } }))).toBe(
      false,
    );
    expect(changed(() => ({}))).toBe(true);
  });
});

describe('a log that is longer than frames show', () => {
  /** Its last 64 records, of so many. */
  function long(records: number, firstCounter = 1, epoch = 2): MemberView {
    const end = firstCounter + records;
    const log = Array.from({ length: LOG_CELLS_MAX }, (_, i): LogCellView => {
      const zxid = z(epoch, end - LOG_CELLS_MAX + i);
      return { zxid, what: 'setData /a', synced: true, committed: true };
    });
    const one = member(1, null, { log });
    const disk = { ...one.disk, records, firstZxid: z(epoch, firstCounter), snapshots: [] };
    return { ...one, disk };
  }

  it('within one epoch its numbers tell all', () => {
    const grid = logGrid([long(100_000)], NONE);
    expect(grid.columns.count).toBe(100_000);
    expect(grid.incomplete).toBe(false);
    expect(formatZxid(zxidAt(grid.columns, 0) ?? ZXID_ZERO)).toBe('0x200000001');
  });

  it('with an earlier epoch somebody must be asked; the answer is completed by what came since', () => {
    const now = { ...long(1000), disk: { ...long(1000).disk, records: 1500, firstZxid: z(1, 1) } };
    expect(logGrid([now], NONE).incomplete).toBe(true);
    const answer = [
      { first: z(1, 1), count: 500 },
      { first: z(2, 1), count: 700 },
    ];
    const grid = logGrid([now], new Map([[sid(1), answer]]));
    expect(grid.incomplete).toBe(false);
    expect(grid.columns.count).toBe(1500);
  });

  it('an answer from before a TRUNC adds nothing behind the end, one from before a purge nothing before', () => {
    const answer = [{ first: z(2, 1), count: 5000 }];
    const runs = runsOfMember(long(300, 101), answer);
    expect(runs[0]?.first).toBe(z(2, 101));
    expect(runs.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    expect(runsOfMember({ ...long(300), log: [] }, answer)).toEqual([]);
  });
});

const learner = (n: number, over: Partial<LearnerView>): LearnerView => ({
  sid: sid(n),
  type: 'participant',
  zabState: 'synchronization',
  syncMode: 'DIFF',
  sync: null,
  lastAcked: ZXID_ZERO,
  ...over,
});

/** Server 1 leads epoch 2, with 4 and 6 records; server 2 has the first epoch's and `counts`. */
function pair(learners: readonly LearnerView[], counts: readonly number[]): MemberView[] {
  const options = { epoch: 2, last: z(2, 6), committed: z(2, 6) };
  const lead = serverView(sid(1), { state: 'LEADING', ...options });
  const follow = serverView(sid(1), { state: 'FOLLOWING', ...options });
  return [
    member(1, { ...lead, learners }, { log: logOf([4, 6], 6, 6) }),
    member(2, follow, { log: logOf(counts, 9, 9) }),
  ];
}

describe('brackets', () => {
  const over = (sync: LearnerSync, syncMode: LearnerView['syncMode'], counts: number[]) => {
    const live = pair([learner(2, { sync, syncMode })], counts);
    const grid = logGrid(live, NONE);
    return {
      columns: grid.columns.count,
      brackets: grid.rows[1]?.brackets.map((b) => [b.mode, b.from, b.to, b.count, b.live]),
      later: logGrid(
        pair([learner(2, { sync, syncMode, zabState: 'broadcast' })], counts),
        NONE,
      ).rows[1]?.brackets.map((b) => [b.mode, b.from, b.to, b.count, b.live]),
    };
  };

  it('DIFF: over what was sent', () => {
    const sync = { from: z(1, 3), zxid: z(2, 6), upTo: z(2, 6) };
    const { brackets, later } = over(sync, 'DIFF', [3]);
    expect(brackets).toEqual([['DIFF', 3, 10, 7, true]]);
    expect(later).toEqual([['DIFF', 3, 10, 7, false]]);
  });

  it('DIFF of nothing: only while it is under way', () => {
    const { brackets, later } = over(
      { from: z(2, 6), zxid: z(2, 6), upTo: z(2, 6) },
      'DIFF',
      [4, 6],
    );
    expect(brackets).toEqual([['DIFF', 10, 10, 0, true]]);
    expect(later).toEqual([]);
  });

  it('TRUNC: over what was cut, which nobody has any more, and then over what was sent', () => {
    const sync = { from: z(1, 6), zxid: z(1, 4), upTo: z(2, 6) };
    const { columns, brackets } = over(sync, 'TRUNC', [4]);
    expect(columns).toBe(12);
    expect(brackets).toEqual([
      ['TRUNC', 4, 6, 2, true],
      ['DIFF', 4, 12, 8, true],
    ]);
  });

  it('SNAP: over everything up to it', () => {
    const { brackets } = over({ from: ZXID_ZERO, zxid: z(2, 4), upTo: z(2, 4) }, 'SNAP', []);
    expect(brackets).toEqual([['SNAP', 0, 8, null, true]]);
  });

  it('the rows of others have none', () => {
    const sync = { from: z(1, 3), zxid: z(2, 6), upTo: z(2, 6) };
    const grid = logGrid(pair([learner(3, { sync })], [4, 6]), NONE);
    expect(grid.rows.map((row) => row.brackets)).toEqual([[], []]);
  });
});

describe('what learners have acknowledged', () => {
  it('stands at the leader, learners of one zxid together', () => {
    const grid = logGrid(
      pair(
        [
          learner(2, { lastAcked: z(2, 6) }),
          learner(3, { lastAcked: z(2, 2) }),
          learner(4, { lastAcked: z(2, 6) }),
          learner(5, {
            lastAcked: z(2, 0),
            sync: { from: z(1, 2), zxid: z(1, 4), upTo: z(1, 4) },
          }),
          learner(6, {}),
        ],
        [4, 6],
      ),
      NONE,
    );
    const told = grid.rows[0]?.acks.map(({ column, exact, sids }) => [column, exact, ...sids]);
    // Who acknowledged NEWLEADER has all that came with it.
    expect(told).toEqual([
      [3, false, 5],
      [5, true, 3],
      [9, true, 2, 4],
    ]);
    expect(grid.rows[1]?.acks).toEqual([]);
  });

  it('the numbers of servers never overlap', () => {
    const widthOf = (text: string): number => text.length * 7.3 + 10;
    const mark = (column: number, sids: readonly number[]) => ({
      column,
      exact: true,
      sids: sids as readonly Sid[],
    });
    const marks = [mark(3, [2, 3, 4]), mark(4, [5, 6, 7]), mark(5, [8]), mark(9, [9, 10, 11])];
    const words = ackWords(marks, 26, widthOf);
    expect(words.map(({ text }) => text)).toEqual(['2 3 4', '×3', '8', '9 10 11']);
    words.forEach(({ text, right }, i) => {
      const before = words[i - 1];
      if (before !== undefined) expect(right - widthOf(text)).toBeGreaterThan(before.right);
    });
  });
});
