/**
 * C.16: what a leader expects of its tree (outstandingChanges) is about transactions that the tree
 * has not processed. Anything older would judge new requests by a tree that is no more.
 */
import type { Server } from '../../../core/server-context.ts';
import { formatZxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { find, type Findings } from './findings.ts';

export const OUTSTANDING: Property = {
  name: 'C.16',
  title: 'Changes that a leader still expects are later than its tree',
};

/** They are in the order of zxids, so the first one shows. */
export function checkOutstanding(findings: Findings, server: Server): void {
  const first = server.zks?.changes.records[0];
  if (first === undefined || first.zxid > server.db.tree.lastProcessedZxid) return;
  const why = text`Server ${findings.sid} still expects the change of ${first.path} by
    ${formatZxid(first.zxid)}, but its tree has processed everything up to
    ${formatZxid(server.db.tree.lastProcessedZxid)}.`;
  find(findings, OUTSTANDING, why);
}
