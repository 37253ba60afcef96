/**
 * The trace: what happened, as rows for a person. The ring keeps what the rows are about; their
 * text is made when somebody looks.
 */
import type { Note, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Micros, ProcessId } from '../core/units.ts';
import type { Action } from './actions.ts';
import type { TraceRow } from './frame.ts';
import type { Inbound } from './host.ts';

export type TraceSubject =
  | { readonly kind: 'delivery'; readonly src: ProcessId; readonly event: Inbound }
  | { readonly kind: 'own'; readonly event: ServerEvent }
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'text'; readonly text: string };

export interface TraceEntry {
  readonly index: number;
  readonly at: Micros;
  readonly process: ProcessId;
  readonly kind: TraceRow['kind'];
  readonly subject: TraceSubject;
  readonly interesting: boolean;
}

/** Plain data. */
export interface Trace {
  /** False: entries are counted, not kept. */
  readonly keep: boolean;
  /** A ring: entry n stands at n modulo TRACE_MAX. */
  readonly ring: TraceEntry[];
  /** The latest interesting entries, oldest first: packets by the thousand do not push them out. */
  readonly notable: TraceEntry[];
  /** The index of the next entry. */
  next: number;
  /** How many interesting entries there were: a driver stops when it grows. */
  interesting: number;
  /** How many packets were delivered, and how many changes of role or phase there were. */
  packets: number;
  phases: number;
}

export const TRACE_MAX = 2000;

/** How many interesting entries are kept beside the ring. */
export const NOTABLE_MAX = 100;

export function createTrace(keep: boolean): Trace {
  return { keep, ring: [], notable: [], next: 0, interesting: 0, packets: 0, phases: 0 };
}

export function record(
  trace: Trace,
  at: Micros,
  process: ProcessId,
  kind: TraceRow['kind'],
  subject: TraceSubject,
  interesting: boolean,
): void {
  const index = trace.next++;
  if (interesting) trace.interesting++;
  if (!trace.keep) return;
  const entry = { index, at, process, kind, subject, interesting };
  trace.ring[index % TRACE_MAX] = entry;
  if (!interesting) return;
  trace.notable.push(entry);
  if (trace.notable.length > NOTABLE_MAX) trace.notable.shift();
}

/** The latest entries, oldest first, and before them the notable ones that are older. */
export function latestEntries(trace: Trace, count: number): readonly TraceEntry[] {
  const from = Math.max(0, trace.next - count);
  const entries = trace.notable.filter((entry) => entry.index < from);
  for (let index = from; index < trace.next; index++) {
    const entry = trace.ring[index % TRACE_MAX];
    if (entry?.index === index) entries.push(entry);
  }
  return entries;
}
