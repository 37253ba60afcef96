/** All invariants, in the order in which a page lists them. */
import { AGREEMENT } from './agreement.ts';
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
import { NEW_LEADER_ACK_DURABLE } from './new-leader-ack-durable.ts';
import { PREFIX_CONSISTENCY } from './prefix-consistency.ts';
import { PRIMARY_INTEGRITY } from './primary-integrity.ts';
import { PROCESS_CONSISTENCY } from './process-consistency.ts';
import { PROPOSAL_ACK_DURABLE } from './proposal-ack-durable.ts';
import { QUORUM_DURABILITY } from './quorum-durability.ts';
import { TOTAL_ORDER } from './total-order.ts';
import { TREE_DIGEST } from './tree-digest.ts';
import { TRUNCATION } from './truncation.ts';
import { VOTE_ORDER } from './vote-order.ts';

/**
 * Branches that a correct server never takes, which it reports itself when it does.
 *
 * Source: the flags of ZkV3_7_0.tla, under the names that MSPEC_2.tla (Remix) gives them.
 */
const IMPOSSIBLE_BRANCHES: readonly Property[] = [
  { name: 'stateConsistent', title: 'Every partner in a handshake is in the expected state' },
  {
    name: 'proposalConsistent',
    title: 'Every proposal received is the successor of the one before',
  },
  { name: 'commitConsistent', title: 'Every commit received is for the oldest open proposal' },
  { name: 'ackConsistent', title: 'Every ack received is for the next proposal in turn' },
  { name: 'messageLegal', title: 'Every packet received is legal in the phase of its receiver' },
];

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
  EPOCHS_ON_DISK,
  COUNTED_ACK_EPOCH,
  NEW_LEADER_ACK_DURABLE,
  PROPOSAL_ACK_DURABLE,
  QUORUM_DURABILITY,
  LOG_CONTIGUITY,
  TRUNCATION,
  TREE_DIGEST,
  VOTE_ORDER,
  ...IMPOSSIBLE_BRANCHES,
];

/** A property that only a server's own report names. */
export function propertyNamed(name: string): Property {
  const known = PROPERTIES.find((property) => property.name === name);
  return known ?? { name, title: 'A branch that a correct server never takes was not taken' };
}
