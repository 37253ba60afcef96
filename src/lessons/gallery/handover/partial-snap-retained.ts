/**
 * Server 1 was away too long for a DIFF. The SNAP has come as a whole when the link breaks: the tree
 * is new, and nothing of it is on the disk yet.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, cut, heal, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(3, { commitLogCount: 0, snapshotSizeFactor: -1 }),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [crash(1), client(0, [3])] },
    { then: [ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(1)] },
    { when: { cue: 'received', by: 1, type: 'SNAPSHOT' }, then: [cut(1, 3)] },
    {
      when: { cue: 'note', of: 1, note: 'state', where: { state: 'LOOKING' } },
      then: [heal(1, 3)],
    },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 2, create('/b'))] },
    { when: { cue: 'note', of: 1, note: 'synced' }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
