/** What can happen next: every packet on its way and every armed timer, soonest first. */
import type { ProcessId } from '../../core/units.ts';
import type { TimerView } from '../../core/view.ts';
import type { Frame, PacketView } from '../../sim/frame.ts';
import { packetKey } from '../ensemble/packet-flight.ts';

export type NextUp =
  | {
      readonly kind: 'packet';
      readonly key: string;
      readonly at: number;
      readonly packet: PacketView;
    }
  | {
      readonly kind: 'timer';
      readonly key: string;
      readonly at: number;
      readonly process: ProcessId;
      readonly timer: TimerView;
    };

const NEXT_MAX = 100;

export function nextUp(frame: Frame): NextUp[] {
  const packets = frame.packets.map((packet) => ({
    kind: 'packet' as const,
    key: packetKey(packet),
    at: packet.arrivesAt,
    packet,
  }));
  const timers = frame.members.flatMap((m) =>
    (m.server?.timers ?? []).map((timer, i) => ({
      kind: 'timer' as const,
      key: `${String(m.sid)}:${timer.name}:${String(i)}`,
      at: timer.until,
      process: m.sid as number as ProcessId,
      timer,
    })),
  );
  return [...packets, ...timers].sort((a, b) => soonest(a.at, b.at)).slice(0, NEXT_MAX);
}

/** Infinity minus itself is no number, hence not a subtraction. */
function soonest(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
