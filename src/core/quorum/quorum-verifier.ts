/**
 * A configuration of the ensemble, and what a quorum is in it: more than half of the voters, or,
 * with groups and weights, more than half of the weight in more than half of the groups.
 *
 * Plain data and immutable: a reconfiguration makes another one. It is read and printed in
 * config-text.ts.
 *
 * Source: quorum.flexible.QuorumMaj, QuorumHierarchical, quorum.SyncedLearnerTracker (3.9).
 */
import type { LearnerType } from '../config.ts';
import type { Sid } from '../units.ts';
import type { Zxid } from '../zxid.ts';

/** One line `server.N=…`. Source: QuorumPeer.QuorumServer. */
export interface QuorumMember {
  readonly sid: Sid;
  readonly type: LearnerType;
  readonly host: string;
  readonly quorumPort: number;
  readonly electionPort: number;
  /** `host:port` for clients; null where another file of that server says it. */
  readonly client: string | null;
}

/** Groups, and the weight of each server that has one. */
export interface Hierarchy {
  /** By the number of the group. */
  readonly groups: ReadonlyMap<number, readonly Sid[]>;
  readonly weights: ReadonlyMap<Sid, number>;
}

export interface QuorumVerifier {
  /** The zxid of the reconfiguration that made it; 0 for what stands in zoo.cfg. */
  readonly version: Zxid;
  /** In the order in which they are printed. */
  readonly members: readonly QuorumMember[];
  /** The sids of the participants among them, in the same order. */
  readonly voters: readonly Sid[];
  /** Null where the majority decides. */
  readonly hierarchy: Hierarchy | null;
  /** As it stands in /zookeeper/config, and in the packets that tell of it. */
  readonly text: string;
}

/** Acks of others than voters do not count. */
export function containsQuorum(verifier: QuorumVerifier, acks: Iterable<Sid>): boolean {
  if (verifier.hierarchy !== null) return containsGroups(verifier, verifier.hierarchy, acks);
  const { voters } = verifier;
  let count = 0;
  for (const sid of acks) if (voters.includes(sid)) count++;
  return count > Math.floor(voters.length / 2);
}

/** Groups of no weight neither count nor are counted. */
function containsGroups(
  verifier: QuorumVerifier,
  { groups, weights }: Hierarchy,
  acks: Iterable<Sid>,
): boolean {
  const acked = new Set<Sid>();
  for (const sid of acks) if (verifier.voters.includes(sid)) acked.add(sid);
  let counted = 0;
  let won = 0;
  for (const sids of groups.values()) {
    let total = 0;
    let weight = 0;
    for (const sid of sids) {
      const own = weights.get(sid) ?? 0;
      total += own;
      if (acked.has(sid)) weight += own;
    }
    if (total === 0) continue;
    counted++;
    if (weight > Math.floor(total / 2)) won++;
  }
  return won > Math.floor(counted / 2);
}

/** SyncedLearnerTracker.hasAllQuorums: while a reconfiguration is under way both must agree. */
export function hasAllQuorums(
  verifiers: readonly QuorumVerifier[],
  acks: ReadonlySet<Sid> | readonly Sid[],
): boolean {
  for (const verifier of verifiers) if (!containsQuorum(verifier, acks)) return false;
  return true;
}

export function isVoter(verifier: QuorumVerifier, sid: Sid): boolean {
  return verifier.voters.includes(sid);
}

/** In one of them at least: SyncedLearnerTracker.addAck. */
export function isVoterOfAny(verifiers: readonly QuorumVerifier[], sid: Sid): boolean {
  return verifiers.some((verifier) => isVoter(verifier, sid));
}

export function memberOf(verifier: QuorumVerifier, sid: Sid): QuorumMember | undefined {
  return verifier.members.find((member) => member.sid === sid);
}

/**
 * QuorumVerifier.getWeight: who has none cannot be elected.
 *
 * Differs: of a server that is in no group ZooKeeper knows no weight, and fails; it has 1 here.
 */
export function weightOf(verifier: QuorumVerifier, sid: Sid): number {
  return verifier.hierarchy?.weights.get(sid) ?? 1;
}

/** How many voters a majority needs. */
export function quorumSize(verifier: QuorumVerifier): number {
  return Math.floor(verifier.voters.length / 2) + 1;
}

/** QuorumMaj.equals, QuorumHierarchical.equals: one version is one configuration. */
export function isSameConfig(a: QuorumVerifier, b: QuorumVerifier): boolean {
  if (a.version === b.version) return true;
  return (
    a.members.length === b.members.length &&
    a.members.every((member) => isSameMember(member, memberOf(b, member.sid))) &&
    isSameHierarchy(a.hierarchy, b.hierarchy)
  );
}

function isSameMember(a: QuorumMember, b: QuorumMember | undefined): boolean {
  return b?.type === a.type && isSameQuorumAddress(a, b) && a.client === b.client;
}

/** A voter that moves its ports cannot go on as leader. */
export function isSameQuorumAddress(
  a: QuorumMember | undefined,
  b: QuorumMember | undefined,
): boolean {
  if (a === undefined || b === undefined) return false;
  return a.host === b.host && a.quorumPort === b.quorumPort && a.electionPort === b.electionPort;
}

function isSameHierarchy(a: Hierarchy | null, b: Hierarchy | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.weights.size === b.weights.size &&
    [...a.weights].every(([sid, weight]) => b.weights.get(sid) === weight) &&
    a.groups.size === b.groups.size &&
    [...a.groups].every(([id, sids]) => b.groups.get(id)?.join() === sids.join())
  );
}
