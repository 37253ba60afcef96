/**
 * Only server 3 has the last transaction. It leads the next epoch, and server 2, whose disk is slow,
 * acknowledges before the transaction is on it. The power of both fails.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, disk, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [crash(1), crash(2), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [restart(2)] },
    { when: { cue: 'received', by: 2, type: 'DIFF' }, then: [disk(2, { slowness: 10 })] },
    { when: { cue: 'sent', by: 3, type: 'UPTODATE' }, then: [crash(2), crash(3)] },
    { then: [restart(1), restart(2)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [] },
  ],
  afterwards: 1_000_000,
};
