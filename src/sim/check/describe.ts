/** Words for transactions: the latest proposals are remembered with what they do and for whom. */
import type { TxnRecord } from '../../core/jute/txn.ts';
import { formatSessionId, type SessionId } from '../../core/units.ts';
import type { Entry } from './sequence.ts';
import { formatKey, type ZxidKey } from './zxid-key.ts';

interface Description extends Entry {
  readonly type: string;
  readonly path: string | null;
  readonly session: SessionId;
}

/** The latest DESCRIPTIONS proposals; `next` is where the oldest one is overwritten. */
export interface Descriptions {
  readonly ring: Description[];
  next: number;
}

const DESCRIPTIONS = 512;

export function createDescriptions(): Descriptions {
  return { ring: [], next: 0 };
}

export function remember(d: Descriptions, zxid: ZxidKey, id: number, record: TxnRecord): void {
  const { txn, header } = record;
  const path = 'path' in txn ? txn.path : null;
  d.ring[d.next] = { zxid, id, type: txn.type, path, session: header.clientId };
  d.next = (d.next + 1) % DESCRIPTIONS;
}

/** `0x200000003 (create /a by session 0x1000…)`, or the bare zxid of one long past. */
export function describe(d: Descriptions, entry: Entry): string {
  const known = d.ring.find((one) => one.zxid === entry.zxid && one.id === entry.id);
  if (known === undefined) return formatKey(entry.zxid);
  const what = known.path === null ? known.type : `${known.type} ${known.path}`;
  return `${formatKey(entry.zxid)} (${what} by session ${formatSessionId(known.session)})`;
}
