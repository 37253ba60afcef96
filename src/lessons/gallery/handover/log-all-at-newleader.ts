/**
 * Server 1 comes back while a proposal waits for its second ack. That ack comes when NEWLEADER is on
 * its way, so the COMMIT arrives before UPTODATE.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, hold, release, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
    {
      when: { cue: 'sent', by: 2, type: 'ACK', where: { zxid: makeZxid(1, 2) } },
      then: [hold(2, 3, 'ACK'), restart(1)],
    },
    { when: { cue: 'sent', by: 3, type: 'NEWLEADER' }, then: [release(2, 3, 'ACK')] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
