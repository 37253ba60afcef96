/**
 * The bus: TCP connections between processes, as far as ZooKeeper can tell.
 *
 *   dialler                                    acceptor
 *   dialling ── dialled ──────────────────────▶ ringing
 *     open   ◀────────────────────── opened ──  open      (or `refused`)
 *     open   ── packets, in order ────────────▶  open     (and back)
 *    closed  ── closed, behind all that ──────▶ closed    (or the other way)
 *
 * Everything on a connection travels on its two channels, so it keeps its order, takes the link's
 * latency, and waits at a cut. Nothing arrives sooner than the least latency after it was sent:
 * that is what lets a window run in parallel.
 */
import { addressOfProcess } from './actions.ts';
import { assert, unreachable } from '../core/assert.ts';
import type { Message, NetworkEffect, PortName } from '../core/quorum/peer-io.ts';
import type { ConnId, Micros, ProcessId } from '../core/units.ts';
import {
  clearChannel,
  createChannel,
  filterItems,
  isEmpty,
  itemsOf,
  NEVER,
  pushItem,
  reorderChannel,
  type Channel,
  type InFlight,
} from './channel.ts';
import type { Inbound } from './host.ts';
import { drawLatency, linkOf } from './links.ts';
import type { Connection, Process, World } from './world-state.ts';

/** Carries out what a process did to the network at `now`. */
export function applyNetwork(
  world: World,
  process: Process,
  now: Micros,
  effect: NetworkEffect,
): void {
  switch (effect.kind) {
    case 'send':
      return send(world, process, effect.conn, now, effect.message);
    case 'connect':
      return connect(world, process, effect.conn, effect.to, effect.port, now);
    case 'accept':
      return accept(world, process, effect.conn, now);
    case 'refuse':
      return refuse(world, process, effect.conn, now);
    case 'close': {
      const connection = world.connections.get(effect.conn);
      if (connection !== undefined) closeEnd(world, connection, process, now);
      return;
    }
    default:
      return unreachable(effect);
  }
}

/** What a delivery means for the connection it came on, once its process has it. */
export function noteDelivered(world: World, process: Process, now: Micros, event: Inbound): void {
  if (event.kind === 'packet') return;
  switch (event.kind) {
    case 'dialled': {
      const connection = world.connections.get(event.conn);
      if (connection?.acceptorEnd === 'none') connection.acceptorEnd = 'ringing';
      return;
    }
    case 'opened': {
      const connection = world.connections.get(event.conn);
      if (connection?.diallerEnd === 'dialling') connection.diallerEnd = 'open';
      return;
    }
    case 'closed':
    case 'refused': {
      const connection = world.connections.get(event.conn);
      if (connection === undefined) return;
      setEnd(connection, process, 'closed');
      if (endOfOther(connection, process) === 'closed') forget(world, connection, now);
      return;
    }
    default:
  }
}

function connect(
  world: World,
  dialler: Process,
  id: ConnId,
  to: ProcessId,
  port: PortName,
  now: Micros,
): void {
  assert(!world.connections.has(id), 'a connection id is used once');
  assert(to !== dialler.id, 'nobody dials itself');
  const found = world.byId.get(to);
  const acceptor = found?.kind === 'server' ? found : world.nobody;
  const { links } = world;
  const linkThere = linkOf(links, dialler.id, acceptor.id);
  const linkBack = linkOf(links, acceptor.id, dialler.id);
  const connection: Connection = {
    id,
    port,
    dialler,
    acceptor,
    diallerEnd: 'dialling',
    acceptorEnd: 'none',
    there: createChannel(id, dialler, acceptor, linkThere),
    back: createChannel(id, acceptor, dialler, linkBack),
  };
  world.connections.set(id, connection);
  const address = addressOfProcess(dialler.id);
  const event = { kind: 'dialled', conn: id, from: dialler.id, address, port } as const;
  transmit(world, connection.there, now, event, 0);
  refuseIfDown(world, connection, now);
}

