/** Packets in a person's hand: held back, let go, or slowed down. */
import type { Micros } from '../core/units.ts';
import type { Action } from './actions.ts';
import { loseItems } from './bus.ts';
import {
  filterItems,
  itemsOf,
  moveToFront,
  NEVER,
  reorderChannel,
  type Channel,
  type InFlight,
} from './channel.ts';
import type { PacketName } from './packet-bytes.ts';
import type { World } from './world-state.ts';

interface Found {
  readonly channel: Channel;
  readonly item: InFlight;
}

const GONE = 'that packet is no longer on its way';
const NO_PACKET = 'opening and closing a connection keep their place';

/** Each of these returns why nothing happened, or null. */
export function holdItem(world: World, packet: PacketName): string | null {
  const found = find(world, packet);
  if (found === null) return GONE;
  if (found.item.held) return 'that packet is held already';
  found.item.held = true;
  reorderChannel(found.channel);
  return null;
}

export function releaseItem(world: World, packet: PacketName): string | null {
  const found = find(world, packet);
  if (found === null) return GONE;
  const { item, channel } = found;
  if (!item.held) return 'that packet is not held';
  item.held = false;
  if (item.at !== NEVER) item.at = Math.max(item.at, world.now + world.links.least) as Micros;
  reorderChannel(channel);
  return null;
}

export function delayItem(
  world: World,
  action: Extract<Action, { readonly kind: 'delay' }>,
): string | null {
  const { by } = action;
  if (!(by > 0)) return 'a packet can only be delayed to later';
  const found = find(world, action);
  if (found === null) return GONE;
  if (found.item.at === NEVER) return 'that packet waits at a cut';
  found.item.at = (found.item.at + by) as Micros;
  reorderChannel(found.channel);
  return null;
}

/** Outside of ZooKeeper's assumptions: TCP would have sent it again. */
export function dropItem(world: World, packet: PacketName): string | null {
  const found = find(world, packet);
  if (found === null) return GONE;
  if (found.item.event.kind !== 'packet') return NO_PACKET;
  loseItems(world, found.channel, world.now, (item) => item === found.item);
  filterItems(found.channel, (item) => item !== found.item);
  return null;
}

/**
 * Outside of ZooKeeper's assumptions: TCP keeps the order. It arrives when the first of those ahead
 * would have, or at once where that one is held.
 */
export function overtakeItem(world: World, packet: PacketName): string | null {
  const found = find(world, packet);
  if (found === null) return GONE;
  const { channel, item } = found;
  const items = itemsOf(channel);
  const first = items[0];
  if (first === undefined || first === item) return 'no packet is ahead of it';
  if (item.at === NEVER) return 'that packet waits at a cut';
  const ahead = items.slice(0, items.indexOf(item));
  if ([...ahead, item].some(({ event }) => event.kind !== 'packet')) return NO_PACKET;
  const soonest = world.now + world.links.least;
  item.at = Math.max(first.at === NEVER || first.held ? soonest : first.at, soonest) as Micros;
  item.held = false;
  moveToFront(channel, item);
  return null;
}

function find(world: World, { conn, from, index }: PacketName): Found | null {
  const connection = world.connections.get(conn);
  if (connection === undefined) return null;
  const channel = connection.dialler.id === from ? connection.there : connection.back;
  if (channel.sender.id !== from) return null;
  const item = itemsOf(channel).find((candidate) => candidate.index === index);
  return item === undefined ? null : { channel, item };
}
