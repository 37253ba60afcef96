/**
 * Servers 1 and 2 have a proposal in their logs when the leader loses power before it commits. They
 * elect one another by their trees, which do not have it, so nobody commits it and nobody cuts it:
 * when server 1 restarts it has one transaction more than its leader.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 2, note: 'applied' }, then: [ask(0, 1, create('/ghost'))] },
    {
      when: { cue: 'note', of: 2, note: 'logged', where: { zxid: makeZxid(1, 2) } },
      then: [crash(3)],
    },
    { when: { cue: 'serving', servers: [1, 2] }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [] },
  ],
  afterwards: 1_000_000,
};
