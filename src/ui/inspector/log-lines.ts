/** A server's log lines as text: to filter, and to copy as an operator would paste them. */
import type { LogLine } from '../../sim/frame.ts';
import { formatMoment } from '../parts/format.ts';

/** `3.266 [INFO] Leader - LEADING …`. */
export function textOf(line: LogLine): string {
  return `${formatMoment(line.at)} [${line.level}] ${line.logger} - ${line.message}`;
}

/** Every word must be in it somewhere; the case does not matter. */
export function matching(lines: readonly LogLine[], filter: string): readonly LogLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return lines;
  return lines.filter((line) => {
    const text = textOf(line).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
