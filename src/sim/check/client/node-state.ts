/** One znode as clients may see it, immutable: what a Stat shows, with the data and the ACL. */
import { CONTAINER_OWNER, ownerKind, ttlOwner } from '../../../core/data-tree/data-node.ts';
import type { Acl, Stat } from '../../../core/jute/data.ts';
import type {
  CreateContainerTxn,
  CreateTtlTxn,
  CreateTxn,
  TxnHeader,
} from '../../../core/jute/txn.ts';
import { NO_SESSION, type Millis, type SessionId } from '../../../core/units.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';

export interface NodeState {
  readonly data: Uint8Array | null;
  readonly acl: readonly Acl[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: Millis;
  readonly mtime: Millis;
  readonly version: number;
  /** As stored: creations of children, ever. */
  readonly cversion: number;
  readonly aversion: number;
  /** As stored: a session, or the mark of a container or TTL node. */
  readonly owner: SessionId;
  /** How many children it has. */
  readonly children: number;
}

export type AnyCreateTxn = CreateTxn | CreateContainerTxn | CreateTtlTxn;

export function createdNode(header: TxnHeader, txn: AnyCreateTxn): NodeState {
  const { zxid, time } = header;
  return {
    data: txn.data,
    acl: txn.acl,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: time,
    mtime: time,
    version: 0,
    cversion: 0,
    aversion: 0,
    owner: ownerOf(header, txn),
    children: 0,
  };
}

function ownerOf({ clientId }: TxnHeader, txn: AnyCreateTxn): SessionId {
  if (txn.type === 'createContainer') return CONTAINER_OWNER;
  if (txn.type === 'createTTL') return ttlOwner(txn.ttl);
  return txn.ephemeral ? clientId : NO_SESSION;
}

export function isEphemeral(node: NodeState): boolean {
  return node.owner !== NO_SESSION && ownerKind(node.owner) === 'ephemeral';
}

/** What a Stat shows that is not so, in words; null where it shows this very state. */
export function statFault(stat: Stat, node: NodeState): string | null {
  const cversion = (node.cversion * 2 - node.children) | 0;
  const owner = isEphemeral(node) ? node.owner : NO_SESSION;
  const length = node.data === null ? 0 : node.data.length;
  if (stat.czxid !== node.czxid) return zxidFault('czxid', stat.czxid, node.czxid);
  if (stat.mzxid !== node.mzxid) return zxidFault('mzxid', stat.mzxid, node.mzxid);
  if (stat.pzxid !== node.pzxid) return zxidFault('pzxid', stat.pzxid, node.pzxid);
  if (stat.version !== node.version) return fault('version', stat.version, node.version);
  if (stat.cversion !== cversion) return fault('cversion', stat.cversion, cversion);
  if (stat.aversion !== node.aversion) return fault('aversion', stat.aversion, node.aversion);
  if (stat.numChildren !== node.children) {
    return fault('numChildren', stat.numChildren, node.children);
  }
  if (stat.dataLength !== length) return fault('dataLength', stat.dataLength, length);
  if (stat.ctime !== node.ctime) return fault('ctime', stat.ctime, node.ctime);
  if (stat.mtime !== node.mtime) return fault('mtime', stat.mtime, node.mtime);
  if (stat.ephemeralOwner !== owner) {
    return `ephemeralOwner 0x${stat.ephemeralOwner.toString(16)} and not 0x${owner.toString(16)}`;
  }
  return null;
}

function zxidFault(name: string, shown: Zxid, is: Zxid): string {
  return `${name} ${formatZxid(shown)} and not ${formatZxid(is)}`;
}

function fault(name: string, shown: number, is: number): string {
  return `${name} ${String(shown)} and not ${String(is)}`;
}

export function sameData(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === b) return true;
  const length = a?.length ?? 0;
  if (length !== (b?.length ?? 0)) return false;
  if (a === null || b === null) return true;
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}
