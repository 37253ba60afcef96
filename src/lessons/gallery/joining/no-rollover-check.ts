/**
 * An epoch that begins with its counter nearly at the end: the session takes 0xfffffffd, and the
 * third write would be the first transaction of epoch 2, which nobody has elected.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, create, set, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(3, { initialCounter: 0xffff_fffc }),
  steps: [
    {
      when: { cue: 'serving', servers: [1, 2, 3] },
      then: [client(0, [1]), ask(0, 1, create('/a')), ask(0, 2, set('/a', '1'))],
    },
    { then: [ask(0, 3, set('/a', '2'))] },
  ],
  afterwards: 5_000_000,
};
