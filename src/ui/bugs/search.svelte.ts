/** One search of the lab as the page shows it: how far it is, how fast, and what it found. */
import type { ExploreResult } from '../../sim/explore/explore-io.ts';
import type { RunRecord } from '../../sim/actions.ts';
import type { Found } from '../../sim/explore/judge.ts';
import { isStopped, messageOf } from './reasons.ts';

export interface Finding {
  readonly record: RunRecord;
  readonly found: Found;
  /** It breaks only when the faults have stopped. */
  readonly settles: boolean;
  readonly seed: number | null;
}

export type Outcome =
  | { readonly kind: 'found'; readonly finding: Finding }
  /** `complete`: there is nothing within the limits. */
  | { readonly kind: 'nothing'; readonly complete: boolean }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: string };

/** How far it is: runs or states, and of an exploration also how deep. */
export interface Progress {
  readonly count: number;
  readonly moves: number | null;
  readonly depth: number | null;
}

/** Somebody stopped it between two calls of the lab. */
class SearchStopped extends Error {
  override readonly name = 'SearchStopped';
}

export class Search {
  running: boolean = $state(false);
  progress: Progress = $state.raw({ count: 0, moves: null, depth: null });
  /** A second, since it began. */
  rate: number = $state(0);
  outcome: Outcome | null = $state.raw(null);
  /** What it begins from is being fetched. */
  taking: boolean = $state(false);
  #stopped = false;
  #began = 0;

  async run(work: (search: Search) => Promise<Outcome>): Promise<void> {
    this.#began = performance.now();
    this.running = true;
    try {
      this.outcome = await work(this);
    } catch (reason) {
      this.outcome =
        this.#stopped || isStopped(reason)
          ? { kind: 'stopped' }
          : { kind: 'failed', why: messageOf(reason) };
    } finally {
      this.running = false;
      this.taking = false;
    }
  }

  tell(progress: Progress): void {
    if (!this.running || this.#stopped) return;
    this.progress = progress;
    const seconds = (performance.now() - this.#began) / 1000;
    this.rate = progress.count / Math.max(0.001, seconds);
  }

  /** What it asks for next must not begin any more. */
  stop(): void {
    if (this.running) this.#stopped = true;
  }

  /** @throws where it was stopped. Asked before every call of the lab. */
  goOn(): void {
    if (this.#stopped) throw new SearchStopped();
  }
}

/** @param beginning of the run from whose present it searched. */
export function outcomeOf(
  { found, record, complete }: ExploreResult,
  beginning?: RunRecord['beginning'],
): Outcome {
  if (found === null || record === null) return { kind: 'nothing', complete };
  const whole = beginning === undefined ? record : { ...record, beginning };
  // It looks at every moment, and never to the end of the faults.
  return { kind: 'found', finding: { found, record: whole, settles: false, seed: null } };
}
