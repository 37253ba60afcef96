/**
 * What is to be drawn of the stretch in sight, in pixels: the same for canvas, SVG and pointer.
 * A hundred thousand arrows are more than there are pixels, so of arrows that would fall on the
 * same pixels one is kept.
 */
import {
  EVENT_KINDS,
  EVENT_REPLY,
  NO_FAMILY,
  type FaultSpan,
  type LifeSpan,
  type LostPacket,
  type Story,
} from '../../sim/chronicle/model.ts';
import { OUTSIDE } from './cone.ts';
import type { Lanes } from './lanes.ts';
import { codeOf, rowAtTime, type EventRows } from './rows.ts';
import { xOf, type Axis, type Viewport } from './viewport.ts';

/** How many hues the theme has; 0 is that of no epoch. */
const HUES = 6;

export interface Filter {
  /** Of FAMILIES, by number; packets of none (dials and closes) go with `sync`. */
  readonly families: readonly boolean[];
  readonly timers: boolean;
  readonly disk: boolean;
}

export const EVERYTHING: Filter = {
  families: [true, true, true, true, true],
  timers: true,
  disk: true,
};

export interface SceneInput {
  readonly rows: EventRows;
  readonly story: Story | null;
  readonly lanes: Lanes;
  readonly axis: Axis;
  readonly view: Viewport;
  readonly filter: Filter;
  /** What is outside of it is dimmed; null for no cone. */
  readonly cone: Uint8Array | null;
  readonly width: number;
  /** Of a lane, in pixels. */
  readonly laneHeight: number;
  /** Above the first lane. */
  readonly top: number;
}

export interface Arrow {
  readonly row: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly hue: number;
  readonly reply: boolean;
  readonly dim: boolean;
  /** Drawn while there is room for letters; empty else. */
  readonly code: string;
}

export interface Mark {
  readonly row: number;
  readonly kind: 'timer' | 'disk' | 'boot' | 'client' | 'order';
  readonly x: number;
  readonly y: number;
  readonly hue: number;
  readonly dim: boolean;
}

/** A rectangle of a lane. */
export interface Band {
  readonly x1: number;
  readonly x2: number;
  readonly row: number;
}

export interface Shade extends Band {
  readonly hue: number;
  readonly epoch: number | null;
  readonly span: LifeSpan;
}

export interface FaultBand extends Band {
  readonly fault: FaultSpan;
}

/** A packet that was lost: it ends half-way. */
export interface Stump {
  readonly packet: LostPacket;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly hue: number;
}

export interface Scene {
  readonly arrows: readonly Arrow[];
  readonly marks: readonly Mark[];
  readonly shades: readonly Shade[];
  readonly faults: readonly FaultBand[];
  readonly lost: readonly Stump[];
  /** Events in sight that were left out because their pixels are taken. */
  readonly thinned: number;
}

/** A packet that takes longer than this is drawn when its end is in sight, not before. */
const FLIGHT_MAX = 500_000;

/** With more arrows than this, letters would cover each other. */
const LETTERS_MAX = 90;

export function hueOf(epoch: number | null): number {
  return epoch === null || epoch <= 0 ? 0 : ((epoch - 1) % HUES) + 1;
}

export function middleOf({ top, laneHeight }: SceneInput, row: number): number {
  return top + (row + 0.5) * laneHeight;
}

export function sceneOf(input: SceneInput): Scene {
  const drawn = eventsOf(input);
  return {
    ...drawn,
    shades: shadesOf(input),
    faults: faultsOf(input),
    lost: lostOf(input),
  };
}

/** The rows whose arrows or marks may be in sight. */
function inSight({ rows, axis, view }: SceneInput): readonly [number, number] {
  if (axis === 'order') {
    const from = Math.max(0, Math.floor(view.from) - rows.first);
    return [from, Math.min(rows.count, Math.ceil(view.to) - rows.first + 200)];
  }
  return [rowAtTime(rows, view.from), rowAtTime(rows, view.to + FLIGHT_MAX)];
}

