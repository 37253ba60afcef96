/**
 * Server 3 is alone and serves reads: the session of its client takes a zxid of its own there. As a
 * leader it takes that for the last that was committed, and cuts the log of server 2.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, readOnlyClient, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(3, { readOnlyEnabled: true, localSessionsEnabled: true }),
  steps: [
    {
      when: { cue: 'serving', servers: [1, 2, 3] },
      then: [client(0, [1]), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'result', tag: 1 }, then: [crash(1), crash(2)] },
    {
      when: { cue: 'note', of: 3, note: 'state', where: { state: 'LOOKING' } },
      then: [readOnlyClient(1, [3])],
    },
    { when: { cue: 'sent', by: 3, type: 'connectResponse' }, then: [restart(1)] },
    { when: { cue: 'serving', servers: [1, 3] }, then: [restart(2)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
