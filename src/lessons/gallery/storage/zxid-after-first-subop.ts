/**
 * Server 1, with a slow disk, is between the two operations of a multi when its snapshot thread
 * begins: with the znode of the first, without that of the second, and yet under the zxid of the
 * whole. After a restart nothing brings the second one back.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, createBoth, disk } from '../words.ts';
import { hold, release, restart, smallWorld } from '../words.ts';

/** The multi, behind a session and a create. */
const zxid = makeZxid(1, 3);

export const script: Script = {
  // Every second transaction begins a snapshot.
  world: smallWorld(3, { snapCount: 2 }),
  steps: [
    {
      when: { cue: 'serving', servers: [1, 2, 3] },
      then: [client(0, [3]), ask(0, 1, create('/first'))],
    },
    { when: { cue: 'result', tag: 1 }, then: [] },
    {
      when: { cue: 'after', micros: 50_000 },
      then: [
        disk(1, { slowness: 10 }),
        ask(0, 2, createBoth('/a', '/b')),
        ask(0, 3, create('/last')),
      ],
    },
    { when: { cue: 'sent', by: 3, type: 'COMMIT', where: { zxid } }, then: [hold(3, 1, 'COMMIT')] },
    {
      when: { cue: 'note', of: 1, note: 'logged', where: { zxid: makeZxid(1, 4) } },
      then: [release(3, 1, 'COMMIT')],
    },
    { when: { cue: 'after', micros: 300_000 }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
