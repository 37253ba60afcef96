/**
 * The disk of server 1 is full when it is to accept epoch 1. It goes on as if the file had been
 * written: once there is room again, currentEpoch is, and acceptedEpoch never.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { attempt, crash, disk, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'sent', by: 1, type: 'FOLLOWERINFO' }, then: [disk(1, { full: true })] },
    { when: { cue: 'serving', servers: [2, 3] }, then: [disk(1, {})] },
    // Where the bug is off, server 1 has ended itself.
    { when: { cue: 'after', micros: 5_000_000 }, then: [attempt(crash(1)), restart(1)] },
  ],
  afterwards: 1_000_000,
};
