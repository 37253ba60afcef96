/**
 * Where everything in the ensemble's picture stands: servers evenly on an ellipse with the first
 * at the top, their labels outside of it, and how much can be written at this size.
 */
import { pointRadial } from 'd3';
import type { Sid } from '../../core/units.ts';

/**
 * `full`: four lines beside each server. `compact`: two. `narrow`: two lines centred below or
 * above. `tiny`: the sid stands inside the shape and nothing beside it.
 */
export type Density = 'full' | 'compact' | 'narrow' | 'tiny';

export interface Place {
  readonly sid: Sid;
  /** Pixels from the centre. */
  readonly x: number;
  readonly y: number;
  /** Radians clockwise from the top. */
  readonly angle: number;
  /** Where its label stands. */
  readonly label: 'left' | 'right' | 'above' | 'below';
  /** In the upper half: its sessions dock above it, else below. */
  readonly upper: boolean;
  /** At the top or the bottom of the ring, where neighbours stand left and right of it. */
  readonly pole: boolean;
}

export interface RingGeometry {
  readonly density: Density;
  /** Radius of a server's shape. */
  readonly node: number;
  readonly rx: number;
  readonly ry: number;
  readonly places: ReadonlyMap<Sid, Place>;
}

/** Four lines of 16 pixels. */
const LABEL_FULL = 62;

/** What a density needs around the ring, in pixels. */
interface Needs {
  /** For labels to the left and right. */
  readonly beside: number;
  /** For docks and labels above and below. */
  readonly over: number;
  /** The size of a label. */
  readonly labelWidth: number;
  readonly labelHeight: number;
}

const needs: Readonly<Record<Density, Needs>> = {
  full: { beside: 134, over: 48, labelWidth: 126, labelHeight: LABEL_FULL },
  compact: { beside: 100, over: 56, labelWidth: 88, labelHeight: 32 },
  narrow: { beside: 26, over: 58, labelWidth: 84, labelHeight: 30 },
  tiny: { beside: 14, over: 48, labelWidth: 0, labelHeight: 0 },
};

const NODE_MAX = 30;
const NODE_NARROW = 23;
const NODE_MIN = 15;

/** From a server's shape to the outer edge of its rings, and on to where its sessions dock. */
const RINGS = 11;
const DOCK = 34;

/** The widest that the ring gets, compared with its height. */
const STRETCH_MAX = 1.7;
const STRETCH_TINY = 2.4;

/** In a lower picture the ring uses its width instead. Pixels. */
const FLAT = 280;

/** More servers than this stand evenly along the line, and not by their angles. */
const BY_ANGLE_MAX = 7;

/** @param width of the whole picture in pixels, as `height`. */
export function ringGeometry(sids: readonly Sid[], width: number, height: number): RingGeometry {
  const densities = ['full', 'compact', 'narrow', 'tiny'] as const;
  const rings = densities.map((density) => ringOf(sids, width, height, density));
  const fitting = rings.find((ring) => fits(ring, width, height));
  return fitting ?? ringOf(sids, width, height, 'tiny');
}

function ringOf(
  sids: readonly Sid[],
  width: number,
  height: number,
  density: Density,
): RingGeometry {
  const { beside, over } = needs[density];
  const largest = density === 'narrow' ? NODE_NARROW : NODE_MAX;
  const node = Math.min(largest, nodeRadius(sids.length, width, height));
  const ry = Math.max(40, height / 2 - node - over);
  const flat = Math.max(1, FLAT / Math.max(1, height)) ** 2;
  const stretch = density === 'tiny' ? STRETCH_TINY * flat : STRETCH_MAX;
  const rx = Math.max(40, Math.min(width / 2 - node - beside - 12, ry * stretch));
  const angles = anglesOf(sids.length, rx, ry);
  // A single server is its own centre.
  const [atX, atY] = sids.length === 1 ? [0, 0] : [rx, ry];
  const places = sids.map((sid, i) => placeOf(sid, angles[i] ?? 0, atX, atY, density));
  return { density, node, rx, ry, places: new Map(places.map((place) => [place.sid, place])) };
}

/** Radians clockwise from the top. On a flat ellipse equal angles would crowd its ends. */
function anglesOf(count: number, rx: number, ry: number): readonly number[] {
  const even = Array.from({ length: count }, (_, i) => (i / count) * 2 * Math.PI);
  if (count <= BY_ANGLE_MAX) return even;
  const steps = 720;
  const lengths = [0];
  for (let i = 1; i <= steps; i++) {
    const angle = ((i - 0.5) / steps) * 2 * Math.PI;
    const piece = Math.hypot(rx * Math.cos(angle), ry * Math.sin(angle));
    lengths.push((lengths.at(-1) ?? 0) + piece);
  }
  const whole = lengths.at(-1) ?? 1;
  return even.map((_, i) => {
    const at = lengths.findIndex((length) => length >= (i / count) * whole - 1e-9);
    return (at / steps) * 2 * Math.PI;
  });
}

