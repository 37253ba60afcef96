/** Asks a server a four-letter word again and again while time moves. */
import type { Micros, Sid } from '../../core/units.ts';
import type { Playground } from '../state/playground.svelte.ts';
import { Repeated } from '../state/repeated.svelte.ts';

/** Milliseconds of the wall between two questions. */
const EVERY = 250;

export interface AdminAnswer {
  readonly sid: Sid;
  readonly word: string;
  /** Null of a server that does not run. */
  readonly text: string | null;
  /** Virtual time when it was asked. */
  readonly at: Micros;
}

export class AdminAsker extends Repeated<AdminAnswer> {
  /** The latest that was another one, of the same server and word: to see what changed. */
  before: AdminAnswer | null = $state.raw(null);

  readonly #playground: Playground;
  #about = '';

  constructor(playground: Playground) {
    super(EVERY);
    this.#playground = playground;
  }

  /** To be called in an effect that depends on the frame, the server and the word. */
  ask(sid: Sid, word: string): void {
    const { frame } = this.#playground;
    if (frame === null) return;
    const { now, events } = frame;
    const about = `${String(sid)} ${word}`;
    if (this.#about !== about) this.hurry();
    this.#about = about;
    this.want(`${about} ${String(now)} ${String(events)}`, async () => {
      const text = await this.#playground.admin(sid, word);
      return { sid, word, text, at: now };
    });
  }

  protected override take(answer: AdminAnswer): void {
    const latest = this.value;
    if (latest?.sid !== answer.sid || latest.word !== answer.word) this.before = null;
    else if (latest.text !== answer.text) this.before = latest;
    super.take(answer);
  }
}
