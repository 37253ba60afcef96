/**
 * Who has something to do in this process. What a member does gives work to others, which run
 * after it and not inside it: nothing here is ever re-entered.
 */

export interface Runnable {
  /** Takes what has come in. What comes in meanwhile is for the next time. */
  run(): void;
  /** Hands to the operating system what several runs may have gathered. */
  flush(): void;
}

/** So many runs, then timers and sockets get their turn. */
const RUNS_PER_TURN = 256;

export class RunQueue {
  #ready = new Set<Runnable>();
  readonly #touched = new Set<Runnable>();
  #scheduled = false;

  /** Runs it soon, before the event loop goes on to its next event. */
  wake(runnable: Runnable): void {
    this.#ready.add(runnable);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(this.#drain);
  }

  readonly #drain = (): void => {
    let runs = 0;
    while (this.#ready.size > 0 && runs < RUNS_PER_TURN) {
      const round = this.#ready;
      this.#ready = new Set();
      for (const runnable of round) {
        this.#touched.add(runnable);
        runnable.run();
        runs++;
      }
    }
    for (const runnable of this.#touched) runnable.flush();
    this.#touched.clear();
    this.#scheduled = this.#ready.size > 0;
    if (this.#scheduled) setImmediate(this.#drain);
  };
}
