/**
 * A swarm: runs in which a seed decides everything, from the size of the ensemble to the moment of
 * each fault. Every run first draws which kinds of fault it has at all, so that some runs crash
 * servers only and others do nothing but cut links. At its end the faults stop, and the ensemble
 * must come together again.
 */
import { draw, drawInt, Purpose } from '../../core/chance.ts';
import { DEFAULT_CONFIG, ensembleOf } from '../../core/config.ts';
import { OPEN_ACL_UNSAFE } from '../../core/jute/data.ts';
import { CreateMode, type MultiOp, type Request } from '../../core/jute/proto.ts';
import type { Micros, Millis, ProcessId, Sid } from '../../core/units.ts';
import { HEALTHY_DISK, type Action, type WorldConfig } from '../actions.ts';
import { act, createLocalRun, runFor, traceHash, type LocalRun } from '../local.ts';
import { addClient, clientId } from '../scenarios.ts';
import { dynamicEnsemble, openConfig, reconfigRequest } from './reconfig-swarm.ts';
import { recover, violationOf, type Found } from './recovery.ts';

export interface SwarmOptions {
  readonly voters: number;
  readonly observers: number;
  /** How long faults go on, in virtual microseconds. */
  readonly duration: Micros;
  readonly mutants: readonly string[];
  /** Servers that wait to join; with some, the ensemble is reconfigured now and then. */
  readonly joiners?: number;
  /** `elections`: crashes and partitions in quick turn, and few requests; else a mixture. */
  readonly profile?: 'elections';
  /** Also check that the ensemble serves again when the faults are over. */
  readonly liveness: boolean;
}

export interface SwarmResult {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly actions: number;
  /** The first property that did not hold, and why; null where all held. */
  readonly violation: Found | null;
  readonly run: LocalRun;
}

const CLIENTS = 3;

const KINDS = [
  'crash',
  'pause',
  'cut',
  'oneWay',
  'partition',
  'latency',
  'disk',
  'client',
] as const;
type Kind = (typeof KINDS)[number];

interface Swarm {
  readonly seed: number;
  readonly run: LocalRun;
  readonly kinds: readonly Kind[];
  readonly calm: boolean;
  /** How many draws were made: the index of the next. */
  drawn: number;
  tag: number;
  clients: number;
}

/** Small settings, so that little history brings out snapshots, truncation and expiry. */
export function swarmWorld(seed: number, options: SwarmOptions): WorldConfig {
  const pick = (index: number, min: number, max: number): number =>
    drawInt(draw(seed, Purpose.scenario, 0, index), min, max);
  const slow = pick(1, 0, 3) === 0;
  return {
    ensemble: {
      ...DEFAULT_CONFIG,
      servers: ensembleOf(options.voters, options.observers),
      ...(options.joiners === undefined
        ? {}
        : dynamicEnsemble(options.voters, options.observers, options.joiners)),
      tickTime: 500 as Millis,
      initLimit: 4,
      syncLimit: 3,
      minSessionTimeout: 1000 as Millis,
      maxSessionTimeout: 10_000 as Millis,
      snapCount: pick(2, 4, 60),
      commitLogCount: pick(3, 3, 40),
      preAllocSize: pick(4, 0, 1) * 65_536,
      snapshotSizeFactor: pick(5, 0, 2) === 0 ? -1 : 50,
      snapshotChunk: pick(6, 1, 8),
      mutants: options.mutants,
    },
    seed,
    latency: { min: 200 as Micros, max: (slow ? 40_000 : 2_000) as Micros },
    diskLatency: { min: 200 as Micros, max: (pick(7, 0, 1) === 0 ? 4_000 : 60_000) as Micros },
    tcpTimeout: 3_000_000 as Micros,
  };
}

/** Runs one seed to its end, or to the first violation. */
export function runSwarm(seed: number, options: SwarmOptions): SwarmResult {
  const run = createLocalRun(swarmWorld(seed, options), { check: true });
  const elections = options.profile === 'elections';
  const drawnKinds = KINDS.filter((_, i) => draw(seed, Purpose.scenario, 1, i) % 2 === 0);
  // Few requests among many faults: epochs that leave no transaction behind.
  const calm = elections || draw(seed, Purpose.scenario, 2, 0) % 3 === 0;
  const kinds: readonly Kind[] = elections ? ['crash', 'partition'] : drawnKinds;
  const swarm: Swarm = { seed, run, kinds, calm, drawn: 0, tag: 0, clients: 0 };
  while (swarm.clients < CLIENTS) newClient(swarm);
  if (options.joiners !== undefined) openConfig(run, clientId(0));
  while (run.world.now < options.duration && violationOf(run) === null) {
    runFor(run, between(swarm, 1_000, calm ? 600_000 : 60_000) as Micros);
    const what = between(swarm, 0, calm ? 7 : 24);
    if (options.joiners !== undefined && between(swarm, 0, 9) === 0) reconfigure(swarm);
    else if (kinds.length > 0 && what < (calm ? 3 : 1)) fault(swarm);
    else if (!calm || what === 3) act(run, request(swarm));
  }
  const violation = violationOf(run) ?? (options.liveness ? recover(run) : null);
  return {
    seed,
    hash: traceHash(run),
    events: run.world.events,
    actions: run.world.actions.length,
    violation,
    run,
  };
}

