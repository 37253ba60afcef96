/**
 * stateConsistent, a branch that a correct server never takes: the server reports itself when it does.
 * A learner is brought up to date for the epoch that it has accepted, and each step comes once.
 *
 * Source: the flag of ZkV3_7_0.tla under the name that MSPEC_2.tla (Remix) gives it.
 */
import type { Property } from './ghosts.ts';

export const STATE_CONSISTENT: Property = {
  name: 'stateConsistent',
  title: 'Leader and learner agree on the epoch and on how far they have come',
};
