/**
 * Patterns to look for: each a walk over the columns that gives the rows where it shows. They say
 * what an operator would ask of a log.
 */
import {
  EVENT_KINDS,
  EVENT_PHASE,
  EVENT_REPLY,
  EVENT_VIOLATION,
} from '../../sim/chronicle/model.ts';
import { nameNumber, type EventRows } from './rows.ts';

export const MOTIFS = [
  'violation',
  'phase',
  'boot',
  'voteChange',
  'proposalWithoutAck',
  'commitBeforeOwnSync',
  'resync',
  'slowSync',
  'watchFires',
  'sessionOpens',
  'connectionBreaks',
  'proposal',
] as const;
export type MotifName = (typeof MOTIFS)[number];

type Finder = (rows: EventRows) => readonly number[];

const DISK = EVENT_KINDS.indexOf('disk');
const BOOT = EVENT_KINDS.indexOf('boot');
const PACKET = EVENT_KINDS.indexOf('packet');

const finders: Readonly<Record<MotifName, Finder>> = {
  violation: (rows) => flagged(rows, EVENT_VIOLATION),
  phase: (rows) => flagged(rows, EVENT_PHASE),
  boot: (rows) => where(rows, (row) => rows.columns.kind[row] === BOOT),
  voteChange,
  proposalWithoutAck,
  commitBeforeOwnSync,
  resync: (rows) => ofTypes(rows, ['DIFF', 'TRUNC', 'SNAP']),
  slowSync,
  watchFires: (rows) => ofTypes(rows, ['notification']),
  sessionOpens: (rows) => ofTypes(rows, ['connected', 'closeSession']),
  connectionBreaks: (rows) => ofTypes(rows, ['close', 'refuse']),
  proposal: (rows) => ofTypes(rows, ['PROPOSAL']),
};

/** Rows, in their order. */
export function findMotif(rows: EventRows, motif: MotifName): readonly number[] {
  return finders[motif](rows);
}

function where({ count }: EventRows, holds: (row: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let row = 0; row < count; row++) if (holds(row)) found.push(row);
  return found;
}

function flagged(rows: EventRows, flag: number): readonly number[] {
  const { flags } = rows.columns;
  return where(rows, (row) => ((flags[row] ?? 0) & flag) !== 0);
}

function ofTypes(rows: EventRows, names: readonly string[]): readonly number[] {
  const wanted = new Set(names.map((name) => nameNumber(rows, name)));
  wanted.delete(-1);
  const { type } = rows.columns;
  return where(rows, (row) => wanted.has(type[row] ?? -1));
}

/** A server that looks tells another vote than the last one it told. */
function voteChange(rows: EventRows): readonly number[] {
  const { type, src, zxid, epoch, flags, cause } = rows.columns;
  const notification = nameNumber(rows, 'NOTIFICATION');
  const told = new Map<number, { readonly vote: string; readonly cause: number }>();
  return where(rows, (row) => {
    if (type[row] !== notification || ((flags[row] ?? 0) & EVENT_REPLY) !== 0) return false;
    const from = src[row] ?? 0;
    const vote = `${String(zxid[row])} ${String(epoch[row])}`;
    const before = told.get(from);
    const sent = cause[row] ?? -1;
    // All that one turn sent says the same; only its first arrival counts.
    if (before?.cause === sent) return false;
    told.set(from, { vote, cause: sent });
    return before !== undefined && before.vote !== vote;
  });
}

/** A proposal that arrived, and whose receiver never acknowledged it, as far as is known. */
function proposalWithoutAck(rows: EventRows): readonly number[] {
  const { type, process, src, zxid } = rows.columns;
  const proposal = nameNumber(rows, 'PROPOSAL');
  const ack = nameNumber(rows, 'ACK');
  const open = new Map<string, number>();
  for (let row = 0; row < rows.count; row++) {
    const of = type[row];
    if (of === proposal) open.set(`${String(process[row])} ${String(zxid[row])}`, row);
    else if (of === ack) open.delete(`${String(src[row])} ${String(zxid[row])}`);
  }
  return [...open.values()].sort((a, b) => a - b);
}

/** A commit that arrives before the receiver's own log is durable so far: the others were faster. */
function commitBeforeOwnSync(rows: EventRows): readonly number[] {
  const { type, process, zxid, kind } = rows.columns;
  const commit = nameNumber(rows, 'COMMIT');
  const fsync = nameNumber(rows, 'fsync');
  const synced = new Map<number, bigint>();
  return where(rows, (row) => {
    const of = process[row] ?? 0;
    if (kind[row] === DISK && type[row] === fsync) synced.set(of, zxid[row] ?? 0n);
    return (
      kind[row] === PACKET && type[row] === commit && (synced.get(of) ?? 0n) < (zxid[row] ?? 0n)
    );
  });
}

/** How much longer than the usual a sync must take. */
const SLOW = 3;

function slowSync(rows: EventRows): readonly number[] {
  const { at, cause, type } = rows.columns;
  const fsync = nameNumber(rows, 'fsync');
  const took = (row: number): number | null => {
    const asked = (cause[row] ?? -1) - rows.first;
    if (type[row] !== fsync || asked < 0) return null;
    return (at[row] ?? 0) - (at[asked] ?? 0);
  };
  const all = where(rows, (row) => took(row) !== null);
  const durations = all.map((row) => took(row) ?? 0).sort((a, b) => a - b);
  const usual = durations[durations.length >> 1] ?? 0;
  return all.filter((row) => (took(row) ?? 0) > usual * SLOW);
}
