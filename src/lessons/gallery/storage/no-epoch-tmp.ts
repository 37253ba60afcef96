/**
 * Server 3 joins epoch 2 and loses power when the transactions of that epoch are on its disk, and
 * currentEpoch not yet: by its files it has transactions of an epoch that it does not belong to.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [1, 2])] },
    { when: { cue: 'note', of: 3, note: 'applied' }, then: [] },
    { when: { cue: 'after', micros: 50_000 }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(3)] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3), restart(3)] },
  ],
  afterwards: 1_000_000,
};
