/** The bytes of a packet in flight, for whoever looks at one. */
import { bytesOfMessage, type MessageBytes } from '../core/message-bytes.ts';
import type { ConnId, ProcessId } from '../core/units.ts';
import { itemsOf } from './channel.ts';
import type { World } from './world-state.ts';

/** Which packet: its connection, who sent it, and its number in that direction. */
export interface PacketName {
  readonly conn: ConnId;
  readonly from: ProcessId;
  readonly index: number;
}

/** @returns null where it is no longer in flight. */
export function packetBytes(world: World, { conn, from, index }: PacketName): MessageBytes | null {
  const connection = world.connections.get(conn);
  if (connection === undefined) return null;
  const { there, back } = connection;
  const channel = there.sender.id === from ? there : back;
  const item = itemsOf(channel).find((one) => one.index === index);
  return item?.event.kind === 'packet' ? bytesOfMessage(item.event.message) : null;
}
