/** What an event was, in a few words that fit into columns. */
import { unreachable } from '../../core/assert.ts';
import type { ServerEvent } from '../../core/quorum/peer-io.ts';
import { epochOf, ZXID_ZERO, type Zxid } from '../../core/zxid.ts';
import type { Inbound } from '../host.ts';
import type { DiskAsk, Seen } from '../local.ts';
import { describeMessage } from '../packet-view.ts';
import { EVENT_KINDS, FAMILIES, NO_FAMILY, type EventKind } from './model.ts';

export interface EventWords {
  readonly kind: EventKind;
  readonly type: string;
  readonly code: string;
  /** Its place in FAMILIES. */
  readonly family: number;
  readonly reply: boolean;
  readonly zxid: Zxid;
  /** -1 where it belongs to no epoch. */
  readonly epoch: number;
}

export function kindNumber(kind: EventKind): number {
  return EVENT_KINDS.indexOf(kind);
}

/** @param asked what the disk operation of a completion was, where that is known. */
export function wordsOf({ turn, delivery }: Seen, asked: DiskAsk | null): EventWords {
  if (delivery !== null) return ofDelivery(delivery.event, delivery.src === 0);
  const { own } = turn;
  if (own === null) return plain('order', 'order', 'OR');
  switch (own.kind) {
    case 'boot':
      return plain('boot', 'boot', 'BT');
    case 'timer':
      return plain('timer', timerName(own.name), 'TI');
    case 'durable':
    case 'diskFailed':
      return ofDisk(own, asked, syncedUpTo(turn.effects));
    default:
      return plain('order', own.kind, 'OR');
  }
}

/** Timers of one peer or connection share a name: `cnx/3` is `cnx`. */
export function timerName(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}

function plain(kind: EventKind, type: string, code: string): EventWords {
  const family = NO_FAMILY;
  return { kind, type, code, family, reply: false, zxid: ZXID_ZERO, epoch: -1 };
}

function ofDelivery(event: Inbound, byWorld: boolean): EventWords {
  switch (event.kind) {
    case 'packet': {
      const { type, code, family, reply, zxid, epoch } = describeMessage(event.message);
      return {
        kind: 'packet',
        type,
        code,
        family: FAMILIES.indexOf(family),
        reply,
        zxid: zxid ?? ZXID_ZERO,
        epoch: epoch ?? -1,
      };
    }
    case 'dialled':
      return plain('packet', 'dial', 'DL');
    case 'opened':
      return plain('packet', 'accept', 'OK');
    case 'refused':
      return plain(byWorld ? 'order' : 'packet', 'refuse', 'NO');
    case 'closed':
      return plain(byWorld ? 'order' : 'packet', 'close', 'CL');
    case 'line':
      return plain('client', 'line', 'LN');
    case 'submit':
      return plain('client', event.request.op, 'RQ');
    case 'start':
      return plain('client', 'start', 'ST');
    case 'disk':
    case 'clock':
      return plain('order', event.kind, 'OR');
    default:
      return plain('order', event.kind, 'OR');
  }
}

const DISK_CODES: Readonly<Record<DiskAsk['kind'], string>> = {
  syncLog: 'FS',
  truncate: 'TR',
  saveSnapshot: 'SN',
  writeEpoch: 'EP',
  writeConfig: 'CF',
};

/** `fsync`, `snapshot`, `currentEpoch` … */
export function diskWord(asked: DiskAsk): string {
  switch (asked.kind) {
    case 'syncLog':
      return 'fsync';
    case 'truncate':
      return 'truncate';
    case 'saveSnapshot':
      return 'snapshot';
    case 'writeEpoch':
      return asked.file;
    case 'writeConfig':
      return 'configuration';
    default:
      return unreachable(asked);
  }
}

function ofDisk(
  own: Extract<ServerEvent, { readonly kind: 'durable' | 'diskFailed' }>,
  asked: DiskAsk | null,
  synced: Zxid,
): EventWords {
  const failed = own.kind === 'diskFailed';
  if (asked === null) return plain('disk', failed ? 'failed' : 'durable', 'DK');
  const name = diskWord(asked);
  const words = plain('disk', failed ? `${name} failed` : name, DISK_CODES[asked.kind]);
  switch (asked.kind) {
    case 'syncLog':
      return { ...words, zxid: synced, epoch: synced > 0n ? epochOf(synced) : -1 };
    case 'truncate':
      return { ...words, zxid: asked.zxid };
    case 'saveSnapshot':
      return { ...words, zxid: asked.snapshot.zxid };
    case 'writeEpoch':
      return { ...words, epoch: asked.epoch };
    default:
      return words;
  }
}

/** What the completion of a sync makes durable. */
function syncedUpTo(effects: Seen['turn']['effects']): Zxid {
  for (const effect of effects) {
    if (effect.kind === 'note' && effect.note.note === 'synced') return effect.note.zxid;
  }
  return ZXID_ZERO;
}
