/**
 * A session ends while server 1 takes a snapshot: the parent of its ephemeral has been copied, the
 * ephemeral itself is gone by its turn. After a restart nobody knows that there was one, and the
 * parent shows no sign that a child went.
 */
import { CreateMode } from '../../../core/jute/proto.ts';
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, disk, hold, release, restart, smallWorld } from '../words.ts';

/** The closeSession, behind its createSession and two creates. */
const zxid = makeZxid(1, 4);

/** The four znodes that every tree has, and the parent. */
const PIECE = 5;

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
        ask(0, 2, create('/parent/mine', '', CreateMode.EPHEMERAL)),
        ask(0, 3, { op: 'closeSession' }),
      ],
    },
    {
      when: { cue: 'sent', by: 3, type: 'COMMIT', where: { zxid } },
      then: [hold(3, 1, 'COMMIT', { zxid })],
    },
    {
      when: { cue: 'timer', of: 1, name: 'fuzzySnapshot' },
      then: [release(3, 1, 'COMMIT', { zxid })],
    },
    { when: { cue: 'after', micros: 300_000 }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
