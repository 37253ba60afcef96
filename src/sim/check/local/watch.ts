/** What the looks at one member remember from turn to turn. Plain data, part of its checkpoint. */
import type { ServerState } from '../../../core/quorum/vote.ts';
import type { Zxid } from '../../../core/zxid.ts';
import type { SequenceGhost } from './sequential-names.ts';

export interface LocalWatch {
  /** As they were after the turn before. */
  state: ServerState;
  clock: number;
  /** The disk has said that something was durable which was not. */
  lied: boolean;
  /** Transactions applied since the last trial start. */
  applied: number;
  /** How a learner is being brought up to date, and to which zxid it was cut or copied. */
  sync: 'none' | 'DIFF' | 'TRUNC' | 'SNAP';
  syncedTo: Zxid | null;
  /** By parent: the last numbered name created below it. */
  readonly sequences: Map<string, SequenceGhost>;
}

export function createWatch(): LocalWatch {
  return {
    state: 'LOOKING',
    clock: 0,
    lied: false,
    applied: 0,
    sync: 'none',
    syncedTo: null,
    sequences: new Map(),
  };
}
