/** A hunt: seeds in their order, each on the next worker that is free, until one fails. */
import type { Hunted, HuntOptions, HuntProgress, HuntResult, SeedResult } from './lab-api.ts';

/**
 * Seeds below the failing one are run to their end first: whichever worker is faster, the result is
 * the lowest seed that fails.
 *
 * @param workers one function a worker, which runs one seed at a time.
 */
export async function hunt(
  workers: readonly ((seed: number) => Promise<SeedResult>)[],
  { from, seeds }: HuntOptions,
  onProgress: (progress: HuntProgress) => void,
): Promise<HuntResult> {
  const state: { next: number; seeds: number; events: number; hunted: Hunted | null } = {
    next: from,
    seeds: 0,
    events: 0,
    hunted: null,
  };
  const work = async (run: (seed: number) => Promise<SeedResult>): Promise<void> => {
    while (state.hunted === null && state.next < from + seeds) {
      const seed = state.next++;
      const { events, hunted } = await run(seed);
      state.seeds++;
      state.events += events;
      const best = state.hunted as Hunted | null;
      if (hunted !== null && (best === null || hunted.seed < best.seed)) state.hunted = hunted;
      onProgress({ seeds: state.seeds, events: state.events });
    }
  };
  await Promise.all(workers.map(work));
  return { seeds: state.seeds, events: state.events, hunted: state.hunted };
}
