/** The logs of all members, side by side: a column for each zxid, whatever their number. */
import type { Sid } from '../../core/units.ts';
import type { Zxid } from '../../core/zxid.ts';
import { epochOf } from '../../core/zxid.ts';
import type { LogCellView, MemberView } from '../../sim/frame.ts';
import type { ZxidRun } from '../../sim/log-part.ts';
import { acksIn, bracketsIn, cutRuns, type AckMark, type Bracket } from './brackets.ts';
import { columnFrom, columnOf, columnsOf, type Columns } from './columns.ts';

/** Outline and filling together say how safe a copy is. */
export type CellState = 'proposed' | 'synced' | 'committed' | 'committedUnsynced';

/** Columns that a log has, without a gap. */
interface Held {
  readonly from: number;
  readonly to: number;
  /** How many of its records come before. */
  readonly before: number;
}

export interface LogRow {
  readonly sid: Sid;
  readonly held: readonly Held[];
  /** Its first so many records are on the platter. */
  readonly synced: number;
  /** Columns before this one are committed, as far as it knows. */
  readonly committed: number;
  /** The columns up to which its snapshots reach. */
  readonly snapshots: ReadonlySet<number>;
  /** How it was brought up to date: over the columns that were sent, or cut. */
  readonly brackets: readonly Bracket[];
  /** At the leader: how far each learner has acknowledged. */
  readonly acks: readonly AckMark[];
}

export interface LogGrid {
  readonly columns: Columns;
  readonly rows: readonly LogRow[];
  /** Some log reaches further back than what is known of it. */
  readonly incomplete: boolean;
}

/** What the grid is drawn from: a picture of the logs, apart from the rest of the members. */
export type MemberLog = Pick<MemberView, 'sid' | 'log' | 'disk' | 'server'>;

/** What the logs hold further back than frames show, by member. */
export type Older = ReadonlyMap<Sid, readonly ZxidRun[]>;

export function logGrid(members: readonly MemberLog[], older: Older): LogGrid {
  const runs = members.map((m) => runsOfMember(m, older.get(m.sid) ?? []));
  const columns = columnsOf([...runs.flat(), ...cutRuns(members)]);
  const rows = members.map((member, i): LogRow => {
    const { sid, disk, server } = member;
    const last = server?.lastCommitted;
    return {
      sid,
      held: heldBy(columns, runs[i] ?? []),
      synced: countOf(runs[i] ?? []) - disk.unsynced,
      committed: last === undefined ? 0 : columnFrom(columns, (last + 1n) as Zxid),
      snapshots: new Set(disk.snapshots.flatMap(({ zxid }) => columnOf(columns, zxid) ?? [])),
      brackets: bracketsIn(members, sid, columns),
      acks: acksIn(member, columns),
    };
  });
  const incomplete = members.some((m, i) => countOf(runs[i] ?? []) < m.disk.records);
  return { columns, rows, incomplete };
}

function countOf(runs: readonly ZxidRun[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The end of the log as the frame has it, and before it what was told earlier. What lies between
 * the two is filled in where its number says that nothing else can be there.
 */
export function runsOfMember(
  { log, disk }: Pick<MemberLog, 'log' | 'disk'>,
  older: readonly ZxidRun[],
): readonly ZxidRun[] {
  const [first] = log;
  if (first === undefined) return [];
  const runs = clipped(older, disk.firstZxid ?? first.zxid, first.zxid);
  const missing = disk.records - log.length - countOf(runs);
  const last = runs.at(-1);
  const end = last === undefined ? disk.firstZxid : last.first + BigInt(last.count);
  if (missing > 0 && end !== null && first.zxid - end === BigInt(missing)) {
    if (epochOf(end as Zxid) === epochOf(first.zxid)) {
      runs.push({ first: end as Zxid, count: missing });
    }
  }
  runs.push(...runsOfCells(log));
  return runs;
}

/** The parts from one zxid to another, the latter not included. */
function clipped(runs: readonly ZxidRun[], from: Zxid, to: Zxid): ZxidRun[] {
  return runs.flatMap(({ first, count }) => {
    const low = first > from ? first : from;
    const end = first + BigInt(count);
    const high = end < to ? end : to;
    return high > low ? [{ first: low, count: Number(high - low) }] : [];
  });
}

function runsOfCells(cells: readonly LogCellView[]): ZxidRun[] {
  const runs: ZxidRun[] = [];
  for (const { zxid } of cells) {
    const last = runs.at(-1);
    const follows = last !== undefined && zxid - last.first === BigInt(last.count);
    // A counter that runs over begins the columns of another epoch, elected or not.
    if (follows && epochOf(zxid) === epochOf(last.first)) {
      runs[runs.length - 1] = { first: last.first, count: last.count + 1 };
    } else runs.push({ first: zxid, count: 1 });
  }
  return runs;
}

function heldBy(columns: Columns, runs: readonly ZxidRun[]): readonly Held[] {
  const held: Held[] = [];
  let before = 0;
  for (const { first, count } of runs) {
    const from = columnFrom(columns, first);
    const last = held.at(-1);
    if (last?.to === from) held[held.length - 1] = { ...last, to: from + count };
    else held.push({ from, to: from + count, before });
    before += count;
  }
  return held;
}

/** Null where this log does not hold it. */
export function stateAt(row: LogRow, column: number): CellState | null {
  const held = row.held.find(({ from, to }) => column >= from && column < to);
  if (held === undefined) return null;
  const synced = held.before + column - held.from < row.synced;
  if (column < row.committed) return synced ? 'committed' : 'committedUnsynced';
  return synced ? 'synced' : 'proposed';
}

/** Whether two pictures would give the same grid. Most frames change no log. */
export function sameLogs(a: readonly MemberLog[], b: readonly MemberLog[]): boolean {
  return a.length === b.length && a.every((one, i) => b[i] !== undefined && sameLog(one, b[i]));
}

function sameLog(a: MemberLog, b: MemberLog): boolean {
  return (
    a.sid === b.sid &&
    a.log.length === b.log.length &&
    a.log[0]?.zxid === b.log[0]?.zxid &&
    a.log.at(-1)?.zxid === b.log.at(-1)?.zxid &&
    a.disk.records === b.disk.records &&
    a.disk.unsynced === b.disk.unsynced &&
    a.disk.snapshots.length === b.disk.snapshots.length &&
    a.disk.snapshots.at(-1)?.zxid === b.disk.snapshots.at(-1)?.zxid &&
    a.server?.lastCommitted === b.server?.lastCommitted &&
    sameLearners(a.server?.learners ?? [], b.server?.learners ?? [])
  );
}

type Learners = NonNullable<MemberLog['server']>['learners'];

function sameLearners(a: Learners, b: Learners): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i];
      return (
        one.sid === other?.sid &&
        one.lastAcked === other.lastAcked &&
        one.zabState === other.zabState &&
        one.syncMode === other.syncMode &&
        one.sync?.from === other.sync?.from &&
        one.sync?.upTo === other.sync?.upTo
      );
    })
  );
}
