/** What costs much is allowed once in an interval. Source: server.util.RateLimiter (3.9). */
export class RateLimit {
  readonly #interval: number;
  #since: number;
  #used = false;

  /** @param interval milliseconds. @param now milliseconds on any clock that does not go back. */
  constructor(interval: number, now: number) {
    this.#interval = interval;
    this.#since = now;
  }

  /** Intervals begin with the first that is asked for after the last one's end. */
  allow(now: number): boolean {
    if (now > this.#since + this.#interval) {
      this.#used = false;
      this.#since = now;
    }
    if (this.#used) return false;
    this.#used = true;
    return true;
  }
}
