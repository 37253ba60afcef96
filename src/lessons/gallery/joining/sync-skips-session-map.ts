/**
 * Server 3 learns of a session and its ephemeral while it is brought up to date, and leads later.
 * The client is dead by then, but nobody knows a session that could expire.
 */
import { CreateMode } from '../../../core/jute/proto.ts';
import type { Script } from '../../../sim/explore/script.ts';
import { ask, client, crash, create, killClient, restart, smallWorld } from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [1])] },
    { when: { cue: 'note', of: 3, note: 'applied' }, then: [crash(3, 'kept')] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [client(1, [1], 2_000)] },
    { then: [ask(1, 1, create('/mine', '', CreateMode.EPHEMERAL))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(3)] },
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [killClient(1), crash(2)] },
    { when: { cue: 'serving', servers: [1, 3] }, then: [] },
  ],
  afterwards: 5_000_000,
};
