/** What a question's answers can wait for: what came about in a run, and what could have. */
import { canonical } from '../engine/canonical.ts';
import type { Fact, GoalTest, Happening, What } from '../engine/goal.ts';
import type { Words } from '../engine/lesson.ts';

export interface Predicate {
  readonly what: What;
  readonly words: Words;
  /** The author's own run brought it about, or it was so there at some moment. */
  readonly came: boolean;
}

/** What a run speaks of. */
export interface Cast {
  /** Sids. */
  readonly voters: readonly number[];
  readonly paths: readonly string[];
  /** Names of clients. */
  readonly clients: readonly string[];
}

const PREDICATES_MAX = 120;
const WAYS_TO_SYNC = ['DIFF', 'TRUNC', 'SNAP'] as const;

/**
 * Of each kind also what did not come about: a question needs answers that are wrong. What a goal
 * of this run could ask for comes first.
 */
export function candidates(tests: readonly GoalTest[], cast: Cast): readonly What[] {
  const asked = tests.flatMap((test): What[] => ('what' in test ? [test.what] : []));
  const synced = asked.flatMap((what): Happening[] =>
    'happening' in what && what.happening === 'syncs'
      ? WAYS_TO_SYNC.map((how) => ({ ...what, how }))
      : [],
  );
  const serves: Fact = { fact: 'serves' };
  const all: readonly What[] = [
    ...asked,
    ...cast.voters.map((server): What => ({ happening: 'elected', server })),
    ...cast.voters.map((by): What => ({ fact: 'serves', by })),
    { fact: 'not', of: serves },
    ...cast.paths.flatMap((path): Fact[] => {
      const there: Fact = { fact: 'znode', path };
      return [there, { fact: 'not', of: there }];
    }),
    ...cast.clients.map((client): What => ({ happening: 'expires', client })),
    ...synced,
  ];
  const distinct = new Map(all.map((what) => [canonical(what), what]));
  return [...distinct.values()].slice(0, PREDICATES_MAX);
}
