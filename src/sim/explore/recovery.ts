/** The end of a run: the faults stop, and the ensemble must come together again (D.1 to D.6). */
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { votersOf } from '../../core/config.ts';
import { HEALTHY_DISK } from '../actions.ts';
import { firstViolation } from '../check/checker.ts';
import { act, runWhile, type LocalRun } from '../local.ts';
import { leaderOf } from '../scenarios.ts';
import { isLeftBehind } from './reconfig-swarm.ts';

/** A property that did not hold, and the facts that contradict each other. */
export interface Found {
  readonly name: string;
  readonly why: string;
}

/** How long the ensemble may take to serve again: the longest pause between notifications, twice. */
const RECOVERY = 150_000_000 as Micros;

/** The first property that was broken in a run so far. */
export function violationOf(run: LocalRun): Found | null {
  const { checker } = run.world;
  if (checker === null) return null;
  const first = firstViolation(checker);
  return first === null ? null : { name: first.name, why: first.why };
}

/** The faults are over: a leader must serve, and everybody must hold the same tree. */
export function recover(run: LocalRun): Found | null {
  act(run, { kind: 'healAll' });
  for (const sid of sidsOf(run)) {
    const process = sid as number as ProcessId;
    act(run, { kind: 'resume', process });
    act(run, { kind: 'disk', sid, faults: HEALTHY_DISK });
    act(run, { kind: 'restart', sid });
    for (const to of sidsOf(run)) {
      if (to === sid) continue;
      act(run, { kind: 'latency', from: process, to: to as number as ProcessId, latency: null });
    }
  }
  const until = (run.world.now + RECOVERY) as Micros;
  const met = runWhile(run, () => violationOf(run) === null && !isSettled(run), until);
  const violation = violationOf(run);
  if (violation !== null || sidsOf(run).some((sid) => isLeftBehind(run, sid))) return violation;
  return met ? null : { name: 'D.1', why: `The faults are over, but ${unsettled(run)}` };
}

function isSettled(run: LocalRun): boolean {
  return leaderOf(run) !== null && unsettled(run) === null;
}

function unsettled(run: LocalRun): string | null {
  const leader = leaderOf(run);
  if (leader === null) {
    const { length } = votersOf(run.world.config.ensemble);
    return `none of ${String(length)} voters leads.`;
  }
  const epoch = epochOfLeader(run, leader);
  const digests = new Set<number>();
  for (const sid of sidsOf(run)) {
    const host = run.hosts.get(sid as number as ProcessId);
    if (host?.kind !== 'member' || host.ended) return `server ${String(sid)} is down.`;
    const { zabState, db, acceptedEpoch } = host.server;
    // It proposed an epoch that reached nobody, and may not follow a lower one. So in ZooKeeper.
    if (acceptedEpoch > epoch) continue;
    if (zabState !== 'broadcast') return `server ${String(sid)} is still in ${zabState}.`;
    digests.add(db.tree.digestLow);
  }
  return digests.size === 1 ? null : 'the trees differ.';
}

function epochOfLeader(run: LocalRun, leader: Sid): number {
  const host = run.hosts.get(leader as number as ProcessId);
  return host?.kind === 'member' ? host.server.currentEpoch : 0;
}

function sidsOf(run: LocalRun): readonly Sid[] {
  return run.world.config.ensemble.servers.map((server) => server.sid);
}
