/**
 * Commands about the ensemble as one server sees it.
 *
 * Source: server.admin.Commands, quorum.LearnerHandler.getLearnerHandlerInfo,
 * quorum.MultipleAddresses (3.9).
 * Differs: packets of learners are not counted one by one, and queues are the network's. An
 * address is taken for reachable without being tried.
 */
import { isSynced } from '../quorum/learner-handler.ts';
import type { LearnerHandler } from '../quorum/learner-handler.ts';
import { isVoter, memberOf, type QuorumMember } from '../quorum/quorum-verifier.ts';
import { sidOf, type Server } from '../server-context.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import { counterOf, epochOf, formatZxid } from '../zxid.ts';
import { jsonObject, type Entries, type JsonObject } from './json-text.ts';
import { serverId } from './service-commands.ts';

/** A QuorumZooKeeperServer: neither one that stands alone nor none. */
function isQuorumServer(server: Server): boolean {
  return server.zks !== null && server.zks.kind !== 'standalone';
}

export function leader(server: Server): Entries {
  if (!isQuorumServer(server)) return [['error', 'server is not initialized']];
  const leading = server.role.name === 'leading';
  const sid = leading ? sidOf(server) : server.currentVote.leader;
  return [
    ['is_leader', leading],
    ['leader_id', sid],
    ['leader_ip', memberOf(server.quorumVerifier, sid)?.host ?? ''],
  ];
}

export function votingView(server: Server): Entries {
  const { members, voters } = server.quorumVerifier;
  const view = isQuorumServer(server) ? members.filter(({ sid }) => voters.includes(sid)) : [];
  const entries = view.map((member) => [String(member.sid), serverView(member)] as const);
  return [['current_config', jsonObject(entries)]];
}

function serverView({ host, quorumPort, electionPort, client, type }: QuorumMember): JsonObject {
  return jsonObject([
    ['server_addresses', [`${host}:${String(quorumPort)}`]],
    ['election_addresses', [`${host}:${String(electionPort)}`]],
    ['client_address', client ?? ''],
    ['learner_type', type],
  ]);
}

export function zabState(server: Server): Entries {
  if (!isQuorumServer(server)) {
    return [
      ['voting', false],
      ['zabstate', ''],
    ];
  }
  const sid = sidOf(server);
  const member = memberOf(server.quorumVerifier, sid);
  const zxid = server.db.tree.lastProcessedZxid;
  return [
    ['myid', serverId(server)],
    ['is_leader', server.role.name === 'leading'],
    ['quorum_address', addresses(member?.host ?? '', member?.quorumPort ?? 0)],
    ['election_address', addresses(member?.host ?? '', member?.electionPort ?? 0)],
    ['client_address', member?.client ?? null],
    ['voting', isVoter(server.quorumVerifier, sid)],
    ['last_zxid', formatZxid(zxid)],
    ['zab_epoch', epochOf(zxid)],
    ['zab_counter', counterOf(zxid)],
    ['zabstate', server.zabState],
  ];
}

/** MultipleAddresses, of which there is one. */
function addresses(host: string, port: number): JsonObject {
  const address = `${host}:${String(port)}`;
  return jsonObject([
    ['empty', false],
    ['all_addresses', [address]],
    ['wildcard_addresses', [`0.0.0.0:${String(port)}`]],
    ['all_ports', [port]],
    ['all_host_strings', [host]],
    ['reachable_address', address],
    ['all_reachable_addresses', [address]],
    ['all_reachable_addresses_or_all', [address]],
    ['reachable_or_one', address],
    ['one', address],
  ]);
}

export function observers(server: Server): Entries {
  const { role } = server;
  const synced =
    role.name === 'leading'
      ? [...role.leader.handlers.values()].filter(
          (handler) => handler.type === 'observer' && isSynced(role.leader, handler),
        )
      : [];
  return [
    ['synced_observers', synced.length],
    ['observers', synced.map((handler) => observerInfo(server, handler))],
  ];
}

function observerInfo(server: Server, { conn, sid, lastZxid }: LearnerHandler): JsonObject {
  return jsonObject([
    ['remote_socket_address', server.conns.get(conn)?.address ?? ''],
    ['sid', sid],
    ['last_zxid', formatZxid(lastZxid)],
  ]);
}

export function readOnly(_server: Server, zks: ZooKeeperServer): Entries {
  return [['read_only', zks.kind === 'readonly']];
}
