/**
 * Server 5 is elected, but of those who voted for it server 4 is gone: it needs server 1, which
 * restarts. Server 1 takes over the vote of server 3, and last of all hears server 5 itself.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { crash, cut, heal, restart, slowLink, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(5, { initLimit: 20 }),
  steps: [
    { then: [crash(2), cut(1, 3), cut(1, 4)] },
    {
      when: { cue: 'note', of: 5, note: 'state', where: { state: 'LEADING' } },
      then: [crash(4)],
    },
    {
      when: { cue: 'received', by: 1, type: 'notification', where: { state: 'LEADING' } },
      then: [crash(1), heal(1, 3), slowLink(5, 1, 20_000), restart(1)],
    },
    { when: { cue: 'serving', servers: [1, 3, 5] }, then: [] },
  ],
  afterwards: 1_000_000,
};
