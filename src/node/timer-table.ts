/**
 * The named timers of one member over one timer of the operating system. Arming a timer anew for
 * later, as happens all the time, costs a map entry: the earlier wake-up then finds nothing due.
 */
import type { Micros } from '../core/units.ts';
import { monotonicMicros } from './clock.ts';

export class TimerTable {
  readonly #deadlines = new Map<string, Micros>();
  readonly #onDue: () => void;
  /** No deadline is earlier. */
  #earliest = Infinity;
  #wakeUp: NodeJS.Timeout | null = null;
  /** When the system's timer is to fire; Infinity where none is armed. */
  #wakeAt = Infinity;

  /** @param onDue is called when `takeDue` may have something. */
  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** One that is due at once needs no wake-up: `takeDue` follows every step. */
  arm(name: string, at: Micros): void {
    this.#deadlines.set(name, at);
    if (at >= this.#earliest) return;
    this.#earliest = at;
    if (at > monotonicMicros()) this.#wakeUpBy(at);
  }

  clear(name: string): void {
    this.#deadlines.delete(name);
  }

  /** Takes out the timer that was due first, or null where none is due. */
  takeDue(now: Micros): string | null {
    if (now < this.#earliest) {
      // The system's timer may fire a little early: then it is armed once more.
      this.#wakeUpBy(this.#earliest);
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
    this.#earliest = deadline;
    this.#wakeUpBy(deadline);
    return null;
  }

  close(): void {
    this.#deadlines.clear();
    this.#earliest = Infinity;
    this.#disarm();
  }

  /** An earlier wake-up that is armed stays: it finds nothing due, and this one is armed then. */
  #wakeUpBy(at: number): void {
    if (this.#wakeAt <= at) return;
    this.#disarm();
    this.#wakeAt = at;
    const wait = Math.max(0, Math.ceil((at - monotonicMicros()) / 1000));
    this.#wakeUp = setTimeout(() => {
      this.#wakeUp = null;
      this.#wakeAt = Infinity;
      this.#onDue();
    }, wait);
  }

  #disarm(): void {
    if (this.#wakeUp !== null) clearTimeout(this.#wakeUp);
    this.#wakeUp = null;
    this.#wakeAt = Infinity;
  }
}
