/**
 * Carries a script out, from a beginning or from where a run stands. What comes of it is a list of
 * times, as a record holds it: the same run again, without the script.
 */
import type { Micros, Sid } from '../../core/units.ts';
import type { Action, TimedAction } from '../actions.ts';
import { findPacket } from '../explore/script.ts';
import { act, runUntil, type LocalRun } from '../local.ts';
import { settleTime } from '../world.ts';
import type { PacketVerb, ScriptDeed, ScriptStep, Who } from './model.ts';
import { PATIENCE, waitFor } from './waiting.ts';
import { finder, namedBy, Nobody, resolve, resolveMatch, type Finder } from './who.ts';

export type ScriptFailure =
  /** The world refused the action: its own words. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The condition was not met for so long. */
  | { readonly kind: 'never'; readonly micros: number }
  /** `at` a moment that is over. */
  | { readonly kind: 'past'; readonly now: Micros }
  | { readonly kind: 'nobody'; readonly who: Who }
  | { readonly kind: 'noPacket' }
  | { readonly kind: 'stopped' };

/** A step of the script, and when its turn was over. */
export interface LineMoment {
  readonly line: number;
  readonly at: Micros;
}

export interface ScriptAction extends TimedAction {
  readonly line: number;
}

export interface TextRun {
  /** What took place of the script, in order. */
  readonly moments: readonly LineMoment[];
  readonly actions: readonly ScriptAction[];
  readonly failure: { readonly line: number; readonly why: ScriptFailure } | null;
}

export interface TextRunOptions {
  /** How long it goes on behind the last line, in virtual microseconds. */
  readonly afterwards?: number;
  /** Asked now and then. */
  readonly stop?: () => boolean;
}

/** The run itself is at the end of the script then, or where it failed. */
export function runSteps(
  run: LocalRun,
  steps: readonly ScriptStep[],
  { afterwards = 0, stop = () => false }: TextRunOptions = {},
): TextRun {
  const state: Progress = { run, last: null, moments: [], actions: [], stop };
  for (const step of steps) {
    const why = takeStep(state, step);
    if (why !== null) return outcome(state, { line: step.line, why });
  }
  runUntil(run, (settleTime(run.world) + afterwards) as Micros);
  return outcome(state, null);
}

interface Progress {
  readonly run: LocalRun;
  last: Sid | null;
  readonly moments: LineMoment[];
  readonly actions: ScriptAction[];
  readonly stop: () => boolean;
}

function outcome({ moments, actions }: Progress, failure: TextRun['failure']): TextRun {
  return { moments, actions, failure };
}

function takeStep(
  state: Progress,
  { line, when, deed, attempt }: ScriptStep,
): ScriptFailure | null {
  const { run } = state;
  try {
    const find = finder(run, state.last);
    if (when !== null) {
      const waited = waitFor(run, when, find, state.stop);
      if (waited === 'never') return { kind: 'never', micros: PATIENCE };
      if (waited === 'past') return { kind: 'past', now: settleTime(run.world) };
      if (waited === 'stopped') return { kind: 'stopped' };
    }
    const refused = deed === null ? null : carryOut(state, line, deed);
    if (refused !== null && !attempt) return refused;
  } catch (reason) {
    if (!(reason instanceof Nobody)) throw reason;
    if (!attempt) return { kind: 'nobody', who: reason.who };
  }
  state.moments.push({ line, at: settleTime(run.world) });
  return null;
}

function carryOut(state: Progress, line: number, deed: ScriptDeed): ScriptFailure | null {
  const { run } = state;
  const action = actionOf(run, deed, finder(run, state.last));
  if (action === null) return { kind: 'noPacket' };
  const done = act(run, action);
  if (!done.ok) return { kind: 'refused', reason: done.reason };
  state.actions.push({ line, at: run.world.now, action });
  state.last = namedBy(action) ?? state.last;
  return null;
}

function actionOf(run: LocalRun, deed: ScriptDeed, find: Finder): Action | null {
  if (deed.kind === 'act') return resolve(deed.action, find);
  const { verb, by } = deed;
  const found = findPacket(run, resolveMatch(deed.match, find), takesHeld(verb));
  if (found === null) return null;
  return verb === 'delay'
    ? { kind: verb, ...found, by: by ?? (0 as Micros) }
    : { kind: verb, ...found };
}

const takesHeld = (verb: PacketVerb): boolean => verb === 'release';

/** The actions of steps that stand for times alone; null where one waits for something else. */
export function timedActions(steps: readonly ScriptStep[]): readonly TimedAction[] | null {
  const actions: TimedAction[] = [];
  for (const { when, deed } of steps) {
    if (when?.kind !== 'at' || deed?.kind !== 'act') return null;
    actions.push({ at: when.at, action: deed.action });
  }
  return actions;
}
