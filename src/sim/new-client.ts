/** What a new client process is called. */
import type { ProcessId } from '../core/units.ts';
import { CLIENT_ID_MIN } from './actions.ts';

interface Taken {
  readonly process: ProcessId;
  readonly name: string;
}

/** One above all that there ever were. */
export function nextProcess(taken: readonly Taken[]): ProcessId {
  return taken.reduce((max, c) => Math.max(max, c.process + 1), CLIENT_ID_MIN) as ProcessId;
}

/** A … Z, then A2 …: the letter that a session is known by. */
export function nextName(taken: readonly Taken[]): string {
  for (let n = 0; ; n += 1) {
    const round = Math.floor(n / 26);
    const name = String.fromCharCode(65 + (n % 26)) + (round === 0 ? '' : String(round + 1));
    if (!taken.some((c) => c.name === name)) return name;
  }
}
