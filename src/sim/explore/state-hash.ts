/**
 * A hash of what matters of a state: what servers and clients hold, what is on their disks, and
 * what is on its way between them. Moments, and counters that only name things (connections, disk
 * operations, sessions), are left out or replaced by the order in which they are met: two ways that
 * lead to the same situation at different times are to be seen as one.
 *
 * It is an abstraction, and a little too coarse on purpose: two states with the same hash may still
 * differ in when their timers fire.
 */
import type { ProcessId, Sid } from '../../core/units.ts';
import { itemsOf, NEVER, type Channel } from '../channel.ts';
import type { ClientHost } from '../client-host.ts';
import type { LocalRun } from '../local.ts';
import type { MemberHost } from '../member.ts';
import type { World } from '../world.ts';

type AnyHost = MemberHost | ClientHost;

/** Fields that hold a moment, a measure, a counter that only names, or what never changes. */
const IRRELEVANT: ReadonlySet<string> = new Set(
  [
    'now,out,settings,config,seed,incarnation,connCount,diskOpCount,timers,metrics,traceMask,clients',
    'agenda,latency,draws,busyUntil,writes,completed,handedOver,gone,stats,passwd,generation,op',
    'createdAt,time,ctime,mtime,startedAt,since,until,at,seq,lastRead,currentTime,nextTime,tick',
    'tickSkip,tickOfNextAckDeadline,expiry,touchTable,rollAt,rolls,syncStarted,nextSessionId,xid',
    'lastHeard,lastSent,checkAt,dials,waits,nextXid,cxid,lastAt,pause,connectUntil,tries,nextCheck',
    'logBytes,proposalSizes,members,text,lastResponseTime,lastLatency,lastCxid',
    'pathCrc,digestCheck,seek,syncSent,roundEnd,complaint,complainedAt,silent,established,settlesAt',
  ].flatMap((names) => names.split(',')),
);

/** Two lanes of 32 bits, as in the trace hash. */
interface Lanes {
  a: number;
  b: number;
}

/** What one walk over a host has met: names are replaced by the order of meeting. */
interface Walk extends Lanes {
  readonly names: Map<number | bigint, number>;
}

export interface StateHasher {
  /** Of each host, as it was when it was last looked at. */
  readonly hosts: Map<ProcessId, Lanes>;
}

export function createStateHasher(): StateHasher {
  return { hosts: new Map() };
}

/** The host has changed: its part of the hash is made anew. */
export function forgetHost(hasher: StateHasher, process: ProcessId): void {
  hasher.hosts.delete(process);
}

export function copyHasher(hasher: StateHasher): StateHasher {
  return { hosts: new Map(hasher.hosts) };
}

/** 53 bits: as many as a key of a map holds without being a text. */
export function hashState(hasher: StateHasher, run: LocalRun): number {
  const total: Walk = createWalk();
  for (const process of run.world.processes) {
    const { id, status, silent, faults, skew } = process;
    word(total, id);
    word(total, status.length * 2 + (silent ? 1 : 0));
    word(total, faults.slowness * 4 + (faults.full ? 2 : 0) + (faults.lying ? 1 : 0));
    word(total, skew);
    const host = run.hosts.get(id);
    if (host === undefined) {
      // It is down: what matters is what it will find on its disk.
      walk(total, run.images.get(id as number as Sid) ?? null);
    } else {
      add(total, hostLanes(hasher, id, host));
    }
  }
  hashBus(total, run.world);
  return (total.a >>> 0) * 0x20_0000 + ((total.b >>> 0) & 0x1f_ffff);
}

