/** What this pane reads of the store of events, so that tests can plant some. */
import type { EventColumns } from '../../sim/chronicle/model.ts';

export interface EventRows {
  /** The number of the event in row 0. */
  readonly first: number;
  readonly count: number;
  readonly columns: Omit<EventColumns, 'first' | 'count' | 'names'>;
  readonly names: readonly string[];
}

/** The number of a name, or -1: comparing numbers is all that a search over columns does. */
export function nameNumber(rows: EventRows, name: string): number {
  return rows.names.indexOf(name);
}

export function typeOf(rows: EventRows, row: number): string {
  return rows.names[rows.columns.type[row] ?? -1] ?? '';
}

export function codeOf(rows: EventRows, row: number): string {
  return rows.names[rows.columns.code[row] ?? -1] ?? '';
}

/** The first row that is not before `at`. */
export function rowAtTime({ columns, count }: EventRows, at: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((columns.at[middle] ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
