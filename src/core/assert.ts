/**
 * Assertions stay on in every build. A failed one is a bug in this program, never a fault that
 * the simulated world injected: it stops the world, and the page shows the seed and the step.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new AssertionError(`expected: ${invariant}`);
}

/** Narrows away `undefined` where its absence would be a bug. */
export function defined<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new AssertionError(`expected: ${what} is there`);
  return value;
}

/** Ends a `switch` over a union: a new member without a case fails to compile. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${String(value)}`);
}
