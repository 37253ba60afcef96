/**
 * C.9, what only the member itself can see: after TRUNC nothing later is left in the tree, in the
 * snapshots that could be loaded, or in what a start would find. The files that the process told
 * of itself are looked at in `truncation.ts`.
 */
import type { Server } from '../../../core/server-context.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';
import type { Disk } from '../../disk.ts';
import { text } from '../text.ts';
import { TRUNCATION } from '../truncation.ts';
import { startOnCache } from './dry-run.ts';
import { find, type Findings } from './findings.ts';

interface Dated {
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
}

/** @param target Where it was told to cut. @param applied The last transaction that followed. */
export function checkAfterTrunc(
  findings: Findings,
  server: Server,
  disk: Disk,
  target: Zxid,
  applied: Zxid,
): void {
  const told = text`Server ${findings.sid} was told to cut its log after ${formatZxid(target)}, but`;
  for (const [path, node] of server.db.tree.nodes) {
    const zxid = latest(node);
    if (zxid <= applied || isReserved(path)) continue;
    find(findings, TRUNCATION, text`${told} ${path} in its tree comes from ${formatZxid(zxid)}.`);
    return;
  }
  for (const snapshot of server.db.snapshots) {
    const late = snapshot.nodes.find((node) => latest(node) > target && !isReserved(node.path));
    if (late === undefined) continue;
    const why = text`${told} its snapshot of ${formatZxid(snapshot.zxid)} holds
      ${late.path === '' ? '/' : late.path} from ${formatZxid(latest(late))}.`;
    find(findings, TRUNCATION, why);
    return;
  }
  // A disk that refuses has not said so yet: the process ends when it does.
  if (disk.pending.some(({ fate }) => fate === 'failed')) return;
  const twin = startOnCache(server, disk);
  if (twin.refusal !== null || twin.server.db.tree.lastProcessedZxid <= target) return;
  const found = formatZxid(twin.server.db.tree.lastProcessedZxid);
  find(findings, TRUNCATION, text`${told} from its disk it would still recover ${found}.`);
}

/** What is in force may be written into /zookeeper/config without a transaction. */
function isReserved(path: string): boolean {
  return path.startsWith('/zookeeper');
}

function latest({ czxid, mzxid, pzxid }: Dated): Zxid {
  const later = czxid > mzxid ? czxid : mzxid;
  return pzxid > later ? pzxid : later;
}
