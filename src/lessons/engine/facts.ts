/** Whether a fact is so in a run, right now. */
import { unreachable } from '../../core/assert.ts';
import { ownerKind, statOf, type DataNode } from '../../core/data-tree/data-node.ts';
import { digestHex, getNode, type DataTree } from '../../core/data-tree/data-tree.ts';
import { watchCount } from '../../core/data-tree/watch-manager.ts';
import { containsQuorum } from '../../core/quorum/quorum-verifier.ts';
import type { Server } from '../../core/server-context.ts';
import type { LogEntry } from '../../core/txn-log/disk-image.ts';
import type { ProcessId, SessionId, Sid } from '../../core/units.ts';
import { itemsOf } from '../../sim/channel.ts';
import { viewClientHost } from '../../sim/client-host.ts';
import type { ClientStatus } from '../../core/client/client-io.ts';
import { memberView, type LocalRun } from '../../sim/local.ts';
import { logOfDisk, logOfImage } from '../../sim/member-view.ts';
import { EMPTY_DISK } from '../../core/txn-log/disk-image.ts';
import { runningServers } from '../../sim/script-text/who.ts';
import { namesPath } from './txn-paths.ts';
import type { Fact, Range, ServerRef, TreeRef } from './goal.ts';

/** Who led when the person's part began; null where nobody did. */
export interface Since {
  readonly firstLeader: Sid | null;
}

export function isSo(run: LocalRun, since: Since, fact: Fact): boolean {
  switch (fact.fact) {
    case 'all':
      return fact.of.every((one) => isSo(run, since, one));
    case 'any':
      return fact.of.some((one) => isSo(run, since, one));
    case 'not':
      return !isSo(run, since, fact.of);
    case 'serves': {
      const leader = servingLeader(run);
      return leader !== null && fits(run, since, fact.by, leader.settings.sid);
    }
    case 'allServe':
      return allServe(run, fact.servers);
    case 'role':
      return serversOf(run).some((s) => s.settings.sid === fact.server && s.state === fact.is);
    case 'running': {
      const sid = serverOf(run, since, fact.server);
      return serversOf(run).some((server) => server.settings.sid === sid);
    }
    case 'znode':
      return isZnodeSo(run, since, fact);
    case 'client':
    case 'watch':
      return isClientSo(run, since, fact);
    case 'watches':
      return inRange(sum(serversOf(run).map(({ db }) => watchCount(db.watches))), fact.count);
    case 'sessions': {
      const leader = servingLeader(run);
      return leader !== null && inRange(leader.db.sessions.size, fact.count);
    }
    case 'epoch': {
      const leader = servingLeader(run);
      return leader !== null && inRange(leader.currentEpoch, fact.is);
    }
    case 'agree':
      return haveOneTree(serversOf(run).map(({ db }) => db.tree));
    case 'logged':
      return isLogged(run, serverOf(run, since, fact.server), fact);
    case 'snapshots': {
      const sid = serverOf(run, since, fact.server);
      return sid !== null && inRange(memberView(run, sid).disk.snapshots.length, fact.count);
    }
    case 'noFaults':
      return hasNoFaults(run);
    case 'cut':
      return [...run.world.links.byKey.values()].some(
        ({ from, to, cut }) => cut && Number(from) === fact.from && Number(to) === fact.to,
      );
    case 'voters':
      return isInForce(run, fact.are, 'participant');
    case 'observers':
      return isInForce(run, fact.are, 'observer');
    default:
      return unreachable(fact);
  }
}

export const inRange = (value: number, { min = -Infinity, max = Infinity }: Range): boolean =>
  value >= min && value <= max;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function serversOf(run: LocalRun): readonly Server[] {
  return runningServers(run).map(({ server }) => server);
}

/** A leader that serves with a quorum behind it; there is at most one in the newest epoch. */
export function servingLeader(run: LocalRun): Server | null {
  const serving = serversOf(run).filter(({ zabState }) => zabState === 'broadcast');
  const leaders = serving.filter((leader) => {
    if (leader.state !== 'LEADING') return false;
    const behind = serving.filter((one) => one === leader || isBehind(one, leader));
    return containsQuorum(
      leader.quorumVerifier,
      behind.map(({ settings }) => settings.sid),
    );
  });
  return leaders.sort((a, b) => b.currentEpoch - a.currentEpoch)[0] ?? null;
}

function isBehind(one: Server, leader: Server): boolean {
  return one.state !== 'LEADING' && one.currentVote.leader === leader.settings.sid;
}

/** Null where there is no such server. */
export function serverOf(run: LocalRun, since: Since, ref: ServerRef): Sid | null {
  if (ref === 'leader') return servingLeader(run)?.settings.sid ?? null;
  return ref === 'firstLeader' ? since.firstLeader : (ref as Sid);
}

export function fits(
  run: LocalRun,
  since: Since,
  ref: ServerRef | undefined,
  sid: number | null,
): boolean {
  return ref === undefined || (sid !== null && serverOf(run, since, ref) === sid);
}

function allServe(run: LocalRun, only: readonly number[] | undefined): boolean {
  const leader = servingLeader(run);
  if (leader === null) return false;
  const wanted = only ?? leader.quorumVerifier.members.map(({ sid }) => sid as number);
  const serving = serversOf(run).filter(({ zabState }) => zabState === 'broadcast');
  return wanted.every((sid) =>
    serving.some((one) => one.settings.sid === sid && (one === leader || isBehind(one, leader))),
  );
}

type ZnodeFact = Extract<Fact, { readonly fact: 'znode' }>;

