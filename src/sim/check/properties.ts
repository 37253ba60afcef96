/** All invariants, in the order in which a page lists them. */
import { ACK_CONSISTENT } from './ack-consistent.ts';
import { AGREEMENT } from './agreement.ts';
import { APPLY_ORDER } from './apply-order.ts';
import { DEFINITE_OUTCOME } from './client/definite-outcome.ts';
import { EPHEMERAL_OWNER } from './client/ephemeral-owner.ts';
import { LINEARIZABLE_WRITES } from './client/linearizable-writes.ts';
import { MONOTONIC_READS } from './client/monotonic-reads.ts';
import { READ_YOUR_WRITES } from './client/read-your-writes.ts';
import { SESSION_EXPIRY } from './client/session-expiry.ts';
import { SESSION_ORDER } from './client/session-order.ts';
import { SYNC_THEN_READ } from './client/sync-then-read.ts';
import { WATCH_ORDER } from './client/watch-order.ts';
import { COMMIT_CONSISTENT } from './commit-consistent.ts';
import { COMMITTED_LOG_DURABILITY } from './committed-log-durability.ts';
import { COMMITTED_LOG_MONOTONICITY } from './committed-log-monotonicity.ts';
import { COUNTED_ACK_EPOCH } from './counted-ack-epoch.ts';
import { EPOCHS_ON_DISK } from './epochs-on-disk.ts';
import type { Property } from './ghosts.ts';
import { GLOBAL_PRIMARY_ORDER } from './global-primary-order.ts';
import { INTEGRITY } from './integrity.ts';
import { LEADER_LOG_COMPLETENESS } from './leader-log-completeness.ts';
import { LEADERSHIP_1 } from './leadership-1.ts';
import { LEADERSHIP_2 } from './leadership-2.ts';
import { LOCAL_PRIMARY_ORDER } from './local-primary-order.ts';
import { LOG_CONTIGUITY } from './log-contiguity.ts';
import { AFTER_SNAP } from './local/after-snap.ts';
import { ELECTIONS } from './local/elections.ts';
import { EPHEMERALS } from './local/ephemerals.ts';
import { MEMORY_AND_DISK } from './local/memory-and-disk.ts';
import { MULTI_ATOMIC } from './local/multi-atomic.ts';
import { OUTSTANDING } from './local/outstanding.ts';
import { SEQUENTIAL_NAMES } from './local/sequential-names.ts';
import { TYPE_OK } from './local/type-ok.ts';
import { ZNODE_STATS } from './local/znode-stats.ts';
import { MESSAGE_LEGAL } from './message-legal.ts';
import { NEW_EPOCH } from './new-epoch.ts';
import { NEW_LEADER_ACK_DURABLE } from './new-leader-ack-durable.ts';
import { PREFIX_CONSISTENCY } from './prefix-consistency.ts';
import { PRIMARY_INTEGRITY } from './primary-integrity.ts';
import { PROCESS_CONSISTENCY } from './process-consistency.ts';
import { PROPOSAL_ACK_DURABLE } from './proposal-ack-durable.ts';
import { PROPOSAL_CONSISTENT } from './proposal-consistent.ts';
import { QUORUM_DURABILITY } from './quorum-durability.ts';
import { RECOVERY } from './recovery.ts';
import { STATE_CONSISTENT } from './state-consistent.ts';
import { TOTAL_ORDER } from './total-order.ts';
import { TREE_DIGEST } from './tree-digest.ts';
import { TRUNCATION } from './truncation.ts';
import { VOTE_ORDER } from './vote-order.ts';

export const PROPERTIES: readonly Property[] = [
  LEADERSHIP_1,
  LEADERSHIP_2,
  PREFIX_CONSISTENCY,
  AGREEMENT,
  TOTAL_ORDER,
  INTEGRITY,
  LOCAL_PRIMARY_ORDER,
  GLOBAL_PRIMARY_ORDER,
  PRIMARY_INTEGRITY,
  COMMITTED_LOG_MONOTONICITY,
  COMMITTED_LOG_DURABILITY,
  LEADER_LOG_COMPLETENESS,
  PROCESS_CONSISTENCY,
  TYPE_OK,
  STATE_CONSISTENT,
  PROPOSAL_CONSISTENT,
  COMMIT_CONSISTENT,
  ACK_CONSISTENT,
  MESSAGE_LEGAL,
  EPOCHS_ON_DISK,
  COUNTED_ACK_EPOCH,
  NEW_LEADER_ACK_DURABLE,
  PROPOSAL_ACK_DURABLE,
  QUORUM_DURABILITY,
  LOG_CONTIGUITY,
  MEMORY_AND_DISK,
  RECOVERY,
  TRUNCATION,
  AFTER_SNAP,
  TREE_DIGEST,
  EPHEMERALS,
  ZNODE_STATS,
  SEQUENTIAL_NAMES,
  APPLY_ORDER,
  OUTSTANDING,
  MULTI_ATOMIC,
  LINEARIZABLE_WRITES,
  DEFINITE_OUTCOME,
  SESSION_ORDER,
  MONOTONIC_READS,
  READ_YOUR_WRITES,
  SYNC_THEN_READ,
  WATCH_ORDER,
  SESSION_EXPIRY,
  EPHEMERAL_OWNER,
  ELECTIONS,
  VOTE_ORDER,
  NEW_EPOCH,
];

/** A property that only a server's own report names. */
export function propertyNamed(name: string): Property {
  const known = PROPERTIES.find((property) => property.name === name);
  return known ?? { name, title: 'A branch that a correct server never takes was not taken' };
}
