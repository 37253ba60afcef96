/** What a hand holds, and what the page says of it. */

/** What a click does in the ring: select, break what was clicked, join a group, take a packet. */
export type Tool =
  'select' | 'cut' | 'group' | 'crash' | 'power' | 'pause' | 'slow' | 'hold' | 'bin';

/** A part of the menu of rarer tools. */
export type MenuPart = 'any' | 'slow' | 'skew';

/** A way back (or onward) that a notice offers. */
export interface Remedy {
  readonly label: string;
  readonly run: () => void;
  /** It is offered until somebody takes note; others go by themselves. */
  readonly stays?: boolean;
}

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly remedy: Remedy | null;
}
