/** Times as a script writes them: `2.5s`, `200ms`, `150us`, exact to the microsecond. */
import type { Micros } from '../../core/units.ts';
import { fail, outOfRange, word, type Scanner } from './scan.ts';

const UNITS: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

/** A day, in microseconds: no run of a script is longer. */
export const TIME_MAX = 86_400_000_000;

/** Not rounded: null where it is no time, or finer than a microsecond. */
export function readTime(text: string): number | null {
  const found = /^([+\-−]?)(\d{1,12})(?:\.(\d{1,6}))?([a-zµ]+)$/.exec(text);
  if (found === null) return null;
  const [, sign = '', units = '', fraction = '', name = ''] = found;
  const scale = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (scale === undefined) return null;
  const parts = Number(fraction) * scale;
  const divisor = 10 ** fraction.length;
  if (parts % divisor !== 0) return null;
  const size = Number(units) * scale + parts / divisor;
  return sign === '-' || sign === '−' ? 0 - size : size;
}

export function time(scanner: Scanner, min = 0, max = TIME_MAX): Micros {
  const token = word(scanner, 'time');
  const value = token.text === '0' ? 0 : readTime(token.text);
  if (value === null) return fail(token, 'time');
  if (value < min || value > max) outOfRange(token, sayTime(min), sayTime(max));
  return value as Micros;
}

/** In the largest unit of which it is at least one. */
export function sayTime(micros: number): string {
  const size = Math.abs(micros);
  const sign = micros < 0 ? '-' : '';
  if (size === 0) return '0s';
  if (size < 1000) return `${sign}${String(size)}us`;
  if (size < 1_000_000) return `${sign}${decimal(size, 3)}ms`;
  return `${sign}${decimal(size, 6)}s`;
}

/** In seconds, as the page shows a moment. */
export function sayMoment(micros: number): string {
  return micros === 0 ? '0s' : `${decimal(micros, 6)}s`;
}

function decimal(size: number, places: number): string {
  const scale = 10 ** places;
  const rest = String(size % scale)
    .padStart(places, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(size / scale));
  return rest === '' ? whole : `${whole}.${rest}`;
}
