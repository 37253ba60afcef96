/**
 * Stories of the election alone: several peers, driven by hand. Connections are made at once;
 * notifications wait until they are delivered, and timers until they are fired.
 *
 *   add-peers 3 zxid=(0x0,0x0,0x0) epoch=0 [observers=1] [absent=(3)]
 *   start 3            a peer that was absent boots
 *   deliver 1 [N | from=2]   the first N, those of a peer, or all that has reached peer 1
 *   settle             everything, until nothing is under way
 *   fire 3 finalizeWait | notification | observerElection
 *   crash 3            its connections end
 *   break 1 3          the connection between two peers ends: what is on it is lost
 *   hellos             who has dialled whom since the last look, and what became of it
 *   status
 */
import { DEFAULT_CONFIG, ensembleOf } from '../../src/core/config.ts';
import type { Message, ServerEffect, ServerEvent } from '../../src/core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../../src/core/server.ts';
import { EMPTY_DISK, type DiskImage } from '../../src/core/txn-log/disk-image.ts';
import type { ConnId, Micros, ProcessId, Sid } from '../../src/core/units.ts';
import { epochOf, formatZxid, type Zxid } from '../../src/core/zxid.ts';
import type { Teller } from './harness.ts';
import { messageText, sessionNames } from './packet-text.ts';

type ConnEvent = Extract<ServerEvent, { readonly conn: ConnId }>;

interface Link {
  readonly from: Sid;
  readonly to: Sid;
  open: boolean;
}

interface Rig {
  readonly servers: Map<Sid, Server>;
  readonly inbox: Map<Sid, ConnEvent[]>;
  readonly links: Map<ConnId, Link>;
  readonly dials: string[];
  /** Where the present event's effects are told; null: nowhere. */
  told: string[] | null;
}

const NO_NAMES = sessionNames();
const NOW = 0 as Micros;
const TIMERS = ['notification', 'finalizeWait', 'observerElection'];

export function electionTeller(): Teller {
  const rig: Rig = {
    servers: new Map(),
    inbox: new Map(),
    links: new Map(),
    dials: [],
    told: null,
  };
  return (command) => tell(rig, command);
}

function tell(rig: Rig, command: string): readonly string[] {
  const [verb = '', ...words] = command.split(' ');
  const peer = Number(words[0]) as Sid;
  const told: string[] = [];
  switch (verb) {
    case 'add-peers':
      return addPeers(rig, words);
    case 'start':
      return asSent(rig, () => {
        boot(rig, peer);
      });
    case 'deliver':
      if (words[1]?.startsWith('from=') === true) {
        putFirst(rig, peer, Number(words[1].slice(5)) as Sid);
        deliver(rig, peer, 1, told);
      } else deliver(rig, peer, Number(words[1] ?? Infinity), told);
      return told;
    case 'settle':
      for (let rounds = 0; pending(rig) > 0; rounds++) {
        if (rounds > 100) throw new Error('the peers talk without end');
        for (const sid of rig.servers.keys()) deliver(rig, sid, Infinity, told);
      }
      return told;
    case 'fire':
      rig.told = told;
      step(rig, peer, { kind: 'timer', name: words[1] ?? '' });
      plumb(rig);
      return told;
    case 'crash':
      crash(rig, peer);
      return [];
    case 'break':
      breakLinks(rig, peer, Number(words[1]) as Sid);
      return [];
    case 'hellos':
      return rig.dials.splice(0);
    case 'status':
      return status(rig);
    default:
      throw new Error(`no such command: ${command}`);
  }
}

let images = new Map<Sid, DiskImage>();
let config = DEFAULT_CONFIG;