function eventsOf(input: SceneInput): Pick<Scene, 'arrows' | 'marks' | 'thinned'> {
  const { rows, axis, view, width, lanes, cone } = input;
  const { at, process, src, sentAt, cause, epoch, kind, family, flags } = rows.columns;
  const order = axis === 'order';
  const [from, to] = inSight(input);
  const arrows: Arrow[] = [];
  const marks: Mark[] = [];
  const taken = createTaken(lanes.lanes.length, grainOf(to - from));
  const scale = width / (view.to - view.from);
  // Anchored in time and not in the view: what is kept stays the same while the picture moves.
  const origin = view.from * scale;
  for (let row = from; row < to; row++) {
    const lane = lanes.rowOf[process[row] ?? 0] ?? -1;
    if (lane < 0 || !passes(input.filter, kind[row] ?? 0, family[row] ?? NO_FAMILY)) continue;
    const x2 = (order ? rows.first + row : (at[row] ?? 0)) * scale - origin;
    const dim = cone?.[row] === OUTSIDE;
    const sender = lanes.rowOf[src[row] ?? 0] ?? -1;
    if (kind[row] === PACKET && sender >= 0) {
      const start = order ? (cause[row] ?? -1) : (sentAt[row] ?? 0);
      const x1 = order && start < 0 ? x2 : start * scale - origin;
      if (x1 > width || !isFree(taken, sender, lane, x1 + origin, x2 + origin, dim)) continue;
      const y1 = middleOf(input, sender);
      const y2 = middleOf(input, lane);
      const reply = ((flags[row] ?? 0) & EVENT_REPLY) !== 0;
      const hue = hueOf(epoch[row] ?? null);
      arrows.push({ row, x1, y1, x2, y2, hue, reply, dim, code: '' });
    } else if (x2 <= width && isFree(taken, lane, lane, x2 + origin, x2 + origin, dim)) {
      const name = EVENT_KINDS[kind[row] ?? 0] ?? 'order';
      const y = middleOf(input, lane);
      const hue = hueOf(epoch[row] ?? null);
      marks.push({ row, kind: name === 'packet' ? 'order' : name, x: x2, y, hue, dim });
    }
  }
  const lettered =
    arrows.length > LETTERS_MAX
      ? arrows
      : arrows.map((arrow) => ({ ...arrow, code: codeOf(rows, arrow.row) }));
  return { arrows: lettered, marks, thinned: taken.dropped };
}

/** So many events in sight, and each may have its own pixel; of more, fewer are drawn. */
const GRAINS = [
  [4_000, 1],
  [16_000, 3],
  [50_000, 5],
] as const;

/** Pixels in which one arrow between two lanes stands for all. */
function grainOf(events: number): number {
  return GRAINS.find(([most]) => events <= most)?.[1] ?? 8;
}

const PACKET = EVENT_KINDS.indexOf('packet');
const TIMER = EVENT_KINDS.indexOf('timer');
const DISK = EVENT_KINDS.indexOf('disk');

/** FAMILIES' number of discovery and synchronization. */
const SYNC = 1;

export function passes(filter: Filter, kind: number, family: number): boolean {
  if (kind === TIMER) return filter.timers;
  if (kind === DISK) return filter.disk;
  if (kind !== PACKET) return true;
  return filter.families[family === NO_FAMILY ? SYNC : family] ?? true;
}

/** The pixels of the latest arrow between two lanes: events come in the order of their ends. */
interface Taken {
  readonly lanes: number;
  readonly grain: number;
  readonly pixels: Float64Array;
  dropped: number;
}

function createTaken(lanes: number, grain: number): Taken {
  return { lanes, grain, pixels: new Float64Array(lanes * lanes * 4).fill(-1), dropped: 0 };
}

