/** One tab at a time holds the stores of an ensemble. */

export interface RunLock {
  release(): void;
}

/**
 * How long a reloaded page waits for its former self to let go, in milliseconds. Browsers do so
 * within a few milliseconds of ending the workers.
 */
const PATIENCE = 500;

/** Null when another tab has it. Ending the worker lets go of it, too. */
export async function takeRunLock(name: string, patience = PATIENCE): Promise<RunLock | null> {
  const gaveUp = new AbortController();
  const timer = setTimeout(() => gaveUp.abort(), patience);
  try {
    return await new Promise<RunLock>((resolve, reject) => {
      const held = navigator.locks.request(
        name,
        { signal: gaveUp.signal },
        () => new Promise<void>((release) => resolve({ release })),
      );
      held.catch(reject);
    });
  } catch (reason) {
    if (gaveUp.signal.aborted) return null;
    throw reason;
  } finally {
    clearTimeout(timer);
  }
}
