/**
 * Where packets are between two ends, at a moment of virtual time. A lane is one direction of a
 * connection: its packets keep their order and a distance, so that FIFO can be seen. What has no
 * room stands together as a bundle with a count.
 */
import type { PortName } from '../../core/quorum/peer-io.ts';
import type { ConnId, ProcessId } from '../../core/units.ts';
import type { LinkView, PacketView } from '../../sim/frame.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An end of a flight: where it is, and how far from its centre packets come and go. */
export interface End extends Point {
  readonly radius: number;
}

export interface Lane {
  readonly conn: ConnId;
  readonly from: End;
  readonly to: End;
  /** Pixels to the right of the straight line, seen in the direction of flight. */
  readonly offset: number;
  /** Pixels that packets travel. */
  readonly room: number;
  /** How far the way leaves the straight line in its middle, to pass a server that stands there. */
  readonly bend: Point;
  /** First to arrive, first. */
  readonly packets: readonly PacketView[];
}

/** A packet as it is drawn, or several where there is no room for each. */
export interface Spot extends Point {
  readonly key: string;
  readonly packet: PacketView;
  /** How many it stands for: the packet and those right behind it. */
  readonly count: number;
  /** Held, or stuck at a cut, or behind such a one. */
  readonly waits: boolean;
  /** Radians clockwise from the right: where it goes. */
  readonly heading: number;
}

/** Half the distance between the two directions of a link. */
const LANE = 9;

/** Where two connections lead the same way, the second runs beside the first. */
const NEXT_LANE = 21;

/** A session stands close to its server: its packets pass beside both, so as not to cover them. */
const CLIENT_LANE = 15;

/** A queue stands before the scissors in the middle of a cut link. */
const BEFORE_CUT = 20;

/** A packet in a person's hand stands here, as a share of its way. */
const HELD_AT = 0.5;

/** Lanes between ends that are in the picture. */
export function lanesOf(
  packets: readonly PacketView[],
  endOf: (process: ProcessId) => End | null,
  bendOf: (from: ProcessId, to: ProcessId) => Point = () => STRAIGHT,
): Lane[] {
  const groups = new Map<string, PacketView[]>();
  for (const packet of packets) {
    const key = laneKey(packet);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [packet]);
    else group.push(packet);
  }
  const ways = new Map<string, PortName[]>();
  const lanes: Lane[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const from = endOf(first.from);
    const to = endOf(first.to);
    if (from === null || to === null) continue;
    const way = `${String(first.from)}>${String(first.to)}`;
    const before = ways.get(way) ?? [];
    ways.set(way, [...before, first.port]);
    const base = first.port === 'client' ? CLIENT_LANE : LANE;
    lanes.push({
      conn: first.conn,
      from,
      to,
      offset: base + before.length * NEXT_LANE,
      room: Math.max(0, Math.hypot(to.x - from.x, to.y - from.y) - from.radius - to.radius),
      bend: bendOf(first.from, first.to),
      packets: group,
    });
  }
  return lanes;
}

function laneKey({ conn, from }: PacketView): string {
  return `${String(conn)}/${String(from)}`;
}

export function packetKey(packet: PacketView): string {
  return `${laneKey(packet)}/${String(packet.index)}`;
}

/**
 * What is to be drawn of a lane.
 *
 * @param now virtual microseconds. @param gap pixels between two packets of a lane, at least.
 */
export function spotsOf(lane: Lane, now: number, gap: number): Spot[] {
  const { packets, room } = lane;
  const spots: Spot[] = [];
  const heading = headingOf(lane);
  let limit = Infinity;
  for (const [i, packet] of packets.entries()) {
    const waits = !Number.isFinite(packet.arrivesAt);
    const along = Math.min(placeOf(packet, room, now), limit);
    if (along < 0 && spots.length > 0) {
      const last = spots.pop();
      if (last !== undefined) spots.push({ ...last, count: packets.length - i + 1 });
      return spots;
    }
    limit = along - gap;
    const at = pointOn(lane, along);
    spots.push({ key: packetKey(packet), packet, count: 1, waits, heading, ...at });
  }
  return spots;
}

/** Pixels from where it starts, were it alone. */
function placeOf(packet: PacketView, room: number, now: number): number {
  if (packet.held) return room * HELD_AT;
  if (!Number.isFinite(packet.arrivesAt)) return Math.max(0, room / 2 - BEFORE_CUT);
  const whole = packet.arrivesAt - packet.sentAt;
  const share = whole <= 0 ? 1 : (now - packet.sentAt) / whole;
  return room * Math.max(0, Math.min(1, share));
}

/** @param along pixels from where packets start. */
export function pointOn({ from, to, offset, bend }: Lane, along: number): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const way = from.radius + along;
  const share = way / length;
  const off = 4 * share * (1 - share);
  return {
    x: from.x + (dx * way - dy * offset) / length + bend.x * off,
    y: from.y + (dy * way + dx * offset) / length + bend.y * off,
  };
}

export const STRAIGHT: Point = { x: 0, y: 0 };

/** Pixels that a way may leave the straight line. */
const BEND_MAX = 90;

/**
 * How far a way between two ends must leave the straight line so as to pass all others.
 *
 * @param clear pixels between the way and the middle of another, at least.
 */
export function bendBetween(a: Point, b: Point, others: Iterable<Point>, clear: number): Point {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  let most = 0;
  for (const other of others) {
    const [x, y] = [other.x - a.x, other.y - a.y];
    const share = (x * dx + y * dy) / (length * length);
    if (share <= 0.08 || share >= 0.92) continue;
    // Positive: it stands to the right, seen from a to b.
    const side = (dx * y - dy * x) / length;
    if (Math.abs(side) >= clear) continue;
    const need = (clear - Math.abs(side)) / (4 * share * (1 - share));
    if (need > Math.abs(most)) most = side > 0 ? -need : need;
  }
  const bend = Math.max(-BEND_MAX, Math.min(BEND_MAX, most));
  return bend === 0 ? STRAIGHT : { x: (-dy / length) * bend, y: (dx / length) * bend };
}

/** The share of its way at which a lane comes nearest to a point, and how far that is in pixels. */
export function nearestOn(lane: Lane, point: Point): { share: number; distance: number } {
  const start = pointOn(lane, 0);
  const end = pointOn(lane, lane.room);
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const square = dx * dx + dy * dy || 1;
  const raw = ((point.x - start.x) * dx + (point.y - start.y) * dy) / square;
  const share = Math.max(0, Math.min(1, raw));
  const distance = Math.hypot(point.x - start.x - dx * share, point.y - start.y - dy * share);
  return { share, distance };
}

function headingOf({ from, to }: Lane): number {
  return Math.atan2(to.y - from.y, to.x - from.x);
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

/** Pixels between the middles of two marks of cuts. */
const MARK_GAP = 30;

/** Where on its link the mark of a cut stands: in the middle, unless another stands there. */
export function markPlaces(
  links: readonly { readonly a: Point; readonly b: Point }[],
): readonly Point[] {
  const taken: Point[] = [];
  for (const { a, b } of links) {
    const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map((share) => ({
      x: a.x + (b.x - a.x) * share,
      y: a.y + (b.y - a.y) * share,
    }));
    const free = places.find((place) =>
      taken.every((other) => Math.hypot(other.x - place.x, other.y - place.y) >= MARK_GAP),
    );
    taken.push(free ?? places[0] ?? a);
  }
  return taken;
}
