/** What the driver of a swarm breaks, and how: single faults, several at once, and ruin. */
import { unreachable } from '../../core/assert.ts';
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK, type Action } from '../actions.ts';
import { act, runFor, type LocalRun } from '../local.ts';
import { leaderOf } from '../scenarios.ts';
import type { Ambushed } from './ambush.ts';
import { crashOf, FAULT_KINDS, faultAction, pick, type Chooser, type FaultKind } from './faults.ts';
import type { SwarmKind } from './profiles.ts';
import { isExpendable, withoutLastSnapshot } from './ruin.ts';

export interface Driver {
  readonly run: LocalRun;
  readonly choose: Chooser;
  /** The kinds of fault that this run has. */
  readonly kinds: readonly SwarmKind[];
  /** Servers whose disks have lied since they last started with an honest one. */
  readonly liars: Set<Sid>;
}

/** So that nothing is left of the present moment: what is found then still holds for an action. */
const MOMENT = 1 as Micros;

export function isMendable(kind: SwarmKind): kind is FaultKind {
  return (FAULT_KINDS as readonly SwarmKind[]).includes(kind);
}

/**
 * Does it. The crash of a server whose disk has lied takes away what it had acknowledged: that
 * waits until the others can do without it, and then the disk is replaced by an empty one.
 */
export function commit(driver: Driver, action: Action): void {
  const { run, liars } = driver;
  if (action.kind !== 'crash' || !liars.has(action.sid)) {
    act(run, action);
    return;
  }
  const { sid } = action;
  runFor(run, MOMENT);
  if (!isExpendable(run, sid)) return;
  act(run, action);
  act(run, { kind: 'wipe', sid });
  act(run, { kind: 'disk', sid, faults: HEALTHY_DISK });
  liars.delete(sid);
}

export function swarmFault(driver: Driver, kind: Exclude<SwarmKind, 'client'>): void {
  const { run, choose } = driver;
  switch (kind) {
    case 'outage':
      return outage(driver);
    case 'isolate': {
      const sid = someServer(driver);
      if (sid !== null) isolate(driver, sid as number as ProcessId);
      return;
    }
    case 'flap':
      return flap(driver);
    case 'wipe':
    case 'lyingDisk':
    case 'damage': {
      const sid = someServer(driver);
      if (sid !== null) ruin(driver, sid, kind);
      return;
    }
    case 'crash':
    case 'powerLoss': {
      const sid = someServer(driver);
      if (sid !== null) commit(driver, crashOf(choose, sid, kind === 'powerLoss'));
      return;
    }
    default: {
      const action = faultAction(run.world, choose, kind);
      if (action !== null) commit(driver, action);
    }
  }
}

/** Right where an ambush has led, to the server there or to the one at the other end. */
export function ambushDeed(driver: Driver, ambushed: Ambushed): void {
  const { run, choose } = driver;
  const kinds = driver.kinds.filter((kind) => AT_A_MOMENT.has(kind));
  const kind = pick(choose, kinds) ?? 'crash';
  const peer = ambushed.peer ?? leaderOf(run) ?? ambushed.process;
  const other = peer as ProcessId;
  const process = choose.between(0, 3) === 0 ? other : ambushed.process;
  switch (kind) {
    case 'crash':
    case 'powerLoss':
      return commit(driver, crashOf(choose, process as number as Sid, kind === 'powerLoss'));
    case 'cut':
    case 'oneWay': {
      const from = ambushed.process;
      if (from === other) return isolate(driver, from);
      const [a, b] = choose.between(0, 1) === 0 ? [from, other] : [other, from];
      return commit(driver, { kind: 'cut', from: a, to: b, bothWays: kind === 'cut' });
    }
    case 'isolate':
      return isolate(driver, process);
    case 'outage':
      return outage(driver);
    case 'pause':
      return commit(driver, { kind: 'pause', process });
    case 'fullDisk':
    case 'slowDisk': {
      const slowness = kind === 'slowDisk' ? choose.between(2, 100) : 1;
      const faults = { ...HEALTHY_DISK, slowness, full: kind === 'fullDisk' };
      const sid = process as number as Sid;
      if (driver.liars.has(sid)) return;
      return commit(driver, { kind: 'disk', sid, faults });
    }
    case 'breakConnection': {
      const between = [...run.world.connections.values()].filter(({ dialler, acceptor }) => {
        return [dialler.id, acceptor.id].includes(ambushed.process) && acceptor.kind === 'server';
      });
      const connection = pick(choose, between);
      if (connection !== null) commit(driver, { kind, conn: connection.id });
      return;
    }
    default:
      return kind === 'client' ? undefined : swarmFault(driver, kind);
  }
}