function between(swarm: Swarm, min: number, max: number): number {
  return drawInt(draw(swarm.seed, Purpose.fault, 0, swarm.drawn++), min, max);
}

function oneOf<T>(swarm: Swarm, items: readonly T[]): T {
  const item = items[between(swarm, 0, items.length - 1)];
  if (item === undefined) throw new RangeError('nothing to choose from');
  return item;
}

function sidsOf(swarm: Swarm): readonly Sid[] {
  return swarm.run.world.config.ensemble.servers.map((s) => s.sid);
}

function newClient(swarm: Swarm): void {
  act(
    swarm.run,
    addClient(swarm.clients++, [], false, swarm.calm ? 10_000 : between(swarm, 1_000, 8_000)),
  );
}

function fault(swarm: Swarm): void {
  const action = faultAction(swarm, oneOf(swarm, swarm.kinds));
  if (action !== null) act(swarm.run, action);
}

/** More than half of all faults mend what an earlier one did. */
function faultAction(swarm: Swarm, kind: Kind): Action | null {
  const mend = between(swarm, 0, 4) < 3;
  const sid = oneOf(swarm, sidsOf(swarm));
  const process = sid as number as ProcessId;
  const other = oneOf(swarm, sidsOf(swarm)) as number as ProcessId;
  switch (kind) {
    case 'crash':
      if (mend) return { kind: 'restart', sid };
      return { kind: 'crash', sid, tail: 'chance', silent: between(swarm, 0, 3) === 0 };
    case 'pause':
      return { kind: mend ? 'resume' : 'pause', process };
    case 'cut':
    case 'oneWay':
      if (process === other) return { kind: 'healAll' };
      return { kind: mend ? 'heal' : 'cut', from: process, to: other, bothWays: kind === 'cut' };
    case 'partition': {
      if (mend) return { kind: 'healAll' };
      const group = sidsOf(swarm).filter(() => between(swarm, 0, 1) === 0);
      return { kind: 'partition', group: group.map((s) => s as number as ProcessId) };
    }
    case 'latency': {
      const max = between(swarm, 2_000, 400_000) as Micros;
      const latency = mend ? null : { min: 500 as Micros, max };
      return process === other ? null : { kind: 'latency', from: process, to: other, latency };
    }
    case 'disk': {
      const slowness = mend ? 1 : between(swarm, 2, 100);
      return { kind: 'disk', sid, faults: { ...HEALTHY_DISK, slowness } };
    }
    case 'client':
      if (!mend) return { kind: 'killClient', process: anyClient(swarm) };
      newClient(swarm);
      return null;
  }
}

function anyClient(swarm: Swarm): ProcessId {
  return clientId(between(swarm, Math.max(0, swarm.clients - 2 * CLIENTS), swarm.clients - 1));
}

function request(swarm: Swarm): Action {
  const body = requestBody(swarm);
  return { kind: 'submit', process: anyClient(swarm), tag: ++swarm.tag, request: body };
}

function reconfigure(swarm: Swarm): void {
  const { servers } = swarm.run.world.config.ensemble;
  const body = reconfigRequest(servers, (min, max) => between(swarm, min, max));
  act(swarm.run, { kind: 'submit', process: anyClient(swarm), tag: ++swarm.tag, request: body });
}

const text = new TextEncoder();

function requestBody(swarm: Swarm): Request {
  const path = `/n${String(between(swarm, 0, 5))}`;
  switch (between(swarm, 0, 7)) {
    case 0:
      return { op: 'getData', path, watch: true };
    case 1:
      return { op: 'sync', path };
    case 2:
      return { op: 'getChildren2', path, watch: true };
    case 3: {
      const ops: MultiOp[] = [writeOp(swarm, path), writeOp(swarm, `${path}/m`)];
      return { op: 'multi', ops };
    }
    default:
      return writeOp(swarm, between(swarm, 0, 2) === 0 ? `${path}/c` : path);
  }
}

function writeOp(swarm: Swarm, path: string): MultiOp {
  const data = text.encode(String(swarm.tag));
  switch (between(swarm, 0, 5)) {
    case 0:
      return { op: 'delete', path, version: -1 };
    case 1:
    case 2:
      return { op: 'setData', path, data, version: between(swarm, 0, 3) === 0 ? 0 : -1 };
    default: {
      const flags = between(swarm, CreateMode.PERSISTENT, CreateMode.EPHEMERAL_SEQUENTIAL);
      return { op: 'create', path, data, acl: OPEN_ACL_UNSAFE, flags, ttl: 0 };
    }
  }
}