/** The kernel of a machine whose server is down answers a dial that reaches it: refused. */
function refuseIfDown(world: World, connection: Connection, now: Micros): void {
  const { acceptor, there } = connection;
  if (acceptor.status !== 'down' || acceptor.silent || there.stuckSince >= 0) return;
  if (connection.diallerEnd === 'closed') return forget(world, connection, now);
  const travel = Math.max(0, (itemsOf(there)[0]?.at ?? now) - now);
  clearChannel(there);
  connection.acceptorEnd = 'closed';
  finish(world, connection.back, now, { kind: 'refused', conn: connection.id }, travel);
}

function accept(world: World, acceptor: Process, id: ConnId, now: Micros): void {
  const connection = world.connections.get(id);
  if (connection?.acceptorEnd !== 'ringing' || connection.acceptor !== acceptor) return;
  connection.acceptorEnd = 'open';
  // The dialler may have given up meanwhile: its goodbye is on its way.
  if (connection.diallerEnd === 'closed') return;
  transmit(world, connection.back, now, { kind: 'opened', conn: id }, 0);
}

function refuse(world: World, acceptor: Process, id: ConnId, now: Micros): void {
  const connection = world.connections.get(id);
  if (connection?.acceptorEnd !== 'ringing' || connection.acceptor !== acceptor) return;
  connection.acceptorEnd = 'closed';
  stopChannel(world, connection.there, now);
  if (connection.diallerEnd === 'closed') forget(world, connection, now);
  else finish(world, connection.back, now, { kind: 'refused', conn: id }, 0);
}

function send(world: World, process: Process, id: ConnId, now: Micros, message: Message): void {
  const connection = world.connections.get(id);
  if (connection === undefined || endOf(connection, process) === 'closed') return;
  const out = outOf(connection, process);
  if (out.finished) return;
  if (endOfOther(connection, process) === 'closed' && !isBlocked(out)) {
    // Nobody has this connection there any more: unless that was said already, a reset says so.
    const back = intoOf(connection, process);
    if (!back.finished) reset(world, connection, process, now);
    return;
  }
  transmit(world, out, now, { kind: 'packet', conn: id, message }, 0);
}

/** `process` learns, a round trip from now, that the other end is gone. */
function reset(world: World, connection: Connection, process: Process, now: Micros): void {
  const out = outOf(connection, process);
  stopChannel(world, out, now);
  const there = drawLatency(world.links, out.link);
  const kind = endOf(connection, process) === 'dialling' ? 'refused' : 'closed';
  finish(world, intoOf(connection, process), now, { kind, conn: connection.id }, there);
}

/** `process` closes its end; the other hears of it behind all that was sent before. */
export function closeEnd(
  world: World,
  connection: Connection,
  process: Process,
  now: Micros,
): void {
  if (endOf(connection, process) === 'closed') return;
  const ringing = endOf(connection, process) === 'ringing';
  setEnd(connection, process, 'closed');
  stopChannel(world, intoOf(connection, process), now);
  dropOrders(world, process, connection.id);
  if (endOfOther(connection, process) === 'closed') return forget(world, connection, now);
  const kind = ringing ? 'refused' : 'closed';
  const out = outOf(connection, process);
  if (!out.finished) finish(world, out, now, { kind, conn: connection.id }, 0);
}

/** Both ends are told at once, and what is in flight is lost. */
export function breakBoth(world: World, connection: Connection, now: Micros): void {
  for (const process of [connection.dialler, connection.acceptor]) {
    const end = endOf(connection, process);
    if (end === 'none' || end === 'closed') continue;
    dropOrders(world, process, connection.id);
    const kind = end === 'dialling' ? 'refused' : 'closed';
    order(world, process, now, { kind, conn: connection.id });
  }
  forget(world, connection, now);
}

/** A delivery by the world itself: an order, a person's input, a broken connection. */
export function order(world: World, process: Process, now: Micros, event: Inbound): void {
  pushItem(lineTo(world, process), now, now, world.nobody.sent++, event, world.cause);
}

function dropOrders(world: World, process: Process, id: ConnId): void {
  const line = world.lines.get(process.id);
  if (line === undefined || isEmpty(line)) return;
  filterItems(line, (item) => !('conn' in item.event) || item.event.conn !== id);
}

function clearOrders(world: World, process: Process): void {
  const line = world.lines.get(process.id);
  if (line !== undefined) clearChannel(line);
}

