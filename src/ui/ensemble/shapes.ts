/** Outlines of the picture's marks, as SVG paths around the origin. */
import type { PacketFamily } from '../../sim/frame.ts';
import type { MemberState } from '../parts/member-state.ts';

const r1 = (n: number): string => n.toFixed(1);

/** Shape means role: hexagon, circle, rounded square; looking and down are circles too. */
export function serverOutline(state: MemberState, radius: number): string {
  switch (state) {
    case 'leading':
      return polygon(6, radius * 1.12);
    case 'observing':
      return roundedSquare(radius * 0.92, radius * 0.28);
    default:
      return circle(radius);
  }
}

/** Shape means family: diamond, square, circle, rounded square, pill. */
export function packetOutline(family: PacketFamily): string {
  switch (family) {
    case 'election':
      return 'M0,-14L14,0L0,14L-14,0Z';
    case 'sync':
      return 'M-10,-10H10V10H-10Z';
    case 'broadcast':
      return circle(11);
    case 'session':
      return roundedSquare(10, 5);
    case 'client':
      return 'M-6,-9H6A9,9 0 0 1 6,9H-6A9,9 0 0 1 -6,-9Z';
  }
}

export function circle(radius: number): string {
  const r = r1(radius);
  return `M0,-${r}A${r},${r} 0 1 1 0,${r}A${r},${r} 0 1 1 0,-${r}Z`;
}

/** One corner up. */
function polygon(corners: number, radius: number): string {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI;
    return `${r1(Math.sin(angle) * radius)},${r1(-Math.cos(angle) * radius)}`;
  });
  return `M${points.join('L')}Z`;
}

/** It starts at the middle of the top, so that a dash along it runs as a clock's hand does. */
export function roundedSquare(half: number, corner: number, halfHeight = half): string {
  const c = r1(corner);
  const x = half - corner;
  const y = halfHeight - corner;
  const arc = (dx: number, dy: number): string => `a${c},${c} 0 0 1 ${r1(dx)},${r1(dy)}`;
  return (
    `M0,${r1(-halfHeight)}H${r1(x)}${arc(corner, corner)}V${r1(y)}${arc(-corner, corner)}` +
    `H${r1(-x)}${arc(-corner, -corner)}V${r1(-y)}${arc(corner, -corner)}Z`
  );
}
