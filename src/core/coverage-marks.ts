/**
 * Coverage marks: every rare branch of the protocol has a name, which the server notes when it
 * takes the branch. The simulator says which marks its seeds have hit; one that none hits is a
 * branch that nothing tests.
 */
export interface Mark {
  readonly name: string;
  /** What happens there. */
  readonly what: string;
}

export const MARKS = [
  { name: 'sync.same-zxid', what: 'A learner has all that the leader has: an empty DIFF.' },
] as const satisfies readonly Mark[];

export type MarkName = (typeof MARKS)[number]['name'];
