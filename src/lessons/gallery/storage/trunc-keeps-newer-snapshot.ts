/**
 * Server 3 keeps a proposal that reached nobody, and wins an election: before it leads it saves a
 * snapshot, with that proposal in it. The others go on without it. When it comes back it is told to
 * cut its log, which it does, and reads its database from the snapshot again.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 2, note: 'applied' }, then: [] },
    {
      when: { cue: 'after', micros: 50_000 },
      then: [crash(1), crash(2), ask(0, 1, create('/ghost'))],
    },
    {
      when: { cue: 'note', of: 3, note: 'state', where: { state: 'LOOKING' } },
      then: [restart(2)],
    },
    { when: { cue: 'sent', by: 3, type: 'LEADERINFO' }, then: [crash(3), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