/** @param x1 where it begins, in pixels from the beginning of the axis. */
function isFree(
  taken: Taken,
  from: number,
  to: number,
  x1: number,
  x2: number,
  dim: boolean,
): boolean {
  const { grain, pixels } = taken;
  const at = ((from * taken.lanes + to) * 2 + (dim ? 1 : 0)) * 2;
  // In a crowd the ends alone count: flights are shorter than what one arrow stands for.
  const start = grain > 1 ? 0 : Math.round(x1);
  const end = Math.round(x2 / grain);
  if (pixels[at] === start && pixels[at + 1] === end) {
    taken.dropped += 1;
    return false;
  }
  pixels[at] = start;
  pixels[at + 1] = end;
  return true;
}

/** Where a moment is on the axis in use. */
function placeOf({ rows, axis }: SceneInput, at: number): number {
  return axis === 'time' ? at : rows.first + rowAtTime(rows, at);
}

/** Null out of sight, else cut at the edges. */
function stretch(input: SceneInput, from: number, to: number | null): [number, number] | null {
  const { view, width } = input;
  const x1 = xOf(view, width, placeOf(input, from));
  const x2 = to === null ? width : xOf(view, width, placeOf(input, to));
  if (x2 < 0 || x1 > width) return null;
  return [Math.max(0, x1), Math.min(width, Math.max(x2, x1 + 1))];
}

function shadesOf(input: SceneInput): readonly Shade[] {
  const shades: Shade[] = [];
  for (const span of input.story?.spans ?? []) {
    const row = input.lanes.rowOf[span.process] ?? -1;
    const place = row < 0 ? null : stretch(input, span.from, span.to);
    if (place === null) continue;
    const [x1, x2] = place;
    shades.push({ x1, x2, row, hue: hueOf(span.epoch), epoch: span.epoch, span });
  }
  return shades;
}

function faultsOf(input: SceneInput): readonly FaultBand[] {
  const bands: FaultBand[] = [];
  for (const fault of input.story?.faults ?? []) {
    const place = stretch(input, fault.from, fault.to);
    if (place === null) continue;
    for (const process of fault.processes) {
      const row = input.lanes.rowOf[process] ?? -1;
      if (row >= 0) bands.push({ x1: place[0], x2: place[1], row, fault });
    }
  }
  return bands;
}

function lostOf(input: SceneInput): readonly Stump[] {
  const { view, width, lanes, story } = input;
  const stumps: Stump[] = [];
  for (const packet of story?.lost ?? []) {
    const from = lanes.rowOf[packet.from] ?? -1;
    const to = lanes.rowOf[packet.to] ?? -1;
    if (from < 0 || to < 0) continue;
    const x1 = xOf(view, width, placeOf(input, packet.sentAt));
    if (x1 < 0 || x1 > width) continue;
    const y1 = middleOf(input, from);
    const y2 = y1 + (middleOf(input, to) - y1) * 0.4;
    stumps.push({ packet, x1, y1, x2: x1 + 10, y2, hue: hueOf(packet.epoch) });
  }
  return stumps;
}

/** How near the pointer must be, in pixels. */
const REACH = 7;

/** The event whose mark or arrow is nearest; ends of arrows come before their middles. */
export function rowUnder({ marks, arrows }: Scene, x: number, y: number): number | null {
  const ends = [
    ...marks.map((mark) => ({ row: mark.row, away: Math.hypot(mark.x - x, mark.y - y) })),
    ...arrows.map(({ row, x2, y2 }) => ({ row, away: Math.hypot(x2 - x, y2 - y) })),
  ];
  const end = nearest(ends);
  if (end !== null) return end;
  return nearest(arrows.map((arrow) => ({ row: arrow.row, away: distanceTo(arrow, x, y) })));
}

interface Candidate {
  readonly row: number;
  readonly away: number;
}

function nearest(candidates: readonly Candidate[]): number | null {
  let best: Candidate = { row: -1, away: REACH };
  for (const candidate of candidates) if (candidate.away < best.away) best = candidate;
  return best.row === -1 ? null : best.row;
}

function distanceTo({ x1, y1, x2, y2 }: Arrow, x: number, y: number): number {
  const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = length === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x1 + share * (x2 - x1) - x, y1 + share * (y2 - y1) - y);
}
