/**
 * Server 1 has logged a proposal and crashed before it could say so. It is told to cut it off and is
 * sent it again; that is committed at once, and is in its tree when the link breaks.
 */
import type { Script } from '../../../sim/explore/script.ts';
import {
  ask,
  client,
  crash,
  create,
  cut,
  heal,
  hold,
  release,
  restart,
  smallWorld,
} from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [ask(0, 1, create('/a'))] },
    { when: { cue: 'note', of: 1, note: 'logged' }, then: [crash(1, 'kept')] },
    { when: { cue: 'sent', by: 2, type: 'ACK' }, then: [hold(2, 3, 'ACK'), restart(1)] },
    { when: { cue: 'sent', by: 3, type: 'TRUNC' }, then: [release(2, 3, 'ACK')] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [cut(1, 3)] },
    {
      when: { cue: 'note', of: 1, note: 'state', where: { state: 'LOOKING' } },
      then: [heal(1, 3)],
    },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 2, create('/b'))] },
    { when: { cue: 'result', tag: 2 }, then: [] },
  ],
  afterwards: 1_000_000,
};
