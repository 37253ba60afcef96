/** Where packets are between two ends, at a moment of virtual time. */
import type { ProcessId } from '../../core/units.ts';
import type { LinkView, PacketView } from '../../sim/frame.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An end of a flight: where it is, and how far from its centre packets come and go. */
export interface End extends Point {
  readonly radius: number;
}

export interface Flight {
  readonly key: string;
  readonly packet: PacketView;
  readonly from: End;
  readonly to: End;
  /** Pixels to the right of the straight line, seen in the direction of flight. */
  readonly lane: number;
  /** Where it waits, as a share of the way, if it does: held, or stuck at a cut. */
  readonly waitsAt: number | null;
}

/** Drawn at most; the newest of a crowd are left out and counted instead. */
export const PACKETS_MAX = 160;

/** Half the distance between the two directions of a link. */
const LANE = 7;

/** A session stands close to its server: its packets pass beside both, so as not to cover them. */
const CLIENT_LANE = 15;

/** A queue before a cut begins here and grows backwards. */
const QUEUE_HEAD = 0.4;
const QUEUE_STEP = 0.09;

/** Packets between ends that are in the picture, with those that wait in the order of their queue. */
export function flightsOf(
  packets: readonly PacketView[],
  endOf: (process: ProcessId) => End | null,
): Flight[] {
  const queues = new Map<string, number>();
  const flights: Flight[] = [];
  for (const packet of packets) {
    if (flights.length >= PACKETS_MAX) break;
    const from = endOf(packet.from);
    const to = endOf(packet.to);
    if (from === null || to === null) continue;
    flights.push({
      key: packetKey(packet),
      packet,
      from,
      to,
      lane: packet.family === 'client' ? CLIENT_LANE : LANE,
      waitsAt: waitingPlace(packet, queues),
    });
  }
  return flights;
}

export function packetKey(packet: PacketView): string {
  return `${String(packet.conn)}/${String(packet.from)}/${String(packet.index)}`;
}

function waitingPlace(packet: PacketView, queues: Map<string, number>): number | null {
  if (Number.isFinite(packet.arrivesAt)) return null;
  const queue = `${String(packet.from)}>${String(packet.to)}`;
  const before = queues.get(queue) ?? 0;
  queues.set(queue, before + 1);
  return Math.max(0.04, QUEUE_HEAD - before * QUEUE_STEP);
}

/** @param now virtual microseconds. */
export function positionOf(flight: Flight, now: number): Point {
  const { from, to, lane } = flight;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const room = Math.max(0, length - from.radius - to.radius);
  const along = from.radius + room * shareOf(flight, now);
  return {
    x: from.x + (dx * along - dy * lane) / length,
    y: from.y + (dy * along + dx * lane) / length,
  };
}

function shareOf({ packet, waitsAt }: Flight, now: number): number {
  if (waitsAt !== null) return waitsAt;
  const whole = packet.arrivesAt - packet.sentAt;
  if (whole <= 0) return 1;
  return Math.max(0, Math.min(1, (now - packet.sentAt) / whole));
}

/** Degrees clockwise from the right: where an arrowhead points. */
export function headingOf({ from, to }: Flight): number {
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}

/** A cut between two processes, both directions taken together. */
export interface Cut {
  readonly a: ProcessId;
  readonly b: ProcessId;
  /** Null: both ways. Else nothing gets from `from` to the other. */
  readonly from: ProcessId | null;
}

export function cutsOf(links: readonly LinkView[]): Cut[] {
  const cut = new Map(links.filter((link) => link.cut).map((link) => [linkKey(link), link]));
  return [...cut.values()].flatMap(({ from, to }): Cut[] => {
    if (!cut.has(linkKey({ from: to, to: from }))) return [{ a: from, b: to, from }];
    return from < to ? [{ a: from, b: to, from: null }] : [];
  });
}

function linkKey({ from, to }: Pick<LinkView, 'from' | 'to'>): string {
  return `${String(from)}>${String(to)}`;
}
