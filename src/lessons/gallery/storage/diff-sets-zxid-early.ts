/**
 * Server 1 comes back and is told that a DIFF will follow. The connection breaks before it does,
 * and yet server 1 takes itself for complete: nobody will send it again what it lacks.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, cut, heal, hold, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [2, 3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [] },
    { when: { cue: 'after', micros: 50_000 }, then: [crash(1), ask(0, 1, create('/lost'))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(1)] },
    { when: { cue: 'sent', by: 3, type: 'DIFF' }, then: [hold(3, 1, 'PROPOSAL')] },
    { when: { cue: 'received', by: 1, type: 'DIFF' }, then: [cut(1, 3)] },
    {
      when: { cue: 'note', of: 1, note: 'state', where: { state: 'LOOKING' } },
      then: [heal(1, 3)],
    },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
