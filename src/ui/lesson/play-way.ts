/** Ways through a lesson that the page goes by itself, in the run that it shows. */
import type { RunRecord } from '../../sim/actions.ts';
import type { Micros } from '../../core/units.ts';
import type { WalkedWay } from '../../worker/grader-api.ts';
import { playHere, type HowItEnded } from '../script/play-here.ts';
import { speedFor } from '../state/default-world.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';
import { waitUntil } from './waiting.ts';

/** How long the chronicle may take to begin, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Does again what was done, as fast as it goes, and stands still at its end.
 *
 * @param from how many actions belong to the start.
 */
export async function relive(
  playground: Playground,
  { actions, until }: RunRecord,
  from: number,
  isOver: () => boolean,
): Promise<void> {
  const goTo = async (at: Micros): Promise<boolean> =>
    (await playground.runUntil({ kind: 'moment', at })) === 'reached' && !isOver();
  for (const { at, action } of actions.slice(from)) {
    if (!(await goTo(at)) || !(await playground.act(action)).ok) return;
  }
  await goTo(until);
  if (!isOver()) await playground.pause();
}

/** At a speed at which it can be watched, until it is solved or over. */
export async function playSolution(
  playground: Playground,
  timeline: Timeline,
  { actions, record }: WalkedWay,
  isOver: () => boolean,
  isSolved: () => boolean,
): Promise<HowItEnded> {
  // A way is left by going to another branch: so there must be one first.
  await waitUntil(() => timeline.branch !== null || isOver(), PATIENCE);
  const from = playground.live?.now ?? 0;
  await playground.setSpeed(speedFor((record.until - from) as Micros));
  const end = await playHere(playground, timeline, actions, isOver);
  if (end.kind !== 'done') return end;
  await waitUntil(() => isSolved() || isOver() || (playground.live?.now ?? 0) >= record.until);
  return isOver() ? { kind: 'stopped' } : end;
}
