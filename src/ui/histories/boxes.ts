/** Requests as boxes: where they lie in their session's row, and what they are. */
import type { ProcessId } from '../../core/units.ts';
import { epochOf } from '../../core/zxid.ts';
import type { Operation } from '../../sim/chronicle/model.ts';
import type { Facts } from '../state/evidence.svelte.ts';
import { xOf, type Viewport } from '../spacetime/viewport.ts';

/** Requests that are under way together lie under each other, on so many tracks at most. */
export const TRACKS = 4;

/** More boxes than this are not drawn at a time. */
export const BOXES_MAX = 1200;

const WIDTH_MIN = 3;

export interface Box {
  readonly operation: Operation;
  /** Its place among the session's requests. */
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly track: number;
  /** Where it took effect; null where that is unknown. */
  readonly effect: number | null;
  readonly epoch: number | null;
  readonly state: 'answered' | 'refused' | 'open';
}

export interface SessionRow {
  readonly client: ProcessId;
  readonly operations: readonly Operation[];
}

export function sessionRows(operations: readonly Operation[]): readonly SessionRow[] {
  const byClient = new Map<ProcessId, Operation[]>();
  for (const operation of operations) {
    const known = byClient.get(operation.client);
    if (known === undefined) byClient.set(operation.client, [operation]);
    else known.push(operation);
  }
  return [...byClient]
    .map(([client, list]) => ({ client, operations: list }))
    .sort((a, b) => a.client - b.client);
}

/** @param now how far an open one reaches. */
export function boxesOf(
  { operations }: SessionRow,
  view: Viewport,
  width: number,
  now: number,
): readonly Box[] {
  const boxes: Box[] = [];
  const busyUntil = new Array<number>(TRACKS).fill(-Infinity);
  operations.forEach((operation, index) => {
    const end = operation.returnedAt ?? Math.max(now, operation.calledAt);
    const free = busyUntil.findIndex((until) => until <= operation.calledAt);
    const track = free === -1 ? TRACKS - 1 : free;
    busyUntil[track] = end;
    if (end < view.from || operation.calledAt > view.to) return;
    const x = xOf(view, width, operation.calledAt);
    const { zxid, committedAt, err } = operation;
    boxes.push({
      operation,
      index,
      x,
      width: Math.max(WIDTH_MIN, xOf(view, width, end) - x),
      track,
      effect: committedAt === null ? null : xOf(view, width, committedAt),
      epoch: zxid === null || zxid <= 0n ? null : epochOf(zxid),
      state: operation.returnedAt === null ? 'open' : err === 0 ? 'answered' : 'refused',
    });
  });
  return boxes;
}

/** It belongs to what contradicts each other where a property broke. */
export function isEvidence({ zxid, path, sessionId }: Operation, facts: Facts): boolean {
  const named = facts.zxids.size + facts.paths.size > 0;
  if (!named) return facts.sessions.has(sessionId);
  const byZxid = zxid !== null && facts.zxids.has(zxid);
  const byPath = path !== null && facts.paths.has(path);
  return byZxid || (byPath && (facts.sessions.size === 0 || facts.sessions.has(sessionId)));
}
