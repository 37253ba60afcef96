/** What a screen reader is told of the marks in the picture, and what stands beside them. */
import type { Dictionary } from '../../i18n/en.ts';
import type { Micros } from '../../core/units.ts';
import type { TimerView } from '../../core/view.ts';
import { formatZxid, ZXID_ZERO } from '../../core/zxid.ts';
import type { MemberView } from '../../sim/frame.ts';
import { formatDuration } from '../parts/format.ts';
import { memberState } from '../parts/member-state.ts';

/** Rings drawn around a server, outermost first. */
const RINGS_MAX = 2;

const weight = { finalizeWait: 0, notification: 1, initLimit: 2, syncLimit: 3, tick: 4, other: 5 };

/** The timers that are worth a ring, the one that matters most first. */
export function ringTimers(member: MemberView): readonly TimerView[] {
  if (member.status !== 'running') return [];
  const timers = (member.server?.timers ?? []).filter((timer) => timer.name !== 'other');
  return [...timers].sort((a, b) => weight[a.name] - weight[b.name]).slice(0, RINGS_MAX);
}

/** What is left of a timer, 0 … 1. @param now virtual microseconds. */
export function timerLeft(timer: TimerView, now: number): number {
  const whole = timer.until - timer.since;
  return whole <= 0 ? 0 : Math.max(0, Math.min(1, (timer.until - now) / whole));
}

/** Coarse on purpose: a number that changes sixty times a second cannot be read. */
export function coarse(micros: number): string {
  if (!Number.isFinite(micros)) return '∞';
  const left = Math.max(0, micros);
  return left < 1_000_000
    ? `${String(Math.ceil(left / 10_000) * 10)} ms`
    : `${(left / 1_000_000).toFixed(1)} s`;
}

/** `leading · epoch 3`, `down · 0.4 s ago`. */
export function stateLine(t: Dictionary, member: MemberView, now: Micros): string {
  const state = memberState(member);
  const { server } = member;
  if (state === 'down') {
    return t.ensemble.since(
      t.ensemble.state.down,
      t.ensemble.ago(formatDuration(roundSeconds(now - member.since))),
    );
  }
  if (server === null) return t.ensemble.state[state];
  const joining = server.zabState !== 'broadcast' && server.state !== 'LOOKING';
  const word = joining && state !== 'paused' ? t.ensemble.phase[server.zabState] : undefined;
  return `${word ?? t.ensemble.state[state]} · ${t.ensemble.epoch(server.epoch)}`;
}

function roundSeconds(micros: number): number {
  return Math.round(micros / 100_000) * 100_000;
}

/** Everything that the picture shows of a server. */
export function serverLabel(t: Dictionary, member: MemberView, now: Micros): string {
  const parts = [t.ensemble.server(member.sid), stateLine(t, member, now)];
  const { server, disk } = member;
  parts.push(formatZxid(server?.lastLogged ?? disk.lastZxid ?? ZXID_ZERO));
  if (server?.proposedVote && server.state === 'LOOKING') {
    parts.push(t.ensemble.votesFor(server.proposedVote.leader));
    parts.push(...server.votes.map((v) => t.ensemble.vote(v.sid, v.vote.leader)));
  }
  if (member.reason !== null) parts.push(member.reason);
  if (disk.faults.slowness > 1) parts.push(t.ensemble.diskSlow);
  if (disk.faults.lying) parts.push(t.ensemble.diskLying);
  if (disk.faults.full) parts.push(t.ensemble.diskFull);
  return parts.join(', ');
}
