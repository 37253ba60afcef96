/**
 * Plots: several faults that belong together, each at a moment of the protocol. What is rare by
 * chance alone comes about often where one thing is prepared for another: a write that reached one
 * server only, a server that was away for long, an end of a reign before it has begun. What is done
 * then, when, to whom, and for how long is drawn as ever.
 */
import { unreachable } from '../../core/assert.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK } from '../actions.ts';
import { runFor } from '../local.ts';
import { leaderOf } from '../scenarios.ts';
import { awaitEvent, isMomentOf, type Moment } from './ambush.ts';
import { crashOf, pick } from './faults.ts';
import { ambushDeed, commit } from './swarm-faults.ts';
import {
  aftermath,
  allServers,
  awaitJoining,
  awaitMoment,
  awaitServing,
  crash,
  fire,
  gather,
  holdBack,
  isOver,
  linger,
  mendWays,
  once,
  settle,
  shuffled,
  start,
  voters,
  type Stage,
} from './swarm-stage.ts';

export const PLOTS = [
  /** A write that reaches one server only, which is gone for a while, or leads with it. */
  'ghost',
  /** A server misses some writes, and comes back under fire. */
  'late',
  /** Servers leave one after the other, and come back in another order. */
  'stagger',
  /** A follower starts again while what it has logged waits for others. */
  'retake',
  /** Many writes at once at a server with a slow disk, which then crashes. */
  'pile',
  /** Leaders that end before they have served. */
  'stillborn',
  /** One server is left, and clients come and go there. */
  'lonely',
] as const;
export type PlotName = (typeof PLOTS)[number];

/** @param churn a client of that server comes or goes. */
export function plot(stage: Stage, name: PlotName, churn: (sid: Sid) => void): void {
  if (!once(stage, 4) && !settle(stage)) return;
  if (isOver(stage)) return;
  switch (name) {
    case 'ghost':
      return ghost(stage);
    case 'late':
      return late(stage);
    case 'stagger':
      return stagger(stage);
    case 'retake':
      return retake(stage);
    case 'pile':
      return pile(stage);
    case 'stillborn':
      return stillborn(stage);
    case 'lonely':
      return lonely(stage, churn);
    default:
      return unreachable(name);
  }
}

function ghost(stage: Stage): void {
  const { run, choose } = stage;
  const first = leaderOf(run);
  if (first === null) return;
  const holder = once(stage, 3) ? (pick(choose, voters(stage, first)) ?? first) : first;
  if (once(stage, 3)) lag(stage, holder);
  const leader = leaderOf(run);
  if (leader === null || isOver(stage)) return;
  if (holder === leader) writeAlone(stage, leader);
  else writeToOne(stage, leader, holder);
  if (isOver(stage)) return;
  if (once(stage, 2)) {
    // It looks for a leader with all that it has, and others join in.
    mendWays(stage);
    start(stage, holder);
    awaitMoment(stage, holder, ['state'], 2_000_000);
    const others = shuffled(stage, voters(stage, holder));
    for (const sid of others.slice(0, Math.ceil(others.length / 2))) start(stage, sid);
    fire(stage, holder);
  }
  gather(stage, once(stage, 4) ? null : holder);
}

/** The leader logs what nobody else gets. */
function writeAlone(stage: Stage, leader: Sid): void {
  const { choose } = stage;
  if (once(stage, 3)) {
    const group = [leader as number as ProcessId, ...stage.clientsOf(leader)];
    commit(stage, { kind: 'partition', group });
  } else {
    for (const sid of voters(stage, leader)) crash(stage, sid);
  }
  stage.write(leader, choose.between(1, 2));
  awaitMoment(stage, leader, once(stage, 3) ? ['proposed', 'logged'] : ['synced'], 300_000);
}

/** A follower logs what nobody else gets, for its leader ends before it has it itself. */
function writeToOne(stage: Stage, leader: Sid, holder: Sid): void {
  const { choose } = stage;
  const group = [leader, holder].map((sid) => sid as number as ProcessId);
  commit(stage, { kind: 'partition', group: [...group, ...stage.clientsOf(leader)] });
  stage.write(leader, choose.between(1, 2));
  awaitMoment(stage, holder, once(stage, 2) ? ['PROPOSAL'] : ['logged'], 300_000);
  crash(stage, leader);
  if (!once(stage, 4)) awaitMoment(stage, holder, ['synced'], 300_000);
}

function late(stage: Stage): void {
  const sid = pick(stage.choose, allServers(stage));
  if (sid === null) return;
  lag(stage, sid);
  aftermath(stage, sid);
}

