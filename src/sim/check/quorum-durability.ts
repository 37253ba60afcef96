/**
 * C.5: a transaction is committed only once a quorum of the voters has it on disk: of the
 * configuration in force, and a reconfiguration also of the one that it makes.
 */
import { containsQuorum, type QuorumVerifier } from '../../core/quorum/quorum-verifier.ts';
import { isBroken, report, type Ghosts, type MemberGhost, type Property } from './ghosts.ts';
import { formatKey, type ZxidKey } from './zxid-key.ts';
import { text } from './text.ts';

export const QUORUM_DURABILITY: Property = {
  name: 'C.5',
  title: 'A committed transaction is on the disks of a majority',
};

/**
 * A leader commits, by the configuration that it has in force itself: a learner that joins takes
 * over the one to come with UPTODATE, before it is committed. Servers that are down count with what
 * is on their disks.
 */
export function checkQuorumDurability(
  ghosts: Ghosts,
  m: MemberGhost,
  zxid: ZxidKey,
  config: QuorumVerifier = m.config,
): void {
  const { voters } = config;
  const named = voters.filter((sid) => (ghosts.members.get(sid)?.lastSynced ?? -1) >= zxid);
  if (containsQuorum(config, named) || isBroken(ghosts, QUORUM_DURABILITY)) return;
  const who = named.length === 0 ? 'no server' : text`only ${named.map(String).join(', ')}`;
  const of = text`of the voters ${voters.map(String).join(', ')} ${who}`;
  const why = text`${formatKey(zxid)} was committed,
    but ${of} had it on disk, which is no majority.`;
  report(ghosts, QUORUM_DURABILITY, why);
}
