/**
 * Server 3 keeps a proposal that reached nobody. It is told to cut its log behind the last
 * transaction that everybody has, and cuts before it.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { clientId } from '../../../sim/scenarios.ts';
import { ask, client, crash, create, healAll, partition, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [partition([3, clientId(0)])] },
    { then: [ask(0, 1, create('/lonely'))] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [healAll(), restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
