/**
 * Goals that time runs to. A goal that is a state is looked for behind each window in which
 * something happened that could bring it about; a packet stops time right behind its arrival.
 */
import { unreachable } from '../core/assert.ts';
import type { Txn } from '../core/jute/txn.ts';
import type { Message } from '../core/quorum/peer-io.ts';
import type { Micros, ProcessId, SessionId } from '../core/units.ts';
import type { Zxid } from '../core/zxid.ts';
import { itemsOf, NEVER, type Channel } from '../sim/channel.ts';
import { viewClientHost } from '../sim/client-host.ts';
import type { Outbound, StepResult } from '../sim/host.ts';
import { describeMessage } from '../sim/packet-view.ts';
import type { Window, World } from '../sim/world.ts';
import type { Goal } from './api.ts';
import { refreshPictures, type Ensemble, type Seat } from './ensemble.ts';

export interface GoalWatch {
  readonly goal: Goal;
  /** Transactions on their way that could change the znode that the goal names. */
  readonly pending: Set<Zxid>;
  /** The types of packets that were in flight, each made out once. */
  readonly types: WeakMap<Message, string>;
}

export function createGoalWatch(goal: Goal): GoalWatch {
  return { goal, pending: new Set(), types: new WeakMap() };
}

/** `ask`: it may be met, whoever knows is to be asked. */
export type Look = 'met' | 'ask' | 'nothing';

/** The moment at which the packet that is waited for arrives; NEVER for other goals. */
export function packetDue(watch: GoalWatch, world: World): Micros {
  if (watch.goal.kind !== 'packet') return NEVER;
  let due = NEVER;
  for (const { there, back } of world.connections.values()) {
    due = Math.min(due, dueOn(watch, there, due), dueOn(watch, back, due)) as Micros;
  }
  return due;
}

/** @param before later ones are of no interest. */
function dueOn(watch: GoalWatch, channel: Channel, before: Micros): Micros {
  const { receiver } = channel;
  if (receiver.status !== 'running') return NEVER;
  for (const item of itemsOf(channel)) {
    if (item.held || item.at >= before) return NEVER;
    if (item.event.kind !== 'packet' || !isWanted(watch, item.event.message)) continue;
    return Math.max(item.at, receiver.floor) as Micros;
  }
  return NEVER;
}

function isWanted({ goal, types }: GoalWatch, message: Message): boolean {
  if (goal.kind !== 'packet') return false;
  let type = types.get(message);
  if (type === undefined) {
    ({ type } = describeMessage(message));
    types.set(message, type);
  }
  return type === goal.type;
}

/** What a window that was run means to the goal. */
export function lookAt(
  watch: GoalWatch,
  ensemble: Ensemble,
  window: Window,
  results: ReadonlyMap<ProcessId, StepResult>,
): Look {
  const { goal } = watch;
  switch (goal.kind) {
    case 'moment':
    case 'violated':
      return 'nothing';
    case 'packet':
      return hasArrived(watch, window, results) ? 'met' : 'nothing';
    case 'serves':
    case 'leaderless':
    case 'role':
      return some(results, changesRoles) ? 'ask' : 'nothing';
    case 'expires': {
      const wanted = goal.process === null ? null : sessionOf(ensemble, goal.process);
      return some(results, (effect) => expires(effect, wanted)) ? 'met' : 'nothing';
    }
    case 'znode':
      return some(results, (effect) => touches(watch, goal.path, effect)) ? 'ask' : 'nothing';
    default:
      return unreachable(goal);
  }
}

function some(
  results: ReadonlyMap<ProcessId, StepResult>,
  test: (effect: Outbound) => boolean,
): boolean {
  let found = false;
  // Not ended early: what is on its way is noted on the way.
  for (const { turns } of results.values()) {
    for (const { effects } of turns) {
      for (const effect of effects) if (test(effect)) found = true;
    }
  }
  return found;
}

