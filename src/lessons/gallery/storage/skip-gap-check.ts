/**
 * Server 2 misses two transactions, which come to it in a snapshot: its log has a hole where they
 * would be. Then it leads, and the observer, which is older than the hole, is sent a DIFF from that
 * log.
 */
import { ensembleOf } from '../../../core/config.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

/** Bytes: a tree with it is large against a log of two records. */
const MUCH = 1000;

export const script: Script = {
  world: smallWorld(3, { servers: ensembleOf(3, 1), commitLogCount: 1 }),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3, 4] }, then: [client(0, [1, 3])] },
    { when: { cue: 'note', of: 4, note: 'applied' }, then: [] },
    {
      when: { cue: 'after', micros: 50_000 },
      then: [
        crash(2),
        crash(4),
        ask(0, 1, create('/large', 'x'.repeat(MUCH))),
        ask(0, 2, create('/b')),
      ],
    },
    { when: { cue: 'result', tag: 2 }, then: [restart(2)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 3, create('/c'))] },
    { when: { cue: 'note', of: 2, note: 'applied' }, then: [] },
    { when: { cue: 'after', micros: 50_000 }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(4)] },
    { when: { cue: 'serving', servers: [1, 2, 4] }, then: [] },
  ],
  afterwards: 1_000_000,
};
