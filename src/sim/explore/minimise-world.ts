/** A smaller ensemble in a plainer world. */
import { DEFAULT_CONFIG, votersOf, type EnsembleConfig } from '../../core/config.ts';
import type { Micros, Sid } from '../../core/units.ts';
import { COUNTER_MAX } from '../../core/zxid.ts';
import type { Action, LatencyRange, RunRecord, WorldConfig } from '../actions.ts';
import { attempt, attemptWorld, type Search } from './minimise-search.ts';

/** A seed that reads well. */
const SEEDS = [1, 2, 3] as const;

/** Without one server after the other: those who wait to join, observers, voters down to three. */
export function dropServers(search: Search): void {
  const order = [...search.best.world.ensemble.servers].reverse();
  for (const { sid } of order) {
    const smaller = without(search.best, sid);
    if (smaller !== null && !search.stopped) attempt(search, smaller);
  }
}

function without(record: RunRecord, sid: Sid): RunRecord | null {
  const { ensemble } = record.world;
  const servers = ensemble.servers.filter((server) => server.sid !== sid);
  const smaller = { ...ensemble, servers };
  if (votersOf(smaller).length < 3 && votersOf(ensemble).includes(sid)) return null;
  const actions = record.actions.flatMap(({ at, action }) => {
    const kept = actionWithout(action, sid);
    return kept === null ? [] : [{ at, action: kept }];
  });
  return { ...record, world: { ...record.world, ensemble: smaller }, actions };
}

/** What is left of an action when a server is not there. */
function actionWithout(action: Action, sid: Sid): Action | null {
  const id = sid as number;
  if (action.kind === 'partition') {
    const group = action.group.filter((member) => member !== id);
    return group.length === 0 ? null : { ...action, group };
  }
  if (action.kind === 'addClient') {
    const servers = action.servers.filter((server) => server !== sid);
    // No server named is all servers.
    return servers.length === 0 && action.servers.length > 0 ? null : { ...action, servers };
  }
  if ('sid' in action && action.sid === sid) return null;
  if ('process' in action && action.process === id) return null;
  const touches = 'from' in action && (action.from === id || ('to' in action && action.to === id));
  return touches ? null : action;
}

/** What a reader expects: the settings that other small worlds have, else the defaults. */
const PLAIN: Partial<EnsembleConfig> = {
  preAllocSize: 0,
  reconfigEnabled: DEFAULT_CONFIG.reconfigEnabled,
};

export function plainSettings(search: Search): void {
  const plain: EnsembleConfig = { ...DEFAULT_CONFIG, ...PLAIN };
  // What the bug is about stays, and so do those who take part.
  const names = (Object.keys(plain) as (keyof EnsembleConfig)[]).filter(
    (name) => name !== 'servers' && name !== 'mutants',
  );
  for (const name of names) {
    const { world } = search.best;
    if (search.stopped || same(world.ensemble[name], plain[name])) continue;
    attemptWorld(search, { ...world, ensemble: { ...world.ensemble, [name]: plain[name] } });
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The latencies and the seed that the gallery's scripts have. */
export function plainWorld(search: Search): void {
  const plain: readonly Partial<WorldConfig>[] = [
    { latency: { min: 500 as Micros, max: 1500 as Micros } },
    { diskLatency: { min: 1000 as Micros, max: 5000 as Micros } },
    ...SEEDS.map((seed) => ({ seed })),
  ];
  for (const part of plain) {
    const { world } = search.best;
    const isPlain = SEEDS.some((seed) => seed === world.seed) && part.seed !== undefined;
    if (isPlain || same({ ...world, ...part }, world)) continue;
    attemptWorld(search, { ...world, ...part });
  }
}

/** One-way latencies and durations of disk operations, in µs, that never vary. */
const STEADY_LATENCIES = [500, 1000, 2000, 5000] as const;
const STEADY_DISKS = [500, 2000, 5000, 20_000] as const;

/**
 * Where every packet and every disk operation takes as long as any other, an action that goes
 * shifts no draw of chance for those behind it: the rest of the run stays as it was. So this is not
 * shorter, but it can be shortened further.
 */
export function steadyWorld(search: Search, round: number): void {
  const { world } = search.best;
  const worlds = STEADY_LATENCIES.flatMap((latency) =>
    STEADY_DISKS.map((disk) => ({ latency: always(latency), diskLatency: always(disk) })),
  );
  // Another one every time: what one world holds together, the next lets go.
  for (let i = 0; i < worlds.length && !search.stopped; i++) {
    const steady = { ...world, ...worlds[(i + round * STRIDE) % worlds.length] };
    if (!same(steady, world) && attemptWorld(search, steady)) return;
  }
  attemptWorld(search, { ...world, latency: always(world.latency.min) });
  attemptWorld(search, { ...search.best.world, diskLatency: always(world.diskLatency.min) });
}

/** Has no factor in common with the number of steady worlds. */
const STRIDE = 5;

/** So small that a handful of transactions brings out snapshots and synchronisation by SNAP. */
const TIGHT: readonly Partial<EnsembleConfig>[] = [
  { commitLogCount: 1, snapshotSizeFactor: -1 },
  { commitLogCount: 3, snapshotSizeFactor: -1 },
  { commitLogCount: 3 },
  { snapshotChunk: 1 },
  { snapshotChunk: 2 },
  ...[1, 2, 3, 4, 6, 8, 12].map((snapCount) => ({ snapCount })),
  { initialCounter: COUNTER_MAX - 2 },
  { initialCounter: COUNTER_MAX - 5 },
];

/** What needs a hundred transactions may need three with smaller limits. */
export function tightSettings(search: Search): void {
  for (const tight of TIGHT) {
    const { world } = search.best;
    const { ensemble } = world;
    const names = Object.keys(tight) as (keyof EnsembleConfig)[];
    const isTighter = names.some((name) => Number(tight[name]) < Number(ensemble[name]));
    const isNearer = ensemble.initialCounter > 0 && tight.initialCounter !== undefined;
    if (isTighter || isNearer)
      attemptWorld(search, { ...world, ensemble: { ...ensemble, ...tight } });
  }
}

function always(micros: number): LatencyRange {
  return { min: micros as Micros, max: micros as Micros };
}
