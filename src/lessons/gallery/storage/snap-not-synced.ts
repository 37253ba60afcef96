/**
 * Server 1 comes back and is sent a snapshot, which it writes without waiting for its disk. It goes
 * on to log what follows, and that is safe; then it loses power, and the snapshot is gone.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(3, { commitLogCount: 1 }, 5),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [2, 3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [] },
    {
      when: { cue: 'after', micros: 50_000 },
      then: [crash(1), ask(0, 1, create('/a')), ask(0, 2, create('/b'))],
    },
    { when: { cue: 'result', tag: 2 }, then: [restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 3, create('/c'))] },
    { when: { cue: 'note', of: 1, note: 'synced' }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
