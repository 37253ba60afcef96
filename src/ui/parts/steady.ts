/**
 * Frames arrive many times a second, each a whole new object. `steady` gives the earlier object
 * again while the new one says the same, so that nothing drawn from it is drawn anew.
 */
export function steady<T>(same: (a: T, b: T) => boolean): (next: T) => T {
  let held: { readonly value: T } | null = null;
  return (next) => {
    if (held === null || !same(held.value, next)) held = { value: next };
    return held.value;
  };
}

/** For lists that only grow at their end and are cut at their start: the ends tell. */
export function sameEnds<T>(same: (a: T, b: T) => boolean) {
  return (a: readonly T[], b: readonly T[]): boolean => {
    if (a === b) return true;
    if (a.length !== b.length) return false;
    return sameAt(a[0], b[0], same) && sameAt(a.at(-1), b.at(-1), same);
  };
}

function sameAt<T>(a: T | undefined, b: T | undefined, same: (a: T, b: T) => boolean): boolean {
  return a === undefined || b === undefined ? a === b : same(a, b);
}
