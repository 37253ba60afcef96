/**
 * Server 3 keeps a proposal of epoch 1 that reached nobody. Servers 1 and 2 found epoch 2 and write
 * nothing. When 1 leads 3, it has nothing to compare logs by, and sends a snapshot of its empty
 * tree; behind it the proposal is still in the log of server 3.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { client, crash, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [crash(1), crash(2), client(0, [3])] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3), restart(1), restart(2)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [crash(2), restart(3)] },
    { when: { cue: 'serving', servers: [1, 3] }, then: [crash(3), restart(3)] },
    { when: { cue: 'serving', servers: [1, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
