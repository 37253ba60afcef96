/**
 * The ladder: checkpoints of a branch on its way. To be at a moment is to restore the last one
 * before it and to live the rest again.
 */
import type { LocalRun } from '../local.ts';
import { compareMoments, momentOfRun } from './branch.ts';
import { copyRun } from './copy-run.ts';
import type { Moment } from './model.ts';

export interface Rung {
  readonly moment: Moment;
  /** Never run: it is copied first. */
  readonly run: LocalRun;
}

/** Events between two checkpoints, at least. Copying a run costs as much as about 1,000. */
export const RUNG_EVENTS = 2_500;

/**
 * The most checkpoints of one branch. Of the older ones, those go first that stand closest, so
 * that the distances grow evenly with the length of the branch: of a million events behind its
 * fork, at most about 60,000 are lived again to reach any, and at most 2,500 of the latest 40,000.
 */
export const RUNGS_MAX = 48;

/** So many of the latest are left as they are. */
const LATEST = 16;

export function addRung(ladder: Rung[], run: LocalRun): void {
  ladder.push({ moment: momentOfRun(run), run: copyRun(run) });
  if (ladder.length > RUNGS_MAX) thin(ladder);
}

function thin(ladder: Rung[]): void {
  let place = 1;
  let closest = Infinity;
  for (let index = 1; index < ladder.length - LATEST; index++) {
    const before = ladder[index - 1]?.moment.events ?? 0;
    const after = ladder[index + 1]?.moment.events ?? 0;
    if (after - before >= closest) continue;
    closest = after - before;
    place = index;
  }
  ladder.splice(place, 1);
}

/** The last checkpoint from which `moment` can be reached. */
export function rungBefore(ladder: readonly Rung[], moment: Moment): Rung | null {
  return ladder.findLast((rung) => leadsTo(rung.moment, moment)) ?? null;
}

/** Whether going on from `a` can come to `b`, both of one branch. */
export function leadsTo(a: Moment, b: Moment): boolean {
  return a.events <= b.events && a.actions <= b.actions && a.at <= b.at;
}

export function isLater(a: Moment, b: Moment): boolean {
  return compareMoments(a, b) > 0;
}
