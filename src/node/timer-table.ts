/**
 * The named timers of one member over one timer of the operating system. Arming a timer anew for
 * later, as happens all the time, costs a map entry: the earlier wake-up then finds nothing due.
 */
import type { Micros } from '../core/units.ts';
import { monotonicMicros } from './clock.ts';

export class TimerTable {
  readonly #deadlines = new Map<string, Micros>();
  readonly #onDue: () => void;
  #wakeUp: NodeJS.Timeout | null = null;
  /** When the wake-up is due: no deadline is earlier. Infinity without one. */
  #wakeAt = Infinity;

  /** @param onDue is called when `takeDue` may have something. */
  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  arm(name: string, at: Micros): void {
    this.#deadlines.set(name, at);
    if (at < this.#wakeAt) this.#wakeUpAt(at);
  }

  clear(name: string): void {
    this.#deadlines.delete(name);
  }

  /** Takes out the timer that was due first, or null where none is due. */
  takeDue(now: Micros): string | null {
    if (now < this.#wakeAt) {
      // The system's timer may fire a little early: then it is armed once more.
      if (this.#wakeUp === null) this.#wakeUpAt(this.#wakeAt);
      return null;
    }
    let first: string | null = null;
    let deadline = Infinity;
    for (const [name, at] of this.#deadlines) {
      if (at >= deadline) continue;
      first = name;
      deadline = at;
    }
    if (first !== null && deadline <= now) {
      this.#deadlines.delete(first);
      return first;
    }
    this.#wakeUpAt(deadline);
    return null;
  }

  close(): void {
    this.#deadlines.clear();
    this.#wakeUpAt(Infinity);
  }

  #wakeUpAt(at: number): void {
    if (this.#wakeUp !== null) clearTimeout(this.#wakeUp);
    this.#wakeUp = null;
    this.#wakeAt = at;
    if (at === Infinity) return;
    const wait = Math.max(0, Math.ceil((at - monotonicMicros()) / 1000));
    this.#wakeUp = setTimeout(() => {
      this.#wakeUp = null;
      this.#onDue();
    }, wait);
  }
}