/** This server misses some writes, and comes back. */
function lag(stage: Stage, sid: Sid): void {
  const { choose, run } = stage;
  crash(stage, sid);
  awaitServing(
    stage,
    allServers(stage).filter((other) => other !== sid),
  );
  stage.write(leaderOf(run), choose.between(1, 5));
  linger(stage, 14, 18);
  start(stage, sid);
  if (!once(stage, 3)) fire(stage, sid);
  settle(stage);
}

function stagger(stage: Stage): void {
  const { choose, run } = stage;
  const away: Sid[] = [];
  let spare = (voters(stage).length - 1) >> 1;
  for (const sid of shuffled(stage, allServers(stage))) {
    const votes = voters(stage).includes(sid);
    if ((votes && spare === 0) || away.length === 3) continue;
    if (votes) spare--;
    away.push(sid);
    crash(stage, sid);
    if (once(stage, 2)) writeSome(stage);
  }
  awaitServing(
    stage,
    allServers(stage).filter((sid) => !away.includes(sid)),
  );
  writeSome(stage);
  for (const sid of shuffled(stage, away)) {
    if (isOver(stage)) return;
    start(stage, sid);
    if (once(stage, 3)) fire(stage, sid);
    awaitMoment(stage, sid, ['UPTODATE'], 2_000_000);
    if (once(stage, 2)) writeSome(stage);
    const leader = leaderOf(run);
    if (leader === null || once(stage, 2)) continue;
    crash(stage, leader);
    linger(stage, 8, 21);
    if (once(stage, 2)) start(stage, leader);
  }
  if (once(stage, 2)) writeSome(stage);
  gather(stage, once(stage, 2) ? (pick(choose, allServers(stage)) ?? null) : null);
}

function writeSome(stage: Stage): void {
  stage.write(leaderOf(stage.run), stage.choose.between(1, 4));
  linger(stage, 14, 17);
}

function retake(stage: Stage): void {
  const { choose, run } = stage;
  const leader = leaderOf(run);
  const sid = pick(choose, voters(stage, leader ?? (0 as Sid)));
  if (leader === null || sid === null) return;
  const holds = once(stage, 2);
  if (!holds) for (const other of voters(stage, sid)) delay(stage, other, leader);
  stage.write(leader, choose.between(1, 2));
  const moment = pick(choose, ['PROPOSAL', 'logged', 'logged', 'synced', 'synced', 'ACK'] as const);
  awaitHolding(stage, sid, [moment ?? 'logged'], holds ? leader : null);
  const tail = once(stage, 4) ? 'chance' : 'kept';
  commit(stage, { kind: 'crash', sid, tail, silent: false });
  if (once(stage, 4)) linger(stage, 8, 15);
  start(stage, sid);
  awaitHolding(stage, sid, pick(choose, OF_SYNC) ?? [], holds ? leader : null);
  if (isOver(stage)) return;
  if (!once(stage, 3)) mendWays(stage);
  const next = once(stage, 2)
    ? awaitMoment(stage, sid, [pick(choose, OF_WRITES) ?? 'applied'], 200_000)
    : awaitJoining(stage, sid);
  if (isOver(stage)) return;
  if (next !== null) ambushDeed(stage, next);
  if (once(stage, 3)) crash(stage, leader);
  linger(stage, 8, 21);
  stage.write(null, 1);
  gather(stage, once(stage, 2) ? leader : null);
}

const OF_WRITES: readonly Moment[] = ['applied', 'logged', 'synced', 'COMMIT'];

const OF_SYNC: readonly (readonly Moment[])[] = [
  ['FOLLOWERINFO'],
  ['ACKEPOCH'],
  ['DIFF', 'TRUNC', 'SNAP'],
  ['DIFF', 'TRUNC', 'SNAP'],
  ['DIFF', 'TRUNC', 'SNAP'],
  ['NEWLEADER'],
  ['UPTODATE'],
];

/** In one way or another its ack will be late. */
function delay(stage: Stage, sid: Sid, leader: Sid): void {
  const { choose } = stage;
  const process = sid as number as ProcessId;
  switch (choose.between(0, 5)) {
    case 0:
    case 1: {
      const faults = { ...HEALTHY_DISK, slowness: choose.between(5, 300) };
      if (!stage.liars.has(sid)) commit(stage, { kind: 'disk', sid, faults });
      return;
    }
    case 2:
      if (sid !== leader) commit(stage, { kind: 'pause', process });
      return;
    case 3:
      if (sid === leader) return;
      return commit(stage, {
        kind: 'cut',
        from: leader as number as ProcessId,
        to: process,
        bothWays: once(stage, 2),
      });
    default:
  }
}

