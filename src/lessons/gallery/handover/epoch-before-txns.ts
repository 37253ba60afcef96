/**
 * Server 1 lacks a committed transaction. It has written the epoch of its new leader, and not yet
 * that transaction, when it crashes: now it seems to be ahead of server 2, which has it.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [crash(2), restart(1)] },
    {
      when: { cue: 'note', of: 1, note: 'epoch', where: { file: 'currentEpoch', epoch: 2 } },
      then: [crash(1), crash(3), restart(1), restart(2)],
    },
    { when: { cue: 'serving', servers: [1, 2] }, then: [] },
  ],
  afterwards: 1_000_000,
};
