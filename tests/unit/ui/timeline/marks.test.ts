import { describe, expect, it } from 'vitest';
import { timelineEn } from '../../../../src/i18n/timeline.en.ts';
import type { Micros, ProcessId, Sid } from '../../../../src/core/units.ts';
import type { BranchId, Story } from '../../../../src/sim/chronicle/model.ts';
import { marksOf, neighbourOf, type Mark } from '../../../../src/ui/timeline/marks.ts';

const at = (ms: number): Micros => (ms * 1000) as Micros;

const story: Story = {
  branch: 1 as BranchId,
  spans: [],
  lost: [],
  actions: [
    {
      index: 0,
      events: 4,
      timed: {
        at: at(20),
        action: { kind: 'crash', sid: 3 as Sid, tail: 'chance', silent: false },
      },
    },
  ],
  faults: [
    { kind: 'down', processes: [3 as ProcessId], from: at(20), to: at(90), detail: '' },
    { kind: 'cut', processes: [1 as ProcessId, 2 as ProcessId], from: at(5), to: null, detail: '' },
  ],
  violations: [{ name: 'PrefixConsistency', why: 'x', at: at(70), event: 9 }],
};

const bookmark = {
  id: 1,
  name: 'look here',
  place: { branch: 1 as BranchId, moment: { events: 1, actions: 0, at: at(40) } },
};

const marks = marksOf(timelineEn, 'en', story, [bookmark], (process) => `p${String(process)}`);

describe('the marks on the strip', () => {
  it('have a name each, in the order of time', () => {
    expect(marks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'fault: Link cut: p1 – p2',
      'action: server 3 is killed',
      'fault: Down: p3',
      'bookmark: Bookmark: look here',
      'violation: PrefixConsistency was violated at 0.070 s',
    ]);
  });

  it('are gone through one by one, also where two stand at one moment', () => {
    const names: string[] = [];
    let here = 0;
    let last: Mark | null = null;
    for (;;) {
      last = neighbourOf(marks, here, last, 1);
      if (last === null) break;
      names.push(last.kind);
      here = last.at;
    }
    expect(names).toEqual(['fault', 'action', 'fault', 'bookmark', 'violation']);
    const back = [];
    last = null;
    here = at(100);
    while ((last = neighbourOf(marks, here, last, -1)) !== null) {
      back.push(last.kind);
      here = last.at;
    }
    expect(back).toEqual(['violation', 'bookmark', 'fault', 'action', 'fault']);
  });

  it('begin anew where one has gone elsewhere since', () => {
    const [cut, , , , violation] = marks;
    expect(neighbourOf(marks, at(30), violation ?? null, 1)?.kind).toBe('bookmark');
    expect(neighbourOf(marks, at(30), cut ?? null, -1)?.text).toBe('Down: p3');
  });
});

describe('clients', () => {
  const typed: Story = {
    ...story,
    faults: [],
    violations: [],
    actions: [
      {
        index: 0,
        events: 4,
        timed: {
          at: at(20),
          action: { kind: 'line', process: 1001 as ProcessId, line: 'ls /' },
        },
      },
    ],
  };
  const words = (clients: readonly { process: number; name: string }[]): string | undefined =>
    marksOf(timelineEn, 'en', typed, [], String, clients)[0]?.text;

  it('are called by their names, also those of before the run', () => {
    expect(words([])).toContain('process 1001');
    expect(words([{ process: 1001, name: 'A' }])).not.toContain('1001');
    expect(words([{ process: 1001, name: 'A' }])).toMatch(/\bA\b/);
  });
});
