/**
 * Server 1 is sent a snapshot in two pieces. Between them a multi is committed that creates a znode
 * in either: the snapshot has the one in the second piece only. What would mend it comes behind
 * NEWLEADER, so server 1 saves and acknowledges half of a multi.
 */
import { makeZxid } from '../../../core/zxid.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, createBoth } from '../words.ts';
import { hold, release, restart, smallWorld } from '../words.ts';

/** The multi: behind a session and two creates. */
const zxid = makeZxid(1, 4);

/** The four znodes that every tree has, and one of ours. */
const PIECE = 5;

export const script: Script = {
  world: smallWorld(3, { snapshotChunk: PIECE }),
  steps: [
    { then: [crash(1)] },
    {
      when: { cue: 'serving', servers: [2, 3] },
      then: [client(0, [3]), ask(0, 1, create('/a')), ask(0, 2, create('/b'))],
    },
    { when: { cue: 'result', tag: 2 }, then: [ask(0, 3, createBoth('/a/x', '/b/y'))] },
    {
      when: { cue: 'sent', by: 2, type: 'ACK', where: { zxid } },
      then: [hold(2, 3, 'ACK', { zxid }), restart(1)],
    },
    { when: { cue: 'sent', by: 3, type: 'SNAPSHOT' }, then: [release(2, 3, 'ACK', { zxid })] },
    { when: { cue: 'note', of: 1, note: 'synchronized' }, then: [crash(1), restart(1)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [] },
  ],
  afterwards: 1_000_000,
};
