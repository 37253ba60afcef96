/**
 * Server 3 keeps a proposal that reached nobody, and its disk is full when it is told to cut that
 * off. There is room again soon, and it goes on with what it could not cut.
 */
import type { Script } from '../../../sim/explore/script.ts';
import { clientId } from '../../../sim/scenarios.ts';
import {
  ask,
  client,
  crash,
  create,
  disk,
  healAll,
  partition,
  restart,
  smallWorld,
} from '../words.ts';

export const script: Script = {
  world: smallWorld(),
  steps: [
    { when: { cue: 'serving', servers: [1, 2, 3] }, then: [client(0, [3])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [partition([3, clientId(0)])] },
    { then: [ask(0, 1, create('/ghost'))] },
    { when: { cue: 'note', of: 3, note: 'synced' }, then: [crash(3)] },
    { when: { cue: 'serving', servers: [1, 2] }, then: [healAll(), restart(3)] },
    { when: { cue: 'sent', by: 3, type: 'ACKEPOCH' }, then: [disk(3, { full: true })] },
    { when: { cue: 'received', by: 3, type: 'TRUNC' }, then: [disk(3, {})] },
  ],
  afterwards: 2_000_000,
};
