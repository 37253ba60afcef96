/** Actions at their times, in the run that the page shows and at its speed. */
import type { Micros } from '../../core/units.ts';
import type { ScriptAction } from '../../sim/script-text/run.ts';
import type { Playground } from '../state/playground.svelte.ts';
import type { Timeline } from '../state/timeline.svelte.ts';

export type HowItEnded =
  | { readonly kind: 'done' | 'stopped' | 'left' }
  | { readonly kind: 'refused'; readonly line: number; readonly reason: string };

/** Seconds of the wall before a moment, from which on time is run to it exactly. */
const NEAR = 0.1;

/** Milliseconds between two looks at the time. */
const LOOK_EVERY = 20;

/**
 * Time runs as a person has set it, and stands still exactly where an action is due: so the run is
 * the one that was found out before, as long as nobody meddles.
 */
export async function playHere(
  playground: Playground,
  timeline: Timeline,
  actions: readonly ScriptAction[],
  stop: () => boolean,
): Promise<HowItEnded> {
  const { runs } = timeline;
  let branch = timeline.branch?.id;
  const isElsewhere = (): boolean => {
    // That of a run which has just begun comes a little later.
    branch ??= timeline.branch?.id;
    const isAnother = timeline.runs !== runs || timeline.branch?.id !== branch;
    return isAnother || timeline.view !== null || playground.stage !== 'open';
  };
  await playground.play();
  for (const { at, action, line } of actions) {
    for (;;) {
      if (stop()) return { kind: 'stopped' };
      if (isElsewhere()) return { kind: 'left' };
      if (isNear(playground, at)) {
        const end = await playground.runUntil({ kind: 'moment', at });
        if (end === 'reached') break;
        if (end === null || end === 'violated') return { kind: 'stopped' };
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    const outcome = await playground.act(action);
    if (!outcome.ok) return { kind: 'refused', line, reason: outcome.reason };
    await playground.play();
  }
  return { kind: 'done' };
}

/** Only while time runs: whoever pauses it has it stand still. */
function isNear({ live }: Playground, at: Micros): boolean {
  if (live?.running !== true) return false;
  return live.speed === Infinity || at - live.now <= live.speed * NEAR * 1_000_000;
}