function placeOf(sid: Sid, angle: number, rx: number, ry: number, density: Density): Place {
  const [unitX, unitY] = pointRadial(angle, 1);
  const upper = unitY < 0.01;
  const beside = unitX > -0.01 ? 'right' : 'left';
  const pole = Math.abs(unitX) < 0.3;
  const label =
    density === 'narrow' || (density === 'compact' && pole) ? (upper ? 'above' : 'below') : beside;
  return { sid, x: unitX * rx, y: unitY * ry, angle, label, upper, pole };
}

/** Smaller in a crowd and in a small pane. */
function nodeRadius(count: number, width: number, height: number): number {
  const round = Math.PI * Math.min(width * 0.6, height - 120);
  return Math.max(NODE_MIN, Math.min(NODE_MAX, (round / Math.max(count, 3)) * 0.26));
}

/** Whether nothing of one server's covers anything of another's, or leaves the picture. */
function fits(ring: RingGeometry, width: number, height: number): boolean {
  if (ring.density !== 'tiny' && Math.min(ring.rx, ring.ry) < 60) return false;
  const boxes = [...ring.places.values()].map((place) => boxesOf(place, ring));
  const inside = boxes.flat().every((box) => {
    const [x, y] = [Math.max(-box.left, box.right), Math.max(-box.top, box.bottom)];
    return x <= width / 2 && y <= height / 2;
  });
  return inside && boxes.every((own, i) => boxes.slice(i + 1).every((other) => apart(own, other)));
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function apart(own: readonly Box[], other: readonly Box[]): boolean {
  return own.every((a) =>
    other.every(
      (b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top,
    ),
  );
}

/** A server's shape with its rings, and its label. */
function boxesOf(place: Place, ring: RingGeometry): Box[] {
  const reach = ring.node + RINGS;
  const { x, y } = place;
  const shape = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  return ring.density === 'tiny' ? [shape] : [shape, labelBox(place, ring)];
}

function labelBox(place: Place, { node, density }: RingGeometry): Box {
  const { x, y, label } = place;
  const { labelWidth, labelHeight } = needs[density];
  const reach = node + RINGS;
  const beside = y + labelTop(place, labelHeight);
  const top = label === 'above' ? y - reach - labelHeight : y + reach;
  switch (label) {
    case 'right':
    case 'left': {
      const left = label === 'right' ? x + reach : x - reach - labelWidth;
      return { left, right: left + labelWidth, top: beside, bottom: beside + labelHeight };
    }
    default:
      return {
        left: x - labelWidth / 2,
        right: x + labelWidth / 2,
        top,
        bottom: top + labelHeight,
      };
  }
}

/**
 * Where a label beside a server begins, from the server's middle: away from where its sessions
 * dock, and at the poles away from the neighbours.
 */
export function labelTop({ upper, pole }: Place, labelHeight: number): number {
  if (pole) return upper ? 12 - labelHeight : -12;
  return upper ? -24 : 24 - labelHeight;
}

/** Where a person has put a server: shares of the picture's width and height, from its middle. */
export interface Moved {
  readonly x: number;
  readonly y: number;
}

/** The ring with some servers where a person has put them, kept within the picture. */
export function withMoved(
  ring: RingGeometry,
  moved: ReadonlyMap<Sid, Moved>,
  width: number,
  height: number,
): RingGeometry {
  if (moved.size === 0) return ring;
  const reach = ring.node + RINGS;
  const within = (at: number, whole: number): number => {
    const most = Math.max(0, whole / 2 - reach);
    return Math.max(-most, Math.min(most, at));
  };
  const places = new Map(ring.places);
  for (const [sid, to] of moved) {
    const place = places.get(sid);
    if (place === undefined) continue;
    const x = within(to.x * width, width);
    const y = within(to.y * height, height);
    const beside = x > -1 ? 'right' : 'left';
    const upper = y < 0.01;
    const standing = place.label === 'above' || place.label === 'below';
    const label = standing ? (upper ? 'above' : 'below') : beside;
    const angle = Math.atan2(x, -y);
    places.set(sid, { ...place, x, y, upper, label, pole: false, angle });
  }
  return { ...ring, places };
}

/** How far from the middle of a server its sessions stand. */
export function dockDistance(ring: RingGeometry): number {
  return ring.node + DOCK;
}