function hostLanes(hasher: StateHasher, id: ProcessId, host: AnyHost): Lanes {
  const known = hasher.hosts.get(id);
  if (known !== undefined) return known;
  const lanes = createWalk();
  for (const timer of host.agenda.timers.map(({ name }) => name ?? '').sort(byText)) {
    text(lanes, timer.replace(/\d{9,}/, ''));
  }
  for (const { event } of host.agenda.completions) text(lanes, event.kind);
  if (host.kind === 'member') {
    nameConnections(lanes, host.server.conns);
    walk(lanes, host.server);
    walk(lanes, host.disk);
    word(lanes, host.ended ? 1 : 0);
  } else {
    walk(lanes, host.client);
  }
  const result = { a: lanes.a, b: lanes.b };
  hasher.hosts.set(id, result);
  return result;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A connection is not its number: it is one on this port, with this peer, dialled from here. */
function nameConnections(into: Walk, conns: MemberHost['server']['conns']): void {
  for (const { conn, port, peer, dialledByUs } of conns.values()) {
    into.names.set(conn, peer * 16 + port.length * 2 + (dialledByUs ? 1 : 0));
  }
}

/** In any order: a connection is known by its ends and by what is on it. */
function hashBus(total: Walk, world: World): void {
  let a = 0;
  let b = 0;
  for (const connection of world.connections.values()) {
    const one = createWalk();
    word(one, connection.dialler.id);
    word(one, connection.acceptor.id);
    text(one, connection.port);
    text(one, connection.diallerEnd);
    text(one, connection.acceptorEnd);
    hashChannel(one, connection.there);
    hashChannel(one, connection.back);
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  for (const line of world.lines.values()) {
    const one = createWalk();
    word(one, line.receiver.id);
    hashChannel(one, line);
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  for (const link of world.links.byKey.values()) {
    if (!link.cut) continue;
    const one = createWalk();
    word(one, link.from);
    word(one, link.to);
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  word(total, a);
  word(total, b);
}

function hashChannel(into: Walk, channel: Channel): void {
  for (const { event, held, at } of itemsOf(channel)) {
    word(into, held ? 3 : at === NEVER ? 2 : 1);
    add(into, lanesOf(event));
  }
  word(into, 0x7e57);
}

function createWalk(names: Walk['names'] = new Map()): Walk {
  return { a: 0x811c9dc5 | 0, b: 0x9747b28c | 0, names };
}

/** Of values that never change once they are made: events, records, snapshots. */
const remembered = new WeakMap<object, Lanes>();

function lanesOf(value: object): Lanes {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const one = createWalk();
  fields(one, value);
  const lanes = { a: one.a, b: one.b };
  remembered.set(value, lanes);
  return lanes;
}

function word(lanes: Lanes, value: number): void {
  lanes.a = Math.imul(lanes.a ^ value, 0x01000193);
  lanes.a ^= lanes.a >>> 15;
  lanes.b = Math.imul(lanes.b ^ value, 0x5bd1e995);
  lanes.b ^= lanes.b >>> 13;
}

/** Texts come again and again: paths, names of states and fields. */
const texts = new Map<string, number>();
const TEXTS_MAX = 100_000;

function text(lanes: Lanes, value: string): void {
  let hash = texts.get(value);
  if (hash === undefined) {
    hash = 0x811c9dc5 | 0;
    for (let i = 0; i < value.length; i++) {
      hash = Math.imul(hash ^ value.charCodeAt(i), 0x01000193);
    }
    if (texts.size >= TEXTS_MAX) texts.clear();
    texts.set(value, hash);
  }
  word(lanes, hash);
}

/** Connections are named by numbers from here on; see makeConnId. */
const CONN_ID_MIN = 2 ** 40;
/** The owner's sid is in a session's high bits; no zxid of a run gets there. */
const SESSION_ID_MIN = 1n << 56n;
const LOW = 0xffff_ffffn;

function nameOf(into: Walk, value: number | bigint): number {
  const known = into.names.get(value);
  if (known !== undefined) return known;
  const name = into.names.size + 1;
  into.names.set(value, name);
  return name;
}

function walk(into: Walk, value: unknown): void {
  switch (typeof value) {
    case 'string':
      return text(into, value);
    case 'number':
      return value >= CONN_ID_MIN ? word(into, nameOf(into, value)) : number(into, value);
    case 'boolean':
      return word(into, value ? 17 : 19);
    case 'bigint':
      return bigint(into, value);
    case 'object':
      return value === null ? word(into, 23) : object(into, value);
    default:
      return word(into, 29);
  }
}

function number(into: Walk, value: number): void {
  word(into, value | 0);
  if (!Number.isInteger(value) || value > 0x7fff_ffff) text(into, String(value));
}

function bigint(into: Walk, value: bigint): void {
  if (value >= SESSION_ID_MIN || value < 0n) return word(into, nameOf(into, value));
  word(into, Number(value & LOW));
  word(into, Number(value >> 32n));
}

function object(into: Walk, value: object): void {
  if (value instanceof Uint8Array) {
    word(into, value.length);
    for (const byte of value) word(into, byte);
  } else if (value instanceof Map) {
    unordered(into, value);
  } else if (value instanceof Set) {
    unordered(into, value.entries());
  } else if (Array.isArray(value)) {
    for (const entry of value) walk(into, entry);
    word(into, 31);
  } else if ('header' in value && 'txn' in value) {
    add(into, lanesOf(value));
  } else {
    fields(into, value);
  }
}

/** Maps and sets are the same in whatever order they were filled. */
function unordered(into: Walk, entries: Iterable<readonly [unknown, unknown]>): void {
  let a = 0;
  let b = 0;
  for (const [key, entry] of entries) {
    const one = createWalk(into.names);
    walk(one, key);
    if (entry !== key) walk(one, entry);
    a = (a + one.a) | 0;
    b = (b + one.b) | 0;
  }
  add(into, { a, b });
}

function add(into: Walk, { a, b }: Lanes): void {
  word(into, a);
  word(into, b);
}

function fields(into: Walk, value: object): void {
  for (const key of Object.keys(value)) {
    if (IRRELEVANT.has(key)) continue;
    const field = (value as Readonly<Record<string, unknown>>)[key];
    text(into, key);
    switch (key) {
      case 'diskWaits':
        // A disk operation is named by a counter, and so is what waits for it.
        walk(into, [...(field as Map<number, unknown>).values()]);
        break;
      case 'snapshots':
      case 'log':
        // What is on a disk never changes, and is larger than all the rest.
        for (const one of field as object[]) add(into, lanesOf(one));
        break;
      case 'nodes':
        // A tree that has a digest is known by it.
        if (hasDigest(value)) break;
        walk(into, field);
        break;
      default:
        walk(into, field);
    }
  }
}

function hasDigest(tree: object): boolean {
  return 'digestLow' in tree && tree.digestLow !== 0;
}
