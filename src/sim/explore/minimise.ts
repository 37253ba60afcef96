/**
 * Shortens a failing record to one that still breaks the same property: fewer actions, shorter
 * pauses, a smaller and plainer world. The same record gives the same result, every time.
 *
 * Every candidate is a whole run from nothing, so nothing is assumed of why it fails; what the
 * simulator refused on the way, and what comes after the violation, falls away by itself.
 */
import { assert } from '../../core/assert.ts';
import type { RunRecord } from '../actions.ts';
import { judgeFor } from './judge.ts';
import {
  dropGroups,
  dropPairs,
  dropRetimed,
  dropStretches,
  simplifyActions,
} from './minimise-actions.ts';
import type { MinimiseAim, Minimised, MinimiseOptions } from './minimise-io.ts';
import { createSearch, type Search } from './minimise-search.ts';
import { endEarlier, roundTimes, shortenPauses } from './minimise-times.ts';
import {
  dropServers,
  plainSettings,
  plainWorld,
  steadyWorld,
  tightSettings,
} from './minimise-world.ts';

export type { MinimiseAim, Minimised, MinimiseOptions, MinimiseProgress } from './minimise-io.ts';

/** Other seeds that are tried for a record that is one action shorter. */
const OTHER_SEEDS = 6;

/** The aim: a script that fits a page. */
const SHORT = 12;

/** So often another world is tried for a record that stays long. */
const LONG_ROUNDS = 4;

/** @throws where the record does not break the property. */
export function minimise(
  record: RunRecord,
  aim: MinimiseAim,
  options: MinimiseOptions = {},
): Minimised {
  const search = createSearch(record, aim, options);
  assert(search !== null, `the record does not break ${aim.name}`);
  shorten(search);
  const { best, before, tries } = search;
  const { found } = judgeFor(best, aim.settles, aim.name);
  assert(found !== null, `the shortened record still breaks ${aim.name}`);
  return { record: best, found, tries, before, after: best.actions.length };
}

function shorten(search: Search): void {
  dropGroups(search);
  for (let round = 0; !search.stopped; round++) {
    const before = sizeOf(search);
    if (search.best.actions.length > SHORT) {
      tightSettings(search);
      steadyWorld(search, round);
    }
    dropStretches(search);
    dropServers(search);
    dropPairs(search);
    shortenPauses(search);
    simplifyActions(search);
    endEarlier(search);
    plainSettings(search);
    plainWorld(search);
    // Other chances are tried where it pays: what is short already stays as it was met.
    dropRetimed(search, search.best.actions.length > SHORT ? OTHER_SEEDS : 0);
    const isStuck = sizeOf(search) >= before;
    if (isStuck && (search.best.actions.length <= SHORT || round >= LONG_ROUNDS)) break;
  }
  roundTimes(search);
}

/** Fewer actions count most, then a shorter run. */
function sizeOf({ best }: Search): number {
  return best.actions.length * 1e12 + best.until;
}
