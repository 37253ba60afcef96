/**
 * Bounded exploration of the running implementation: can this end badly within so many faults and
 * so many deliveries? It looks at the servers themselves, not at a model of them.
 *
 * The undisturbed run is one way through. Every other way leaves it by moves: a server fails, a
 * link is cut, a packet is overtaken … Depth first, and again with one move more allowed each time,
 * so what is found is reached by the fewest moves there are. A way ends where it meets a situation
 * that was looked at before with as much still allowed.
 *
 * Orders that make no difference are not tried: see explorer-moves.ts. A packet that is overtaken
 * sleeps until its receiver has met something else (the sleep sets of partial-order reduction).
 *
 * Everything that it does is an ordinary action, so what it finds replays as a record.
 */
import { recordOf, type LocalRun } from '../local.ts';
import type { ExploreLimits, ExploreOptions, ExploreResult } from './explore-io.ts';
import { movesAt, type Move, type Rules } from './explorer-moves.ts';
import {
  createWalker,
  doAction,
  forkWalker,
  stepWalker,
  type Happened,
  type Walker,
} from './explorer-step.ts';
import { violationOf, type Found } from './recovery.ts';
import { hashState } from './state-hash.ts';

export type {
  ExploreLimits,
  ExploreOptions,
  ExploreProgress,
  ExploreResult,
  MoveKind,
  Only,
} from './explore-io.ts';

/** What a way may still do. */
interface Left {
  readonly moves: number;
  readonly faults: number;
  /** Which of `may` took place on it. */
  readonly done: ReadonlySet<number>;
}

/** What was still allowed when a state was met, and on which way. */
interface Visit {
  way: number;
  moves: number;
  faults: number;
  deliveries: number;
}

interface Search {
  readonly limits: ExploreLimits;
  readonly options: ExploreOptions;
  readonly rules: Rules;
  readonly visits: Map<number, Visit>;
  ways: number;
  /** Moves allowed in the present round. */
  moves: number;
  depth: number;
  /** A way wanted more moves than the round allows. */
  wantsMore: boolean;
  outOfBudget: boolean;
  /** Counts the first choices, for sharing them out. */
  choices: number;
  found: { readonly found: Found; readonly walker: Walker } | null;
}

/** Turns for every packet delivered: the rest are pings, timers and disks. */
const TURNS_PER_DELIVERY = 8;

/** After so many turns in which nothing new came about, nothing will: timeouts are shorter. */
const QUIET_TURNS = 100;

export function explore(
  start: LocalRun,
  limits: ExploreLimits,
  options: ExploreOptions = {},
): ExploreResult {
  const search: Search = {
    limits,
    options,
    rules: { only: options.only ?? {}, may: options.may ?? [] },
    visits: new Map(),
    ways: 0,
    moves: 0,
    depth: 0,
    wantsMore: true,
    outOfBudget: false,
    choices: 0,
    found: null,
  };
  const root = createWalker(start);
  look(search, root);
  for (; search.wantsMore && !isOver(search); search.moves++) {
    search.wantsMore = false;
    search.choices = 0;
    goWay(search, forkWalker(root), {
      moves: search.moves,
      faults: limits.faults,
      done: new Set(),
    });
  }
  return resultOf(search, start);
}

function resultOf(
  { found, visits, depth, moves, wantsMore }: Search,
  start: LocalRun,
): ExploreResult {
  const record = found === null ? null : recordOf(found.walker.run);
  return {
    found: found?.found ?? null,
    actions: record?.actions.slice(start.world.actions.length) ?? [],
    record,
    states: visits.size,
    depth,
    moves: Math.max(0, moves - 1),
    complete: found === null && !wantsMore,
  };
}

function isOver({ found, outOfBudget }: Search): boolean {
  return found !== null || outOfBudget;
}

/**
 * The way as it goes by itself, and, if moves are left, all ways that leave it. The way itself is
 * gone first: those that leave it often come back to it.
 */
