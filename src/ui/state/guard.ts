/** What the page asks of whoever keeps something from a person: a port, so that it works without one. */
import type { Deed } from '../../lessons/engine/tools.ts';

export interface Guard {
  /**
   * Asked before a person does that. Where it is kept from them they are told so, and may have it
   * all the same.
   *
   * @param again does it once more, when it has been allowed.
   * @returns why it is kept from them, in a sentence or two; null where it is not.
   */
  refuse(deed: Deed, again: () => void): string | null;
}
