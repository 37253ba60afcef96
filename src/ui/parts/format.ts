/** How the panes write quantities: durations, moments and bytes. Protocol words stay English. */
import type { Micros, Millis } from '../../core/units.ts';

/**
 * A length of virtual time with three significant places: `250 µs`, `3.2 ms`, `7.20 s`.
 * Infinity is `∞`; a negative length keeps its sign.
 */
export function formatDuration(micros: number): string {
  if (!Number.isFinite(micros)) return micros > 0 ? '∞' : '−∞';
  const size = Math.abs(micros);
  if (size < 1000) return `${String(Math.round(micros))} µs`;
  if (size < 1_000_000) return `${trimmed(micros / 1000)} ms`;
  return `${trimmed(micros / 1_000_000)} s`;
}

/** Milliseconds in the same form. */
export function formatMillis(millis: number): string {
  return formatDuration(millis * 1000);
}

/** A moment of the run in seconds with milliseconds: `3.482`. */
export function formatMoment(at: Micros): string {
  return (at / 1_000_000).toFixed(3);
}

/** A moment of a server's clock, in UTC: `2026-01-01 00:00:03.482`. Zero means never: `—`. */
export function formatClock(millis: Millis): string {
  if (millis === 0) return '—';
  const date = new Date(millis);
  if (Number.isNaN(date.getTime())) return String(millis);
  return date.toISOString().replace('T', ' ').replace('Z', '');
}

/** What fits into a session's mark: `A` as it is, `monkey 2` as `M2`. */
export function markOf(name: string): string {
  if (name.length <= 3) return name;
  return (name[0] ?? '').toUpperCase() + (/\d+$/.exec(name)?.[0] ?? '');
}

/** `512 B`, `3.4 KiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}

/** One line of a hex dump. */
export interface HexLine {
  /** Offset in hexadecimal, four places. */
  readonly offset: string;
  readonly hex: string;
  /** Printable ASCII, `.` for the rest. */
  readonly text: string;
}

/** Eight bytes a line, which fits the narrowest pane. */
export function hexLines(text: string, bytesPerLine = 8): readonly HexLine[] {
  const bytes = new TextEncoder().encode(text);
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    const part = [...bytes.subarray(at, at + bytesPerLine)];
    lines.push({
      offset: at.toString(16).padStart(4, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join(''),
    });
  }
  return lines;
}

/** One line of a text for a row: white space folded, cut with an ellipsis. */
export function oneLine(text: string, charsMax: number): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length <= charsMax ? folded : `${folded.slice(0, Math.max(0, charsMax - 1))}…`;
}

function trimmed(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}
