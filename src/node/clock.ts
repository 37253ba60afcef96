/** The one clock of this process, as the core counts time. */
import type { Micros } from '../core/units.ts';

/** When this process began, in milliseconds since 1970. */
const ORIGIN = performance.timeOrigin;

/**
 * Microseconds since 1970, on a clock that never goes back. That it does not begin at 0 keeps two
 * lives of one server apart: session ids are made from it.
 */
export function monotonicMicros(): Micros {
  return Math.floor((ORIGIN + performance.now()) * 1000) as Micros;
}
