/**
 * Calls to a worker that may die. A terminated worker never answers, so each open call is also
 * ended by the death. (Not with `Promise.race`: a promise that stays open keeps every race ever
 * run against it in memory.)
 */
export interface Mortal {
  live<T>(answer: Promise<T>): Promise<T>;
  /** Rejects the open calls and all to come. */
  die(reason: Error): void;
}

export function createMortal(): Mortal {
  const open = new Set<(reason: Error) => void>();
  let death: Error | null = null;
  return {
    live: (answer) => {
      if (death !== null) return Promise.reject(death);
      return new Promise((resolve, reject) => {
        open.add(reject);
        answer.then(
          (value) => {
            open.delete(reject);
            resolve(value);
          },
          (reason: unknown) => {
            open.delete(reject);
            reject(reason instanceof Error ? reason : new Error(String(reason)));
          },
        );
      });
    },
    die: (reason) => {
      death ??= reason;
      for (const reject of open) reject(reason);
      open.clear();
    },
  };
}
