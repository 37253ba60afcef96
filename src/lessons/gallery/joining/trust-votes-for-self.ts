/**
 * The leader loses power twice in a moment, and its followers have not noticed. What they have told
 * it last is that they follow it: in the round of an election that it no longer knows.
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
    { when: { cue: 'after', micros: 100_000 }, then: [crash(2, 'lost', true), restart(2)] },
    { when: { cue: 'after', micros: 5_000_000 }, then: [] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
