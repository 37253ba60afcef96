/** What the inspector says of a server, computed: quorum, lag, which timers. */
import type { EnsembleConfig } from '../../core/config.ts';
import { votersOf } from '../../core/config.ts';
import type { Micros, Sid } from '../../core/units.ts';
import type { ProposalView, TimerView } from '../../core/view.ts';
import { counterOf, epochOf, type Zxid } from '../../core/zxid.ts';

/** More than half of the voters. */
export function quorumOf(config: EnsembleConfig): number {
  return Math.floor(votersOf(config).length / 2) + 1;
}

/** Observers acknowledge too, but do not count. */
export function countedAcks(proposal: ProposalView, config: EnsembleConfig): readonly Sid[] {
  const voters = votersOf(config);
  return proposal.acks.filter((sid) => voters.includes(sid));
}

/** Transactions between two zxids of one epoch; null across epochs, where nobody can count. */
export function lagOf(from: Zxid, to: Zxid): number | null {
  if (from < 0n || epochOf(from) !== epochOf(to)) return null;
  return Math.max(0, counterOf(to) - counterOf(from));
}

export interface RunningTimer {
  readonly timer: TimerView;
  /** Microseconds that are left, not below 0. */
  readonly left: Micros;
  /** 0 … 1. */
  readonly passed: number;
}

/** The next one first. */
export function runningTimers(timers: readonly TimerView[], now: Micros): readonly RunningTimer[] {
  return timers
    .map((timer) => ({
      timer,
      left: Math.max(0, timer.until - now) as Micros,
      passed: shareOf(now - timer.since, timer.until - timer.since),
    }))
    .sort((a, b) => a.left - b.left);
}

/** `part / whole`, within 0 … 1; 1 where there is no whole. */
export function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, part / whole));
}
