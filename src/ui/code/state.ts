/** How a program stands, from how those stand that were started together. */
import type { Outcome } from '../../worker/sandbox/host.ts';
import type { OutputLine, Waiting } from '../../worker/sandbox/report.ts';

/** One of those that were started together, as far as it matters here. */
export interface Standing {
  /** It has its seat in the run. */
  readonly seated: boolean;
  readonly waiting: readonly Waiting[];
  /** Null while it goes on. */
  readonly outcome: Outcome | null;
}

export type ProgramState =
  | { readonly kind: 'idle' | 'starting' | 'running' | 'waiting' | 'finished' }
  | { readonly kind: 'stopped' | 'limit' | 'killed' | 'left' }
  | { readonly kind: 'failed'; readonly line: number | null };

export type StateKind = ProgramState['kind'];

/** What stands before the words, so that a glance is enough. */
export const SIGNS: Readonly<Record<StateKind, string>> = {
  idle: '·',
  starting: '…',
  running: '▶',
  waiting: '…',
  finished: '✓',
  failed: '×',
  stopped: '■',
  limit: '!',
  killed: '×',
  left: '■',
};

export const isLive = ({ kind }: ProgramState): boolean =>
  kind === 'starting' || kind === 'running' || kind === 'waiting';

export function stateOf({ seated, waiting, outcome }: Standing): ProgramState {
  if (outcome !== null) return endOf(outcome);
  if (!seated) return { kind: 'starting' };
  const idles = ({ kind }: Waiting): boolean => kind === 'sleep' || kind === 'event';
  return { kind: waiting.length > 0 && waiting.every(idles) ? 'waiting' : 'running' };
}

function endOf(outcome: Outcome): ProgramState {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'finished' };
    case 'failed':
      return { kind: 'failed', line: outcome.line };
    case 'tooLong':
    case 'tooMany':
      return { kind: 'limit' };
    case 'stopped':
    case 'killed':
    case 'left':
      return { kind: outcome.kind };
  }
}

/** Whoever goes on counts first, then whoever fared worst. */
const RANKS: readonly StateKind[] = [
  ...(['running', 'starting', 'waiting'] as const),
  ...(['failed', 'limit', 'killed', 'left', 'stopped', 'finished', 'idle'] as const),
];

/** @returns the state that says most about all of them, and how many are in it. */
export function stateOfAll(copies: readonly Standing[]): {
  readonly state: ProgramState;
  readonly count: number;
} {
  const states = copies.map(stateOf);
  for (const kind of RANKS) {
    const those = states.filter((state) => state.kind === kind);
    const [state] = those;
    if (state !== undefined) return { state, count: those.length };
  }
  return { state: { kind: 'idle' }, count: 0 };
}

/** Of those that go on: the lines at which they wait. */
export function waitingLines(copies: readonly Standing[]): ReadonlySet<number> {
  const lines = copies
    .filter(({ outcome }) => outcome === null)
    .flatMap(({ waiting }) => waiting.map(({ line }) => line));
  return new Set(lines.filter((line) => line !== null));
}

/** New lines among those there are, by virtual time; at the same moment as they came. */
export function inOrder<Line extends OutputLine>(
  lines: readonly Line[],
  fresh: readonly Line[],
  max: number,
): readonly Line[] {
  const [first] = fresh;
  if (first === undefined) return lines;
  const all = [...lines, ...fresh];
  const last = lines.at(-1);
  if (last !== undefined && first.at < last.at) all.sort((a, b) => a.at - b.at);
  return all.slice(-max);
}
