/**
 * messageLegal, a branch that a correct server never takes: the server reports itself when it does.
 * Each phase has its own kinds of packets.
 *
 * Source: the flag of ZkV3_7_0.tla under the name that MSPEC_2.tla (Remix) gives it.
 */
import type { Property } from './ghosts.ts';

export const MESSAGE_LEGAL: Property = {
  name: 'messageLegal',
  title: 'Every packet is of a kind that is legal in the phase of its receiver',
};
