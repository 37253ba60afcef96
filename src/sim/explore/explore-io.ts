/** What goes into an exploration, and what comes out of it: plain data. */
import type { ProcessId } from '../../core/units.ts';
import type { Action, RunRecord, TimedAction } from '../actions.ts';
import type { Found } from './recovery.ts';

/** How far an exploration goes. */
export interface ExploreLimits {
  /** Crashes, cuts and broken connections; what mends them does not count. */
  readonly faults: number;
  /** Packets delivered from the starting moment to the end of each way through. */
  readonly deliveries: number;
  /** Different states in all. */
  readonly states: number;
}

/** What may be done besides delivering packets, firing timers and completing disk operations. */
export type MoveKind =
  /** A server is killed; what was written and not synced survives. */
  | 'crash'
  /** A server loses power, and with it what was written and not synced. */
  | 'powerLoss'
  | 'restart'
  | 'cut'
  | 'heal'
  | 'breakConnection'
  /** A packet is overtaken by what else its receiver meets. */
  | 'postpone';

export const MOVE_KINDS = [
  'crash',
  'powerLoss',
  'restart',
  'cut',
  'heal',
  'breakConnection',
  'postpone',
] as const satisfies readonly MoveKind[];

/** Narrows the search to what somebody asks about. */
export interface Only {
  /** Absent: all kinds. */
  readonly moves?: readonly MoveKind[];
  /** Only these servers fail, and only links and connections that touch them. Absent: all. */
  readonly processes?: readonly ProcessId[];
}

export interface ExploreProgress {
  /** Different states so far. */
  readonly states: number;
  /** How many moves away from the undisturbed run it looks at present. */
  readonly moves: number;
  /** Packets delivered on the present way. */
  readonly depth: number;
}

export interface ExploreOptions {
  readonly only?: Only;
  /** Actions each of which may take place once, at any moment: a client's request, say. */
  readonly may?: readonly Action[];
  /** Takes every `of`th first choice only, from `index` on: how workers share the work. */
  readonly share?: { readonly index: number; readonly of: number };
  readonly onProgress?: (progress: ExploreProgress) => void;
  /** Asked often; false ends the exploration. */
  readonly keepGoing?: () => boolean;
}

export interface ExploreResult {
  readonly found: Found | null;
  /** What leads there, behind the start's own actions; empty where nothing was found. */
  readonly actions: readonly TimedAction[];
  /** The start's actions and these: the whole run. Null where nothing was found. */
  readonly record: RunRecord | null;
  readonly states: number;
  /** The most packets delivered on any way. */
  readonly depth: number;
  /** How many moves away from the undisturbed run it looked. */
  readonly moves: number;
  /** Everything within the limits was seen; else states or time ran out first. */
  readonly complete: boolean;
}
