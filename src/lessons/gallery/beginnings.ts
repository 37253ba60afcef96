/**
 * Moments at which a bug is near, and what may happen from there. No script leads on from them: what
 * goes wrong is for the explorer to find.
 */
import type { MutantName } from '../../core/mutants.ts';
import type { ExploreLimits, ExploreOptions } from '../../sim/explore/explore-io.ts';
import type { Script } from '../../sim/explore/script.ts';
import { clientId } from '../../sim/scenarios.ts';
import { ask, client, crash, create, partition, restart, smallWorld } from './words.ts';

/** Which moment it is; the page has the words for it. */
export type Moment = 'lonelyLeader' | 'missedOne' | 'justAsked';

export interface Beginning {
  readonly moment: Moment;
  /** Leads to the moment. */
  readonly script: Script;
  /** Within them the bug is found, and nothing without it. */
  readonly limits: ExploreLimits;
  readonly plan: Pick<ExploreOptions, 'only' | 'may'>;
}

const ALL = { cue: 'serving', servers: [1, 2, 3] } as const;

/** The leader is cut off from the others, and its client asks for a write. */
const LONELY_LEADER: Beginning = {
  moment: 'lonelyLeader',
  script: {
    world: smallWorld(),
    steps: [
      { when: ALL, then: [client(0, [3]), client(1, [1, 2])] },
      { when: { cue: 'after', micros: 300_000 }, then: [partition([3, clientId(0)])] },
      { then: [ask(0, 1, create('/lonely'))] },
    ],
    afterwards: 0,
  },
  limits: { faults: 1, deliveries: 150, states: 6000 },
  plan: {
    only: { moves: ['crash', 'restart', 'heal'] },
    may: [ask(1, 2, create('/other'))],
  },
};

/** Server 1 was away while a transaction was committed, and has just been started again. */
const MISSED_ONE: Beginning = {
  moment: 'missedOne',
  script: {
    world: smallWorld(),
    steps: [
      { when: ALL, then: [client(0, [2])] },
      { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
      { when: { cue: 'result', tag: 1 }, then: [restart(1)] },
    ],
    afterwards: 0,
  },
  limits: { faults: 1, deliveries: 100, states: 3000 },
  plan: {},
};

/** A write has been asked for, and nobody knows of it yet but the client. */
const JUST_ASKED: Beginning = {
  moment: 'justAsked',
  script: {
    world: smallWorld(),
    steps: [
      { when: ALL, then: [client(0, [3])] },
      { when: { cue: 'after', micros: 300_000 }, then: [ask(0, 1, create('/a'))] },
    ],
    afterwards: 0,
  },
  limits: { faults: 1, deliveries: 100, states: 3000 },
  plan: {},
};

export const BEGINNINGS: Partial<Record<MutantName, Beginning>> = {
  'no-trunc-in-range': LONELY_LEADER,
  'diff-sets-zxid-early': MISSED_ONE,
  'retain-db-no-fastforward': JUST_ASKED,
  'ack-before-fsync': MISSED_ONE,
};

/** Null where a bug is hunted from a quiet ensemble. */
export function beginningOf(name: MutantName): Beginning | null {
  return BEGINNINGS[name] ?? null;
}
