/** The logs of all members, side by side: a column for each zxid that any of them still shows. */
import type { Sid } from '../../core/units.ts';
import { counterOf, epochOf, type Zxid } from '../../core/zxid.ts';
import type { Frame, LogCellView, MemberView } from '../../sim/frame.ts';

/** Outline and filling together say how safe a copy is. */
export type CellState = 'proposed' | 'synced' | 'committed' | 'committedUnsynced';

export interface Column {
  readonly zxid: Zxid;
  readonly epoch: number;
  readonly counter: number;
}

/** Neighbouring columns of one epoch. */
export interface EpochSpan {
  readonly epoch: number;
  /** Index of its first column, and how many there are. */
  readonly from: number;
  readonly count: number;
}

export interface LogRow {
  readonly sid: Sid;
  readonly cells: ReadonlyMap<Zxid, LogCellView>;
  /** The last zxids that its snapshots hold. */
  readonly snapshots: ReadonlySet<Zxid>;
}

export interface LogGrid {
  readonly columns: readonly Column[];
  readonly spans: readonly EpochSpan[];
  readonly rows: readonly LogRow[];
  /** Transactions before the first column, at the member with the longest log. */
  readonly earlier: number;
}

/** What the grid is drawn from: a picture of the logs, apart from the rest of the members. */
export type MemberLogs = readonly Pick<MemberView, 'sid' | 'log' | 'disk'>[];

/** @param columnsMax the latest so many zxids. */
export function logGrid(members: MemberLogs, columnsMax: number): LogGrid {
  const zxids = [...new Set(members.flatMap((m) => m.log.map((cell) => cell.zxid)))];
  zxids.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const columns = zxids
    .slice(-columnsMax)
    .map((zxid) => ({ zxid, epoch: epochOf(zxid), counter: counterOf(zxid) }));
  const first = columns[0]?.zxid;
  const rows = members.map((member) => ({
    sid: member.sid,
    cells: new Map(member.log.map((cell) => [cell.zxid, cell])),
    snapshots: new Set(member.disk.snapshots.map((snapshot) => snapshot.zxid)),
  }));
  const shown = (m: MemberLogs[number]): number =>
    first === undefined ? 0 : m.log.filter((cell) => cell.zxid >= first).length;
  const earlier = Math.max(0, ...members.map((m) => m.disk.records - shown(m)));
  return { columns, spans: spansOf(columns), rows, earlier };
}

/** Whether two pictures would give the same grid. Most frames change no log. */
export function sameLogs(a: MemberLogs, b: MemberLogs): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return (
        other?.sid === one.sid &&
        other.disk.records === one.disk.records &&
        sameList(one.disk.snapshots, other.disk.snapshots, (x, y) => x.zxid === y.zxid) &&
        sameList(one.log, other.log, sameCell)
      );
    })
  );
}

function sameCell(a: LogCellView, b: LogCellView): boolean {
  return (
    a.zxid === b.zxid && a.synced === b.synced && a.committed === b.committed && a.what === b.what
  );
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((x, i) => b[i] !== undefined && same(x, b[i]));
}

function spansOf(columns: readonly Column[]): EpochSpan[] {
  const spans: EpochSpan[] = [];
  for (const [index, { epoch }] of columns.entries()) {
    const last = spans.at(-1);
    if (last?.epoch === epoch) spans[spans.length - 1] = { ...last, count: last.count + 1 };
    else spans.push({ epoch, from: index, count: 1 });
  }
  return spans;
}

export function cellState(cell: LogCellView): CellState {
  if (cell.committed) return cell.synced ? 'committed' : 'committedUnsynced';
  return cell.synced ? 'synced' : 'proposed';
}

/** How the leader brings a member up to date right now; null when it does not. */
export function syncModeOf(frame: Frame, sid: Sid): 'DIFF' | 'TRUNC' | 'SNAP' | null {
  const view = frame.members.find((m) => m.sid === sid)?.server;
  if (view?.zabState !== 'synchronization') return null;
  return view.syncMode === 'NONE' ? null : view.syncMode;
}
