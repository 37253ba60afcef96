/** Moments in the form of java.util.Date.toString, in UTC: `Sun Nov 22 20:44:52 UTC 2026`. */
import type { Millis } from '../units.ts';

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];

const SECOND = 1000;
const DAY = 86_400;

/** @param millis since 1970, not before it. */
export function javaDate(millis: Millis): string {
  const seconds = Math.floor(millis / SECOND);
  const day = Math.floor(seconds / DAY);
  const rest = seconds % DAY;
  const { year, month, date } = civil(day);
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(twoDigits);
  const name = `${DAYS[day % 7] ?? ''} ${MONTHS[month] ?? ''} ${twoDigits(date)}`;
  return `${name} ${clock.join(':')} UTC ${String(year)}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

/** The Gregorian date of a day counted from 1 January 1970. `month` from 0. */
function civil(day: number): { year: number; month: number; date: number } {
  let year = 1970;
  let left = day;
  for (; left >= daysOf(year); year++) left -= daysOf(year);
  const lengths = [31, daysOf(year) - 337, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let month = 0;
  for (; left >= (lengths[month] ?? 0); month++) left -= lengths[month] ?? 0;
  return { year, month, date: left + 1 };
}

function daysOf(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 366 : 365;
}
