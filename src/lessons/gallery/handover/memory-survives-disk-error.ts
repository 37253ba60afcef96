/**
 * The disk of server 1 fails once. The others commit the transaction that it could not write, so its
 * tree has it; it finds its leader again, writes the next one, and restarts.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, attempt, client, crash, create, disk, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [disk(1, { full: true, slowness: 10 }), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [disk(1, {})] },
    { when: { cue: 'after', micros: 2_000_000 }, then: [ask(0, 2, create('/b'))] },
    { when: { cue: 'after', micros: 500_000 }, then: [attempt(crash(1)), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
