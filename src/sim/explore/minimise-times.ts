/** Shorter pauses between the actions, and rounder moments for them. */
import type { Micros } from '../../core/units.ts';
import type { RunRecord, TimedAction } from '../actions.ts';
import { shifted } from './minimise-actions.ts';
import { attempt, attemptActions, type Search } from './minimise-search.ts';

/** Units in which people read times, in microseconds. */
const UNITS = [1_000_000, 100_000, 10_000, 1_000] as const;

/** Nothing behind the last action, unless the property needs it. */
export function endEarlier(search: Search): void {
  const last = search.best.actions.at(-1)?.at ?? (0 as Micros);
  if (last < search.best.until) attempt(search, { ...search.best, until: last });
}

/** Pulls what follows a pause together with what precedes it, as far as it goes. */
export function shortenPauses(search: Search): void {
  for (let i = 0; i < search.best.actions.length && !search.stopped; i++) {
    const pause = pauseBefore(search.best, i);
    for (const cut of [pause, pause / 2, pause / 4]) {
      if (cut >= 1 && attempt(search, earlier(search.best, i, Math.floor(cut)))) break;
    }
  }
}

function pauseBefore({ actions }: RunRecord, i: number): number {
  return (actions[i]?.at ?? 0) - (actions[i - 1]?.at ?? 0);
}

function earlier(record: RunRecord, from: number, by: number): RunRecord {
  const { actions, until } = record;
  return {
    ...record,
    actions: [...actions.slice(0, from), ...shifted(actions.slice(from), -by)],
    until: (until - by) as Micros,
  };
}

/** All moments in the same unit, if that still fails; else each in the largest that does. */
export function roundTimes(search: Search): void {
  for (const unit of UNITS) {
    if (
      attemptActions(
        search,
        rounded(search.best.actions, () => unit),
      )
    )
      return;
  }
  for (let i = 0; i < search.best.actions.length && !search.stopped; i++) {
    for (const unit of UNITS) {
      const one = rounded(search.best.actions, (index) => (index === i ? unit : 1));
      if (isSorted(one) && attemptActions(search, one)) break;
    }
  }
}

function rounded(
  actions: readonly TimedAction[],
  unitOf: (index: number) => number,
): readonly TimedAction[] {
  return actions.map(({ at, action }, index) => {
    const unit = unitOf(index);
    return { at: (Math.round(at / unit) * unit) as Micros, action };
  });
}

function isSorted(actions: readonly TimedAction[]): boolean {
  return actions.every(({ at }, i) => at >= (actions[i - 1]?.at ?? 0));
}
