/**
 * Server 1 lacks a transaction, and server 3 needs its ack of NEWLEADER to lead. The ack of the
 * transaction comes first.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [crash(2), restart(1)] },
    { when: { cue: 'serving', servers: [1, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
