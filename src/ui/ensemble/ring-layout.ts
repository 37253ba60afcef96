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
}

export interface RingGeometry {
  readonly density: Density;
  /** Radius of a server's shape. */
  readonly node: number;
  readonly rx: number;
  readonly ry: number;
  readonly places: ReadonlyMap<Sid, Place>;
}

/** What a density needs around a server, in pixels. */
interface Needs {
  /** Beside the ring, for labels. */
  readonly beside: number;
  /** Above and below the ring. */
  readonly over: number;
  /** Between the centres of two servers on one side. */
  readonly apart: number;
}

const needs: Readonly<Record<Density, Needs>> = {
  full: { beside: 152, over: 44, apart: 104 },
  compact: { beside: 96, over: 46, apart: 60 },
  narrow: { beside: 26, over: 54, apart: 100 },
  tiny: { beside: 14, over: 30, apart: 0 },
};

const NODE_MAX = 30;
const NODE_MIN = 15;

/** The widest that the ring gets, compared with its height. */
const STRETCH_MAX = 1.7;

/** @param width of the whole picture in pixels, as `height`. */
export function ringGeometry(sids: readonly Sid[], width: number, height: number): RingGeometry {
  const fitting = (['full', 'compact', 'narrow'] as const).find((density) => {
    const ring = ringOf(sids, width, height, density);
    return ring.rx >= 84 && ring.ry >= 60 && leastGap(ring) >= needs[density].apart;
  });
  return ringOf(sids, width, height, fitting ?? 'tiny');
}

function ringOf(
  sids: readonly Sid[],
  width: number,
  height: number,
  density: Density,
): RingGeometry {
  const { beside, over } = needs[density];
  const node = nodeRadius(sids.length, width, height);
  const ry = Math.max(40, height / 2 - node - over);
  const rx = Math.max(40, Math.min(width / 2 - node - beside - 12, ry * STRETCH_MAX));
  const places = sids.map((sid, i) =>
    placeOf(sid, (i / sids.length) * 2 * Math.PI, rx, ry, density),
  );
  return { density, node, rx, ry, places: new Map(places.map((place) => [place.sid, place])) };
}

function placeOf(sid: Sid, angle: number, rx: number, ry: number, density: Density): Place {
  const [unitX, unitY] = pointRadial(angle, 1);
  const upper = unitY < 0.01;
  const beside = unitX > -0.01 ? 'right' : 'left';
  const pole = Math.abs(unitX) < 0.3;
  const label =
    density === 'narrow' || (density === 'compact' && pole) ? (upper ? 'above' : 'below') : beside;
  return { sid, x: unitX * rx, y: unitY * ry, angle, label, upper };
}

/** Smaller in a crowd and in a small pane. */
function nodeRadius(count: number, width: number, height: number): number {
  const round = Math.PI * Math.min(width * 0.6, height - 120);
  return Math.max(NODE_MIN, Math.min(NODE_MAX, (round / Math.max(count, 3)) * 0.26));
}

/** The least distance between two neighbours: along the ring, or down one side of it. */
function leastGap(ring: RingGeometry): number {
  const places = [...ring.places.values()];
  if (places.length < 2) return Infinity;
  const beside = ring.density !== 'narrow';
  return places.reduce((least, place, i) => {
    const next = places[(i + 1) % places.length] ?? place;
    const dx = Math.abs(next.x - place.x);
    const dy = Math.abs(next.y - place.y);
    const free = beside ? Math.max(dy, dx - needs[ring.density].beside * 0.6) : Math.max(dy, dx);
    return Math.min(least, free);
  }, Infinity);
}
