/** Writes down what a branch lives through, turn by turn. */
import type { ProcessId } from '../../core/units.ts';
import type { DiskAsk, LocalRun, Seen } from '../local.ts';
import type { LostItem, World } from '../world-state.ts';
import { causeOfAction } from '../world-state.ts';
import { describeMessage } from '../packet-view.ts';
import { noteEventOf, planningEvent, type Branch } from './branch.ts';
import { dropBefore, dropInts, intern, pushRow, type Names } from './columns.ts';
import { kindNumber, wordsOf } from './event-row.ts';
import { lookAround, noteTurn } from './life.ts';
import { noteHistory } from './operations.ts';
import {
  EVENT_ACTION,
  EVENT_INTERESTING,
  EVENT_PHASE,
  EVENT_REPLY,
  EVENT_VIOLATION,
  type LostPacket,
} from './model.ts';

/** The most events that one branch keeps; the older half goes when there are more. */
export const EVENTS_MAX = 2 ** 21;

/** The most lost packets that one branch keeps. */
export const LOST_MAX = 5_000;

/** A turn, once it has been applied to the branch's head. */
export function recordTurn(names: Names, branch: Branch, world: World, seen: Seen): void {
  const { event, process, turn, delivery } = seen;
  const { columns } = branch;
  if (columns.count >= EVENTS_MAX) forgetHalf(branch);
  const words = wordsOf(seen, takeAsk(branch, seen));
  const cause = causeOf(branch, world, seen);
  pushRow(columns, {
    at: turn.at,
    process: process.id,
    kind: kindNumber(words.kind),
    type: intern(names, words.type),
    code: intern(names, words.code),
    src: delivery?.src ?? (0 as ProcessId),
    sentAt: delivery?.sentAt ?? turn.at,
    cause,
    epoch: words.epoch,
    zxid: words.zxid,
    family: words.family,
    flags: (words.reply ? EVENT_REPLY : 0) | flagsOf(branch, world, event, cause),
    planned: seen.planned,
  });
  noteEventOf(branch, process.id, event);
  noteTurn(branch.life, seen, world);
  noteHistory(branch.ledger, seen);
  takeViolations(branch, world, event);
  takeLost(branch, world);
}

function forgetHalf({ columns, byProcess }: Branch): void {
  dropBefore(columns, columns.first + EVENTS_MAX / 2);
  for (const list of byProcess.values()) dropInts(list, columns.first);
}

/** An action took place: the head stands right behind it. */
export function recordAction(branch: Branch, head: LocalRun): void {
  const { world } = head;
  const index = world.actions.length - 1;
  const timed = world.actions[index];
  if (timed === undefined) return;
  branch.marks.push({ index, timed, events: world.events });
  lookAround(branch.life, head);
  for (const { id, status } of world.processes) if (status === 'down') branch.asks.delete(id);
  takeViolations(branch, world, world.events - 1);
  takeLost(branch, world);
  count(branch, world);
}

/** From now on only what is new counts. */
export function count({ counted }: Branch, { trace, checker }: World): void {
  counted.interesting = trace.interesting;
  counted.phases = trace.phases;
  counted.violations = checker?.violations.size ?? 0;
}

/** What the disks are at work on. */
export function asksOf(run: LocalRun): Map<ProcessId, Map<number, DiskAsk>> {
  const asks = new Map<ProcessId, Map<number, DiskAsk>>();
  for (const [id, host] of run.hosts) {
    if (host.kind !== 'member') continue;
    asks.set(id, new Map(host.disk.pending.map(({ effect }) => [effect.op, effect])));
  }
  return asks;
}

/** What the operation was whose completion this is; remembers those that the turn began. */
function takeAsk({ asks }: Branch, { process, turn, asked }: Seen): DiskAsk | null {
  let known = asks.get(process.id);
  const { own } = turn;
  let ask: DiskAsk | null = null;
  if (own?.kind === 'durable' || own?.kind === 'diskFailed') {
    ask = known?.get(own.op) ?? null;
    known?.delete(own.op);
  }
  if (asked.length === 0) return ask;
  if (known === undefined) {
    known = new Map();
    asks.set(process.id, known);
  }
  for (const effect of asked) known.set(effect.op, effect);
  return ask;
}

function causeOf(branch: Branch, world: World, { process, turn, delivery }: Seen): number {
  if (delivery !== null) return delivery.cause;
  if (turn.own?.kind !== 'boot') return planningEvent(branch, process.id, turn.seq);
  const index = world.actions.findLastIndex(
    ({ action }) => action.kind === 'restart' && action.sid === (process.id as number),
  );
  return index < 0 ? -1 : causeOfAction(index);
}

function flagsOf(branch: Branch, world: World, event: number, cause: number): number {
  const { counted, firstEvents } = branch;
  const { trace, checker } = world;
  let flags = 0;
  if (trace.interesting > counted.interesting) flags |= EVENT_INTERESTING;
  if (trace.phases > counted.phases) flags |= EVENT_PHASE;
  if ((checker?.violations.size ?? 0) > counted.violations) flags |= EVENT_VIOLATION;
  if (cause < -1 && !firstEvents.has(cause)) {
    firstEvents.set(cause, event);
    flags |= EVENT_ACTION;
  }
  return flags;
}

function takeViolations(branch: Branch, world: World, event: number): void {
  const { violations } = branch;
  const { checker } = world;
  if (checker !== null && checker.violations.size > branch.counted.violations) {
    for (const [name, { why, at }] of [...checker.violations].slice(branch.counted.violations)) {
      violations.push({ name, why, at, event });
    }
  }
  count(branch, world);
}

function takeLost({ lost }: Branch, world: World): void {
  if (world.lost === null || world.lost.length === 0) return;
  for (const item of world.lost) {
    const packet = lostPacket(item);
    if (packet !== null) lost.push(packet);
  }
  world.lost.length = 0;
  if (lost.length > LOST_MAX) lost.splice(0, lost.length - LOST_MAX);
}

function lostPacket({ item, to, at }: LostItem): LostPacket | null {
  const { event, src, sentAt, cause } = item;
  if (event.kind !== 'packet') return null;
  const { type, code, family, epoch } = describeMessage(event.message);
  return { from: src, to, type, code, family, epoch, sentAt, at, cause: Math.max(-1, cause) };
}
