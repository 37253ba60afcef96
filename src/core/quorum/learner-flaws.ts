/**
 * Historic bugs of a learner that is being brought up to date, as far as they are more than a line
 * beside the right one; see learner-sync.ts, and `core/mutants.ts` for their stories.
 */
import { diskOp, isMutant, send, type Server } from '../server-context.ts';
import { appendToLog, firstLoggedFrom } from '../txn-log/zk-database.ts';
import type { Zxid } from '../zxid.ts';
import type { Learner } from './learner.ts';

/** ZOOKEEPER-1156: the log was cut before the record that was to be its last. */
export function endOfLog(server: Server, zxid: Zxid): Zxid {
  // Without an issue: the cut is behind the first record that is not before the zxid.
  if (isMutant(server, 'truncate-keeps-next')) return firstLoggedFrom(server.db, zxid) ?? zxid;
  if (!isMutant(server, 'truncate-before-record')) return zxid;
  const isSaved = server.db.snapshots.some((snapshot) => snapshot.zxid === zxid);
  return isSaved ? zxid : ((zxid - 1n) as Zxid);
}

/** ZOOKEEPER-3911: the DIFF is logged behind UPTODATE. ZOOKEEPER-4643: behind currentEpoch. */
export function logsLater(server: Server, learner: Learner): boolean {
  if (isMutant(server, 'ack-newleader-unlogged')) return true;
  return isMutant(server, 'epoch-before-txns') && server.currentEpoch < learner.epoch;
}

/**
 * ZOOKEEPER-4394: what is not committed is logged as well, and a COMMIT that comes before UPTODATE
 * finds no proposal that waits. ZOOKEEPER-4685: all of it is acknowledged before NEWLEADER.
 *
 * @returns false where there is nothing to log.
 */
export function logAll(server: Server, learner: Learner): boolean {
  for (const record of learner.packetsNotLogged.splice(0)) {
    appendToLog(server, record);
    learner.loggedEarly.push(record);
  }
  const upTo = learner.loggedEarly.at(-1)?.header.zxid ?? null;
  if (upTo === null) return false;
  learner.phase = 'loggingDiff';
  const op = diskOp(server, { kind: 'learnerStep', upTo });
  server.out.push({ kind: 'syncLog', op });
  return true;
}

/** What a bug has logged at NEWLEADER is acknowledged. */
export function ackLoggedEarly(server: Server, learner: Learner): void {
  for (const { header } of learner.loggedEarly) {
    if (learner.conn !== null) send(server, learner.conn, { type: 'ACK', zxid: header.zxid });
  }
}
