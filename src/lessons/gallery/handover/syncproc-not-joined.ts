/**
 * The disk of server 1 is slow: one proposal is being synced and two wait to be written when the
 * leader crashes. The tree is brought up to the log before those two are in it.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, disk, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [crash(2), disk(1, { slowness: 50 }), ask(0, 1, create('/a')), ask(0, 2, create('/b'))],
    },
    {
      when: { cue: 'received', by: 1, type: 'PROPOSAL', where: { zxid: makeZxid(1, 3) } },
      then: [crash(3), restart(2), disk(1, {})],
    },
    { when: { cue: 'serving', servers: [1, 2] }, then: [client(1, [2])] },
    { when: { cue: 'note', of: 2, note: 'applied' }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [] },
  ],
  afterwards: 1_000_000,
};
