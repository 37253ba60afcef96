/** Moments at which a bug is near, and what may happen from there. No script leads on from them. */
import type { MutantName } from '../../src/core/mutants.ts';
import {
  ask,
  client,
  crash,
  create,
  partition,
  restart,
  smallWorld,
  withMutant,
} from '../../src/lessons/gallery/words.ts';
import type { ExploreLimits, ExploreOptions } from '../../src/sim/explore/explorer.ts';
import { runScript, type Script } from '../../src/sim/explore/script.ts';
import type { LocalRun } from '../../src/sim/local.ts';
import { clientId } from '../../src/sim/scenarios.ts';

export interface Beginning {
  readonly mutant: MutantName;
  /** The moment, in words. */
  readonly moment: string;
  readonly script: Script;
  readonly limits: ExploreLimits;
  readonly options: ExploreOptions;
}

const ALL = { cue: 'serving', servers: [1, 2, 3] } as const;

/** Server 1 was away while a transaction was committed, and has just been started again. */
const MISSED_ONE: Script = {
  world: smallWorld(),
  steps: [
    { when: ALL, then: [client(0, [2])] },
    { when: { cue: 'note', of: 1, note: 'applied' }, then: [crash(1), ask(0, 1, create('/a'))] },
    { when: { cue: 'result', tag: 1 }, then: [restart(1)] },
  ],
  afterwards: 0,
};

export const BEGINNINGS: readonly Beginning[] = [
  {
    mutant: 'no-trunc-in-range',
    moment: 'the leader is cut off from the others, and its client asks for a write',
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
    options: {
      only: { moves: ['crash', 'restart', 'heal'] },
      may: [ask(1, 2, create('/other'))],
    },
  },
  {
    mutant: 'diff-sets-zxid-early',
    moment: 'a server comes back that missed a transaction',
    script: MISSED_ONE,
    limits: { faults: 1, deliveries: 100, states: 3000 },
    options: {},
  },
  {
    mutant: 'retain-db-no-fastforward',
    moment: 'a write has just been asked for',
    script: {
      world: smallWorld(),
      steps: [
        { when: ALL, then: [client(0, [3])] },
        { when: { cue: 'after', micros: 300_000 }, then: [ask(0, 1, create('/a'))] },
      ],
      afterwards: 0,
    },
    limits: { faults: 1, deliveries: 100, states: 3000 },
    options: {},
  },
  {
    mutant: 'ack-before-fsync',
    moment: 'a server comes back that missed a transaction',
    script: MISSED_ONE,
    limits: { faults: 1, deliveries: 100, states: 3000 },
    options: {},
  },
];

export function begin({ script, mutant }: Beginning, isOn: boolean): LocalRun {
  const { run, failure } = runScript(isOn ? withMutant(script, mutant) : script);
  if (failure !== null) throw new RangeError(failure);
  return run;
}
