/**
 * C.7: a server that looks for a leader has in memory what it would recover from its disk: it votes
 * with the one, and after a restart it is the other.
 *
 * A leader's tree stands at the zxid that opens its epoch until the first write, and its disk knows
 * nothing of that; `areSamePlace` says what else such a zxid may stand for.
 */
import type { Server } from '../../../core/server-context.ts';
import { formatZxid } from '../../../core/zxid.ts';
import type { Disk } from '../../disk.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { startOnCache } from './dry-run.ts';
import { find, type Findings } from './findings.ts';
import { areSamePlace, differenceOfTrees } from './same-tree.ts';

export const MEMORY_AND_DISK: Property = {
  name: 'C.7',
  title: 'A server that looks for a leader has in memory what its disk holds',
};

/** It has just become LOOKING. */
export function checkMemoryAndDisk(findings: Findings, server: Server, disk: Disk): void {
  const twin = startOnCache(server, disk);
  const self = text`Server ${findings.sid} looks for a leader with a tree that has processed
    everything up to ${formatZxid(server.db.tree.lastProcessedZxid)}`;
  if (twin.refusal !== null) {
    find(
      findings,
      MEMORY_AND_DISK,
      text`${self}, but could not start on its disk:
      ${twin.refusal}.`,
    );
    return;
  }
  const [mine, found] = [server.db.tree, twin.server.db.tree];
  if (!areSamePlace(mine.lastProcessedZxid, found.lastProcessedZxid)) {
    const why = text`${self}, but from its own disk it would recover
      ${formatZxid(found.lastProcessedZxid)}.`;
    find(findings, MEMORY_AND_DISK, why);
    return;
  }
  if (mine.digestCheck.settlesAt !== null || found.digestCheck.settlesAt !== null) return;
  const what = differenceOfTrees(server.db, twin.server.db);
  if (what === null) return;
  find(findings, MEMORY_AND_DISK, text`${self}, but its own disk holds ${what} at that point.`);
}
