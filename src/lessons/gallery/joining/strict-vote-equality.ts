/**
 * Server 2 still dials its leader when that one restarts and is elected again, in another round:
 * both follow the same leader for votes that differ. Server 1 restarts and hears both.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { crash, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [crash(2), restart(2)] },
    {
      when: { cue: 'note', of: 2, note: 'state', where: { state: 'FOLLOWING' } },
      then: [crash(3), restart(3)],
    },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [crash(1), restart(1)] },
  ],
  afterwards: 3_000_000,
};
