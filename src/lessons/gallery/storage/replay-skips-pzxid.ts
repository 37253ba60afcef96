/**
 * A child is created, deleted, and another one created while server 1 takes a snapshot, which
 * copies their parent when all is over. A restart plays back the first two, which set the parent
 * back; the third one is there already and leaves it so.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, create2, disk } from '../words.ts';
import { hold, release, restart, smallWorld } from '../words.ts';

/** The first child, behind a session and the parent. */
const zxid = makeZxid(1, 3);

/** The four znodes that every tree has. */
const PIECE = 4;

export const script: Script = {
  // Every second transaction begins a snapshot.
  world: smallWorld(3, { snapCount: 2, snapshotChunk: PIECE }),
  steps: [
    {
      when: { cue: 'serving', servers: [1, 2, 3] },
      then: [client(0, [3]), ask(0, 1, create('/parent'))],
    },
    { when: { cue: 'result', tag: 1 }, then: [] },
    {
      when: { cue: 'after', micros: 50_000 },
      then: [
        disk(1, { slowness: 10 }),
        ask(0, 2, create2('/parent/one')),
        ask(0, 3, { op: 'delete', path: '/parent/one', version: -1 }),
        ask(0, 4, create2('/parent/two')),
      ],
    },
    { when: { cue: 'sent', by: 3, type: 'COMMIT', where: { zxid } }, then: [hold(3, 1, 'COMMIT')] },
    { when: { cue: 'timer', of: 1, name: 'fuzzySnapshot' }, then: [release(3, 1, 'COMMIT')] },
    { when: { cue: 'after', micros: 300_000 }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
