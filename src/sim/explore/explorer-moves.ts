/**
 * The moves that the explorer considers, and where. Events at different processes commute, and so
 * do faults of one process with events at others; so each move is considered once only, where it
 * would begin to make a difference: a fault of a server right after the server itself got to
 * another stage, a packet or its connection right before it is delivered.
 */
import type { ProcessId, Sid } from '../../core/units.ts';
import type { Action } from '../actions.ts';
import type { World } from '../world.ts';
import type { MoveKind, Only } from './explore-io.ts';
import {
  comingNext,
  hasUnsynced,
  isPing,
  type Asleep,
  type Happened,
  type Walker,
} from './explorer-step.ts';

export interface Move {
  readonly kind: MoveKind | 'may';
  readonly action: Action;
  readonly isFault: boolean;
  /** Of a packet that is postponed. */
  readonly asleep: Asleep | null;
  /** Which of `may` it is. */
  readonly may: number | null;
}

export interface Rules {
  readonly only: Only;
  readonly may: readonly Action[];
}

/**
 * @param happened what came last; null at the very beginning, where everybody may fail.
 * @param done which of `may` took place already.
 */
export function movesAt(
  walker: Walker,
  rules: Rules,
  happened: Happened | null,
  done: ReadonlySet<number>,
): readonly Move[] {
  const moves: Move[] = [];
  const { world } = walker.run;
  if (happened === null || happened.isStage) {
    for (const { id, kind } of world.processes) {
      if (kind !== 'server') continue;
      if (happened === null || happened.process === id) addFaults(moves, walker, id);
    }
    addRepairs(moves, world);
    rules.may.forEach((action, may) => {
      if (!done.has(may)) moves.push({ kind: 'may', action, isFault: false, asleep: null, may });
    });
  }
  addPacketMoves(moves, world);
  return moves.filter((move) => isWanted(move, rules.only, world));
}

function addFaults(moves: Move[], walker: Walker, id: ProcessId): void {
  const { run } = walker;
  const { world } = run;
  const sid = id as number as Sid;
  const process = world.byId.get(id);
  if (process?.status !== 'running') return;
  moves.push(fault('crash', { kind: 'crash', sid, tail: 'kept', silent: false }));
  if (hasUnsynced(run, sid)) {
    moves.push(fault('powerLoss', { kind: 'crash', sid, tail: 'lost', silent: false }));
  }
  const others = world.processes.filter((other) => other.kind === 'server' && other.id !== id);
  const cuts = others.filter((other) => !isCut(world, id, other.id));
  for (const { id: to } of cuts) {
    moves.push(fault('cut', { kind: 'cut', from: id, to, bothWays: true }));
  }
  if (cuts.length > 1) moves.push(fault('cut', { kind: 'partition', group: [id] }));
}

function addRepairs(moves: Move[], world: World): void {
  for (const { id, kind, status } of world.processes) {
    if (kind !== 'server' || status !== 'down') continue;
    moves.push(repair('restart', { kind: 'restart', sid: id as number as Sid }));
  }
  if ([...world.links.byKey.values()].some((link) => link.cut)) {
    moves.push(repair('heal', { kind: 'healAll' }));
  }
}

function addPacketMoves(moves: Move[], world: World): void {
  const coming = comingNext(world);
  const item = coming?.item ?? null;
  if (coming === null || item === null) return;
  const { process } = coming;
  const { event, src, index } = item;
  if (!('conn' in event) || src === world.nobody.id || isPing(event)) return;
  const { conn } = event;
  if (world.connections.get(conn)?.port === 'quorum') {
    moves.push(fault('breakConnection', { kind: 'breakConnection', conn }));
  }
  const action = { kind: 'hold', conn, from: src, index } as const;
  const asleep = { action, receiver: process };
  moves.push({ kind: 'postpone', action, isFault: false, asleep, may: null });
}

function isCut(world: World, a: ProcessId, b: ProcessId): boolean {
  const links = [...world.links.byKey.values()];
  return links.some(({ from, to, cut }) => cut && from === a && to === b);
}

function fault(kind: MoveKind, action: Action): Move {
  return { kind, action, isFault: true, asleep: null, may: null };
}

function repair(kind: MoveKind, action: Action): Move {
  return { kind, action, isFault: false, asleep: null, may: null };
}

function isWanted({ kind, action, asleep }: Move, only: Only, world: World): boolean {
  if (kind === 'may') return true;
  if (only.moves !== undefined && !only.moves.includes(kind)) return false;
  const { processes } = only;
  if (processes === undefined || action.kind === 'healAll') return true;
  return touched(action, asleep, world).some((id) => processes.includes(id));
}

function touched(action: Action, asleep: Asleep | null, world: World): readonly ProcessId[] {
  switch (action.kind) {
    case 'crash':
    case 'restart':
      return [action.sid as number as ProcessId];
    case 'cut':
      return [action.from, action.to];
    case 'partition':
      return action.group;
    case 'hold':
      return asleep === null ? [action.from] : [action.from, asleep.receiver];
    case 'breakConnection': {
      const connection = world.connections.get(action.conn);
      return connection === undefined ? [] : [connection.dialler.id, connection.acceptor.id];
    }
    default:
      return [];
  }
}
