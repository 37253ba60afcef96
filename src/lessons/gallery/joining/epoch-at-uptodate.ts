/**
 * Server 1 has acknowledged NEWLEADER, and with it that it belongs to the epoch, when it crashes:
 * its disk knows nothing of that.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { crash, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'sent', by: 1, type: 'ACK' }, then: [crash(1)] },
    { when: { cue: 'serving', servers: [2, 3] }, then: [restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