function addPeers(rig: Rig, words: readonly string[]): readonly string[] {
  const count = Number(words[0]);
  const list = (key: string): readonly string[] => {
    const word = words.find((w) => w.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
    return word.replace(/[()]/g, '').split(',').filter(Boolean);
  };
  const observers = Number(list('observers')[0] ?? 0);
  const absent = list('absent').map(Number);
  config = { ...DEFAULT_CONFIG, servers: ensembleOf(count, observers) };
  images = new Map();
  for (const { sid } of config.servers) {
    const zxids = list('zxid');
    const epochs = list('epoch');
    const zxid = BigInt(zxids[sid - 1] ?? zxids[0] ?? '0x0') as Zxid;
    const epoch = Number(epochs[sid - 1] ?? epochs[0] ?? epochOf(zxid));
    images.set(sid, diskWith(zxid, epoch));
  }
  return asSent(rig, () => {
    for (const { sid } of config.servers) if (!absent.includes(sid)) boot(rig, sid);
  });
}

/** A disk whose snapshot is at this zxid. */
function diskWith(zxid: Zxid, epoch: number): DiskImage {
  const snapshot = { zxid, sessions: [], nodes: [] };
  const snapshots = [{ kind: 'snapshot', snapshot } as const];
  return { ...EMPTY_DISK, snapshots, acceptedEpoch: epoch, currentEpoch: epoch };
}

function boot(rig: Rig, sid: Sid): void {
  const image = images.get(sid);
  if (image === undefined) throw new Error(`peer ${String(sid)} is not of this ensemble`);
  const incarnation = rig.servers.has(sid) ? 1 : 0;
  rig.servers.set(sid, createServer({ config, sid, seed: 1, incarnation }));
  rig.inbox.set(sid, []);
  step(rig, sid, { kind: 'boot', image });
}

/** Does it, makes the connections, and tells the notifications that are then on their way. */
function asSent(rig: Rig, change: () => void): readonly string[] {
  const before = new Set([...rig.inbox.values()].flat());
  change();
  plumb(rig);
  const told: string[] = [];
  for (const events of rig.inbox.values()) {
    for (const event of events) if (!before.has(event)) told.push(...arrival(rig, event));
  }
  return told.sort();
}

function pending(rig: Rig): number {
  return [...rig.inbox.values()].reduce((sum, events) => sum + events.length, 0);
}

function deliver(rig: Rig, sid: Sid, count: number, told: string[]): void {
  const inbox = rig.inbox.get(sid) ?? [];
  const due = inbox.splice(0, count);
  for (const event of due) {
    told.push(...arrival(rig, event));
    rig.told = told;
    step(rig, sid, event);
  }
  rig.told = told;
  plumb(rig);
  rig.told = null;
}

/** The oldest notification of one peer overtakes those of others: they are on other connections. */
function putFirst(rig: Rig, sid: Sid, sender: Sid): void {
  const inbox = rig.inbox.get(sid) ?? [];
  const index = inbox.findIndex(
    (event) => event.kind === 'packet' && 'sid' in event.message && event.message.sid === sender,
  );
  if (index < 0) throw new Error(`nothing of peer ${String(sender)} has reached ${String(sid)}`);
  inbox.unshift(...inbox.splice(index, 1));
}

/** Everything but notifications is delivered at once: dials, answers to them, HELLOs, ends. */
function plumb(rig: Rig): void {
  for (let busy = true; busy;) {
    busy = false;
    for (const [sid, inbox] of rig.inbox) {
      const index = inbox.findIndex(
        (event, i) =>
          !isNotification(event) && !inbox.slice(0, i).some((e) => e.conn === event.conn),
      );
      if (index < 0) continue;
      const [event] = inbox.splice(index, 1);
      if (event !== undefined) step(rig, sid, event);
      busy = true;
    }
  }
}

function isNotification(event: ConnEvent): boolean {
  return (
    event.kind === 'packet' && 'kind' in event.message && event.message.kind === 'notification'
  );
}

function arrival(rig: Rig, event: ConnEvent): readonly string[] {
  if (event.kind !== 'packet') return [];
  const sent = event.message as Message & { readonly sid: Sid };
  const link = rig.links.get(event.conn);
  const to = link?.from === sent.sid ? link.to : link?.from;
  return [`${String(sent.sid)}->${String(to)} ${textOf(event.message)}`];
}

function textOf(message: Message): string {
  return messageText(message as Parameters<typeof messageText>[0], NO_NAMES);
}

function step(rig: Rig, sid: Sid, event: ServerEvent): void {
  const server = rig.servers.get(sid);
  if (server === undefined) return;
  const out: ServerEffect[] = [];
  stepServer(server, NOW, event, out);
  for (const effect of out) carryOut(rig, sid, effect);
}

function carryOut(rig: Rig, sid: Sid, effect: ServerEffect): void {
  switch (effect.kind) {
    case 'connect':
      connect(rig, sid, effect);
      return;
    case 'accept':
    case 'refuse':
    case 'close':
    case 'send':
      onLink(rig, sid, effect);
      return;
    case 'setTimer':
      if (TIMERS.includes(effect.name)) {
        rig.told?.push(`  ${String(sid)} arms ${effect.name} ${String(effect.after / 1000)}ms`);
      }
      return;
    case 'note':
      if (effect.note.note === 'state' && effect.note.zabState === 'discovery') {
        const { state, leader } = effect.note;
        rig.told?.push(`  ${String(sid)} is ${state}, leader ${String(leader)}`);
      }
      return;
    default:
      return;
  }
}

function connect(rig: Rig, sid: Sid, effect: Extract<ServerEffect, { kind: 'connect' }>): void {
  const to = effect.to as number as Sid;
  // Nobody answers on the quorum port: these stories end with the election.
  if (effect.port !== 'election') return;
  const inbox = rig.inbox.get(to);
  if (inbox === undefined) {
    rig.inbox.get(sid)?.push({ kind: 'refused', conn: effect.conn });
    return;
  }
  rig.dials.push(`${String(sid)} dials ${String(to)}`);
  rig.links.set(effect.conn, { from: sid, to, open: true });
  const from = sid as number as ProcessId;
  const address = '10.0.0.1';
  inbox.push({ kind: 'dialled', conn: effect.conn, from, address, port: 'election' });
}

function onLink(
  rig: Rig,
  sid: Sid,
  effect: Extract<ServerEffect, { kind: 'accept' | 'refuse' | 'close' | 'send' }>,
): void {
  const link = rig.links.get(effect.conn);
  if (link?.open !== true) return;
  const other = link.from === sid ? link.to : link.from;
  const inbox = rig.inbox.get(other);
  const { conn } = effect;
  switch (effect.kind) {
    case 'accept':
      inbox?.push({ kind: 'opened', conn });
      return;
    case 'refuse':
      inbox?.push({ kind: 'refused', conn });
      return;
    case 'close':
      link.open = false;
      rig.dials.push(`${String(sid)} hangs up on ${String(other)}`);
      inbox?.push({ kind: 'closed', conn });
      return;
    case 'send': {
      const { message } = effect;
      inbox?.push({ kind: 'packet', conn, message });
      if ('kind' in message && message.kind === 'hello') {
        rig.dials.push(`${String(sid)}->${String(other)} HELLO`);
      } else rig.told?.push(`  ${String(sid)}->${String(other)} ${textOf(message)}`);
    }
  }
}

function crash(rig: Rig, sid: Sid): void {
  rig.inbox.delete(sid);
  rig.servers.delete(sid);
  for (const [conn, link] of rig.links) {
    if (link.from === sid || link.to === sid) endLink(rig, conn, link);
  }
  plumb(rig);
}

function breakLinks(rig: Rig, a: Sid, b: Sid): void {
  for (const [conn, link] of rig.links) {
    if ((link.from === a && link.to === b) || (link.from === b && link.to === a)) {
      for (const [sid, inbox] of rig.inbox) {
        rig.inbox.set(
          sid,
          inbox.filter((event) => event.conn !== conn),
        );
      }
      endLink(rig, conn, link);
    }
  }
  plumb(rig);
}

function endLink(rig: Rig, conn: ConnId, link: Link): void {
  if (!link.open) return;
  link.open = false;
  rig.inbox.get(link.from)?.push({ kind: 'closed', conn });
  rig.inbox.get(link.to)?.push({ kind: 'closed', conn });
}

function status(rig: Rig): readonly string[] {
  return [...rig.servers]
    .sort(([a], [b]) => a - b)
    .map(([sid, server]) => {
      const { phase, logicalclock, proposed, recvset, outofelection } = server.election;
      const head = `${String(sid)} ${server.state}`;
      const round = `round=${String(logicalclock)}`;
      if (server.state !== 'LOOKING') {
        const { leader, zxid, peerEpoch } = server.currentVote;
        return `${head} leader=${String(leader)} zxid=${formatZxid(zxid)} peerEpoch=${String(peerEpoch)} ${round}`;
      }
      const sets = `recvset=(${[...recvset.keys()].join(' ')}) outofelection=(${[...outofelection.keys()].join(' ')})`;
      return `${head} ${phase} proposes=${String(proposed.leader)} ${round} ${sets}`;
    });
}
