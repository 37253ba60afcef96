/**
 * The action script: one line an action, each with the moment or the condition at which it takes
 * place. What a text means, apart from how it is written; see `parse`, `print` and `run`.
 */
import type { Micros, ProcessId } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import type { Cue, PacketMatch } from '../explore/script.ts';
import type { Goal } from '../goal.ts';

/**
 * Servers that are known only when the line takes place stand in a step as sids below zero:
 * `leader`, the follower or observer with the least sid that runs, `last` = the server that a line
 * named before.
 */
export const WHO = { leader: -1, follower: -2, observer: -3, last: -4 } as const;
export type Who = keyof typeof WHO;

export const whoIs = (sid: number): Who | null =>
  (Object.keys(WHO) as Who[]).find((who) => WHO[who] === sid) ?? null;

/** All but `at` are looked for from the line before on. */
export type When =
  /** Virtual time since the beginning of the run. */
  | { readonly kind: 'at'; readonly at: Micros }
  | { readonly kind: 'after'; readonly micros: Micros }
  | { readonly kind: 'goal'; readonly goal: Exclude<Goal, { readonly kind: 'moment' }> }
  | { readonly kind: 'cue'; readonly cue: Exclude<Cue, { readonly cue: 'after' }> }
  /** The client has a session with a server. */
  | { readonly kind: 'connected'; readonly process: ProcessId };

export type PacketVerb = 'hold' | 'release' | 'delay' | 'drop' | 'overtake';

export type ScriptDeed =
  | { readonly kind: 'act'; readonly action: Action }
  /** To the first packet on its way that fits. `by` is null but for `delay`. */
  | {
      readonly kind: 'packet';
      readonly verb: PacketVerb;
      readonly match: PacketMatch;
      readonly by: Micros | null;
    };

export interface ScriptStep {
  /** In the text, from 1. */
  readonly line: number;
  /** Null: at once. */
  readonly when: When | null;
  /** Null: the line only waits. */
  readonly deed: ScriptDeed | null;
  /** Passed over where it cannot take place. */
  readonly attempt: boolean;
}

/** What a word of the text should have been. */
export type Wanted =
  | 'action'
  | 'server'
  | 'process'
  | 'client'
  | 'time'
  | 'number'
  | 'condition'
  | 'path'
  | 'packet'
  | 'request'
  | 'text'
  | 'option'
  | { readonly word: string }
  | { readonly oneOf: readonly string[] };

export type Problem =
  /** @prop near a word that was probably meant. */
  | {
      readonly kind: 'expected';
      readonly what: Wanted;
      readonly found: string;
      readonly near: string | null;
    }
  /** More behind the end of the line. */
  | { readonly kind: 'leftOver'; readonly found: string }
  | { readonly kind: 'unknownClient'; readonly name: string; readonly known: readonly string[] }
  | {
      readonly kind: 'outOfRange';
      readonly found: string;
      readonly min: string;
      readonly max: string;
    }
  /** The times of `at` never run back. */
  | { readonly kind: 'back'; readonly found: string; readonly before: string }
  /** A string without its end, or with an escape that is none. */
  | { readonly kind: 'string' }
  /** Not as a request is written. */
  | { readonly kind: 'json'; readonly why: string }
  | { readonly kind: 'tooLong'; readonly max: number };

/** Something wrong, in this line and these columns of it: both from 1, `to` is behind its end. */
export interface ScriptError {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly problem: Problem;
}

export interface ParsedScript {
  /** Of the lines without an error. */
  readonly steps: readonly ScriptStep[];
  readonly errors: readonly ScriptError[];
}

/** Clients that are there before the first line, by their names. */
export type ClientNames = ReadonlyMap<string, ProcessId>;

export const NO_NAMES: ClientNames = new Map();
