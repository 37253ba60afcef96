/**
 * Commands about what the database holds, and who watches it.
 *
 * Source: server.admin.Commands, SessionTrackerImpl.getSessionExpiryMap, DataTree.getDigestLog,
 * server.watch.WatchesReport, WatchesPathReport, WatchesSummary (3.9).
 */
import { watchesByConn, watchesByPath, watchSummary } from '../data-tree/watch-manager.ts';
import type { Server } from '../server-context.ts';
import type { SessionTracker } from '../session/session-tracker.ts';
import { NO_SESSION, type ConnId } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import type { AdminFacts } from './admin-facts.ts';
import { jsonObject, type Entries } from './json-text.ts';

/** Of DataTree.ZxidDigest. */
const DIGEST_VERSION = 2;

export function dump(server: Server, zks: ZooKeeperServer): Entries {
  const tracker = zks.sessions ?? zks.local?.tracker ?? null;
  const ephemerals = [...server.db.tree.ephemerals];
  return [
    ['expiry_time_to_session_ids', jsonObject(tracker === null ? [] : expiryTimes(tracker))],
    [
      'session_id_to_ephemeral_paths',
      jsonObject(ephemerals.map(([id, paths]) => [String(id), [...paths]])),
    ],
  ];
}

/** Deadlines are milliseconds on the server's own clock. */
function expiryTimes({ expiry }: SessionTracker): Entries {
  return [...expiry.buckets]
    .sort(([a], [b]) => a - b)
    .map(([deadline, ids]) => [String(deadline), [...ids]]);
}

export function hash(server: Server): Entries {
  const digests = server.db.tree.digestCheck.history.map(({ zxid, digest }) =>
    jsonObject([
      ['zxid', zxid],
      ['digest', BigInt.asIntN(64, digest)],
      ['digest_version', DIGEST_VERSION],
    ]),
  );
  return [['digests', digests]];
}

/** `zxid` is hexadecimal, without the usual prefix. */
export function lastSnapshot(
  _server: Server,
  _zks: ZooKeeperServer,
  { lastSnapshot: last }: AdminFacts,
): Entries {
  return [
    ['zxid', BigInt.asUintN(64, last?.zxid ?? -1n).toString(16)],
    ['timestamp', last?.timestamp ?? -1],
  ];
}

/** Data watches only, as in all three of these. */
export function watches(server: Server, zks: ZooKeeperServer): Entries {
  const lists = watchesByConn(server.db.watches.data);
  const entries = lists.map(([conn, paths]) => [String(sessionOf(zks, conn)), paths] as const);
  return [['session_id_to_watched_paths', jsonObject(entries)]];
}

export function watchesOfPaths(server: Server, zks: ZooKeeperServer): Entries {
  const lists = watchesByPath(server.db.watches.data);
  const entries = lists.map(
    ([path, conns]) => [path, conns.map((conn) => sessionOf(zks, conn))] as const,
  );
  return [['path_to_session_ids', jsonObject(entries)]];
}

export function summaryOfWatches(server: Server): Entries {
  const { connections, paths, watches: total } = watchSummary(server.db.watches.data);
  return [
    ['num_connections', connections],
    ['num_paths', paths],
    ['num_total_watches', total],
  ];
}

function sessionOf(zks: ZooKeeperServer, conn: ConnId): bigint {
  return zks.cnxns.get(conn)?.sessionId ?? NO_SESSION;
}
