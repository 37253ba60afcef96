import { describe, expect, test } from 'vitest';
import type { Micros, ProcessId, Sid } from '../../../src/core/units.ts';
import { ask, client, create, smallWorld } from '../../../src/lessons/gallery/words.ts';
import { createStateHasher, hashState } from '../../../src/sim/explore/state-hash.ts';
import { act, checkpoint, runFor, type LocalRun } from '../../../src/sim/local.ts';
import { quickStart } from '../../../src/sim/scenarios.ts';

const hash = (run: LocalRun): number => hashState(createStateHasher(), run);

function served(): LocalRun {
  const run = quickStart(smallWorld(), { hash: false });
  act(run, client(0, [1]));
  runFor(run, 400_000 as Micros);
  return run;
}

describe('the hash of a state', () => {
  const run = served();

  test('is the same for a copy', () => {
    expect(hash(checkpoint(run))).toBe(hash(run));
  });

  test('leaves out that time has passed, in which nothing came about', () => {
    const later = checkpoint(run);
    runFor(later, 30_000_000 as Micros);
    // So long that pings were sent and answered, and none is on its way at this moment.
    const seen = new Set<number>();
    for (let i = 0; i < 200; i++) {
      runFor(later, 5_000 as Micros);
      seen.add(hash(later));
    }
    expect(seen).toContain(hash(run));
  });

  test.each<[string, (copy: LocalRun) => void]>([
    ['a transaction', (copy) => act(copy, ask(0, 1, create('/a')))],
    [
      'a server that is down',
      (copy) => act(copy, { kind: 'crash', sid: 2 as Sid, tail: 'kept', silent: false }),
    ],
    [
      'a link that is cut',
      (copy) => {
        const [from, to] = [1, 2] as ProcessId[] as [ProcessId, ProcessId];
        act(copy, { kind: 'cut', from, to, bothWays: true });
      },
    ],
    [
      'a slow disk',
      (copy) => {
        const faults = { slowness: 5, lying: false, full: false };
        act(copy, { kind: 'disk', sid: 1 as Sid, faults });
      },
    ],
  ])('tells %s', (_, change) => {
    const copy = checkpoint(run);
    change(copy);
    expect(hash(copy)).not.toBe(hash(run));
    runFor(copy, 100_000 as Micros);
    expect(hash(copy)).not.toBe(hash(run));
  });
});
