/** What plots are made of: who serves, who comes back, what is broken and mended on the way. */
import { votersOf } from '../../core/config.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { itemsOf } from '../channel.ts';
import { runFor, runWhile, type LocalRun } from '../local.ts';
import { leaderOf } from '../scenarios.ts';
import { awaitEvent, isMomentOf, type Ambushed, type Moment } from './ambush.ts';
import { crashOf, mendAll, pick } from './faults.ts';
import { violationOf } from './recovery.ts';
import { ambushDeed, commit, type Driver } from './swarm-faults.ts';

export interface Stage extends Driver {
  /** When the faults are over. */
  readonly until: Micros;
  /** A client of this server, or any, asks for so many writes at once. */
  readonly write: (at: Sid | null, count: number) => void;
  /** Clients of this server. */
  readonly clientsOf: (sid: Sid) => readonly ProcessId[];
}

/** What happens to a server that joins, or begins to lead. */
const OF_JOINING: readonly Moment[] = [
  'FOLLOWERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'DIFF',
  'TRUNC',
  'SNAP',
  'SNAPSHOT',
  'NEWLEADER',
  'UPTODATE',
  'PROPOSAL',
  'state',
  'epoch',
  'recovered',
  'logged',
  'synced',
  'applied',
  'synchronized',
  'durable',
];

/** How long an ensemble gets for an election and what follows. */
const PATIENCE = 4_000_000;

export function isOver({ run, until }: Stage): boolean {
  return run.world.now >= until || violationOf(run) !== null;
}

export function allServers({ run }: Stage): readonly Sid[] {
  return run.world.config.ensemble.servers.map(({ sid }) => sid);
}

/** Voters, without those that are named. */
export function voters({ run }: Stage, ...without: readonly Sid[]): readonly Sid[] {
  const all = votersOf(run.world.config.ensemble);
  return all.filter((sid) => !without.includes(sid));
}

/** The same in another order. */
export function shuffled<T>({ choose }: Stage, items: readonly T[]): readonly T[] {
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(choose.between(0, rest.length - 1), 1));
  return order;
}

/** One time in n. */
export function once({ choose }: Stage, n: number): boolean {
  return choose.between(1, n) === 1;
}

/** A power of two of microseconds. */
export function linger(stage: Stage, least: number, most: number): void {
  const { run, choose, until } = stage;
  const pause = 2 ** choose.between(least, most);
  runFor(run, Math.min(pause, Math.max(0, until - run.world.now)) as Micros);
}

export function crash(stage: Stage, sid: Sid): void {
  if (isUp(stage.run, sid)) commit(stage, crashOf(stage.choose, sid, once(stage, 4)));
}

/** A process starts again, or goes on. */
export function start(stage: Stage, sid: Sid): void {
  const process = sid as number as ProcessId;
  const status = stage.run.world.byId.get(process)?.status;
  if (status === 'down') commit(stage, { kind: 'restart', sid });
  if (status === 'paused') commit(stage, { kind: 'resume', process });
}

function isUp(run: LocalRun, sid: Sid): boolean {
  return run.world.byId.get(sid as number as ProcessId)?.status !== 'down';
}

/** Links, disks, pauses and what is held: all but the servers that are down. */
export function mendWays(stage: Stage): void {
  for (const action of mendAll(stage.run.world)) {
    const { kind } = action;
    if (kind === 'restart' || kind === 'skew') continue;
    if (kind === 'disk' && stage.liars.has(action.sid)) continue;
    commit(stage, action);
  }
}

/** Waits until these serve under one leader, not for ever. */
export function awaitServing(stage: Stage, sids: readonly Sid[]): boolean {
  const { run, until } = stage;
  const end = Math.min(until, run.world.now + PATIENCE) as Micros;
  return runWhile(run, () => !isServing(run, sids), end);
}

function isServing(run: LocalRun, sids: readonly Sid[]): boolean {
  let leads = 0;
  for (const sid of sids) {
    const host = run.hosts.get(sid as number as ProcessId);
    if (host?.kind !== 'member' || host.ended || host.server.zabState !== 'broadcast') return false;
    if (host.server.role.name === 'leading') leads++;
  }
  return leads === 1;
}

/** Everybody is up, and serves. */
export function settle(stage: Stage): boolean {
  mendWays(stage);
  for (const sid of allServers(stage)) start(stage, sid);
  return awaitServing(stage, allServers(stage));
}

/** Waits for one of the moments at this server, or on a way from it or to it. */
export function awaitMoment(
  stage: Stage,
  sid: Sid,
  moments: readonly Moment[],
  patience: number,
): Ambushed | null {
  const { run, until } = stage;
  const end = Math.min(until, run.world.now + patience) as Micros;
  const process = sid as number as ProcessId;
  return awaitEvent(run, end, (handled) =>
    moments.some((moment) => isMomentOf(run, handled, moment, process)),
  );
}

/** Any moment of a server that joins. Null when it does not come. */
export function awaitJoining(stage: Stage, sid: Sid): Ambushed | null {
  const moment = pick(stage.choose, OF_JOINING) ?? 'durable';
  return awaitMoment(stage, sid, [moment], 2 ** stage.choose.between(17, 21));
}

/** A fault while this server joins; often it is soon over. */
export function fire(stage: Stage, sid: Sid): void {
  const ambushed = awaitJoining(stage, sid);
  if (ambushed === null || isOver(stage)) return;
  ambushDeed(stage, ambushed);
  switch (stage.choose.between(0, 5)) {
    case 0:
      return;
    case 1:
      linger(stage, 7, 15);
      break;
    case 2:
      linger(stage, 18, 21);
      break;
    case 3:
      awaitJoining(stage, sid);
      break;
    default:
      awaitMoment(stage, sid, [...OF_JOINING], 1_000_000);
  }
  mendWays(stage);
  if (once(stage, 2)) start(stage, sid);
}

/** The others come together first, and then the one that is `late`; null: all at once. */
export function gather(stage: Stage, late: Sid | null): void {
  if (late !== null) crash(stage, late);
  mendWays(stage);
  const others = shuffled(
    stage,
    allServers(stage).filter((sid) => sid !== late),
  );
  for (const sid of others) {
    start(stage, sid);
    if (once(stage, 3)) linger(stage, 10, 19);
  }
  awaitServing(stage, others);
  if (isOver(stage)) return;
  if (once(stage, 3)) stage.write(null, stage.choose.between(1, 3));
  if (late === null) return;
  start(stage, late);
  if (!once(stage, 3)) fire(stage, late);
  settle(stage);
  if (once(stage, 2)) aftermath(stage, late);
}

/** What a server took over wrongly shows when it goes on, starts again, or leads. */
export function aftermath(stage: Stage, sid: Sid): void {
  if (isOver(stage)) return;
  stage.write(null, 1);
  awaitMoment(stage, sid, ['synced', 'applied'], 200_000);
  const leader = leaderOf(stage.run);
  crash(stage, leader !== null && once(stage, 2) ? leader : sid);
  linger(stage, 8, 18);
  settle(stage);
}

/** What this server sends to that one waits from now on, with all behind it. */
export function holdBack(stage: Stage, from: ProcessId, to: ProcessId): void {
  for (const connection of stage.run.world.connections.values()) {
    for (const channel of [connection.there, connection.back]) {
      if (channel.sender.id !== from || channel.receiver.id !== to) continue;
      const items = itemsOf(channel).filter(({ held, event }) => !held && event.kind === 'packet');
      const item = items.at(-1);
      if (item === undefined) continue;
      return commit(stage, { kind: 'hold', conn: channel.conn, from, index: item.index });
    }
  }
}
