/** What all drills have in common: a cause to name, a repair that stands, and proof that it works. */
import type { Action, WorldConfig } from '../../../sim/actions.ts';
import { goal, miss, safe, stands, way } from '../../engine/build.ts';
import type { Fact } from '../../engine/goal.ts';
import {
  PLAIN,
  RIGHT,
  words,
  WRONG,
  type Cause,
  type CauseTest,
  type Hint,
  type Lesson,
  type Proof,
  type Words,
} from '../../engine/lesson.ts';
import { lines, stage } from '../../scenarios/world.ts';

/** What counts as a repair. Requests of clients do not: they are how a repair is proven. */
const REPAIRS: readonly Action['kind'][] = [
  'restart',
  'crash',
  'heal',
  'healAll',
  'partition',
  'cut',
  'latency',
  'wipe',
  'disk',
  'pause',
  'resume',
  'skew',
  'killClient',
];

type Said = readonly [en: string, zh: string];

/** In words, and as an action script. */
type Done = readonly [en: string, zh: string, script: readonly string[]];

export interface Drill {
  /** Three voters unless it says otherwise. */
  readonly world?: WorldConfig;
  readonly start: readonly string[];
  readonly causes: readonly Cause[];
  readonly proofs: readonly Proof[];
  /** How many different proofs are asked for. */
  readonly evidence: 1 | 2;
  /** What must stand at the end. */
  readonly repaired: readonly [fact: Fact, en: string, zh: string];
  /** What somebody does with the service, and that shows that it works. */
  readonly proven: readonly [fact: Fact, en: string, zh: string, lasting?: number];
  /** Repairs that are allowed. */
  readonly atMost: number;
  readonly solutions: readonly [Done, Done, ...Done[]];
  /** Beside the wrong cause, which every drill has: the goal that is missed, and how. */
  readonly misses: readonly (readonly ['repaired' | 'proven' | 'budget', ...Done])[];
  readonly hints: readonly Said[];
  readonly par: number;
}

/** The start did this. */
export const did = (id: string, said: Said, fields: Readonly<Record<string, unknown>>): Cause =>
  cause(id, said, { cause: 'action', fields });

/** The ensemble is configured so. */
export const configured = (
  id: string,
  said: Said,
  fields: Readonly<Record<string, unknown>>,
): Cause => cause(id, said, { cause: 'config', fields });

/** A client of the start typed this. */
export const typed = (id: string, said: Said, text: string): Cause =>
  cause(id, said, { cause: 'line', text });

const cause = (id: string, said: Said, when: CauseTest): Cause => ({
  id,
  words: words(...said),
  when,
});

export const inLog = (text: string, server?: number): Proof => ({
  source: 'log',
  text,
  ...(server === undefined ? {} : { server }),
});

export const byWord = (word: string, text: string, server?: number): Proof => ({
  source: 'word',
  word,
  text,
  ...(server === undefined ? {} : { server }),
});

export const onConsole = (text: string, client?: string): Proof => ({
  source: 'console',
  text,
  ...(client === undefined ? {} : { client }),
});

/** As `df` and `ls` show it. */
export const onDisk = (text: string, server?: number): Proof => ({
  source: 'disk',
  text,
  ...(server === undefined ? {} : { server }),
});

/** @param plan for a seed: which server it is, and which of the causes. */
export function drill(plan: (seed: number) => Drill): Lesson {
  return {
    plan: (seed) => {
      const { world = stage(3), start, causes, proofs, solutions, misses, ...rest } = plan(seed);
      const [[, , first]] = solutions;
      return {
        ...PLAIN,
        operator: true,
        world: { ...world, seed },
        start: { kind: 'script', text: lines(...start) },
        diagnosis: { causes, proofs },
        goals: goalsOf(rest),
        hints: rest.hints.map((said, n): Hint => {
          const asked: Words = words(...said);
          return { step: n === 0 ? 'diagnose' : 'repair', words: asked };
        }),
        solutions: solutions.map((done) => way(...done, { cause: RIGHT })),
        nearMisses: [
          miss('diagnosed', 'The wrong cause', '原因错误', first, { cause: WRONG }),
          ...misses.map(([id, ...done]) => miss(id, ...done, { cause: RIGHT })),
        ],
        par: rest.par,
      };
    },
  };
}

type Asked = Pick<Drill, 'evidence' | 'repaired' | 'proven' | 'atMost'>;

function goalsOf({ evidence, repaired, proven, atMost }: Asked) {
  const [mended, ...mendedWords] = repaired;
  const [works, en, zh, lasting = 0] = proven;
  const most = String(atMost);
  return [
    goal(
      'diagnose',
      'diagnosed',
      { test: 'diagnosed', evidence },
      evidence === 1
        ? 'Name the cause, with evidence'
        : 'Name the cause, with two pieces of evidence',
      evidence === 1 ? '指出原因，并给出证据' : '指出原因，并给出两条证据',
    ),
    goal('repair', 'repaired', stands(mended), ...mendedWords),
    goal('repair', 'proven', { test: 'reached', what: works, lasting }, en, zh, {
      after: ['repaired'],
    }),
    goal(
      'repair',
      'budget',
      { test: 'budget', atMost, kinds: REPAIRS },
      atMost === 0 ? 'No repairs: nothing is broken' : `Repairs: at most ${most}`,
      atMost === 0 ? '不做修复：没有东西坏掉' : `修复操作最多 ${most} 次`,
    ),
    safe('repair'),
  ];
}

/** A server by a seed: followers, where all three serve. */
export const followerOf = (seed: number): 1 | 2 => (seed % 2 === 0 ? 2 : 1);

/** `/app` holds what a client wrote behind the repair. */
export const FIXED = [
  { fact: 'znode', path: '/app', text: 'fixed', at: 'leader' },
  'A client can write: set /app fixed',
  '客户端可以写入：set /app fixed',
] as const satisfies Drill['proven'];

export const FIX = 'when A is connected: A: set /app fixed';

export const ALL_SERVE = [
  { fact: 'allServe' },
  'All servers serve',
  '所有服务器都在提供服务',
] as const satisfies Drill['repaired'];

/** A client A at server 3, which leads, and a znode. */
export const BEGUN: readonly string[] = [
  'wait until 1, 2, 3 serve',
  'new client A servers=3',
  'when A is connected: A: create /app one',
  'wait until znode /app exists',
];
