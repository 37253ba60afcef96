/** Records of a log, and sessions and znodes of a snapshot, as rows to be shown. */
import { unreachable } from '../../core/assert.ts';
import { ownerKind } from '../../core/data-tree/data-node.ts';
import type { Acl } from '../../core/jute/data.ts';
import type { Txn } from '../../core/jute/txn.ts';
import type { LogRow } from '../../core/txn-log/log-format.ts';
import type { FileDamage } from '../../core/txn-log/file-report.ts';
import type { Snapshot, SnapshotNode } from '../../core/txn-log/snapshot.ts';
import type { LogRowView, SnapshotRowView, TxnView } from './api.ts';

/** Characters of data that a row shows. */
const PREVIEW_CHARS = 200;

export function logRowView(row: LogRow, damage: FileDamage | null): LogRowView {
  const { at, end, entry } = row;
  if (entry.kind === 'torn') {
    return { kind: 'damage', at, reason: tornReason, outcome: damage?.outcome ?? null };
  }
  if (entry.kind === 'damaged') {
    return { kind: 'damage', at, reason: entry.reason, outcome: damage?.outcome ?? null };
  }
  const { header, txn, digest } = entry.record;
  return {
    kind: 'record',
    at,
    size: end - at,
    zxid: header.zxid,
    time: header.time,
    session: header.clientId,
    cxid: header.cxid,
    txn: txnView(txn),
    parts: txn.type === 'multi' ? txn.txns.map(txnView) : [],
    digest,
  };
}

const tornReason = 'Last transaction was partial.';

export function txnView(txn: Txn): TxnView {
  const { type } = txn;
  const path = 'path' in txn ? txn.path : null;
  const data = 'data' in txn ? txn.data : null;
  return {
    type,
    path,
    data: data === null ? null : preview(data),
    dataLength: data?.length ?? null,
    details: detailsOf(txn),
  };
}

function detailsOf(txn: Txn): readonly string[] {
  switch (txn.type) {
    case 'create':
    case 'create2':
      return [...(txn.ephemeral ? ['ephemeral'] : []), ...creation(txn)];
    case 'createContainer':
      return creation(txn);
    case 'createTTL':
      return [`ttl ${String(txn.ttl)} ms`, ...creation(txn)];
    case 'setData':
    case 'reconfig':
    case 'check':
      return [`version ${String(txn.version)}`];
    case 'setACL':
      return [`aversion ${String(txn.version)}`, aclText(txn.acl)];
    case 'createSession':
      return [`timeOut ${String(txn.timeOut)} ms`];
    case 'closeSession':
      return txn.paths;
    case 'error':
      return [`err ${String(txn.err)}`];
    case 'multi':
      return [`${String(txn.txns.length)} txns`];
    case 'delete':
    case 'deleteContainer':
      return [];
    default:
      return unreachable(txn);
  }
}

function creation(txn: {
  readonly acl: readonly Acl[];
  readonly parentCVersion: number;
}): readonly string[] {
  return [aclText(txn.acl), `parentCVersion ${String(txn.parentCVersion)}`];
}

/** The sessions first, as they stand in the file. */
export function snapshotRowViews(
  { sessions, nodes }: Snapshot,
  from: number,
  count: number,
): readonly SnapshotRowView[] {
  const open = sessions.slice(from, from + count);
  const first = Math.max(0, from - sessions.length);
  const rest = nodes.slice(first, first + count - open.length);
  return [
    ...open.map(([session, timeout]) => ({ kind: 'session' as const, session, timeout })),
    ...rest.map(nodeView),
  ];
}

function nodeView(node: SnapshotNode): SnapshotRowView {
  const { data, acl, ephemeralOwner, czxid, mzxid, pzxid, ctime, mtime } = node;
  const { version, cversion, aversion } = node;
  return {
    kind: 'node',
    path: node.path === '' ? '/' : node.path,
    owner: ownerKind(ephemeralOwner),
    ephemeralOwner,
    data: data === null ? null : preview(data),
    dataLength: data?.length ?? null,
    ...{ version, cversion, aversion, czxid, mzxid, pzxid, ctime, mtime },
    acl: aclText(acl),
  };
}

/** As zkCli takes it: `world:anyone:cdrwa`. */
function aclText(acl: readonly Acl[]): string {
  return acl.map(({ perms, id }) => `${id.scheme}:${id.id}:${permsText(perms)}`).join(',');
}

/** zkCli's letters, in its order; bits 4, 8, 1, 2, 16. */
const PERMS = [
  ['c', 4],
  ['d', 8],
  ['r', 1],
  ['w', 2],
  ['a', 16],
] as const;

function permsText(perms: number): string {
  return PERMS.flatMap(([letter, bit]) => ((perms & bit) === 0 ? [] : [letter])).join('');
}

/** Text where it is UTF-8 that can be shown, else hexadecimal. */
function preview(data: Uint8Array): string {
  const part = data.subarray(0, PREVIEW_CHARS);
  try {
    // A cut may fall into a character: what follows it then is not a fault of the data.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(part, {
      stream: part.length < data.length,
    });
    if (!hasControls(text)) return text;
  } catch {
    // Bytes, then.
  }
  const bytes = [...part.subarray(0, PREVIEW_CHARS / 4)];
  return `0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function hasControls(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20 && char !== '\n' && char !== '\t' && char !== '\r') return true;
  }
  return false;
}