const AT_A_MOMENT: ReadonlySet<SwarmKind> = new Set([
  'crash',
  'powerLoss',
  'cut',
  'oneWay',
  'isolate',
  'outage',
  'pause',
  'fullDisk',
  'slowDisk',
  'breakConnection',
  'hold',
]);

/** The leader as often as any other. */
function someServer({ run, choose }: Driver): Sid | null {
  const leader = leaderOf(run);
  if (leader !== null && choose.between(0, 2) === 0) return leader;
  return pick(choose, run.world.config.ensemble.servers)?.sid ?? null;
}

function outage(driver: Driver): void {
  const { choose, run } = driver;
  const silent = choose.between(0, 1) === 0;
  for (const { sid } of run.world.config.ensemble.servers) {
    commit(driver, crashOf(choose, sid, silent));
    if (choose.between(0, 3) === 0) runFor(run, choose.between(0, 3_000) as Micros);
  }
}

function isolate(driver: Driver, process: ProcessId): void {
  commit(driver, { kind: 'partition', group: [process] });
}

function flap(driver: Driver): void {
  const { run, choose } = driver;
  const cut = faultAction(run.world, choose, choose.between(0, 1) === 0 ? 'cut' : 'oneWay');
  if (cut?.kind !== 'cut') return;
  for (let n = choose.between(2, 6); n > 0; n--) {
    commit(driver, cut);
    runFor(run, (2 ** choose.between(8, 19)) as Micros);
    commit(driver, { ...cut, kind: 'heal' });
    runFor(run, (2 ** choose.between(8, 18)) as Micros);
  }
}

function ruin(driver: Driver, sid: Sid, kind: 'wipe' | 'lyingDisk' | 'damage'): void {
  const { run, choose, liars } = driver;
  runFor(run, MOMENT);
  if (!isExpendable(run, sid) || (liars.size > 0 && !liars.has(sid))) return;
  switch (kind) {
    case 'lyingDisk':
      liars.add(sid);
      return commit(driver, { kind: 'disk', sid, faults: { ...HEALTHY_DISK, lying: true } });
    case 'wipe':
      commit(driver, crashOf(choose, sid, choose.between(0, 1) === 0));
      return commit(driver, { kind: 'wipe', sid });
    case 'damage':
      if (!liars.has(sid)) damage(driver, sid);
      return;
    default:
      return unreachable(kind);
  }
}

/** Of a log its last record, or the last snapshot: where there is no other, all is lost. */
function damage(driver: Driver, sid: Sid): void {
  const { run, choose } = driver;
  commit(driver, crashOf(choose, sid, choose.between(0, 1) === 0));
  if (choose.between(0, 1) === 0) {
    return commit(driver, { kind: 'damage', sid, what: 'logTail' });
  }
  const without = withoutLastSnapshot(run, sid);
  if (without === 'wrong') return;
  commit(driver, { kind: 'damage', sid, what: 'snapshot' });
  if (without === 'whole') return;
  // It refuses to start, and somebody makes its directory anew.
  commit(driver, { kind: 'restart', sid });
  runFor(run, 1_000 as Micros);
  commit(driver, { kind: 'wipe', sid });
}
