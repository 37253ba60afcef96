/** What a hand can do to a packet in flight. What the world refuses, the page says. */
import type { Micros } from '../../core/units.ts';
import type { Action } from '../../sim/actions.ts';
import type { PacketView } from '../../sim/frame.ts';
import type { Playground } from '../state/playground.svelte.ts';

const nameOf = ({ conn, from, index }: PacketView) => ({ conn, from, index });

export function find(playground: Playground, packet: PacketView): PacketView | null {
  const packets = playground.frame?.packets ?? [];
  const { conn, from, index } = packet;
  return packets.find((p) => p.conn === conn && p.from === from && p.index === index) ?? null;
}

/** The packet that is selected and still on its way. */
export function selectedPacket(playground: Playground): PacketView | null {
  const s = playground.selection;
  if (s?.kind !== 'packet') return null;
  const packets = playground.frame?.packets ?? [];
  return packets.find((p) => p.conn === s.conn && p.from === s.from && p.index === s.index) ?? null;
}

export async function hold(playground: Playground, packet: PacketView): Promise<boolean> {
  return (await playground.act({ kind: 'hold', ...nameOf(packet) })).ok;
}

export async function release(playground: Playground, packet: PacketView): Promise<boolean> {
  return (await playground.act({ kind: 'release', ...nameOf(packet) })).ok;
}

/** @param by virtual microseconds. */
export async function delay(
  playground: Playground,
  packet: PacketView,
  by: number,
): Promise<boolean> {
  const whole = Math.round(by);
  if (whole < 1) return false;
  return (await playground.act({ kind: 'delay', ...nameOf(packet), by: whole as Micros })).ok;
}

/**
 * What becomes of a packet in the bin. TCP loses none while a connection lives, so the connection
 * breaks; only the experiment makes the packet alone vanish.
 */
export function discardAction(playground: Playground, packet: PacketView): Action {
  return playground.experiment
    ? { kind: 'drop', ...nameOf(packet) }
    : { kind: 'breakConnection', conn: packet.conn };
}

export async function discard(playground: Playground, packet: PacketView): Promise<boolean> {
  return (await playground.act(discardAction(playground, packet))).ok;
}

/** Only in the experiment. */
export async function overtake(playground: Playground, packet: PacketView): Promise<boolean> {
  return (await playground.act({ kind: 'overtake', ...nameOf(packet) })).ok;
}

/** As much later as its whole way takes, once more; a second where nobody can say. */
export function oneMoreFlight({ sentAt, arrivesAt }: PacketView): number {
  const whole = arrivesAt - sentAt;
  return Number.isFinite(whole) && whole > 0 ? whole : 1_000_000;
}
