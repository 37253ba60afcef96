/** The speed slider: fixed stops, so that every place of the thumb has a name. */

/** Virtual seconds per second of the wall. The last one is "as fast as possible". */
export const SPEEDS: readonly number[] = [
  ...[1 / 1000, 1 / 500, 1 / 200, 1 / 100, 1 / 50, 1 / 20, 1 / 10, 1 / 5, 1 / 2],
  ...[1, 2, 5, 10, 20, 50, 100, 1000, Infinity],
];

/** The stop that lies nearest on a logarithmic scale. */
export function stopOf(speed: number): number {
  if (!Number.isFinite(speed)) return SPEEDS.length - 1;
  let best = 0;
  for (const [stop, candidate] of SPEEDS.entries()) {
    if (!Number.isFinite(candidate)) continue;
    const distance = Math.abs(Math.log(candidate / speed));
    if (distance < Math.abs(Math.log((SPEEDS[best] ?? 1) / speed))) best = stop;
  }
  return best;
}

/** @param stop is moved into the range. */
export function speedAt(stop: number): number {
  const index = Math.max(0, Math.min(SPEEDS.length - 1, Math.round(stop)));
  return SPEEDS[index] ?? 1;
}

/** `1/20×`, `5×`, or the word for no limit. */
export function speedLabel(speed: number, asFast: string): string {
  if (!Number.isFinite(speed)) return asFast;
  return speed < 1 ? `1/${String(Math.round(1 / speed))}×` : `${String(Math.round(speed))}×`;
}
