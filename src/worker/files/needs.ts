/** What a data directory asks of the configuration of the server that is to start from it. */
import { ownerKind } from '../../core/data-tree/data-node.ts';
import type { TxnRecord } from '../../core/jute/txn.ts';
import type { DiskImage } from '../../core/txn-log/disk-image.ts';
import type { MemberNeeds } from './api.ts';

export function needsOf({ log, snapshots }: DiskImage): MemberNeeds {
  const inSnapshot = snapshots.some(
    (entry) =>
      entry.kind === 'snapshot' &&
      entry.snapshot.nodes.some(({ ephemeralOwner }) => ownerKind(ephemeralOwner) === 'ttl'),
  );
  const inLog = log.some((entry) => entry.kind === 'record' && createsTtlNode(entry.record));
  return { ttlNodes: inSnapshot || inLog, trustEmpty: snapshots.length === 0 && log.length > 0 };
}

function createsTtlNode({ txn }: TxnRecord): boolean {
  const parts = txn.type === 'multi' ? txn.txns : [txn];
  return parts.some(({ type }) => type === 'createTTL');
}
