/** The world: processes, the bus between them, virtual time, and everything a person does. */
import type { Micros, ProcessId, Sid } from '../core/units.ts';
import type { WorldConfig } from './actions.ts';
import { createChecker } from './check/checker.ts';
import { createLinks } from './links.ts';
import { addProcess, createProcess, startProcess } from './process.ts';
import { createTraceHash } from './trace-hash.ts';
import { createTrace } from './trace.ts';
import { WORLD_ID, type HostOrder, type World } from './world-state.ts';

export { applyAction } from './apply-action.ts';
export { closeWindow, dueOf, openWindow, settleTime } from './window.ts';
export type { TurnObserver, Window } from './window.ts';
export type { HostOrder, Process, World } from './world-state.ts';

export interface WorldOptions {
  /** The trace hash costs about a tenth of a run's time. Default true. */
  readonly hash?: boolean;
  /** Check the invariants at every turn. Default true. */
  readonly check?: boolean;
  /** Keep the latest trace entries for people. Default false. */
  readonly keepTrace?: boolean;
  /** Virtual time at which the world begins; 0 unless it goes on from stored disks. */
  readonly start?: Micros;
  /** Which life of the servers begins; above those before, if it goes on from stored disks. */
  readonly incarnation?: number;
}

/** Every server is about to boot: see `bootOrders`. */
export function createWorld(config: WorldConfig, options: WorldOptions = {}): World {
  const links = createLinks(config);
  const start = options.start ?? (0 as Micros);
  const nobody = createProcess(WORLD_ID, 'world', 'nobody', false, start);
  nobody.status = 'down';
  const world: World = {
    config,
    now: start,
    partial: false,
    events: 0,
    cause: -1,
    lost: null,
    processes: [],
    byId: new Map(),
    nobody,
    links,
    connections: new Map(),
    lines: new Map(),
    breaks: [],
    actions: [],
    beyondTcp: false,
    hash: options.hash === false ? null : createTraceHash(),
    trace: createTrace(options.keepTrace === true),
    checker: options.check === false ? null : createChecker(config.ensemble),
    marks: new Map(),
  };
  for (const { sid } of config.ensemble.servers) {
    const id = sid as number as ProcessId;
    const process = createProcess(id, 'server', `server ${String(sid)}`, false, start);
    startProcess(process, options.incarnation ?? 0, start);
    addProcess(world, process);
  }
  return world;
}

/** The orders with which a new world begins. */
export function bootOrders(world: World): readonly HostOrder[] {
  return world.processes.map((process) => ({
    kind: 'boot',
    sid: process.id as number as Sid,
    incarnation: process.incarnation,
    at: world.now,
  }));
}
