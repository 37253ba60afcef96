/**
 * Server 3 keeps a proposal that reached nobody; servers 1 and 2 found epoch 2 without it. When
 * server 3 meets server 1 again, its log is the longer one, but that of the older epoch.
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
    { when: { cue: 'serving', servers: [1, 2] }, then: [crash(2), healAll(), restart(3)] },
    { when: { cue: 'after', micros: 3_000_000 }, then: [restart(2)] },
  ],
  afterwards: 5_000_000,
};
