/** What real ZooKeeper would make of a data directory: a server of ours starts from it, alone. */
import { DEFAULT_CONFIG, ensembleOf } from '../../core/config.ts';
import { ownerKind } from '../../core/data-tree/data-node.ts';
import type { TxnRecord } from '../../core/jute/txn.ts';
import type { ServerEffect } from '../../core/quorum/peer-io.ts';
import { createServer, stepServer, type Server } from '../../core/server.ts';
import type { DiskImage, LogEntry } from '../../core/txn-log/disk-image.ts';
import type { Micros, Millis, Sid } from '../../core/units.ts';
import { ZXID_ZERO, type Zxid } from '../../core/zxid.ts';
import type { Verdict } from './api.ts';

/** One of three: a server that stands alone does not look at its epochs. */
const CONFIG = { ...DEFAULT_CONFIG, servers: ensembleOf(3, 0), extendedTypesEnabled: true };

export function judge(image: DiskImage): Verdict {
  const server = createServer({ config: CONFIG, sid: 1 as Sid, seed: 1, incarnation: 0 });
  const effects: ServerEffect[] = [];
  stepServer(server, 0 as Micros, { kind: 'boot', image }, effects);
  const exit = effects.find((e) => e.kind === 'exit');
  return {
    starts: exit === undefined,
    reason: exit?.reason ?? null,
    says: effects.flatMap((e) =>
      e.kind === 'log' && (e.level === 'WARN' || e.level === 'ERROR') ? [e.message] : [],
    ),
    lastZxid: server.db.tree.lastProcessedZxid,
    acceptedEpoch: server.acceptedEpoch,
    currentEpoch: server.currentEpoch,
    records: startImage(image).log.filter(({ kind }) => kind === 'record').length,
    ...countNodes(server),
    hasTtlNodes: hasTtlNodes(image),
    latest: latestTime(server, image),
  };
}

function countNodes({ db }: Server): Pick<Verdict, 'znodes' | 'sessions' | 'ephemerals'> {
  let ephemerals = 0;
  for (const { ephemeralOwner } of db.tree.nodes.values()) {
    if (ownerKind(ephemeralOwner) === 'ephemeral') ephemerals += 1;
  }
  return { znodes: db.tree.nodes.size, sessions: db.sessions.size, ephemerals };
}

/** A server has to be told to know them, else it takes them for ephemerals. */
function hasTtlNodes({ log, snapshots }: DiskImage): boolean {
  return (
    log.some((entry) => entry.kind === 'record' && createsTtlNode(entry.record)) ||
    snapshots.some(
      (entry) =>
        entry.kind === 'snapshot' &&
        entry.snapshot.nodes.some(({ ephemeralOwner }) => ownerKind(ephemeralOwner) === 'ttl'),
    )
  );
}

function createsTtlNode({ txn }: TxnRecord): boolean {
  const parts = txn.type === 'multi' ? txn.txns : [txn];
  return parts.some(({ type }) => type === 'createTTL');
}

/** A new ensemble's clock starts behind it: a znode from the future would never grow old. */
function latestTime({ db }: Server, { log }: DiskImage): Millis {
  let latest = 0;
  for (const { ctime, mtime } of db.tree.nodes.values()) latest = Math.max(latest, ctime, mtime);
  for (const entry of log) {
    if (entry.kind === 'record') latest = Math.max(latest, entry.record.header.time);
  }
  return latest as Millis;
}

/** The part of a disk that a start reads: the newest snapshot that loads, and the log behind it. */
export function startImage(image: DiskImage): DiskImage {
  const newest = image.snapshots.findLast(({ kind }) => kind === 'snapshot');
  const base = newest?.kind === 'snapshot' ? newest.snapshot.zxid : ZXID_ZERO;
  return {
    ...image,
    snapshots: newest === undefined ? [] : [newest],
    log: image.log.slice(startOfLastFileUpTo(image.log, base)),
  };
}

function startOfLastFileUpTo(log: readonly LogEntry[], base: Zxid): number {
  let start = 0;
  for (const [index, entry] of log.entries()) {
    const isStart = entry.kind === 'record' && entry.startsFile;
    const file = isStart ? entry.record.header.zxid : 'file' in entry ? entry.file : undefined;
    if (file !== undefined && file <= base) start = index;
  }
  return start;
}
