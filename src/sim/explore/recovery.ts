/**
 * The end of a run: the faults stop, and what part D of the invariants asks for must come about.
 *
 *   mend all ─▶ a leader serves, and all have joined ─▶ every client is answered
 *                       D.1, D.2, D.6                          D.3
 *            ─▶ sessions of the dead end ─▶ trees are equal ─▶ now and then: the leader is cut off
 *                       D.5                    C.11                      D.4
 *
 * From the moment at which all have joined, whoever leads must go on leading (D.7).
 */
import { OPEN_ACL_UNSAFE } from '../../core/jute/data.ts';
import { CreateMode, type Request } from '../../core/jute/proto.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { CLIENT_ID_MIN } from '../actions.ts';
import { firstViolation } from '../check/checker.ts';
import {
  ENSEMBLE_SERVES,
  mayHaveNoLeader,
  notServing,
} from '../check/liveness/d1-ensemble-serves.ts';
import { MEMBER_JOINS, notJoined } from '../check/liveness/d2-member-joins.ts';
import {
  notAnswered,
  notWritten,
  REQUESTS_ANSWERED,
} from '../check/liveness/d3-requests-answered.ts';
import {
  leaderGivesUpBy,
  QUORUM_LOSS_NOTICED,
  stillFollows,
  stillLeads,
} from '../check/liveness/d4-quorum-loss-noticed.ts';
import {
  DEAD_SESSIONS_END,
  deadSessions,
  notEnded,
} from '../check/liveness/d5-dead-sessions-end.ts';
import { notStarted, SERVER_STARTS } from '../check/liveness/d6-server-starts.ts';
import {
  LEADER_STAYS,
  reignEnded,
  reignOf,
  type Reign,
} from '../check/liveness/d7-leader-stays.ts';
import { establishedLeader, serverOf, sidsOf, sidsWith } from '../check/liveness/members.ts';
import { isAtRest, treesDiffer } from '../check/liveness/trees.ts';
import { TREE_DIGEST } from '../check/tree-digest.ts';
import { act, runFor, runWhile, type LocalRun } from '../local.ts';
import { addClient } from '../scenarios.ts';
import { mendAll } from './faults.ts';
import { isLeftBehind } from './reconfig-swarm.ts';

/** A property that did not hold, and the facts that contradict each other. */
export interface Found {
  readonly name: string;
  readonly why: string;
}

/** How long the ensemble may take to serve again: the longest pause between notifications, twice. */
const RECOVERY = 150_000_000;

/** How long clients may take to connect again, and to be answered. */
const ANSWERS = 60_000_000;

/** What a session may take to end on top of its timeout: two ticks, and a commit. */
const SESSION_LEEWAY = 5_000_000;

/** A server may end itself once more over what it had begun before the faults stopped. */
const STARTS_MAX = 3;

/** One run in so many also has its leader cut off at the end. */
const CUT_OFF_ONE_IN = 8;

/** The first property that was broken in a run so far. */
export function violationOf(run: LocalRun): Found | null {
  const { checker } = run.world;
  if (checker === null) return null;
  const first = firstViolation(checker);
  return first === null ? null : { name: first.name, why: first.why };
}

/** The faults are over. Returns the first property that does not hold in what follows. */
export function recover(run: LocalRun): Found | null {
  const settled = comeTogether(run);
  // With what a reconfiguration has left behind a quorum may be gone for good.
  if (settled !== null || isAnyLeftBehind(run) || establishedLeader(run) === null) return settled;
  const { ensemble, seed } = run.world.config;
  if (ensemble.reconfigEnabled && isWritingStuck(run)) return violationOf(run);
  // These leaders have reasons of their own to give up.
  const mayGo = ensemble.reconfigEnabled || ensemble.initialCounter > 0;
  const reign = mayGo ? null : reignOf(run);
  const found = finishClients(run, reign) ?? endSessions(run, reign) ?? compareTrees(run, reign);
  if (found !== null || ensemble.reconfigEnabled || seed % CUT_OFF_ONE_IN !== 0) return found;
  return cutOffLeader(run) ?? comeTogether(run);
}

/** D.1, D.2 and D.6. */
function comeTogether(run: LocalRun): Found | null {
  for (const action of mendAll(run.world)) act(run, action);
  const since = run.world.now;
  const until = (since + RECOVERY) as Micros;
  const calm = since + aftermath(run);
  const starts = new Map<Sid, number>();
  for (;;) {
    const unsettled = (): boolean =>
      run.world.now < calm || notServing(run, since) !== null || notJoined(run, since) !== null;
    const met = runWhile(
      run,
      () => violationOf(run) === null && downOf(run) === null && unsettled(),
      until,
    );
    const violation = violationOf(run);
    if (violation !== null) return violation;
    const down = downOf(run);
    if (down !== null) {
      const tries = (starts.get(down) ?? 1) + 1;
      starts.set(down, tries);
      if (tries > STARTS_MAX) {
        return found(SERVER_STARTS, notStarted(run, down, tries - 1));
      }
      act(run, { kind: 'restart', sid: down });
      continue;
    }
    if (met || isAnyLeftBehind(run)) return null;
    if (establishedLeader(run) === null && mayHaveNoLeader(run)) return null;
    return (
      found(ENSEMBLE_SERVES, notServing(run, since)) ?? found(MEMBER_JOINS, notJoined(run, since))
    );
  }
}

/** How long what went before may still take effect: connections and timeouts that have run out. */
function aftermath(run: LocalRun): number {
  const { ensemble, tcpTimeout } = run.world.config;
  return tcpTimeout + (ensemble.syncLimit + 2) * ensemble.tickTime * 1000;
}

