/** The committed log is bounded: what happens to those who are behind its beginning. */
import { expect, test } from 'vitest';
import type { Note } from '../../../src/core/quorum/peer-io.ts';
import type { Micros, Sid } from '../../../src/core/units.ts';
import { makeZxid } from '../../../src/core/zxid.ts';
import { checkTurn, type Checker } from '../../../src/sim/check/checker.ts';
import { COMMITTED_MAX } from '../../../src/sim/check/ghosts.ts';
import { broken, check, continueWith } from './notation.ts';
import { boot, elect } from './stories.ts';

const WRITES = COMMITTED_MAX + 10;

function turn(checker: Checker, sid: number, notes: readonly Note[]): void {
  const effects = notes.map((note) => ({ kind: 'note', note }) as const);
  checkTurn(checker, sid as Sid, 0 as Micros, null, effects);
}

/** Server 2 logs everything, and applies nothing. */
function longRun(): Checker {
  const checker = check([boot([1, 2, 3]), elect({ leader: 3, followers: [1, 2], epoch: 1 })]);
  for (let counter = 1; counter <= WRITES; counter += 1) {
    const txn = { zxid: makeZxid(1, counter), id: 1000 + (counter & 0xffff) };
    const { zxid } = txn;
    turn(checker, 3, [
      { note: 'proposed', ...txn },
      { note: 'logged', ...txn },
    ]);
    turn(checker, 2, [
      { note: 'logged', ...txn },
      { note: 'synced', zxid },
    ]);
    turn(checker, 3, [
      { note: 'synced', zxid },
      { note: 'committed', zxid, acks: [2 as Sid, 3 as Sid] },
      { note: 'applied', ...txn, digestHigh: 0, digestLow: counter },
    ]);
  }
  return checker;
}

test('a server that is far behind is trusted, and checked again where memory begins', () => {
  const checker = longRun();
  const { first, end } = checker.committedLog;
  expect(end).toBe(WRITES);
  expect(end - first).toBeLessThan(COMMITTED_MAX);

  continueWith(checker, `2: got COMMIT 1.${String(WRITES)}; apply 1.1; apply 1.2 tree=2`);
  expect(broken(checker)).toEqual({});

  // Position `first` holds the counter after it.
  for (const from of [3, first - 1]) {
    for (let counter = from; counter < from + 6; counter += 1) {
      continueWith(checker, `2: apply 1.${String(counter)} tree=${counter.toString(16)}`);
    }
  }
  expect(broken(checker)).toEqual({});

  continueWith(checker, `2: apply 1.${String(first + 9)} tree=${(first + 9).toString(16)}`);
  expect(Object.keys(broken(checker))).toContain('PrefixConsistency');
});
