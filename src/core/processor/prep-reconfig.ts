/**
 * A reconfiguration becomes a transaction that sets the data of /zookeeper/config to the text of
 * the next configuration. What stands here is judged after the session and before the permission.
 *
 * Source: server.PrepRequestProcessor, its case reconfig (3.9).
 */
import { unreachable } from '../assert.ts';
import { CONFIG_PATH } from '../data-tree/path.ts';
import { ErrorCode } from '../error-code.ts';
import type { ReconfigRequest } from '../jute/proto.ts';
import type { Txn } from '../jute/txn.ts';
import { ConfigTextError, newVerifier, parseConfig, parseMember } from '../quorum/config-text.ts';
import { parseSid, withVersion } from '../quorum/config-text.ts';
import { isQuorumSynced } from '../quorum/designated-leader.ts';
import { javaCopyCapacity, splitTrimmed } from '../quorum/java-text.ts';
import type { QuorumMember, QuorumVerifier } from '../quorum/quorum-verifier.ts';
import { configOf, log, type Server, type ServerRequest } from '../server-context.ts';
import type { Sid } from '../units.ts';
import type { ZooKeeperServer } from '../zookeeper-server.ts';
import type { Zxid } from '../zxid.ts';
import { RequestError } from './request-error.ts';

const LOGGER = 'PrepRequestProcessor';

/** @throws RequestError */
export function reconfigTxn(
  server: Server,
  _zks: ZooKeeperServer,
  _r: ServerRequest,
  request: ReconfigRequest,
  zxid: Zxid,
): Txn {
  const { role, lastSeenQuorumVerifier: lastSeen } = server;
  if (role.name !== 'leading') throw new RequestError(ErrorCode.UNIMPLEMENTED);
  if (lastSeen.version !== server.quorumVerifier.version) {
    throw new RequestError(ErrorCode.RECONFIGINPROGRESS);
  }
  if (request.curConfigId !== -1n && request.curConfigId !== lastSeen.version) {
    throw new RequestError(ErrorCode.BADVERSION);
  }
  const next = withVersion(nextConfig(server, lastSeen, request), zxid);
  const fewest = configOf(server).standaloneEnabled ? 2 : 1;
  if (next.voters.length < fewest) {
    const least = fewest === 2 ? '2 followers' : '1 follower';
    throw refuse(server, `new configuration must include at least ${least}`);
  }
  if (!isQuorumSynced(server, role.leader, next)) {
    const what = 'there must be a connected and synced quorum in new configuration';
    log(server, 'WARN', LOGGER, `Reconfig failed - ${what}`);
    throw new RequestError(ErrorCode.NEWCONFIGNOQUORUM);
  }
  const data = new TextEncoder().encode(next.text);
  return { type: 'reconfig', path: CONFIG_PATH, data, version: -1 };
}

function refuse(server: Server, why: string): RequestError {
  log(server, 'WARN', LOGGER, `Reconfig failed - ${why}`);
  return new RequestError(ErrorCode.BADARGUMENTS);
}

function nextConfig(
  server: Server,
  lastSeen: QuorumVerifier,
  request: ReconfigRequest,
): QuorumVerifier {
  const { newMembers } = request;
  const isBulk = newMembers !== null;
  log(server, 'INFO', LOGGER, isBulk ? 'Non-incremental reconfig' : 'Incremental reconfig');
  try {
    return isBulk
      ? parseConfig(newMembers.replaceAll(',', '\n'), configOf(server).standaloneEnabled)
      : incremented(server, lastSeen, request);
  } catch (error) {
    if (!(error instanceof ConfigTextError)) throw error;
    throw new RequestError(codeOf(error.kind));
  }
}

/** What Java's parsers throw is none of the errors of a request. */
function codeOf(kind: ConfigTextError['kind']): ErrorCode {
  switch (kind) {
    case 'config':
      return ErrorCode.BADARGUMENTS;
    case 'argument':
      return ErrorCode.MARSHALLINGERROR;
    default:
      return unreachable(kind);
  }
}

/** Servers leave by their number, and join, or change what they are, by their whole line. */
function incremented(
  server: Server,
  lastSeen: QuorumVerifier,
  request: ReconfigRequest,
): QuorumVerifier {
  if (lastSeen.hierarchy !== null) {
    throw refuse(server, 'the last configuration seen has a non-majority quorum system');
  }
  const members = new Map<Sid, QuorumMember>(lastSeen.members.map((m) => [m.sid, m]));
  const order = { capacity: javaCopyCapacity(members.size) };
  for (const leaving of splitTrimmed(request.leavingServers ?? '', ',')) {
    members.delete(parseSid(leaving));
  }
  for (const joining of splitTrimmed(request.joiningServers ?? '', ',')) {
    const parts = splitTrimmed(joining, '=');
    const [name = '', address = ''] = parts;
    if (parts.length !== 2) throw refuse(server, 'Wrong format of server string');
    const member = parseMember(parseSid(name.slice(name.lastIndexOf('.') + 1)), address);
    if (member.client === null) {
      throw refuse(server, 'each server should have at least 3 ports specified');
    }
    for (const other of members.values()) {
      if (other.sid !== member.sid && sharesAddress(member, other)) {
        throw refuse(server, `an address of server.${String(member.sid)} is taken`);
      }
    }
    members.set(member.sid, member);
  }
  return newVerifier([...members.values()], null, lastSeen.version, order);
}

/** QuorumServer.checkAddressDuplicate; a host's own names for itself are left out. */
function sharesAddress(a: QuorumMember, b: QuorumMember): boolean {
  const others = addressesOf(b);
  return addressesOf(a).some((address) => others.includes(address));
}

function addressesOf({ host, quorumPort, electionPort, client }: QuorumMember): readonly string[] {
  const all = [`${host}:${String(quorumPort)}`, `${host}:${String(electionPort)}`];
  if (client !== null) all.push(client);
  return all.filter((address) => !/^(0\.0\.0\.0|127\.|localhost|\[::1?\]|::1?:)/.test(address));
}
