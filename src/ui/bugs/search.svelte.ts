/** One search of the lab as the page shows it: how far it is, how fast, and what it found. */
import type { RunRecord } from '../../sim/actions.ts';
import type { Found } from '../../sim/explore/judge.ts';
import { isStopped, messageOf } from './hunter.svelte.ts';

export interface Finding {
  readonly record: RunRecord;
  readonly found: Found;
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

const NOT_BEGUN: Progress = { count: 0, moves: null, depth: null };

export class Search {
  running: boolean = $state(false);
  progress: Progress = $state.raw(NOT_BEGUN);
  /** A second, since it began. */
  rate: number = $state(0);
  outcome: Outcome | null = $state.raw(null);

  async run(work: (tell: (progress: Progress) => void) => Promise<Outcome>): Promise<void> {
    const began = performance.now();
    this.running = true;
    this.progress = NOT_BEGUN;
    this.rate = 0;
    this.outcome = null;
    try {
      this.outcome = await work((progress) => {
        this.progress = progress;
        this.rate = progress.count / Math.max(0.001, (performance.now() - began) / 1000);
      });
    } catch (reason) {
      this.outcome = isStopped(reason)
        ? { kind: 'stopped' }
        : { kind: 'failed', why: messageOf(reason) };
    } finally {
      this.running = false;
    }
  }
}