/** Near the packet one event is run at a time. */
function hasArrived(
  watch: GoalWatch,
  window: Window,
  results: ReadonlyMap<ProcessId, StepResult>,
): boolean {
  if (!window.single) return false;
  for (const [process, { deliveries }] of window.batches) {
    const event = deliveries[0]?.event;
    if (event?.kind !== 'packet' || !isWanted(watch, event.message)) continue;
    if ((results.get(process)?.turns.length ?? 0) > 0) return true;
  }
  return false;
}

function changesRoles(effect: Outbound): boolean {
  if (effect.kind === 'exit') return true;
  return (
    effect.kind === 'note' && (effect.note.note === 'state' || effect.note.note === 'established')
  );
}

function expires(effect: Outbound, wanted: SessionId | null): boolean {
  if (effect.kind !== 'note' || effect.note.note !== 'sessionExpired') return false;
  return wanted === null || effect.note.sessionId === wanted;
}

/** Null where the client has none: any will do then. */
function sessionOf({ clients }: Ensemble, process: ProcessId): SessionId | null {
  const client = clients.get(process);
  return client === undefined ? null : viewClientHost(client).sessionId;
}

/** A transaction that could touch the path was applied. */
function touches({ pending }: GoalWatch, path: string, effect: Outbound): boolean {
  if (effect.kind !== 'note') return false;
  const { note } = effect;
  if (note.note === 'proposed' || note.note === 'logged') {
    if (note.record !== undefined && mentions(note.record.txn, path)) pending.add(note.zxid);
    return false;
  }
  if (note.note === 'recovered' || note.note === 'synchronized') return true;
  return note.note === 'applied' && pending.has(note.zxid);
}

function mentions(txn: Txn, path: string): boolean {
  if (txn.type === 'multi') return true;
  // It deletes what its session made.
  if (txn.type === 'closeSession') return true;
  return 'path' in txn && txn.path === path;
}

/** Whether the goal is met at this moment. Always asked once before time runs. */
export async function isMet(
  { goal }: GoalWatch,
  world: World,
  ensemble: Ensemble,
): Promise<boolean> {
  switch (goal.kind) {
    case 'moment':
      return world.now >= goal.at;
    case 'violated':
    case 'packet':
    case 'expires':
      return false;
    case 'znode':
      return isThere(world, ensemble, goal.path).then((there) => there === goal.exists);
    default:
  }
  await refreshPictures(ensemble);
  const running = [...ensemble.seats.values()].filter((seat) => isUp(world, seat));
  const stateOf = (seat: Seat): string | undefined => seat.picture.server?.state;
  switch (goal.kind) {
    case 'serves':
      return running.some(
        (seat) => stateOf(seat) === 'LEADING' && seat.picture.server?.serving === true,
      );
    case 'leaderless':
      return !running.some((seat) => stateOf(seat) === 'LEADING');
    case 'role':
      return running.some((seat) => seat.sid === goal.sid && stateOf(seat) === goal.state);
    default:
      return unreachable(goal);
  }
}

function isUp(world: World, { sid, port }: Pick<Seat, 'sid' | 'port'>): boolean {
  return port !== null && world.byId.get(sid as number as ProcessId)?.status === 'running';
}

/** In the tree that has come farthest: a leader's, where there is one. */
async function isThere(world: World, ensemble: Ensemble, path: string): Promise<boolean | null> {
  await refreshPictures(ensemble);
  const farthest = [...ensemble.seats.values()]
    .filter((seat) => isUp(world, seat) && seat.picture.server !== null)
    .sort((a, b) => (lastOf(a) < lastOf(b) ? 1 : -1))
    .at(0);
  if (farthest === undefined) return null;
  const children = await farthest.port?.children(path);
  return children === undefined ? null : children !== null;
}

function lastOf({ picture }: Seat): Zxid {
  return picture.server?.lastProcessed ?? (0n as Zxid);
}