function isZnodeSo(run: LocalRun, since: Since, fact: ZnodeFact): boolean {
  const owner = fact.owner === undefined ? null : sessionOf(run, fact.owner);
  const isIn = (tree: DataTree): boolean => {
    const node = getNode(tree, fact.path);
    return node !== undefined && isNodeSo(node, fact, owner);
  };
  const trees = treesAt(run, since, fact.at ?? 'leader', fact.at === undefined);
  return fact.at === 'every' ? trees.length > 0 && trees.every(isIn) : trees.some(isIn);
}

/** @param orSome without a leader any server's tree will do. */
function treesAt(run: LocalRun, since: Since, at: TreeRef, orSome: boolean): readonly DataTree[] {
  const servers = serversOf(run);
  const trees = servers.map(({ db }) => db.tree);
  if (at === 'some' || at === 'every') return trees;
  const sid = serverOf(run, since, at);
  if (sid === null && orSome) return trees;
  return trees.filter((_, index) => servers[index]?.settings.sid === sid);
}

const text = new TextDecoder();

function isNodeSo(node: DataNode, fact: ZnodeFact, owner: SessionId | null): boolean {
  if (fact.kind !== undefined && ownerKind(node.ephemeralOwner) !== fact.kind) return false;
  if (fact.owner !== undefined && node.ephemeralOwner !== owner) return false;
  if (fact.version !== undefined && !inRange(node.version, fact.version)) return false;
  if (fact.children !== undefined && !inRange(node.children.size, fact.children)) return false;
  if (!isStatSo(node, fact)) return false;
  if (fact.text === undefined) return true;
  return text.decode(node.data ?? new Uint8Array(0)) === fact.text;
}

function isStatSo(node: DataNode, { cversion, aversion, rising = [] }: ZnodeFact): boolean {
  if (cversion === undefined && aversion === undefined && rising.length === 0) return true;
  const stat = statOf(node);
  if (cversion !== undefined && !inRange(stat.cversion, cversion)) return false;
  if (aversion !== undefined && !inRange(stat.aversion, aversion)) return false;
  const zxids = rising.map((field) => stat[field]);
  return zxids.every((zxid, n) => zxid > (zxids[n - 1] ?? -1n));
}

/** Null of a client that is not there. */
export function clientOf(run: LocalRun, name: string): ClientStatus | null {
  const process = run.world.processes.find((one) => one.kind === 'client' && one.name === name);
  const host = process === undefined ? undefined : run.hosts.get(process.id);
  return host?.kind === 'client' ? viewClientHost(host) : null;
}

function sessionOf(run: LocalRun, name: string): SessionId | null {
  return clientOf(run, name)?.sessionId ?? null;
}

type ClientFact = Extract<Fact, { readonly fact: 'client' | 'watch' }>;

function isClientSo(run: LocalRun, since: Since, fact: ClientFact): boolean {
  const client = clientOf(run, fact.client);
  if (client === null) return false;
  if (fact.fact === 'watch') {
    return client.watches.some(
      ({ kind, path }) => path === fact.path && (fact.kind ?? kind) === kind,
    );
  }
  if (fact.timeout !== undefined && !inRange(client.timeOut, fact.timeout)) return false;
  return linkOf(client.state) === fact.is && fits(run, since, fact.server, client.server);
}

/** What a client's state comes to for whoever uses it. */
export function linkOf(state: ClientStatus['state']): 'connected' | 'disconnected' | 'closed' {
  if (state === 'CONNECTED' || state === 'CONNECTEDREADONLY') return 'connected';
  return state === 'CLOSED' || state === 'AUTH_FAILED' ? 'closed' : 'disconnected';
}

function haveOneTree(trees: readonly DataTree[]): boolean {
  return trees.length > 0 && new Set(trees.map(digestHex)).size === 1;
}

type LoggedFact = Extract<Fact, { readonly fact: 'logged' }>;

function isLogged(run: LocalRun, sid: Sid | null, { path, synced: safe }: LoggedFact): boolean {
  if (sid === null) return false;
  const { log, synced } = logAt(run, sid);
  return log.some(
    (entry, index) =>
      entry.kind === 'record' &&
      namesPath(entry.record.txn, path) &&
      (safe !== true || index < synced),
  );
}

function logAt(run: LocalRun, sid: Sid): { log: readonly LogEntry[]; synced: number } {
  const host = run.hosts.get(sid as number as ProcessId);
  if (host?.kind === 'member') return logOfDisk(host.disk, null);
  return logOfImage(run.images.get(sid) ?? EMPTY_DISK);
}

function hasNoFaults({ world }: LocalRun): boolean {
  const processes = world.processes.every(
    ({ kind, status, faults, skew }) =>
      kind !== 'server' ||
      (status === 'running' &&
        skew === 0 &&
        faults.slowness === 1 &&
        !faults.lying &&
        !faults.full),
  );
  const links = [...world.links.byKey.values()].every(
    ({ cut, latency }) => !cut && latency === null,
  );
  const packets = [...world.connections.values()].every(({ there, back }) =>
    [there, back].every((channel) => itemsOf(channel).every(({ held }) => !held)),
  );
  return processes && links && packets;
}

function isInForce(
  run: LocalRun,
  sids: readonly number[],
  type: 'participant' | 'observer',
): boolean {
  const members = servingLeader(run)?.quorumVerifier.members ?? [];
  const found = members.filter((member) => member.type === type).map(({ sid }) => sid as number);
  return found.length === sids.length && sids.every((sid) => found.includes(sid));
}
