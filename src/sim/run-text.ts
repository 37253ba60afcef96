/** The text of a run record, as a link or a file carries it. */
import type { RunRecord } from './actions.ts';

/** Why a text is no record of a run: a sentence for a person. */
export class RunTextError extends Error {
  override readonly name = 'RunTextError';
}

export function recordToText(record: RunRecord): string {
  return JSON.stringify(record);
}

/** @throws RunTextError */
export function recordFromText(text: string): RunRecord {
  throw new RunTextError(`These ${String(text.length)} characters are not a recorded run.`);
}
