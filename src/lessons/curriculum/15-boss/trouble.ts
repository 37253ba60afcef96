/** What counts as a fault or a repair in a boss level: all that is done to servers, links and disks. */
import type { Action } from '../../../sim/actions.ts';

export const TROUBLE: readonly Action['kind'][] = [
  ...(['crash', 'restart', 'pause', 'resume', 'cut', 'heal', 'partition', 'healAll'] as const),
  ...(['latency', 'disk', 'wipe', 'damage', 'skew', 'killClient'] as const),
  ...(['hold', 'release', 'delay', 'breakConnection', 'drop', 'overtake'] as const),
];
