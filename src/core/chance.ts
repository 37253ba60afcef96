/**
 * Chance without a generator: a draw is a hash of (seed, what it is for, how many-th), so a new
 * use, or a use in parallel, shifts no other draw.
 */

/** What a draw is for. The numbers are part of every recorded run: append, never renumber. */
export const Purpose = {
  linkLatency: 1,
  diskLatency: 2,
  crashTail: 3,
  observerElectionDelay: 4,
  snapshotRoll: 5,
  hostShuffle: 6,
  reconnectDelay: 7,
  workload: 8,
  fault: 9,
  scenario: 10,
  program: 11,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** 32 uniformly mixed bits (the finaliser of MurmurHash3 over a running sum). */
export function draw(seed: number, purpose: Purpose, subject: number, index: number): number {
  let h = seed | 0;
  h = mix(h ^ Math.imul(purpose, 0x9e3779b1));
  h = mix(h ^ Math.imul(subject, 0x85ebca6b));
  h = mix(h ^ Math.imul(index, 0xc2b2ae35));
  return h >>> 0;
}

/** An integer in [min, max], both included; the bias is below max-min in 2^32. */
export function drawInt(bits: number, min: number, max: number): number {
  return min + (bits % (max - min + 1));
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