/** Waits for a moment of one server; on the way acks of others to `leader` are held back. */
function awaitHolding(
  stage: Stage,
  sid: Sid,
  moments: readonly Moment[],
  leader: Sid | null,
): void {
  const { run, until } = stage;
  const process = sid as number as ProcessId;
  const end = Math.min(until, run.world.now + 500_000) as Micros;
  for (;;) {
    let isReached = false;
    const seen = awaitEvent(run, end, (handled) => {
      isReached = moments.some((moment) => isMomentOf(run, handled, moment, process));
      if (isReached || leader === null) return isReached;
      const others = handled.process !== process && (handled.process as number) !== leader;
      return others && isMomentOf(run, handled, 'ACK', handled.process);
    });
    if (seen === null || isReached || leader === null) return;
    holdBack(stage, seen.process, leader as number as ProcessId);
  }
}

function pile(stage: Stage): void {
  const { choose, run } = stage;
  const sid = pick(choose, allServers(stage));
  const leader = leaderOf(run);
  if (sid === null || leader === null || stage.liars.has(sid)) return;
  const process = sid as number as ProcessId;
  for (let n = choose.between(1, 3); n > 0 && !isOver(stage); n--) {
    const slowness = once(stage, 2) ? 1 : choose.between(2, 30);
    commit(stage, { kind: 'disk', sid, faults: { ...HEALTHY_DISK, slowness } });
    stage.write(null, choose.between(2, 8));
    if (sid !== leader && once(stage, 2)) {
      awaitMoment(stage, sid, once(stage, 2) ? ['COMMIT'] : ['PROPOSAL'], 200_000);
      holdBack(stage, leader as number as ProcessId, process);
    }
    for (let m = choose.between(1, 4); m > 0; m--) {
      awaitMoment(stage, sid, ['logged', 'synced', 'applied'], 200_000);
    }
    mendWays(stage);
    if (once(stage, 2)) stage.write(null, choose.between(1, 4));
    linger(stage, 10, 18);
    crash(stage, sid);
    linger(stage, 8, 16);
    start(stage, sid);
    if (once(stage, 4)) fire(stage, sid);
    settle(stage);
  }
}

const OF_LEADING: readonly Moment[] = [
  'FOLLOWERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'epoch',
  'NEWLEADER',
  'established',
];

function stillborn(stage: Stage): void {
  const { choose, run, until } = stage;
  const gone = new Set<Sid>();
  for (let n = choose.between(1, 4); n > 0; n--) {
    const leader = leaderOf(run);
    if (leader !== null) crash(stage, leader);
    if (once(stage, 2)) mendWays(stage);
    for (const sid of shuffled(stage, allServers(stage))) if (!once(stage, 4)) start(stage, sid);
    const moment = pick(choose, OF_LEADING) ?? 'epoch';
    const end = Math.min(until, run.world.now + 3_000_000) as Micros;
    const seen = awaitEvent(run, end, (handled) =>
      isMomentOf(run, handled, moment, handled.process),
    );
    if (isOver(stage)) return;
    if (seen === null) continue;
    for (const process of [seen.process, seen.peer]) {
      if (process === null || once(stage, 4)) continue;
      const sid = process as number as Sid;
      gone.add(sid);
      commit(stage, crashOf(choose, sid, false));
    }
  }
  mendWays(stage);
  const rest = allServers(stage).filter((sid) => !gone.has(sid));
  for (const sid of rest) start(stage, sid);
  awaitServing(stage, rest);
  gather(stage, pick(choose, [...gone]));
}

function lonely(stage: Stage, churn: (sid: Sid) => void): void {
  const { choose, run } = stage;
  const sid = pick(choose, voters(stage));
  if (sid === null) return;
  if (once(stage, 2)) stage.write(sid, choose.between(1, 4));
  linger(stage, 12, 18);
  const others = shuffled(stage, voters(stage, sid));
  for (const other of others) crash(stage, other);
  for (let n = choose.between(1, 5); n > 0; n--) {
    runFor(run, choose.between(100_000, 2_500_000) as Micros);
    if (isOver(stage)) return;
    churn(sid);
  }
  runFor(run, choose.between(0, 2_000_000) as Micros);
  for (const other of others) {
    start(stage, other);
    if (once(stage, 3)) fire(stage, other);
    else linger(stage, 12, 21);
    if (isOver(stage)) return;
  }
  if (once(stage, 2)) settle(stage);
}
