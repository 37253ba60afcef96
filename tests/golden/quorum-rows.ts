/**
 * Packets between servers in one form, whether a real ensemble put them on the wire or ours did:
 * a line per packet, by connection and direction.
 *
 * Left out of both: lengths in bytes, protocol versions, and the version of the configuration,
 * which never changes here.
 */
import type { QuorumPacket } from '../../src/core/quorum/packet.ts';
import { formatSessionId } from '../../src/core/units.ts';
import { formatZxid, type Zxid } from '../../src/core/zxid.ts';
import type { Packet } from '../datadriven/stage.ts';

/** A packet as the capture decodes it. */
export interface CapturedPacket {
  readonly t: number;
  readonly from: number;
  readonly to: number;
  readonly chan: 'election' | 'quorum';
  readonly type: string;
  readonly zxid?: string;
  readonly sid?: number;
  readonly currentEpoch?: number;
  readonly txn?: string;
  readonly request?: string;
  readonly session?: string;
  readonly cxid?: number;
  readonly path?: string;
  readonly timeout?: number;
  readonly valid?: boolean;
  readonly sessions?: readonly (readonly [string, number])[];
  readonly state?: string;
  readonly vote?: number;
  readonly electionEpoch?: number;
  readonly peerEpoch?: number;
}

export interface CapturedScenario {
  readonly name: string;
  readonly about: string;
  readonly packets: readonly CapturedPacket[];
}

/** `2>3` → what server 2 said to server 3, in order. */
export type Directions = ReadonlyMap<string, readonly string[]>;

const WORDS = [
  'sid',
  'currentEpoch',
  'txn',
  'request',
  'session',
  'cxid',
  'path',
  'timeout',
  'valid',
  'sessions',
  'state',
  'vote',
  'electionEpoch',
  'peerEpoch',
] as const;

export function rowsOf(
  packets: readonly CapturedPacket[],
  chan: CapturedPacket['chan'],
): Directions {
  const name = namer();
  const directions = new Map<string, string[]>();
  for (const packet of packets) {
    const row = rowOf(packet, name);
    if (packet.chan !== chan) continue;
    const key = `${String(packet.from)}>${String(packet.to)}`;
    directions.set(key, [...(directions.get(key) ?? []), row]);
  }
  return new Map([...directions].sort(([a], [b]) => a.localeCompare(b)));
}

export function rowOf(packet: CapturedPacket, name: (session: string) => string): string {
  const words = [packet.type];
  if (packet.zxid !== undefined) words.push(`zxid=${packet.zxid}`);
  for (const key of WORDS) {
    const value = packet[key];
    if (value === undefined) continue;
    if (key === 'session') words.push(`session=${name(String(value))}`);
    else if (key === 'sessions') {
      const touched = packet.sessions ?? [];
      words.push(`sessions=${touched.map(([id, ms]) => `${name(id)}:${String(ms)}`).join()}`);
    } else words.push(`${key}=${String(value)}`);
  }
  return words.join(' ');
}

/** Sessions by the order in which they appear: S1, S2 … */
export function namer(): (session: string) => string {
  const names = new Map<string, string>();
  return (session) => {
    const name = names.get(session) ?? `S${String(names.size + 1)}`;
    names.set(session, name);
    return name;
  };
}

/** Our packets in the capture's form; a snapshot stream is one row, however many pieces it has. */
export function capture(packets: readonly Packet[]): readonly CapturedPacket[] {
  const captured: CapturedPacket[] = [];
  const start = packets[0]?.at ?? 0;
  for (const { at, from, to, message } of packets) {
    const head = { t: (at - start) / 1000, from, to };
    if (!('kind' in message)) {
      for (const body of quorumBodies(message)) captured.push({ ...head, ...body, chan: 'quorum' });
    } else if (message.kind === 'hello') {
      captured.push({ ...head, chan: 'election', type: 'HELLO' });
    } else {
      const { state, leader: vote, zxid, electionEpoch, peerEpoch } = message;
      captured.push({
        ...head,
        chan: 'election',
        type: 'NOTIFICATION',
        state,
        vote,
        zxid: formatZxid(zxid),
        electionEpoch,
        peerEpoch,
      });
    }
  }
  return captured;
}

type Body = Pick<CapturedPacket, 'type'> & Partial<CapturedPacket>;

const NO_ZXID = formatZxid(-1n as Zxid);

function quorumBodies(p: QuorumPacket): readonly Body[] {
  switch (p.type) {
    case 'REQUEST':
      return [
        {
          type: p.type,
          zxid: NO_ZXID,
          session: formatSessionId(p.sessionId),
          cxid: p.cxid,
          request: p.request.op,
        },
      ];
    case 'PROPOSAL':
    case 'INFORM': {
      const { header, txn } = p.record;
      const path = 'path' in txn ? { path: txn.path } : {};
      const session = formatSessionId(header.clientId);
      const zxid = formatZxid(p.zxid);
      return [{ type: p.type, zxid, txn: txn.type, session, cxid: header.cxid, ...path }];
    }
    case 'PING': {
      const touched = (p.touched ?? []).map(([id, ms]) => [formatSessionId(id), ms] as const);
      const sessions = touched.length === 0 ? {} : { sessions: touched };
      return [{ type: p.type, zxid: formatZxid(p.zxid), ...sessions }];
    }
    case 'REVALIDATE': {
      const session = formatSessionId(p.sessionId);
      const what = p.valid === null ? { timeout: p.timeOut } : { valid: p.valid };
      return [{ type: p.type, zxid: NO_ZXID, session, ...what }];
    }
    case 'SYNC':
      return [{ type: p.type, zxid: '0x0' }];
    case 'UPTODATE':
      return [{ type: p.type, zxid: NO_ZXID }];
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      return [{ type: p.type, zxid: formatZxid(p.zxid), sid: p.sid }];
    case 'ACKEPOCH':
      return [{ type: p.type, zxid: formatZxid(p.zxid), currentEpoch: p.currentEpoch }];
    case 'SNAPSHOT':
      if (!p.signature) return [];
      return [{ type: '(snapshot stream)' }, { type: '(signature BenWasHere)' }];
    default:
      return [{ type: p.type, zxid: formatZxid(p.zxid) }];
  }
}
