/** Rows and cells of the log grid in words: for screen readers, and for the pointer that rests. */
import type { Sid } from '../../core/units.ts';
import { formatZxid, type Zxid } from '../../core/zxid.ts';
import type { Dictionary } from '../../i18n/en.ts';
import type { Bracket } from './brackets.ts';
import { stateAt, type LogRow } from './log-grid.ts';
import type { OlderLogs } from './older-logs.svelte.ts';

export interface Words {
  readonly t: Dictionary;
  /** What frames tell themselves, by member and zxid. */
  readonly whats: ReadonlyMap<Sid, ReadonlyMap<Zxid, string>>;
  readonly older: Pick<OlderLogs, 'whatOf'>;
}

/** `0x300000002 create /a: committed; acknowledged by 2, 3`. */
export function cellWords(
  { t, whats, older }: Words,
  row: LogRow,
  { column, zxid }: { readonly column: number; readonly zxid: Zxid },
): { readonly label: string; readonly held: boolean } {
  const state = stateAt(row, column);
  const text = formatZxid(zxid);
  if (state === null) return { label: t.log.absent(text), held: false };
  const what = whats.get(row.sid)?.get(zxid) ?? older.whatOf(row.sid, zxid) ?? '…';
  const parts = [t.log.cell(text, what, t.log.state[state])];
  if (row.snapshots.has(column)) parts.push(t.log.snapshotAt(text));
  for (const { column: at, sids } of row.acks) {
    if (at === column) parts.push(t.log.ackedBy(sids.join(', ')));
  }
  return { label: parts.join('; '), held: true };
}

/** `server 2: brought up to date by DIFF, 4 transactions from 0x3 to 0x7`. */
export function rowWords({ t }: Words, row: LogRow): string {
  const name = t.ensemble.server(row.sid);
  const brackets = row.brackets.map((bracket) => bracketWords(t, bracket));
  return [name, ...brackets].join(': ');
}

function bracketWords({ log }: Dictionary, { mode, count, after, upTo, live }: Bracket): string {
  return log.brought[mode](formatZxid(after), formatZxid(upTo), count ?? 0, live);
}
