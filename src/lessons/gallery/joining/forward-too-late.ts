/**
 * Server 1 comes back and gets its DIFF. Before it acknowledges NEWLEADER the others commit a
 * transaction, which it is never sent; what follows comes with a hole before it.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

const NEWLEADER = { from: 3, to: 1, type: 'NEWLEADER' } as const;

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    {
      when: { cue: 'note', of: 1, note: 'applied' },
      then: [crash(1, 'kept'), ask(0, 1, create('/a'))],
    },
    { when: { cue: 'result', tag: 1 }, then: [restart(1)] },
    {
      when: { cue: 'sent', by: 3, type: 'NEWLEADER' },
      then: [{ kind: 'holdPacket', packet: NEWLEADER }, ask(0, 2, create('/b'))],
    },
    { when: { cue: 'result', tag: 2 }, then: [{ kind: 'releasePacket', packet: NEWLEADER }] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 3, create('/c'))] },
    { when: { cue: 'result', tag: 3 }, then: [] },
  ],
  afterwards: 1_000_000,
};
