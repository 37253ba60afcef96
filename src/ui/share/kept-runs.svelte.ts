/** The runs that are kept in this browser, as the dialog lists them. */
import { openRunsStore, type KeptRun, type RunsStore } from '../../store/runs-store.ts';
import type { SharedRun } from '../../sim/run-text.ts';
import { runFromFile, runToFile } from './run-file.ts';

export class KeptRuns {
  /** Null until they are read. */
  list: readonly KeptRun[] | null = $state.raw(null);
  /** What the browser's storage says no with. */
  trouble: string | null = $state(null);

  readonly #store: RunsStore;

  constructor(store: RunsStore = openRunsStore()) {
    this.#store = store;
    void this.#change(() => Promise.resolve());
  }

  /** @returns whether it is kept. */
  keep(name: string, run: SharedRun, now: number): Promise<boolean> {
    const { world, actions, until } = run.record;
    return this.#change(() =>
      this.#store.put({
        version: 1,
        id: crypto.randomUUID(),
        name,
        keptAt: now,
        servers: world.ensemble.servers.length,
        actions: actions.length,
        until,
        text: runToFile({ name, run }),
      }),
    );
  }

  /** Also puts back what was deleted. */
  put(run: KeptRun): Promise<boolean> {
    return this.#change(() => this.#store.put(run));
  }

  rename(run: KeptRun, name: string): Promise<boolean> {
    const text = runToFile({ name, run: runFromFile(run.text).run });
    return this.put({ ...run, name, text });
  }

  remove({ id }: KeptRun): Promise<boolean> {
    return this.#change(() => this.#store.remove(id));
  }

  dispose(): void {
    this.#store.close();
  }

  async #change(deed: () => Promise<void>): Promise<boolean> {
    this.trouble = null;
    try {
      await deed();
      this.list = await this.#store.list();
      return true;
    } catch (reason) {
      this.trouble = reason instanceof Error ? reason.message : String(reason);
      return false;
    }
  }
}
