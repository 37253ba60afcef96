/** What the explorer does with a run: fork it, see what comes next, let it happen. */
import type { Micros, ProcessId, Sid } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import type { InFlight } from '../channel.ts';
import type { Inbound } from '../host.ts';
import { act, stepHandled, type LocalRun } from '../local.ts';
import type { MemberHost } from '../member.ts';
import { createTrace } from '../trace.ts';
import { dueOf, settleTime, type World } from '../world.ts';
import { copyHasher, createStateHasher, forgetHost, type StateHasher } from './state-hash.ts';

/** A run on its way through the possibilities. */
export interface Walker {
  readonly run: LocalRun;
  /** The hosts that are its own; the others it shares with other walkers until they move. */
  readonly owned: Set<ProcessId>;
  readonly hasher: StateHasher;
  /** Packets that wait until their receiver has met something else. */
  asleep: readonly Asleep[];
  /** How far each server is: what happens between two stages makes no difference to a fault. */
  readonly stages: Map<ProcessId, string>;
  /** Packets delivered so far, but for pings. */
  deliveries: number;
  /** Turns so far: an idle ensemble ticks for ever. */
  turns: number;
}

/** A held packet, by its action and by who waits for it. */
export interface Asleep {
  readonly action: Extract<Action, { readonly kind: 'hold' }>;
  readonly receiver: ProcessId;
}

/** What comes next by itself. `item` is null for a process's own timer or disk. */
export interface Coming {
  readonly process: ProcessId;
  readonly item: InFlight | null;
}

/** Leaves the start as it is, and whatever only people look at behind. */
export function createWalker(start: LocalRun): Walker {
  const world: World = { ...start.world, hash: null, trace: createTrace(false) };
  const walker: Walker = {
    run: copyRun({ ...start, world }),
    owned: new Set(),
    hasher: createStateHasher(),
    asleep: [],
    stages: new Map(),
    deliveries: 0,
    turns: 0,
  };
  for (const { log, transcript } of walker.run.world.processes) {
    log.length = 0;
    transcript.length = 0;
  }
  for (const [id, host] of walker.run.hosts) {
    if (host.kind === 'member') walker.stages.set(id, stageOf(host));
  }
  return walker;
}

/** Both go on by themselves from here. */
export function forkWalker(walker: Walker): Walker {
  walker.owned.clear();
  return {
    run: copyRun(walker.run),
    owned: new Set(),
    hasher: copyHasher(walker.hasher),
    asleep: walker.asleep,
    stages: new Map(walker.stages),
    deliveries: walker.deliveries,
    turns: walker.turns,
  };
}

/** The hosts stay where they are until somebody moves them: they are most of a run. */
function copyRun(run: LocalRun): LocalRun {
  return {
    ...run,
    world: structuredClone(run.world),
    hosts: new Map(run.hosts),
    images: new Map(run.images),
  };
}

function own(walker: Walker, process: ProcessId): void {
  forgetHost(walker.hasher, process);
  if (walker.owned.has(process)) return;
  walker.owned.add(process);
  const host = walker.run.hosts.get(process);
  if (host !== undefined) walker.run.hosts.set(process, structuredClone(host));
}

/** Null when nothing is planned at all. */
export function comingNext(world: World): Coming | null {
  let first: Coming | null = null;
  let firstDue = Infinity;
  for (const process of world.processes) {
    const due = dueOf(process);
    if (due >= firstDue) continue;
    const head = process.inbox[0];
    const item = head === undefined || process.nextDue <= head.at ? null : head.queue[head.head];
    first = { process: process.id, item: item ?? null };
    firstDue = due;
  }
  return first;
}

export interface Happened {
  readonly process: ProcessId;
  /** The server got to another stage by it. */
  readonly isStage: boolean;
}

/** One event takes place. Null when nothing is planned at all. */
export function stepWalker(walker: Walker): Happened | null {
  const { run } = walker;
  const handled = stepHandled(run, Infinity as Micros, (process) => {
    own(walker, process);
  });
  if (handled === null) return null;
  const { process, event } = handled;
  walker.turns++;
  if (event?.kind === 'packet' && !isPing(event)) walker.deliveries++;
  wake(walker, process);
  const host = run.hosts.get(process);
  const stage = host?.kind === 'member' ? stageOf(host) : host === undefined ? 'down' : '';
  const isStage = walker.stages.get(process) !== stage;
  walker.stages.set(process, stage);
  return { process, isStage };
}

/** A sign of life between servers, or between a client and its server. */
export function isPing(event: Inbound): boolean {
  if (event.kind !== 'packet') return false;
  const { message } = event;
  if (!('kind' in message)) return message.type === 'PING';
  if (message.kind === 'request') return message.request.op === 'ping';
  return message.kind === 'reply' && message.op === 'ping';
}

/** Its receiver has met something else: now the packet may come. */
function wake(walker: Walker, process: ProcessId): void {
  const due = walker.asleep.filter(({ receiver }) => receiver === process);
  if (due.length === 0) return;
  walker.asleep = walker.asleep.filter(({ receiver }) => receiver !== process);
  for (const { action } of due) doAction(walker, { ...action, kind: 'release' });
}

/** False where the world refuses it. */
export function doAction(walker: Walker, action: Action): boolean {
  const { run } = walker;
  const settled = settleTime(run.world);
  // What is left of this moment happens first.
  for (const process of run.world.processes) {
    if (dueOf(process) < settled) own(walker, process.id);
  }
  if ('sid' in action) own(walker, action.sid as number as ProcessId);
  if ('process' in action) own(walker, action.process);
  return act(run, action).ok;
}

/** What of a server survives, and where it stands in the protocol. */
function stageOf({ server, disk }: MemberHost): string {
  const { role, state, zabState, acceptedEpoch, currentEpoch, db } = server;
  const phase =
    role.name === 'learning'
      ? `${role.learner.phase} ${String(role.learner.packetsNotLogged.length)}`
      : role.name === 'leading'
        ? role.leader.phase
        : '';
  const { cache, platter, pending } = disk;
  const files = [cache.log.length, platter.log.length, pending.length, cache.snapshots.length];
  const epochs = [acceptedEpoch, currentEpoch, platter.acceptedEpoch, platter.currentEpoch];
  const zxid = db.tree.lastProcessedZxid.toString(16);
  return [role.name, state, zabState, phase, zxid, ...epochs, ...files].join(' ');
}

/** Something was written that a loss of power would take. */
export function hasUnsynced(run: LocalRun, sid: Sid): boolean {
  const host = run.hosts.get(sid as number as ProcessId);
  if (host?.kind !== 'member') return false;
  const { cache, platter, pending } = host.disk;
  return pending.length > 0 || cache.log.length !== platter.log.length;
}
