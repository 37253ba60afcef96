/** How far virtual time may go, given the wall's. Wall time decides nothing else in a run. */
import type { Micros } from '../core/units.ts';

export interface Pace {
  /** Virtual seconds per second of the wall; Infinity = as fast as possible. */
  readonly speed: number;
  /** The two clocks showed this together; milliseconds and microseconds. */
  readonly wall: number;
  readonly virtual: Micros;
}

export const SPEED_MIN = 0.001;
export const SPEED_MAX = 1000;

/** How far behind the wall a run may fall before it gives the lost time up, in milliseconds. */
const LAG_MAX = 100;

export function createPace(speed: number, wall: number, virtual: Micros): Pace {
  return { speed: clampSpeed(speed), wall, virtual };
}

export function clampSpeed(speed: number): number {
  if (speed === Infinity) return speed;
  if (!(speed > 0)) return 1;
  return Math.min(SPEED_MAX, Math.max(SPEED_MIN, speed));
}

/** The virtual time that `wall` stands for. */
export function targetOf(pace: Pace, wall: number): Micros {
  if (pace.speed === Infinity) return Infinity as Micros;
  return (pace.virtual + Math.floor((wall - pace.wall) * 1000 * pace.speed)) as Micros;
}

/** After a hold-up the run goes on from where it is: it does not race to catch up. */
export function forgive(pace: Pace, wall: number, now: Micros): Pace {
  const lag = targetOf(pace, wall) - now;
  if (pace.speed === Infinity || lag <= LAG_MAX * 1000 * pace.speed) return pace;
  return { ...pace, wall, virtual: now };
}

/** Milliseconds of the wall until virtual time `at` is due; 0 when it is. */
export function wallUntil(pace: Pace, wall: number, at: Micros): number {
  if (pace.speed === Infinity) return 0;
  return Math.max(0, (at - targetOf(pace, wall)) / (1000 * pace.speed));
}
