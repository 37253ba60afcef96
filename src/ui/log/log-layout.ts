/** Where the parts of the grid stand, in pixels. */
import type { LogRow } from './log-grid.ts';

export const COLUMN = 26;
/** A cell within its column and row. */
export const CELL = { width: 22, height: 16, top: 3 } as const;
/** The names at the left, which stay in sight. */
export const NAMES = 48;
/** Behind the last column: what is to be said of a row, where there is room for it. */
export const NOTES = 96;
/** In narrower panes there is none. */
export const NOTES_FROM = 480;
export const EPOCHS = 18;
export const COUNTERS = 18;
export const HEAD = EPOCHS + COUNTERS;
const ROW = 22;
/** Under a row's cells: brackets, and what learners have acknowledged. */
export const LANE = 15;

export interface RowPlace {
  readonly top: number;
  readonly height: number;
  /** Null for a row without one. */
  readonly lane: number | null;
}

/** A row has a lane as long as there is something for it, in sight or not: rows keep still. */
export function placesOf(rows: readonly Pick<LogRow, 'brackets' | 'acks'>[]): {
  readonly places: readonly RowPlace[];
  readonly height: number;
} {
  let height = HEAD;
  const places = rows.map(({ brackets, acks }) => {
    const top = height;
    const hasLane = brackets.length > 0 || acks.length > 0;
    height += hasLane ? ROW + LANE : ROW;
    return { top, height: height - top, lane: hasLane ? top + ROW : null };
  });
  return { places, height };
}

/** The row at this height: -1 for the heads of the columns, null for none. */
export function rowAt(places: readonly RowPlace[], y: number): number | null {
  if (y >= EPOCHS && y < HEAD) return -1;
  const row = places.findIndex(({ top, height }) => y >= top && y < top + height);
  return row === -1 ? null : row;
}

/** How far to scroll so that a column is in sight beside the names. */
export function scrolledTo(column: number, scrolled: number, width: number): number {
  const left = column * COLUMN;
  const room = width - NAMES;
  if (left < scrolled + COLUMN) return Math.max(0, left - COLUMN);
  if (left + 2 * COLUMN > scrolled + room) return left + 2 * COLUMN - room;
  return scrolled;
}

/** A place in the grid: row -1 holds the heads of the columns, column -1 the names of the rows. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many columns are in sight. */
  readonly page: number;
}

/** Where a key leads; null for one that moves nothing. */
export function placeAfterKey(key: string, at: GridPlace, size: GridSize): GridPlace | null {
  const { row, column } = at;
  const last = size.columns - 1;
  // There is no name of the row of heads.
  const least = row === -1 ? 0 : -1;
  const to = (next: number): GridPlace => ({ row, column: Math.max(least, Math.min(last, next)) });
  switch (key) {
    case 'ArrowLeft':
      return to(column - 1);
    case 'ArrowRight':
      return to(column + 1);
    case 'PageUp':
      return to(Math.max(0, column - size.page));
    case 'PageDown':
      return to(column + size.page);
    case 'Home':
      return to(column === 0 ? -1 : 0);
    case 'End':
      return to(last);
    case 'ArrowUp':
      return { row: Math.max(column === -1 ? 0 : -1, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(size.rows - 1, row + 1), column };
    default:
      return null;
  }
}
