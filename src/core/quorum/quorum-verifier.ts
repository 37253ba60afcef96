/**
 * What a quorum is: more than half of the voters.
 *
 * Source: quorum.flexible.QuorumMaj (3.9). Weights and groups come with reconfiguration.
 */
import { votersOf, type EnsembleConfig } from '../config.ts';
import type { Sid } from '../units.ts';

/** Acks of others than voters do not count. */
export function containsQuorum(config: EnsembleConfig, acks: Iterable<Sid>): boolean {
  let voters = 0;
  for (const spec of config.servers) if (spec.type === 'participant') voters++;
  let count = 0;
  for (const sid of acks) if (isVoter(config, sid)) count++;
  return count * 2 > voters;
}

export function isVoter(config: EnsembleConfig, sid: Sid): boolean {
  for (const spec of config.servers) {
    if (spec.sid === sid) return spec.type === 'participant';
  }
  return false;
}

/** How many voters a quorum needs. */
export function quorumSize(config: EnsembleConfig): number {
  return Math.floor(votersOf(config).length / 2) + 1;
}
