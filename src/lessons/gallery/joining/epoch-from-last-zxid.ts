/**
 * Server 2 leads epoch 2, and what it proposes there reaches nobody. Server 1 leads next, and its
 * last transaction is still of epoch 1: so it leads epoch 2 as well, and one zxid names two
 * transactions. Server 2 seems to have everything when it comes back.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { clientId } from '../../../sim/scenarios.ts';
import { client, crash, healAll, partition, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(3)] },
    {
      when: { cue: 'serving', servers: [1, 2] },
      then: [client(1, [2]), partition([2, clientId(1)])],
    },
    {
      when: { cue: 'note', of: 2, note: 'synced' },
      then: [crash(2, 'lost', true), healAll(), restart(3)],
    },
    { when: { cue: 'serving', servers: [1, 3] }, then: [client(2, [1])] },
    { when: { cue: 'note', of: 3, note: 'applied' }, then: [restart(2)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
