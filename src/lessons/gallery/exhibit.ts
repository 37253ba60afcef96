/** One bug as the gallery shows it. */
import type { MutantName } from '../../core/mutants.ts';
import type { Script } from '../../sim/explore/script.ts';

export interface Exhibit {
  /** With the switch on it breaks `shows`; the same script is clean with the switch off. */
  readonly script: Script;
  /** The property that the script shows broken first, by name. */
  readonly shows: string;
  /** The property is one of liveness: it shows only when the faults have stopped (`recover`). */
  readonly settles: boolean;
}

/** By the name of the switch. */
export type Exhibits = Partial<Record<MutantName, Exhibit>>;
