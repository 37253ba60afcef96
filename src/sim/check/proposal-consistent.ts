/**
 * proposalConsistent, a branch that a correct server never takes: the server reports itself when it does.
 * Proposals reach a follower one after the other, without a gap.
 *
 * Source: the flag of ZkV3_7_0.tla under the name that MSPEC_2.tla (Remix) gives it.
 */
import type { Property } from './ghosts.ts';

export const PROPOSAL_CONSISTENT: Property = {
  name: 'proposalConsistent',
  title: 'Every proposal that a follower receives is the successor of the one before',
};
