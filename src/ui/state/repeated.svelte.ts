/**
 * An answer that is asked for again whenever what is looked at moves on: one question at a time,
 * not more often than so many milliseconds, and never the same one twice.
 */
export class Repeated<T> {
  /** The latest answer. */
  value: T | null = $state.raw(null);
  /** Why the last question had none. */
  failure: string | null = $state(null);

  readonly #every: number;
  #wanted: { readonly key: string; readonly ask: () => Promise<T> } | null = null;
  #asked: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param every milliseconds of the wall. */
  constructor(every: number) {
    this.#every = every;
  }

  /** To be called in an effect. @param key names the question: another moment is another one. */
  want(key: string, ask: () => Promise<T>): void {
    this.#wanted = { key, ask };
    this.#timer ??= setTimeout(() => void this.#ask(), 0);
  }

  /** The next question does not wait. */
  hurry(): void {
    this.stop();
    this.#asked = null;
  }

  stop(): void {
    this.#wanted = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** An answer came. */
  protected take(value: T): void {
    this.value = value;
  }

  async #ask(): Promise<void> {
    const question = this.#wanted;
    if (question === null || question.key === this.#asked) {
      this.#timer = null;
      return;
    }
    this.#asked = question.key;
    const isLast = (): boolean => this.#asked === question.key;
    try {
      const value = await question.ask();
      if (isLast()) this.take(value);
      if (isLast()) this.failure = null;
    } catch (error) {
      if (isLast()) this.failure = error instanceof Error ? error.message : String(error);
    }
    if (isLast()) this.#timer = setTimeout(() => void this.#ask(), this.#every);
  }
}
