/**
 * How a process runs a batch: deliveries and its own events, merged into one order.
 *
 * Within a window a process may close a connection of which later deliveries are already in the
 * batch. They must vanish exactly as they would have if the bus had handed them out one by one.
 */
import type { ServerEvent } from '../core/quorum/peer-io.ts';
import { EMPTY_DISK } from '../core/txn-log/disk-image.ts';
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import { firstOwn, takeOwn, type Agenda } from './agenda.ts';
import type { Batch, Delivery, Inbound, Outbound, StepResult, Turn } from './host.ts';

/** What every hosted process has, whatever it is. */
export interface Hosted {
  readonly self: ProcessId;
  readonly agenda: Agenda;
  /** The connections that ended within the present batch; empty between batches. */
  readonly gone: ConnId[];
  /** It ended itself: nothing happens to it any more. */
  ended: boolean;
}

/** Handles one event. Returns what concerns others; what it closed is in `host.gone`. */
export type React<H extends Hosted> = (host: H, at: Micros, event: Inbound) => readonly Outbound[];

/** A boot as a turn reports it: the image stays where it is, it may be large. */
export const BOOT_REPORT: ServerEvent = { kind: 'boot', image: EMPTY_DISK };

/** @param after is called behind every turn, for whoever wants to see what the turn planned. */
export function runBatch<H extends Hosted>(
  host: H,
  batch: Batch,
  react: React<H>,
  after?: (host: H) => void,
): StepResult {
  const { deliveries, end, limit, floor } = batch;
  const { self, agenda, gone } = host;
  const turns: Turn[] = [];
  let index = 0;
  while (turns.length < limit && !host.ended) {
    const delivery = deliveries[index];
    const own = firstOwn(agenda);
    if (
      own !== null &&
      own.at < end &&
      (delivery === undefined || own.at < delivery.at || isFirst(own.at, self, own.seq, delivery))
    ) {
      const at = own.at > floor ? own.at : floor;
      const { seq } = own;
      const event = takeOwn(agenda, own);
      const effects = react(host, at, event);
      turns.push({ at, src: self, seq, own: event.kind === 'boot' ? BOOT_REPORT : event, effects });
      after?.(host);
      continue;
    }
    if (delivery === undefined) break;
    index++;
    const { event, src, seq } = delivery;
    if (gone.length > 0 && 'conn' in event && gone.includes(event.conn)) continue;
    const at = delivery.at > floor ? delivery.at : floor;
    if (event.kind === 'closed' || event.kind === 'refused') gone.push(event.conn);
    const effects = react(host, at, event);
    turns.push({ at, src, seq, own: null, effects });
    after?.(host);
  }
  gone.length = 0;
  const next = host.ended ? null : firstOwn(agenda);
  return {
    turns,
    nextDue: next === null ? (Infinity as Micros) : next.at,
    nextSeq: next === null ? 0 : next.seq,
  };
}

/** Of two things due at the same moment, the one with the lower (source, sequence number). */
function isFirst(at: Micros, src: ProcessId, seq: number, other: Delivery): boolean {
  if (at !== other.at) return false;
  return src < other.src || (src === other.src && seq < other.seq);
}
