/**
 * Server 3 joins by SNAP, so the zxid where it is to cut its log later is not in the log. What it
 * has logged after that was seen by nobody else.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, hold, restart, smallWorld } from '../words.ts';

const GHOST = { zxid: makeZxid(1, 3) } as const;

export const script: Script = {
  world: smallWorld(3, { commitLogCount: 0, snapshotSizeFactor: -1 }),
  steps: [
    { then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [client(0, [2]), ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [ask(0, 2, create('/ghost'))] },
    {
      when: { cue: 'sent', by: 2, type: 'PROPOSAL', where: GHOST },
      then: [hold(2, 1, 'PROPOSAL')],
    },
    { when: { cue: 'received', by: 3, type: 'PROPOSAL', where: GHOST }, then: [crash(2)] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3), restart(2)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
