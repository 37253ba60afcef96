/**
 * `dump`: sessions, their ephemerals, and connections.
 *
 * Source: server.command.DumpCommand, SessionTrackerImpl.dumpSessions, LearnerSessionTracker (3.9).
 */
import { formatSessionId, type Millis } from '../units.ts';
import type { Server } from '../server-context.ts';
import { roundToNextInterval, type ExpiryQueue } from '../session/expiry-queue.ts';
import { elapsedMillis, wallMillis, type ZooKeeperServer } from '../zookeeper-server.ts';
import type { HostFacts } from './host-facts.ts';
import { javaDate } from './java-date.ts';

export function dumpText(server: Server, zks: ZooKeeperServer, facts: HostFacts): string {
  const lines = [
    'SessionTracker dump:',
    ...sessionLines(server, zks),
    'ephemeral nodes dump:',
    ...ephemeralLines(server),
    'Connections dump:',
    ...connectionLines(server, zks, facts),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function sessionLines(server: Server, zks: ZooKeeperServer): string[] {
  if (zks.sessions !== null) {
    const { expiry } = zks.sessions;
    return bucketLines(server, 'Session', expiry, (id) => `\t${formatSessionId(id)}`);
  }
  return [
    `Global Sessions(${String(server.db.sessions.size)}):`,
    ...[...server.db.sessions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, timeOut]) => `${formatSessionId(id)}\t${String(timeOut)}ms`),
  ];
}

function ephemeralLines(server: Server): string[] {
  const { ephemerals } = server.db.tree;
  return [
    `Sessions with Ephemerals (${String(ephemerals.size)}):`,
    ...[...ephemerals].flatMap(([id, paths]) => [
      `${formatSessionId(id)}:`,
      ...[...paths].map((path) => `\t${path}`),
    ]),
  ];
}

/** Source: NIOServerCnxnFactory.dumpConnections; a connection's deadline follows its session's. */
function connectionLines(server: Server, zks: ZooKeeperServer, facts: HostFacts): string[] {
  const queue: ExpiryQueue<string> = {
    interval: CONNECTION_INTERVAL,
    deadlines: new Map(),
    buckets: new Map(),
  };
  for (const { conn, sessionId, timeOut, stats } of zks.cnxns.values()) {
    const id = sessionId === 0n ? '0x0' : formatSessionId(sessionId);
    const heard = Math.max(stats.lastResponseTime, 0);
    const deadline = roundToNextInterval(CONNECTION_INTERVAL, (heard + timeOut) as Millis);
    const text = `\tip: ${facts.addressOf(conn)} sessionId: ${id}`;
    queue.deadlines.set(text, deadline);
    queue.buckets.set(deadline, (queue.buckets.get(deadline) ?? new Set()).add(text));
  }
  return bucketLines(server, 'Connections', queue, (text) => text);
}

/** Milliseconds: zookeeper.nio.sessionlessCnxnTimeout. */
const CONNECTION_INTERVAL = 10_000 as Millis;

function bucketLines<T>(
  server: Server,
  what: string,
  queue: ExpiryQueue<T>,
  describe: (item: T) => string,
): string[] {
  const { buckets, deadlines } = queue;
  const wall = wallMillis(server) - elapsedMillis(server);
  return [
    `${what} Sets (${String(buckets.size)})/(${String(deadlines.size)}):`,
    ...[...buckets]
      .sort(([a], [b]) => a - b)
      .flatMap(([deadline, items]) => [
        `${String(items.size)} expire at ${javaDate((wall + deadline) as Millis)}:`,
        ...[...items].map(describe),
      ]),
  ];
}
