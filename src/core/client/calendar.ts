/**
 * Dates as text, in UTC. The core has no clock and no `Date`: it is given milliseconds since 1970
 * and counts the days itself.
 *
 * Source: the form of java.util.Date.toString, which zkCli prints.
 */
import { defined } from '../assert.ts';
import type { Millis } from '../units.ts';

const DAY = 86_400_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Days in 400 years, after which the calendar repeats. */
const DAYS_OF_400_YEARS = 146_097;

/** 1 March 0000 is so many days before 1 January 1970. */
const DAYS_TO_1970 = 719_468;

interface Moment {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millis: number;
}

/**
 * Counts in years that begin on 1 March, so that the leap day is a year's last day and the lengths
 * of the months before it follow one rule.
 */
function momentOf(millis: Millis): Moment {
  const days = Math.floor(millis / DAY);
  const rest = millis - days * DAY;
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millis: rest % 1000,
  };
}

/** `Thu Jan 01 00:00:00 UTC 1970` */
export function formatDate(millis: Millis): string {
  const m = momentOf(millis);
  const weekday = defined(WEEKDAYS[m.weekday], 'a day of the week');
  const month = defined(MONTHS[m.month - 1], 'a month');
  return `${weekday} ${month} ${two(m.day)} ${clock(m)} UTC ${m.year}`;
}

/** `1970-01-01 00:00:00,000`, as a line of a log begins. */
export function formatTimestamp(millis: Millis): string {
  const m = momentOf(millis);
  const rest = String(m.millis).padStart(3, '0');
  return `${m.year}-${two(m.month)}-${two(m.day)} ${clock(m)},${rest}`;
}

function clock(m: Moment): string {
  return `${two(m.hour)}:${two(m.minute)}:${two(m.second)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