/** The world's own line to a process: no latency, no cut. */
function lineTo(world: World, process: Process): Channel {
  const known = world.lines.get(process.id);
  if (known !== undefined) return known;
  const link = linkOf(world.links, world.nobody.id, process.id);
  const line = createChannel(0 as ConnId, world.nobody, process, link);
  world.lines.set(process.id, line);
  return line;
}

/** Puts the last thing on a channel. */
function finish(world: World, channel: Channel, now: Micros, event: Inbound, after: number): void {
  channel.finished = true;
  transmit(world, channel, now, event, after);
}

/** Sends now what takes `after` plus the link's latency; behind all that was sent before. */
function transmit(
  world: World,
  channel: Channel,
  now: Micros,
  event: Inbound,
  after: number,
): void {
  const seq = channel.sender.sent++;
  if (isBlocked(channel)) {
    pushItem(channel, NEVER, now, seq, event, world.cause);
    markStuck(world, channel, now);
    return;
  }
  const arrival = now + after + drawLatency(world.links, channel.link);
  const at = arrival > channel.last ? arrival : channel.last + 1;
  pushItem(channel, at as Micros, now, seq, event, world.cause);
}

/** Nothing gets through: a cut, or a machine without power at the other end. */
function isBlocked(channel: Channel): boolean {
  return channel.link.cut || channel.receiver.silent;
}

function markStuck(world: World, channel: Channel, now: Micros): void {
  if (channel.stuckSince >= 0 || channel.conn === 0) return;
  channel.stuckSince = now;
  const at = (now + world.config.tcpTimeout) as Micros;
  world.breaks.push({ at, channel, since: now });
}

/** What has not arrived by `now` waits until the way is free again. */
export function blockChannel(world: World, channel: Channel, now: Micros): void {
  let stuck = false;
  for (const item of itemsOf(channel)) {
    if (item.at < now) continue;
    item.at = NEVER;
    stuck = true;
  }
  if (!stuck) return;
  channel.last = now;
  reorderChannel(channel);
  markStuck(world, channel, now);
}

/** The way may be free again: what waited goes on in its order, or is answered by a reset. */
export function unblockChannel(world: World, channel: Channel, now: Micros): void {
  const connection = world.connections.get(channel.conn);
  if (connection === undefined || channel.stuckSince < 0 || isBlocked(channel)) return;
  const outward = channel === connection.there;
  const sender = outward ? connection.dialler : connection.acceptor;
  if (endOfOther(connection, sender) === 'closed') {
    if (intoOf(connection, sender).finished) stopChannel(world, channel, now);
    else reset(world, connection, sender, now);
    return;
  }
  channel.stuckSince = -1;
  for (const item of itemsOf(channel)) {
    if (item.at !== NEVER) continue;
    item.at = (now + drawLatency(world.links, channel.link)) as Micros;
  }
  reorderChannel(channel);
  if (outward && connection.acceptorEnd === 'none') refuseIfDown(world, connection, now);
}

/** Tells whoever wants to know which packets will never arrive. */
export function loseItems(
  world: World,
  channel: Channel,
  now: Micros,
  which?: (item: InFlight) => boolean,
): void {
  if (world.lost === null || isEmpty(channel)) return;
  const to = channel.receiver.id;
  for (const item of itemsOf(channel)) {
    if (item.event.kind !== 'packet' || which?.(item) === false) continue;
    world.lost.push({ item, to, at: now });
  }
}

/** What is on the channel is lost, and so is the reason to give up on it. */
function stopChannel(world: World, channel: Channel, now: Micros): void {
  loseItems(world, channel, now);
  clearChannel(channel);
  channel.stuckSince = -1;
}

/** TCP gives up: the sender's end is closed, whatever the other end believes. */
export function breakStuck(world: World, channel: Channel, now: Micros): void {
  const connection = world.connections.get(channel.conn);
  if (connection === undefined) return;
  const process = channel.sender;
  // What got no answer is why.
  world.cause = itemsOf(channel)[0]?.cause ?? -1;
  stopChannel(world, channel, now);
  // A goodbye that was stuck is lost too: whoever still speaks to this end gets a reset.
  channel.finished = false;
  const end = endOf(connection, process);
  if (end !== 'closed') {
    setEnd(connection, process, 'closed');
    stopChannel(world, intoOf(connection, process), now);
    dropOrders(world, process, connection.id);
    const kind = end === 'dialling' ? 'refused' : 'closed';
    order(world, process, now, { kind, conn: connection.id });
  }
  const other = endOfOther(connection, process);
  if (other === 'closed' || other === 'none') forget(world, connection, now);
}

