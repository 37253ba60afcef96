/** `--seed N`: one run, and what happened in it. */
import type { EnsembleConfig } from '../core/config.ts';
import { DEFAULT_CONFIG } from '../core/config.ts';
import { runSwarm, type SwarmOptions, type SwarmResult } from '../sim/explore/swarm.ts';
import { rowOf } from '../sim/trace-text.ts';
import { latestEntries } from '../sim/trace.ts';

/** The last rows of the trace that are shown, up to the violation where there is one. */
const ROWS = 40;

/** @returns the text, and whether all properties held. */
export function describeSeed(
  seed: number,
  options: SwarmOptions,
): { readonly text: string; readonly held: boolean } {
  const result = runSwarm(seed, { ...options, keepTrace: true });
  const { violation, run, kinds, events, actions, hash } = result;
  const { now, config } = run.world;
  const lines = [
    `Seed ${String(seed)}, profile ${options.profile ?? 'mixed'}`,
    `Servers:  ${serversOf(config.ensemble)}`,
    `Settings: ${settingsOf(config.ensemble)}`,
    `Network:  ${rangeOf(config.latency)}; disks ${rangeOf(config.diskLatency)}`,
    `Faults:   ${kinds.length === 0 ? 'none' : kinds.join(', ')}`,
    `Run:      ${(now / 1e6).toFixed(3)} s, ${String(events)} events, ${String(actions)} actions`,
    `Hash:     ${hash}`,
    '',
    ...rowsOf(result),
    '',
    violation === null ? 'Every property held.' : `${violation.name} is broken: ${violation.why}`,
  ];
  return { text: lines.join('\n'), held: violation === null };
}

function serversOf({ servers }: EnsembleConfig): string {
  return servers
    .map(({ sid, type, joiner }) => `${String(sid)} ${joiner === true ? 'joiner' : type}`)
    .join(', ');
}

/** What is not as always. */
function settingsOf(ensemble: EnsembleConfig): string {
  return (Object.keys(DEFAULT_CONFIG) as (keyof EnsembleConfig)[])
    .filter((key) => key !== 'servers' && ensemble[key] !== DEFAULT_CONFIG[key])
    .map((key) => `${key} ${JSON.stringify(ensemble[key])}`)
    .join(', ');
}

function rangeOf({ min, max }: { readonly min: number; readonly max: number }): string {
  return `${(min / 1000).toFixed(1)} to ${(max / 1000).toFixed(1)} ms`;
}

function rowsOf({ run }: SwarmResult): readonly string[] {
  const entries = latestEntries(run.world.trace, run.world.trace.ring.length);
  const broken = entries.findIndex(({ kind }) => kind === 'violation');
  const end = broken < 0 ? entries.length : broken + 1;
  return entries.slice(Math.max(0, end - ROWS), end).map((entry) => {
    const { at, text } = rowOf(run.world, entry);
    return `${(at / 1e6).toFixed(6).padStart(12)}  ${text}`;
  });
}
