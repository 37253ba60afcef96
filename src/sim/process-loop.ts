/**
 * How a process runs a batch: deliveries and its own events, merged into one order.
 *
 * Within a window a process may close a connection of which later deliveries are already in the
 * batch. They must vanish exactly as they would have if the bus had handed them out one by one.
 */
import type { ServerEvent } from '../core/quorum/peer-io.ts';
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import { firstOwn, takeOwn, type Agenda } from './agenda.ts';
import { EMPTY_DISK } from '../core/txn-log/disk-image.ts';
import type { Batch, Inbound, Outbound, StepResult, Turn } from './host.ts';

/** What every hosted process has, whatever it is. */
export interface Hosted {
  readonly self: ProcessId;
  readonly agenda: Agenda;
  /** It ended itself: nothing happens to it any more. */
  ended: boolean;
}

/** Handles one event and pushes what concerns others to `effects`. */
export type React<H extends Hosted> = (
  host: H,
  at: Micros,
  event: Inbound,
  effects: Outbound[],
) => void;

const NO_EFFECTS: readonly Outbound[] = [];

/** A boot as a turn reports it: the image stays where it is, it may be large. */
export const BOOT_REPORT: ServerEvent = { kind: 'boot', image: EMPTY_DISK };

export function runBatch<H extends Hosted>(host: H, batch: Batch, react: React<H>): StepResult {
  const { deliveries, end, limit, floor } = batch;
  const { self, agenda } = host;
  const turns: Turn[] = [];
  const gone = new Set<ConnId>();
  let index = 0;
  while (turns.length < limit && !host.ended) {
    const delivery = deliveries[index];
    const own = firstOwn(agenda);
    const ownFirst =
      own !== null &&
      own.at < end &&
      (delivery === undefined ||
        own.at < delivery.at ||
        (own.at === delivery.at &&
          (self < delivery.src || (self === delivery.src && own.seq < delivery.seq))));
    const effects: Outbound[] = [];
    if (ownFirst) {
      const at = own.at > floor ? own.at : floor;
      const { seq } = own;
      const event = takeOwn(agenda, own);
      react(host, at, event, effects);
      turns.push(turnOf(at, self, seq, event.kind === 'boot' ? BOOT_REPORT : event, effects));
    } else if (delivery === undefined) {
      break;
    } else {
      index++;
      const { event } = delivery;
      if (gone.size > 0 && 'conn' in event && gone.has(event.conn)) continue;
      const at = delivery.at > floor ? delivery.at : floor;
      if (event.kind === 'closed' || event.kind === 'refused') gone.add(event.conn);
      react(host, at, event, effects);
      turns.push(turnOf(at, delivery.src, delivery.seq, null, effects));
    }
    for (const effect of effects) {
      if (effect.kind === 'close' || effect.kind === 'refuse') gone.add(effect.conn);
    }
  }
  const next = host.ended ? null : firstOwn(agenda);
  return {
    turns,
    nextDue: next === null ? (Infinity as Micros) : next.at,
    nextSeq: next === null ? 0 : next.seq,
  };
}

function turnOf(
  at: Micros,
  src: ProcessId,
  seq: number,
  own: ServerEvent | null,
  effects: Outbound[],
): Turn {
  return { at, src, seq, own, effects: effects.length === 0 ? NO_EFFECTS : effects };
}