/** A server that has ended itself, and is not one that a reconfiguration has left behind. */
function downOf(run: LocalRun): Sid | null {
  for (const sid of sidsOf(run)) {
    const process = run.world.byId.get(sid as number as ProcessId);
    if (process?.status === 'down' && !isLeftBehind(run, sid)) return sid;
  }
  return null;
}

function isAnyLeftBehind(run: LocalRun): boolean {
  return sidsOf(run).some((sid) => isLeftBehind(run, sid));
}

/**
 * Reconfigurations in quick turn may stop all writes for good, as in ZooKeeper. What was proposed
 * between the proposal of one and its commit needs the acks of the voters before it, too; but
 * those whom it makes observers get no proposals any more once they know of it, and do not
 * acknowledge what they got. The same for the next reconfiguration, where it names them again.
 */
function isWritingStuck(run: LocalRun): boolean {
  const until = (run.world.now + SESSION_LEEWAY) as Micros;
  const isWaiting = (): boolean => {
    const role = establishedLeader(run)?.role;
    return role?.name === 'leading' && role.leader.outstanding.size > 0;
  };
  return !runWhile(run, () => violationOf(run) === null && isWaiting(), until) && isWaiting();
}

/** D.3: everybody writes, syncs and reads once more, and so does somebody who is new. */
function finishClients(run: LocalRun, reign: Reign | null): Found | null {
  let last: number = CLIENT_ID_MIN - 1;
  for (const { id } of run.world.processes) if (id > last) last = id;
  const fresh = (last + 1) as ProcessId;
  const { maxSessionTimeout } = run.world.config.ensemble;
  const leader = establishedLeader(run);
  // There may be servers that cannot join, and would send it away with nothing done.
  const servers = leader === null ? [] : sidsWith(run, leader);
  act(run, addClient(fresh - CLIENT_ID_MIN, servers, false, maxSessionTimeout));
  for (const [process, host] of run.hosts) {
    if (host.kind !== 'client' || host.ended) continue;
    for (const request of lastRequests(process))
      act(run, { kind: 'submit', process, tag: 0, request });
  }
  // So that the clients have their requests.
  runFor(run, 10_000 as Micros);
  const broken = waitFor(run, reign, ANSWERS, () => notAnswered(run));
  const unanswered = broken ?? found(REQUESTS_ANSWERED, notAnswered(run));
  // A leader that goes takes connections with it, and then an answer says so.
  if (unanswered !== null || reign === null) return unanswered;
  return found(REQUESTS_ANSWERED, notWritten(run, fresh, lastPath(fresh)));
}

function lastPath(process: ProcessId): string {
  return `/last-${String(process)}`;
}

function lastRequests(process: ProcessId): readonly Request[] {
  const path = lastPath(process);
  const data = new Uint8Array([process & 0xff]);
  const flags = CreateMode.PERSISTENT;
  return [
    { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 },
    { op: 'sync', path },
    { op: 'getData', path, watch: false },
  ];
}

/** D.5. */
function endSessions(run: LocalRun, reign: Reign | null): Found | null {
  const since = run.world.now;
  let longest = 0;
  for (const id of deadSessions(run)) {
    longest = Math.max(longest, establishedLeader(run)?.db.sessions.get(id) ?? 0);
  }
  // A leader that may go may go once more, and the next one gives sessions their full time again.
  const reigns = reign === null ? 3 : 1;
  const patience = (longest * 1000 + SESSION_LEEWAY) * reigns;
  const broken = waitFor(run, reign, patience, () => notEnded(run, since));
  return broken ?? found(DEAD_SESSIONS_END, notEnded(run, since));
}

/** C.11, of everything in the trees. */
function compareTrees(run: LocalRun, reign: Reign | null): Found | null {
  const moving = (): string | null => (isAtRest(run) ? null : 'transactions are under way');
  return waitFor(run, reign, SESSION_LEEWAY, moving) ?? found(TREE_DIGEST, treesDiffer(run));
}

/** Waits for what is missing to come about; D.7 must hold meanwhile. */
function waitFor(
  run: LocalRun,
  reign: Reign | null,
  longest: number,
  missing: () => string | null,
): Found | null {
  const until = (run.world.now + longest) as Micros;
  const isFine = (): boolean =>
    violationOf(run) === null && (reign === null || reignEnded(run, reign) === null);
  runWhile(run, () => isFine() && missing() !== null, until);
  const violation = violationOf(run);
  if (violation !== null || reign === null) return violation;
  return found(LEADER_STAYS, reignEnded(run, reign));
}

/** D.4. */
function cutOffLeader(run: LocalRun): Found | null {
  const leader = establishedLeader(run);
  if (leader?.role.name !== 'leading') return null;
  const { sid } = leader.settings;
  act(run, { kind: 'partition', group: [sid as number as ProcessId] });
  const since = run.world.now;
  const until = leaderGivesUpBy(leader, since) as Micros;
  const others = sidsOf(run).filter((other) => other !== sid && serverOf(run, other) !== null);
  const missing = (): string | null => {
    const facts = others.map((other) => stillFollows(run, other, sid, since));
    return stillLeads(run, sid, since) ?? facts.find((fact) => fact !== null) ?? null;
  };
  return waitFor(run, null, until - since, missing) ?? found(QUORUM_LOSS_NOTICED, missing());
}

function found(property: { readonly name: string }, why: string | null): Found | null {
  return why === null ? null : { name: property.name, why };
}
