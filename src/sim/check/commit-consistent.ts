/**
 * commitConsistent, a branch that a correct server never takes: the server reports itself when it does.
 * What is committed is the oldest proposal that is open, at the leader and at its followers.
 *
 * Source: the flag of ZkV3_7_0.tla under the name that MSPEC_2.tla (Remix) gives it.
 */
import type { Property } from './ghosts.ts';

export const COMMIT_CONSISTENT: Property = {
  name: 'commitConsistent',
  title: 'Every commit is for the oldest proposal that is still open',
};
