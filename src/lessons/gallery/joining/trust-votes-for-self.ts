/**
 * The leader loses power for a moment. Its followers have not noticed when it asks around, and say
 * that they follow it: in the round of an election that it no longer knows.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { crash, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
    { when: { cue: 'after', micros: 100_000 }, then: [crash(2, 'lost', true), restart(2)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
