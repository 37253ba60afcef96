/**
 * Server 1 acknowledges a proposal, comes back, and is told to cut it off. When the slow disk of the
 * leader has it, there are two acks, and one copy. The leader crashes.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, disk, hold, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [disk(3, { slowness: 250 }), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'sent', by: 3, type: 'PROPOSAL' }, then: [hold(3, 2, 'PROPOSAL')] },
    {
      when: { cue: 'received', by: 3, type: 'ACK', where: { zxid: makeZxid(1, 2) } },
      then: [crash(1), restart(1)],
    },
    { when: { cue: 'sent', by: 3, type: 'TRUNC' }, then: [hold(3, 1, 'PROPOSAL')] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
