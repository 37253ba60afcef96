/**
 * Server 3 proposes epoch 1 and crashes when somebody has heard of it. Its own disk knows nothing
 * of the promise: it may give it again.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { crash, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'received', by: 1, type: 'LEADERINFO' }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
