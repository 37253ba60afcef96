/** The processes of a world: how they come to be, and how they start again. */
import type { Micros, ProcessId } from '../core/units.ts';
import { HEALTHY_DISK } from './actions.ts';
import { firstSeqOf } from './agenda.ts';
import { NEVER } from './channel.ts';
import type { Process, World } from './world-state.ts';

export function createProcess(
  id: ProcessId,
  kind: Process['kind'],
  name: string,
  console: boolean,
  since: Micros,
): Process {
  return {
    id,
    kind,
    name,
    console,
    status: 'running',
    silent: false,
    since,
    reason: null,
    incarnation: 0,
    floor: since,
    nextDue: NEVER,
    nextSeq: 0,
    sent: 0,
    inbox: [],
    faults: HEALTHY_DISK,
    skew: 0 as Micros,
    log: [],
    transcript: [],
  };
}

/** Its boot is due at `at`, as the first of its own events. */
export function startProcess(process: Process, incarnation: number, at: Micros): void {
  process.status = 'running';
  process.silent = false;
  process.since = at;
  process.reason = null;
  process.incarnation = incarnation;
  process.floor = at;
  process.nextDue = at;
  process.nextSeq = firstSeqOf(incarnation);
}

/** Keeps the processes in the order of their ids. */
export function addProcess(world: World, process: Process): void {
  world.byId.set(process.id, process);
  const before = world.processes.findIndex((other) => other.id > process.id);
  world.processes.splice(before < 0 ? world.processes.length : before, 0, process);
}
