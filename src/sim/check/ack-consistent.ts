/**
 * ackConsistent, a branch that a correct server never takes: the server reports itself when it does.
 * A follower acknowledges in order, first NEWLEADER and then proposal after proposal.
 *
 * Source: the flag of ZkV3_7_0.tla under the name that MSPEC_2.tla (Remix) gives it.
 */
import type { Property } from './ghosts.ts';

export const ACK_CONSISTENT: Property = {
  name: 'ackConsistent',
  title: 'Every acknowledgement that a leader receives is for the next thing in turn',
};