function goWay(search: Search, walker: Walker, left: Left): void {
  const way = search.ways++;
  if (left.moves === 0) {
    goOn(search, walker, left, way);
    return;
  }
  const ahead = forkWalker(walker);
  const turns = goOn(search, ahead, left, way);
  let happened: Happened | null = null;
  for (let turn = 0; !isOver(search); turn++) {
    const isFirst = left.moves === search.moves && turn === 0;
    if (isFirst || happened !== null) leaveWay(search, walker, left, happened);
    if (turn >= turns) return;
    happened = stepWalker(walker);
    if (happened === null) return;
  }
}

/** Lets happen what happens by itself. Returns for how many turns it was worth it. */
function goOn(search: Search, walker: Walker, left: Left, way: number): number {
  const first = walker.turns;
  let news = walker.turns;
  while (!isOver(search)) {
    if (look(search, walker)) break;
    const met = meet(search, walker, left, way);
    if (met === 'elsewhere') break;
    if (met === 'new') news = walker.turns;
    if (walker.turns - news > QUIET_TURNS) break;
    if (walker.deliveries >= search.limits.deliveries) break;
    if (walker.turns >= search.limits.deliveries * TURNS_PER_DELIVERY) break;
    const happened = stepWalker(walker);
    if (happened === null) break;
    if (left.moves === 0 && !search.wantsMore) {
      search.wantsMore = movesAt(walker, search.rules, happened, left.done).some((move) =>
        isAllowed(move, left),
      );
    }
  }
  search.depth = Math.max(search.depth, walker.deliveries);
  return walker.turns - first;
}

/** True if something has gone wrong. */
function look(search: Search, walker: Walker): boolean {
  const found = violationOf(walker.run);
  if (found === null) return false;
  search.found ??= { found, walker };
  return true;
}

/**
 * `elsewhere`: this was met before, on another way, with as much still allowed; `again`: on this
 * way.
 */
function meet(
  search: Search,
  walker: Walker,
  left: Left,
  way: number,
): 'new' | 'again' | 'elsewhere' {
  const { visits, limits, options } = search;
  const key = hashState(walker.hasher, walker.run);
  const deliveries = limits.deliveries - walker.deliveries;
  const visit = visits.get(key);
  const { moves, faults } = left;
  if (visit === undefined) {
    visits.set(key, { way, moves, faults, deliveries });
    if (visits.size >= limits.states || options.keepGoing?.() === false) search.outOfBudget = true;
    options.onProgress?.({ states: visits.size, moves: search.moves, depth: walker.deliveries });
    return 'new';
  }
  // What happens next depends on timers too, so a way may pass the same situation many times.
  if (visit.way === way) return 'again';
  const slack = limits.deliveries / 4;
  if (visit.moves >= moves && visit.faults >= faults && visit.deliveries + slack >= deliveries) {
    return 'elsewhere';
  }
  visits.set(key, { way, moves, faults, deliveries });
  return 'new';
}

/** All ways that leave the present one here, each by one move. */
function leaveWay(search: Search, walker: Walker, left: Left, happened: Happened | null): void {
  for (const move of movesAt(walker, search.rules, happened, left.done)) {
    if (isOver(search)) return;
    if (!isAllowed(move, left) || !isMine(search, left)) continue;
    const other = forkWalker(walker);
    if (!doAction(other, move.action)) continue;
    if (move.asleep !== null) other.asleep = [...other.asleep, move.asleep];
    goWay(search, other, after(move, left));
  }
}

function isAllowed(move: Move, left: Left): boolean {
  return !move.isFault || left.faults > 0;
}

function after({ isFault, may }: Move, { moves, faults, done }: Left): Left {
  return {
    moves: moves - 1,
    faults: isFault ? faults - 1 : faults,
    done: may === null ? done : new Set([...done, may]),
  };
}

/** The first choices of every way are shared out among several searches. */
function isMine(search: Search, left: Left): boolean {
  const { share } = search.options;
  if (share === undefined || left.moves < search.moves) return true;
  return search.choices++ % share.of === share.index;
}
