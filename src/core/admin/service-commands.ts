/**
 * Commands about one server's service: its settings, its connections and what it has counted.
 *
 * Source: server.admin.Commands, ServerStats, ZooKeeperServerConf, ServerCnxn.getConnectionInfo,
 * quorum.BufferStats (3.9).
 * Differs: the sizes of answers are not measured, and read as before the first; there is no TLS,
 * so nothing of it is counted.
 */
import { avgLatency, minLatency } from '../cnxn-stats.ts';
import { nodeCount } from '../data-tree/data-tree.ts';
import { stateName } from '../quorum/vote.ts';
import { configOf, sidOf, type Server } from '../server-context.ts';
import { microsToMillis, type Micros } from '../units.ts';
import type { Cnxn, ZooKeeperServer } from '../zookeeper-server.ts';
import type { AdminFacts } from './admin-facts.ts';
import { jsonObject, type Entries, type Json, type JsonObject } from './json-text.ts';
import { javaDouble } from './metrics.ts';
import { monitorLines } from './monitor.ts';
import { versionLine } from './versions.ts';

export function configuration(server: Server, _zks: ZooKeeperServer, facts: AdminFacts): Entries {
  const config = configOf(server);
  return [
    ['client_port', facts.clientPort],
    ['data_dir', facts.dataDir],
    ['data_log_dir', facts.dataLogDir],
    ['tick_time', config.tickTime],
    ['max_client_cnxns', config.maxClientCnxns],
    ['min_session_timeout', config.minSessionTimeout],
    ['max_session_timeout', config.maxSessionTimeout],
    ['server_id', serverId(server)],
    ['client_port_listen_backlog', -1],
  ];
}

/** A server that stands alone has none, and says 0. */
export function serverId(server: Server): number {
  return server.role.name === 'standalone' ? 0 : sidOf(server);
}

export function connections(_server: Server, zks: ZooKeeperServer, facts: AdminFacts): Entries {
  return connectionLists(zks, facts, (cnxn) => [...briefly(cnxn), ...fully(cnxn)]);
}

function connectionLists(
  zks: ZooKeeperServer,
  facts: AdminFacts,
  describe: (cnxn: Cnxn) => Entries,
): Entries {
  const list = [...zks.cnxns.values()].map((cnxn) => {
    const address = facts.addressOf(cnxn.conn).replace(/^\//, '');
    return jsonObject([['remote_socket_address', address], ...describe(cnxn)]);
  });
  return [
    ['connections', list],
    ['secure_connections', []],
  ];
}

function briefly({ outstanding, paused, stats }: Cnxn): Entries {
  return [
    // SelectionKey.OP_READ, unless the server does not read at present.
    ['interest_ops', paused ? 0 : 1],
    ['outstanding_requests', Math.max(outstanding, 0)],
    ['packets_received', stats.received],
    ['packets_sent', stats.sent],
  ];
}

function fully({ sessionId, timeOut, stats }: Cnxn): Entries {
  const { latency } = stats;
  return [
    ['session_id', sessionId],
    ['last_operation', stats.lastOp],
    ['established', stats.established],
    ['session_timeout', timeOut],
    ['last_cxid', stats.lastCxid],
    ['last_zxid', stats.lastZxid],
    ['last_response_time', stats.lastResponseTime],
    ['last_latency', stats.lastLatency],
    ['min_latency', minLatency(latency)],
    ['avg_latency', latency.count === 0 ? 0 : Math.trunc(latency.total / latency.count)],
    ['max_latency', latency.max],
  ];
}

export function serverStats(server: Server, zks: ZooKeeperServer, facts: AdminFacts): Entries {
  const entries: (readonly [string, Json])[] = [
    ['version', versionLine(configOf(server))],
    ['read_only', zks.kind === 'readonly'],
    ['server_stats', statsOf(server, zks, facts)],
    ['client_response', NO_BUFFERS],
  ];
  if (server.role.name === 'leading') {
    const { last, min, max } = server.role.leader.proposalSizes;
    entries.push(['proposal_stats', bufferStats(last, min, max)]);
  }
  entries.push(['node_count', nodeCount(server.db.tree)]);
  return entries;
}

/** `server_stats`, and the connections with it. */
export function stats(server: Server, zks: ZooKeeperServer, facts: AdminFacts): Entries {
  return [...serverStats(server, zks, facts), ...connectionLists(zks, facts, briefly)];
}

function statsOf(server: Server, zks: ZooKeeperServer, facts: AdminFacts): JsonObject {
  const { latency, received, sent, fsyncThresholdExceedCount, startedAt } = zks.stats;
  return jsonObject([
    ['packets_sent', sent],
    ['packets_received', received],
    ['fsync_threshold_exceed_count', fsyncThresholdExceedCount],
    ['client_response_stats', NO_BUFFERS],
    ['auth_failed_count', 0],
    ['data_dir_size', facts.dataDirSize],
    ['log_dir_size', facts.dataLogDirSize],
    ['last_processed_zxid', server.db.tree.lastProcessedZxid],
    ['server_state', stateName(zks.kind)],
    ['outstanding_requests', zks.inProcess],
    ['min_latency', minLatency(latency)],
    ['avg_latency', { number: javaDouble(avgLatency(latency)) }],
    ['max_latency', latency.max],
    ['num_alive_client_connections', zks.cnxns.size],
    ['uptime', microsToMillis((server.now - startedAt) as Micros)],
    ['provider_null', false],
    ['non_mtlsremote_conn_count', 0],
    ['non_mtlslocal_conn_count', 0],
  ]);
}

function bufferStats(last: number, min: number, max: number): JsonObject {
  return jsonObject([
    ['last_buffer_size', last],
    ['min_buffer_size', min],
    ['max_buffer_size', max],
  ]);
}

const NO_BUFFERS = bufferStats(-1, -1, -1);

/** What `mntr` prints, without the prefix. */
export function monitor(server: Server, zks: ZooKeeperServer, facts: AdminFacts): Entries {
  return monitorLines(server, zks, facts).map((line) => {
    const [name = '', value = ''] = line.slice('zk_'.length).split('\t');
    return [name, /^-?\d+(\.\d+)?$/.test(value) ? { number: value } : value];
  });
}
