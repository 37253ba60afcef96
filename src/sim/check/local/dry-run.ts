/**
 * Trial starts: what a server would make of a disk if it started now, found out by letting a twin
 * start that nobody hears.
 */
import type { Server, ServerSettings } from '../../../core/server-context.ts';
import { createServer } from '../../../core/server.ts';
import { memberOf } from '../../../core/quorum/quorum-verifier.ts';
import { loadConfig } from '../../../core/quorum/reconfig.ts';
import type { DiskImage, SnapshotEntry } from '../../../core/txn-log/disk-image.ts';
import { recover } from '../../../core/txn-log/recovery.ts';
import { txnId } from '../../../core/txn-log/zk-database.ts';
import type { Micros } from '../../../core/units.ts';
import type { Zxid } from '../../../core/zxid.ts';
import { filesOf, type Disk, type Files } from '../../disk.ts';

/** The twin with its database, or why it would not start. */
export type DryRun =
  | { readonly server: Server; readonly refusal: null }
  | { readonly server: null; readonly refusal: string };

/** As the process would find its files if only it ended: the page cache is there. */
export function startOnCache(server: Server, disk: Disk): DryRun {
  return startOnImage(server.settings, server.now, writtenFiles(disk));
}

/** As it would find them after a loss of power. */
export function startOnPlatter(server: Server, disk: Disk): DryRun {
  return startOnImage(server.settings, server.now, disk.platter);
}

/** The page cache, with the files whose writing is under way: to the process they are there. */
function writtenFiles(disk: Disk): Files {
  const files = filesOf(disk.cache);
  for (const { effect, fate } of disk.pending) {
    if (fate === 'failed') continue;
    if (effect.kind === 'writeEpoch') files[effect.file] = effect.epoch;
    if (effect.kind !== 'saveSnapshot') continue;
    const { snapshot } = effect;
    const others = files.snapshots.filter((entry) => zxidOf(entry) !== snapshot.zxid);
    files.snapshots = [...others, { kind: 'snapshot', snapshot }];
  }
  return files;
}

function zxidOf(entry: SnapshotEntry): Zxid {
  return entry.kind === 'snapshot' ? entry.snapshot.zxid : entry.zxid;
}

/** As it would find the disk of a server that is down. */
export function startOnImage(settings: ServerSettings, now: Micros, image: DiskImage): DryRun {
  const twin = createServer(settings);
  twin.now = now;
  twin.status = 'running';
  if (!loadConfig(twin, image) && !isMember(twin)) {
    // A reconfiguration has left it out, which is not its disk's fault: look at the database.
    twin.out = [];
    twin.status = 'running';
  }
  if (twin.status === 'running' && recover(twin, image)) return { server: twin, refusal: null };
  const last = twin.out.find((effect) => effect.kind === 'exit');
  return { server: null, refusal: last?.kind === 'exit' ? last.reason : 'no reason given' };
}

function isMember(server: Server): boolean {
  return memberOf(server.quorumVerifier, server.settings.sid) !== undefined;
}

/** Identifies the transaction that the tree processed last; NaN where the log does not have it. */
export function lastTxnId({ db }: Server): number {
  const last = db.log.at(-1);
  return last?.header.zxid === db.tree.lastProcessedZxid ? txnId(last) : NaN;
}
