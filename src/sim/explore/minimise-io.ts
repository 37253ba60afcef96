/** What goes into minimising a record, and what comes out of it: plain data. */
import type { RunRecord } from '../actions.ts';
import type { Found } from './recovery.ts';

/** What the shortened record must still do. */
export interface MinimiseAim {
  /** The property that breaks. */
  readonly name: string;
  /** It breaks only when the faults have stopped: see `recover`. */
  readonly settles: boolean;
}

export interface MinimiseProgress {
  readonly tries: number;
  readonly before: number;
  /** Actions of the shortest record so far. */
  readonly now: number;
  /** That record: whoever stops the search from outside still has it. */
  readonly best: RunRecord;
  /** What that record breaks, and the facts that contradict each other in it. */
  readonly found: Found;
}

export interface MinimiseOptions {
  readonly onProgress?: (progress: MinimiseProgress) => void;
  /** Asked before every try; false ends the search with the shortest record so far. */
  readonly keepGoing?: () => boolean;
}

export interface Minimised {
  readonly record: RunRecord;
  readonly found: Found;
  /** Records that were run. */
  readonly tries: number;
  /** Actions before and after. */
  readonly before: number;
  readonly after: number;
}