/** The soonest TCP timeout that is still to come, NEVER if there is none. */
export function nextBreak(world: World): Micros {
  for (;;) {
    const first = world.breaks[0];
    if (first === undefined) return NEVER;
    const known = world.connections.get(first.channel.conn);
    const current = known !== undefined && first.channel.stuckSince === first.since;
    if (current) return first.at;
    world.breaks.shift();
  }
}

/** The process is gone, its machine is not: the kernel closes what it had open. */
export function closeAll(world: World, process: Process, now: Micros): void {
  for (const connection of [...world.connections.values()]) {
    if (connection.dialler === process) closeEnd(world, connection, process, now);
    else if (connection.acceptor !== process) continue;
    else if (connection.acceptorEnd === 'none') refuseIfDown(world, connection, now);
    else closeEnd(world, connection, process, now);
  }
  clearOrders(world, process);
}

/** The machine is without power: nobody is told, and nothing reaches it. */
export function goDark(world: World, process: Process, now: Micros): void {
  for (const connection of [...world.connections.values()]) {
    if (connection.dialler !== process && connection.acceptor !== process) continue;
    const into = intoOf(connection, process);
    if (connection.acceptor === process && connection.acceptorEnd === 'none') {
      // Even a dial that waits for a paused process is repeated by the dialler's TCP.
      for (const item of itemsOf(into)) item.at = NEVER;
      reorderChannel(into);
      markStuck(world, into, now);
      continue;
    }
    setEnd(connection, process, 'closed');
    loseItems(world, into, now, (item) => item.at < now);
    filterItems(into, (item) => item.at >= now);
    blockChannel(world, into, now);
    const out = outOf(connection, process);
    loseItems(world, out, now, (item) => item.at === NEVER);
    forgetUnsent(out);
    const other = endOfOther(connection, process);
    if (other === 'closed' || other === 'none') forget(world, connection, now);
    else if (other === 'dialling') markStuck(world, into, now);
  }
  clearOrders(world, process);
}

/**
 * What waited at a cut was in the memory of a machine that is dark now. A goodbye among it is lost:
 * whoever still speaks to this end gets a reset.
 */
function forgetUnsent(channel: Channel): void {
  filterItems(channel, (item) => item.at !== NEVER);
  const last = itemsOf(channel).at(-1)?.event.kind;
  channel.finished = last === 'closed' || last === 'refused';
}

/** The machine is back: it answers what waited for it, though it knows no old connection. */
export function comeBack(world: World, process: Process, now: Micros): void {
  for (const connection of [...world.connections.values()]) {
    if (connection.dialler !== process && connection.acceptor !== process) continue;
    unblockChannel(world, intoOf(connection, process), now);
  }
}

/** Takes a connection out of the world. */
function forget(world: World, connection: Connection, now: Micros): void {
  loseItems(world, connection.there, now);
  loseItems(world, connection.back, now);
  clearChannel(connection.there);
  clearChannel(connection.back);
  world.connections.delete(connection.id);
}

export function endOf(connection: Connection, process: Process): Connection['diallerEnd'] {
  return connection.dialler === process ? connection.diallerEnd : connection.acceptorEnd;
}

function endOfOther(connection: Connection, process: Process): Connection['diallerEnd'] {
  return connection.dialler === process ? connection.acceptorEnd : connection.diallerEnd;
}

function setEnd(connection: Connection, process: Process, end: Connection['diallerEnd']): void {
  if (connection.dialler === process) connection.diallerEnd = end;
  else connection.acceptorEnd = end;
}

function outOf(connection: Connection, process: Process): Channel {
  return connection.dialler === process ? connection.there : connection.back;
}

function intoOf(connection: Connection, process: Process): Channel {
  return connection.dialler === process ? connection.back : connection.there;
}
