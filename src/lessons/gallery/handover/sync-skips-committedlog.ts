/**
 * Server 4 gets one transaction in its DIFF and the next one as a follower: of the two only the
 * second is in its committed log. As a leader it sends server 1, which lacks both, that one.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(5),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3, 4, 5] }, then: [client(0, [5])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [crash(1), crash(4), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'result', tag: 1 }, then: [restart(4)] },
    { when: { cue: 'serving', servers: [2, 3, 4, 5] }, then: [ask(0, 2, create('/b'))] },
    {
      when: { cue: 'note', of: 4, note: 'applied', where: { zxid: makeZxid(1, 3) } },
      then: [crash(5)],
    },
    { when: { cue: 'serving', servers: [2, 3, 4] }, then: [restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3, 4] }, then: [] },
  ],
  afterwards: 1_000_000,
};
