/**
 * C.10: when a learner acknowledges NEWLEADER behind a SNAP (or a TRUNC, which is kept by a
 * snapshot as well), its disk holds what it was sent: a loss of power gives the same tree back,
 * with nothing of another branch behind it.
 */
import type { Server } from '../../../core/server-context.ts';
import { formatZxid, type Zxid } from '../../../core/zxid.ts';
import type { Property } from '../ghosts.ts';
import { text } from '../text.ts';
import type { DryRun } from './dry-run.ts';
import { areSamePlace, differenceOfTrees } from './same-tree.ts';
import { find, type Findings } from './findings.ts';

export const AFTER_SNAP: Property = {
  name: 'C.10',
  title: 'A learner that was sent a snapshot recovers exactly that from its disk',
};

/** @param target The zxid of the SNAP or TRUNC. */
export function checkAfterSnap(
  findings: Findings,
  server: Server,
  twin: DryRun,
  mode: 'SNAP' | 'TRUNC',
  target: Zxid,
): void {
  const self = text`Server ${findings.sid} acknowledged NEWLEADER after ${mode} of
    ${formatZxid(target)}, but after a loss of power`;
  if (twin.refusal !== null) {
    find(findings, AFTER_SNAP, text`${self} it would not start: ${twin.refusal}.`);
    return;
  }
  const [mine, found] = [server.db.tree, twin.server.db.tree];
  if (!areSamePlace(found.lastProcessedZxid, mine.lastProcessedZxid)) {
    const which =
      found.lastProcessedZxid > mine.lastProcessedZxid
        ? 'the end of another history that is still in its log'
        : 'less than it was sent';
    const why = text`${self} it would recover ${formatZxid(found.lastProcessedZxid)} instead of
      ${formatZxid(mine.lastProcessedZxid)}: ${which}.`;
    find(findings, AFTER_SNAP, why);
    return;
  }
  const what = differenceOfTrees(server.db, twin.server.db);
  if (what === null) return;
  find(findings, AFTER_SNAP, text`${self} it would recover ${what} at the same zxid.`);
}
