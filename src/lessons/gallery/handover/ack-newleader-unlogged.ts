/**
 * Only server 3 has the last transaction. It leads the next epoch, and server 2 acknowledges that it
 * has got it, too: so it counts as committed. Both crash, and server 2 leads without it.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [crash(1), crash(2), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [restart(2)] },
    { when: { cue: 'sent', by: 3, type: 'UPTODATE' }, then: [crash(2), crash(3)] },
    { then: [restart(1), restart(2)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [] },
  ],
  afterwards: 1_000_000,
};
