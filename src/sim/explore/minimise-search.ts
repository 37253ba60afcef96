/** The search for a shorter record: tries a candidate, and keeps it if it still fails. */
import type { Micros } from '../../core/units.ts';
import type { RunRecord, TimedAction, WorldConfig } from '../actions.ts';
import { createTraceHash, hashText, hashValue } from '../trace-hash.ts';
import { judgeFor, judgeRun, type Judgement } from './judge.ts';
import type { MinimiseAim, MinimiseOptions } from './minimise-io.ts';
import type { Found } from './recovery.ts';

export interface Search {
  readonly aim: MinimiseAim;
  readonly options: MinimiseOptions;
  /** The property was the first that the record broke: it must stay so. */
  readonly isFirst: boolean;
  readonly before: number;
  best: RunRecord;
  /** What the best breaks. */
  found: Found;
  tries: number;
  stopped: boolean;
  /** Hashes of the candidates that do not fail as they should. */
  readonly seen: Set<string>;
}

/** Null where the record does not break the property at all. */
export function createSearch(
  record: RunRecord,
  aim: MinimiseAim,
  options: MinimiseOptions,
): Search | null {
  const search: Search = {
    aim,
    options,
    isFirst: judgeRun(record, aim.settles).found?.name === aim.name,
    before: record.actions.length,
    best: record,
    found: { name: aim.name, why: '' },
    tries: 1,
    stopped: false,
    seen: new Set(),
  };
  return attempt(search, record) ? search : null;
}

/** Judges a candidate; from now on it is the best if it fails as it should. */
export function attempt(search: Search, candidate: RunRecord): boolean {
  const { options, seen, aim } = search;
  if (search.stopped || options.keepGoing?.() === false) {
    search.stopped = true;
    return false;
  }
  const key = keyOf(candidate);
  if (seen.has(key)) return false;
  search.tries++;
  const { found, record } = look(search, candidate);
  const fails = found?.name === aim.name;
  if (fails) {
    search.best = record;
    search.found = found;
  } else seen.add(key);
  const { before, tries, best } = search;
  const now = best.actions.length;
  options.onProgress?.({ tries, before, now, best, found: search.found });
  return fails;
}

/** The same world with other actions. */
export function attemptActions(search: Search, actions: readonly TimedAction[]): boolean {
  return attempt(search, withActions(search.best, actions));
}

/** The same actions in another world. */
export function attemptWorld(search: Search, world: WorldConfig): boolean {
  return attempt(search, { ...search.best, world });
}

/** What comes later than the record's end makes the record longer. */
export function withActions(record: RunRecord, actions: readonly TimedAction[]): RunRecord {
  const last = actions.at(-1)?.at ?? 0;
  return { ...record, actions, until: Math.max(record.until, last) as Micros };
}

function look(search: Search, candidate: RunRecord): Judgement {
  const { settles, name } = search.aim;
  return search.isFirst ? judgeRun(candidate, settles) : judgeFor(candidate, settles, name);
}

function keyOf({ world, actions, until }: RunRecord): string {
  const hash = createTraceHash();
  hashValue(hash, world);
  hashValue(hash, actions);
  hashValue(hash, until);
  return hashText(hash);
}
