/** A program's state, waits and end, in words. */
import type { CodeDictionary } from '../../i18n/code.en.ts';
import type { Micros } from '../../core/units.ts';
import type { Outcome } from '../../worker/sandbox/host.ts';
import type { Waiting } from '../../worker/sandbox/report.ts';
import { formatMoment } from '../parts/format.ts';
import { stateOfAll, type ProgramState, type Standing } from './state.ts';

export function stateWords(t: CodeDictionary, state: ProgramState): string {
  return state.kind === 'failed' ? t.states.failed(state.line) : t.states[state.kind];
}

export function stateWordsOfAll(t: CodeDictionary, copies: readonly Standing[]): string {
  const { state, count } = stateOfAll(copies);
  return t.of(stateWords(t, state), count, copies.length);
}

export function waitWords(t: CodeDictionary, waiting: Waiting | undefined): string {
  switch (waiting?.kind) {
    case undefined:
      return t.waits.nothing;
    case 'connect':
      return t.waits.connect;
    case 'request':
      return t.waits.request(waiting.what);
    case 'event':
      return t.waits.event(waiting.what);
    case 'sleep':
      return t.waits.sleep(sleepEnd(Number(waiting.what) as Micros));
  }
}

const sleepEnd = (at: Micros): string => (Number.isFinite(at) ? formatMoment(at) : '∞');

/** @returns what happened, and what to do about it where somebody has to. */
export function endWords(
  t: CodeDictionary,
  outcome: Outcome,
): { readonly said: string; readonly hint: string } {
  if (outcome.kind !== 'failed') return { said: t.ends[outcome.kind], hint: '' };
  const hints: Readonly<Record<string, string>> = t.hints;
  return { said: outcome.message, hint: hints[outcome.name] ?? t.hints.other };
}
