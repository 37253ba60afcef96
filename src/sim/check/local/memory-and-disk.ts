/**
 * C.7: a server that looks for a leader has in memory what it would recover from its disk: it votes
 * with the one, and after a restart it is the other.
 *
 * A leader's tree stands at the zxid that opens its epoch until the first write; its disk knows
 * nothing of that.
 */
import type { Server } from '../../../core/server-context.ts';
import { counterOf, formatZxid } from '../../../core/zxid.ts';
import type { Disk } from '../../disk.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import { startOnCache } from './dry-run.ts';
import { differenceOf, fingerprintOf } from './fingerprint.ts';
import { find, type Findings } from './findings.ts';

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
    find(findings, MEMORY_AND_DISK, text`${self}, but could not start on its disk:
      ${twin.refusal}.`);
    return;
  }
  const [mine, found] = [server.db.tree, twin.server.db.tree];
  const isEpochStart = counterOf(mine.lastProcessedZxid) === 0;
  const isBehind = found.lastProcessedZxid < mine.lastProcessedZxid;
  if (mine.lastProcessedZxid !== found.lastProcessedZxid && !(isEpochStart && isBehind)) {
    const why = text`${self}, but from its own disk it would recover
      ${formatZxid(found.lastProcessedZxid)}.`;
    find(findings, MEMORY_AND_DISK, why);
    return;
  }
  if (mine.digestCheck.settlesAt !== null || found.digestCheck.settlesAt !== null) return;
  const isSame = mine.digestHigh === found.digestHigh && mine.digestLow === found.digestLow;
  const parts = differenceOf(fingerprintOf(server.db), fingerprintOf(twin.server.db));
  if (isSame && parts === null) return;
  const what = isSame ? text`other ${parts}` : 'another tree';
  find(findings, MEMORY_AND_DISK, text`${self}, but its own disk holds ${what} at that point.`);
}
